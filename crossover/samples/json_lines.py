"""JSON Lines and JSON files as one list of (physical line, value)."""

from __future__ import annotations

import json

from crossover.samples.encoding import decode
from crossover.samples.json_text import BadJson, JsonReader
from crossover.samples.problems import Refused
from crossover.samples.reading import Upload
from crossover.words import say

_LONG_LINE = 1_000_000
_CHECKED_LINES = 10_000


def json_records(upload: Upload) -> list[tuple[int, object]]:
    """The values of a JSON or JSON Lines upload with their lines; bad lines are skipped and named.

    An array gives its elements, any other single value itself. Raises Refused.
    """
    text = upload_text(upload)
    reader = JsonReader(upload.limits)
    try:
        records = (
            _lines(text, reader, upload) if is_json_lines(text, upload.extension) else reader.elements(text)
        )
    except BadJson as problem:
        raise Refused(problem.kind, problem.what, problem.remedy, problem.line) from None
    reader.tell(upload.log)
    _refuse_too_many(len(records), upload)
    return records


def upload_text(upload: Upload) -> str:
    """The upload as text, decoded once; remembers the encoding that was found."""
    if upload.content.text is None:
        decoded = decode(upload.data, upload.log, upload.options.encoding)
        upload.content.encoding, upload.content.text = decoded.encoding, decoded.text
    return upload.content.text


def is_json_lines(text: str, extension: str = "") -> bool:
    """Whether each line is a value of its own, rather than one value spread over lines."""
    head = [line.strip() for line in _head_lines(text) if line.strip()]
    if len(head) < 2 or head[0] in ("[", "{"):
        return False
    if _complete(head[0]) or (extension in ("jsonl", "ndjson") and len(head) > 1):
        return True
    looks_whole = sum(line[0] == "{" and line.rstrip(",")[-1] == "}" for line in head)
    return head[0][0] == "{" and looks_whole > len(head) / 2


def _head_lines(text: str, lines: int = 20) -> list[str]:
    """The first lines, whole however long they are."""
    newline = "\n" if "\n" in text else "\r"
    return text.split(newline, lines + 20)[: lines + 20]


def _complete(line: str) -> bool:
    if len(line) > _LONG_LINE:
        return line.rstrip(",")[-1:] in ("}", "]")
    try:
        json.loads(line.rstrip(","), parse_int=len)
    except (ValueError, RecursionError):
        return False
    return True


def _lines(text: str, reader: JsonReader, upload: Upload) -> list[tuple[int, object]]:
    """Split at line feeds only: U+2028 and its kind are legal inside JSON strings."""
    records: list[tuple[int, object]] = []
    commas = 0
    newline = "\n" if "\n" in text else "\r"
    for number, line in enumerate(text.split(newline), start=1):
        stripped = line.strip()
        if not stripped:
            continue
        commas += stripped.endswith(",")
        if number % _CHECKED_LINES == 0:
            upload.deadline.check()
        _refuse_too_many(len(records), upload)
        try:
            records.append((number, reader.parse(stripped.rstrip(","))))
        except BadJson as problem:
            if problem.kind == "too_many_values":  # no later line can be read either
                raise
            upload.log.skip(problem.kind, problem.what, problem.remedy, number)
    if commas:
        what = say("Lines that end in a comma: {n:,}; the commas were left out.", n=commas)
        upload.log.note(
            "trailing_comma", what, say("JSON Lines has no comma between lines; fine-tuning refuses it.")
        )
    return records


def _refuse_too_many(records: int, upload: Upload) -> None:
    if records > upload.limits.rows:
        what = say("The file has more than {most:,} rows, the limit for one file.", most=upload.limits.rows)
        raise Refused("too_many_rows", what, say("Drop a sample of the rows instead."))
