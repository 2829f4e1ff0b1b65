"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re

from crossover.samples.problems import Refused
from crossover.words import mark, say

_FOREIGN = (
    (b"\x89PNG", mark("a PNG image")),
    (b"\xff\xd8\xff", mark("a JPEG image")),
    (b"GIF8", mark("a GIF image")),
    (b"RIFF", mark("an audio, video or image file")),
    (b"II*\0", mark("a TIFF image")),
    (b"MM\0*", mark("a TIFF image")),
    (b"BM", mark("a bitmap image")),
    (b"\x1f\x8b", mark("a gzip archive")),
    (b"BZh", mark("a bzip2 archive")),
    (b"\xfd7zXZ", mark("an xz archive")),
    (b"(\xb5/\xfd", mark("a Zstandard archive")),
    (b"7z\xbc\xaf", mark("a 7-Zip archive")),
    (b"Rar!", mark("a RAR archive")),
    (b"\x7fELF", mark("a program")),
    (b"MZ", mark("a program")),
    (b"\xca\xfe\xba\xbe", mark("a program")),
    (b"SQLite format 3", mark("an SQLite database")),
    (b"OggS", mark("an audio file")),
    (b"ID3", mark("an audio file")),
    (b"%!PS", mark("a PostScript file")),
    (b"{\\rtf", mark("a rich text (RTF) file")),
    (b"\x93NUMPY", mark("a NumPy array")),
    (b"ARROW1", mark("an Arrow file")),
    (b"\x80\x04\x95", mark("a Python pickle")),
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
    for start, kind in _FOREIGN:
        if data.startswith(start) and not (start in _SHORT_MARKS and _is_ascii_text(data)):
            if kind in _ARCHIVES:
                raise Refused(
                    "packed",
                    say("This is {kind}.", kind=say(kind)),
                    say("Unpack it and drop the files, or pack them as .zip."),
                )
            what = say("This is {kind}, not a text, a table or a document.", kind=say(kind))
            raise Refused("not_text", what, say("Drop the data as CSV, XLSX, JSON, PDF, DOCX or plain text."))
    if data[4:8] == b"ftyp" or data[257:262] == b"ustar":
        raise Refused(
            "not_text", say("This is a video or a tar archive."), say("Drop the data as CSV, JSON or text.")
        )


def _is_ascii_text(data: bytes) -> bool:
    head = data[:400]
    return head.isascii() and b"\0" not in head


def is_markup(text: str) -> bool:
    """Whether a text is an HTML page or table."""
    return bool(_MARKUP.match(text[:20_000]))
