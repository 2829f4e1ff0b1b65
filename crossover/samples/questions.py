"""Questions with answers from whatever kind of table was dropped."""

from __future__ import annotations

from crossover.samples.delimited import read_delimited, read_regular
from crossover.samples.json_lines import upload_text
from crossover.samples.markup import read_markup_table
from crossover.samples.parquet import read_parquet
from crossover.samples.problems import Refused
from crossover.samples.reading import Grid, Upload
from crossover.samples.record_table import grid_from_records
from crossover.samples.sniffing import OLE, is_markup
from crossover.samples.squad import is_squad, squad_grid
from crossover.samples.table import questions_from_grid
from crossover.samples.tools import structured_records
from crossover.samples.types import QaTable
from crossover.samples.workbook import read_workbook
from crossover.words import say


def read_questions(upload: Upload) -> QaTable:
    """The questions of an upload; fills grid, mapping and facts. Raises Refused."""
    return questions_from_grid(_grid(upload), upload)


def _grid(upload: Upload) -> Grid:
    data, extension = upload.data, upload.extension
    if data.startswith((b"PK", OLE)):
        return read_workbook(upload)
    if data.startswith(b"PAR1") or extension == "parquet":
        return read_parquet(upload)
    if data.startswith(b"%PDF"):
        raise Refused(
            "pdf", say("This is a PDF, not a table."), say("Use it as knowledge, or export the table as CSV.")
        )
    if quick := read_regular(upload):
        return quick
    text = upload_text(upload)
    if is_markup(text):
        return read_markup_table(upload)
    if text.lstrip()[:5].lower() == "<?xml":
        raise Refused(
            "xml", say("This is XML, not a table of text."), say("Save it as .xlsx or CSV and drop it again.")
        )
    if extension in ("json", "jsonl", "ndjson", "yaml", "yml") or text.lstrip()[:2] in (
        '{"',
        "[{",
        "[\n",
        "{\n",
    ):
        return _records(upload)
    return read_delimited(upload)


def _records(upload: Upload) -> Grid:
    records = structured_records(upload)
    if len(records) == 1 and is_squad(records[0][1]):
        return squad_grid(records[0][1], upload)
    return grid_from_records(records, upload)
