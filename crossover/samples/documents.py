"""Knowledge files as plain text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence

import docx
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell

from crossover.samples.archive import checked_members
from crossover.samples.columns import column_key
from crossover.samples.json_lines import upload_text
from crossover.samples.markup import html_text
from crossover.samples.oddities import note_odd_text
from crossover.samples.parquet import read_parquet
from crossover.samples.pdf import read_pdf
from crossover.samples.problems import ProblemLog, Refused, repaired
from crossover.samples.reading import Grid, Upload
from crossover.samples.sniffing import is_markup
from crossover.samples.squad import is_squad, squad_documents
from crossover.samples.tools import structured_records
from crossover.samples.types import Document
from crossover.samples.workbook import read_workbook
from crossover.words import say

_TEXTS = ("text", "contents", "content", "body", "passage", "document", "page_content", "answer", "antwort")
_NAMES = ("doc_id", "title", "name", "id", "url", "source", "filename")


def read_documents(upload: Upload) -> tuple[Document, ...]:
    """The documents of one file; empty ones are left out and named (MODEL.md E08). Raises Refused."""
    found = _documents(upload)
    facts = upload.content.facts
    facts["characters"] = sum(len(document.text.strip()) for document in found)
    pages = [document.pages for document in found if document.pages is not None]
    if pages:
        facts["pages"] = sum(pages)
    kept = tuple(document for document in found if _has_text(document, upload.log))
    facts["documents"] = len(kept)
    for document in kept:
        _check_length(document, upload)
        note_odd_text(document.text, upload.log)
    return kept


def _documents(upload: Upload) -> Sequence[Document]:
    data, extension = upload.data, upload.extension
    if data.startswith(b"%PDF") or extension == "pdf":
        return [read_pdf(upload)]
    if data.startswith(b"PK"):
        return _from_office(upload)
    if data.startswith(b"PAR1"):
        return _from_grid(read_parquet(upload), upload.name)
    if extension in ("json", "jsonl", "ndjson", "yaml", "yml"):
        return _from_records(upload)
    return [_from_text(upload)]


def _from_text(upload: Upload) -> Document:
    """Plain text with line ends as Python reads them, or the visible text of a page."""
    text = upload_text(upload).replace("\r\n", "\n").replace("\r", "\n")
    if upload.extension in ("html", "htm", "xhtml") or is_markup(text):
        text = html_text(upload)
    return Document(upload.name, text)


def _from_office(upload: Upload) -> Sequence[Document]:
    members = checked_members(upload)
    if "word/document.xml" in members:
        if len(members["word/document.xml"]) > upload.limits.markup_bytes:
            what = say(
                "The text of a Word file is read up to {most:g} MB.", most=upload.limits.markup_bytes / 1e6
            )
            raise Refused("file_too_large", what, say("Split it into several files."))
        return [Document(upload.name, word_text(upload))]
    grid = read_workbook(upload)
    rows = [list(grid.columns)] if grid.header_row else []
    return [Document(upload.name, "\n".join("\t".join(row) for row in [*rows, *grid.rows]))]


def _from_records(upload: Upload) -> Sequence[Document]:
    """Records with a text field each become a document; anything else is one readable text."""
    records = structured_records(upload)
    values = [value for _, value in records]
    if len(values) == 1 and is_squad(values[0]):
        return squad_documents(values[0])
    if len(values) > 1 and all(isinstance(value, dict) and _text_field(value) for value in values):
        return [
            _record_document(value, n, upload.name)
            for n, value in enumerate(values, start=1)
            if isinstance(value, dict)
        ]
    return [Document(upload.name, readable_text(values[0] if len(values) == 1 else values))]


def _text_field(record: Mapping[str, object]) -> str | None:
    """The field that holds a document's text, by name."""
    keys = {column_key(key): key for key in record}
    return next((keys[name] for name in _TEXTS[:7] if isinstance(record.get(keys.get(name, "")), str)), None)


def _record_document(record: Mapping[str, object], number: int, file: str) -> Document:
    keys = {column_key(key): key for key in record}
    names = (record.get(keys[name]) for name in _NAMES if name in keys)
    name = next((str(value) for value in names if value), f"{file} {number}")
    return Document(name, str(record[_text_field(record) or ""]))


def _from_grid(grid: Grid, file: str) -> Sequence[Document]:
    records = [dict(zip(grid.columns, row, strict=True)) for row in grid.rows]
    if records and _text_field(records[0]):
        return [_record_document(record, n, file) for n, record in enumerate(records, start=1)]
    lines = ["\t".join(grid.columns), *("\t".join(row) for row in grid.rows)]
    return [Document(file, "\n".join(lines))]


def readable_text(value: object) -> str:
    """The strings and numbers of a JSON value as lines "key: value", indented by depth."""
    return "\n".join(_readable(value, ""))


def _readable(value: object, indent: str) -> Iterator[str]:
    pairs: Iterator[tuple[str, object]]
    if isinstance(value, Mapping):
        pairs = ((f"{key}: ", item) for key, item in value.items())
    elif isinstance(value, list):
        pairs = (("", item) for item in value)
    else:
        yield indent + ("" if value is None else str(value))
        return
    for label, item in pairs:
        if isinstance(item, Mapping | list):
            if label:
                yield indent + label.rstrip()
            yield from _readable(item, indent + "  " * bool(label))
        elif item is not None and item != "":
            yield f"{indent}{label}{item}"


def word_text(upload: Upload) -> str:
    """Paragraphs and table rows of a Word file in reading order."""
    try:
        document = docx.Document(io.BytesIO(upload.data))
        return repaired("\n".join(_word_lines(document.iter_inner_content())))
    except (KeyError, ValueError, AttributeError, TypeError, SyntaxError, zipfile.BadZipFile) as error:
        what = say("This Word file is damaged or incomplete.")
        raise Refused(
            "damaged_word", what, say("Open it in Word, save it again as .docx and drop it.")
        ) from error


def _word_lines(blocks: Iterator[object]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, WordTable):
            for row in block.rows:
                # not row.cells: that writes out column spans, and a span may claim a billion columns
                yield "\t".join(WordCell(cell, block).text for cell in row._tr.tc_lst)
        else:
            yield str(getattr(block, "text", ""))


def _has_text(document: Document, log: ProblemLog) -> bool:
    if document.text.strip():
        return True
    if document.pages:
        what = say(
            "{name}: no text on its {pages} pages; they may be scans or blank.",
            name=document.name,
            pages=document.pages,
        )
        log.skip("no_text", what, say("Run text recognition (OCR) over the file and drop the result."))
    else:
        log.skip(
            "no_text", say("{name}: no text in it.", name=document.name), say("Remove it or fill it in.")
        )
    return False


def _check_length(document: Document, upload: Upload) -> None:
    if len(document.text) > upload.limits.document_characters:
        what = say(
            "{n:,} characters, over the limit of {most:,} for one document.",
            n=len(document.text),
            most=upload.limits.document_characters,
        )
        raise Refused("document_too_long", what, say("Split it into several files."))
