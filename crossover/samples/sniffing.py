"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re

from crossover.samples.problems import Refused

_FOREIGN = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an audio, video or image file"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"BM", "a bitmap image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"(\xb5/\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"OggS", "an audio file"),
    (b"ID3", "an audio file"),
    (b"%!PS", "a PostScript file"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"ARROW1", "an Arrow file"),
    (b"\x80\x04\x95", "a Python pickle"),
)
_SHORT_MARKS = (b"BM", b"MZ", b"ID3", b"RIFF")
_ARCHIVES = (
    "a gzip archive",
    "a bzip2 archive",
    "an xz archive",
    "a Zstandard archive",
    "a 7-Zip archive",
    "a RAR archive",
)
_MARKUP = re.compile(
    r"(?:\s|<!--(?:[^-]|-(?!->))*+-->|<\?xml[^>]*+>)*+<(?:!doctype html|html|head|body|table)\b",
    re.IGNORECASE,
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refuse_foreign(data: bytes) -> None:
    """Raise Refused when the first bytes are those of a kind of file we do not read, and say which."""
    for mark, kind in _FOREIGN:
        if data.startswith(mark) and not (mark in _SHORT_MARKS and _is_ascii_text(data)):
            if kind in _ARCHIVES:
                raise Refused(
                    "packed", f"This is {kind}.", "Unpack it and drop the files, or pack them as .zip."
                )
            what = f"This is {kind}, not a text, a table or a document."
            raise Refused("not_text", what, "Drop the data as CSV, XLSX, JSON, PDF, DOCX or plain text.")
    if data[4:8] == b"ftyp" or data[257:262] == b"ustar":
        raise Refused("not_text", "This is a video or a tar archive.", "Drop the data as CSV, JSON or text.")


def _is_ascii_text(data: bytes) -> bool:
    head = data[:400]
    return head.isascii() and b"\0" not in head


def is_markup(text: str) -> bool:
    """Whether a text is an HTML page or table."""
    return bool(_MARKUP.match(text[:20_000]))
