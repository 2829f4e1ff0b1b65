"""Bytes to text: byte order marks, UTF-8, single broken lines, legacy code pages."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from crossover.samples.problems import ProblemLog, Refused, repaired
from crossover.words import say

_MARKS = (  # UTF-32 first: its little-endian mark begins with the one of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 100_000
_SYMBOL_IN_WORD = re.compile(r"[^\W\d_][¡-©«-´¶-¹»-¿×÷†‡‰‹›™]+[^\W\d_]")
_ODD_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of an upload and the encoding it was read with."""

    text: str
    encoding: str


def decode(data: bytes, log: ProblemLog, override: str | None = None) -> DecodedText:
    """Read `data` as text, noting every character that had to be replaced.

    Raises Refused for bytes that are no text and for an `override` that is no encoding.
    """
    decoded = _overridden(data, override) if override else _guessed(data, log)
    text = decoded.text.removeprefix("\ufeff")
    clean = text if decoded.encoding == "utf-8" and "\0" not in text else _encodable(text, log)
    _refuse_binary(clean)
    return DecodedText(clean, decoded.encoding)


def _overridden(data: bytes, encoding: str) -> DecodedText:
    try:
        return DecodedText(data.decode(encoding, "replace"), codecs.lookup(encoding).name)
    except (LookupError, ValueError):
        what = say("“{encoding}” is not a text encoding we know.", encoding=encoding[:40])
        raise Refused("unknown_encoding", what, say("Choose UTF-8, Windows-1252 or UTF-16.")) from None


def _guessed(data: bytes, log: ProblemLog) -> DecodedText:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_replacements(data[len(mark) :], encoding, log)
    wide = _utf16_without_mark(data)
    if wide:
        return _with_replacements(data, wide, log)
    try:
        return DecodedText(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _broken_utf8(data, log)


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 of western text has a zero in every second byte."""
    head = data[:4_000]
    if len(head) < 4:
        return None
    even, odd = head[::2].count(0) / len(head[::2]), head[1::2].count(0) / len(head[1::2])
    if max(even, odd) < 0.4 or min(even, odd) > 0.1:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _with_replacements(data: bytes, encoding: str, log: ProblemLog) -> DecodedText:
    try:
        return DecodedText(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return _broken_utf8(data, log)
        what = say(
            "Some characters could not be decoded as {encoding} (first near byte {byte:,}).",
            encoding=encoding.upper(),
            byte=error.start,
        )
        log.note("undecodable", what, say("They show as \ufffd; save the file as UTF-8 if they matter."))
        return DecodedText(data.decode(encoding, "replace"), encoding)


def _broken_utf8(data: bytes, log: ProblemLog) -> DecodedText:
    """Either single foreign lines inside UTF-8, or a file in an older code page."""
    lines = data.split(b"\n")
    broken = [number for number, line in enumerate(lines) if not _is_utf8(line)]
    proper = sum(1 for line in lines if not line.isascii()) - len(broken)
    if proper < len(broken):
        return _legacy(data, log)
    for number in broken:
        what = say("Line {line:,} is not UTF-8; its characters were read as Windows-1252.", line=number + 1)
        log.note("undecodable", what, say("Check the special characters in this line."), number + 1)
        lines[number] = lines[number].decode("cp1252", "replace").encode("utf-8")
    return DecodedText(b"\n".join(lines).decode("utf-8"), "utf-8")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _legacy(data: bytes, log: ProblemLog) -> DecodedText:
    """Windows-1252 unless that puts symbols inside words; then what the statistics of letters say."""
    as_western = data.decode("cp1252", "replace")
    if "\ufffd" not in as_western and _reads_western(as_western[:_SAMPLE_BYTES]):
        return DecodedText(as_western, "cp1252")
    best = from_bytes(data[:_SAMPLE_BYTES]).best()
    if best is None:
        return DecodedText(as_western, "cp1252")
    what = say("The file does not say how it is encoded; it was read as {encoding}.", encoding=best.encoding)
    log.note(
        "guessed_encoding",
        what,
        say("Choose another encoding if special characters look wrong, or save it as UTF-8."),
    )
    return DecodedText(data.decode(best.encoding, "replace"), best.encoding)


def _reads_western(text: str) -> bool:
    """Western words are mostly plain letters and hold no symbols; Cyrillic read as Western has neither."""
    accented = sum(letter.isalpha() and not letter.isascii() for letter in text)
    plain = sum(letter.isalpha() and letter.isascii() for letter in text)
    return accented <= plain / 2 and not _SYMBOL_IN_WORD.search(text)


def _encodable(text: str, log: ProblemLog) -> str:
    if "\0" not in text and _utf8_safe(text):
        return text
    log.note(
        "replaced_characters",
        say("NUL characters or halves of surrogate pairs were replaced by \ufffd."),
        say("Nothing to do unless these characters matter."),
    )
    return repaired(text)


def _utf8_safe(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def reads_as_binary(text: str) -> bool:
    """Whether the start of a text is full of control or undecodable characters."""
    head = text[:_SAMPLE_BYTES]
    odd = len(_ODD_CONTROL.findall(head)) + head.count("\ufffd")
    return odd > 0.1 * len(head) and odd > 3


def _refuse_binary(text: str) -> None:
    if reads_as_binary(text):
        raise Refused(
            "not_text",
            say("This is not text: it is full of control or undecodable characters."),
            say("Save it as CSV, JSON or plain text in UTF-8 and drop it again."),
        )
