"""Excel workbooks: values as text, formulas never evaluated, hidden sheets never used silently."""

from __future__ import annotations

import re

from crossover.samples.archive import checked_members
from crossover.samples.grid import grid_from_rows
from crossover.samples.problems import Refused
from crossover.samples.reading import Grid, Upload
from crossover.samples.sheets import Sheet, choose_sheet, damaged_workbook
from crossover.samples.sniffing import OLE
from crossover.samples.streamed_book import StreamedBook
from crossover.samples.whole_book import WholeBook, is_safe_whole
from crossover.words import mark, say

_SMALL_PARTS_BYTES = 20_000_000
_NAMED_INSIDE = (
    ("EncryptedPackage", "password", mark("The file is password-protected.")),
    ("WordDocument", "old_office", mark("The file is an old Word document.")),
    ("PowerPoint Document", "old_office", mark("The file is an old presentation.")),
)


def read_workbook(upload: Upload) -> Grid:
    """The chosen sheet, or the first visible one with a question-like header, as a table of text.

    Raises Refused for damaged, encrypted and oversized workbooks and for those without rows.
    """
    book = _opened(upload)
    sheet = choose_sheet([Sheet(n, book.is_hidden(n), book.head(n)) for n in book.names], upload)
    grid = grid_from_rows(list(book.rows(sheet)), upload, pad=True)
    if isinstance(book, StreamedBook):
        _note_formulas(book, sheet, grid, upload)
    return Grid(grid.columns, grid.rows, grid.lines, grid.header_row, grid.mapping, tuple(book.names), sheet)


def _opened(upload: Upload) -> StreamedBook | WholeBook:
    """The workbook, checked; large plain ones and the old format are read whole, the others row by row."""
    if upload.data.startswith(OLE):
        _refuse_other_containers(upload.data)
        return WholeBook(upload)
    parts = checked_members(upload)
    if "xl/workbook.xml" not in parts:
        _refuse_other_office(parts)
    _check_parts(parts, upload)
    return WholeBook(upload) if is_safe_whole(parts, upload.limits) else StreamedBook(upload)


def _refuse_other_containers(data: bytes) -> None:
    """Refuse what else comes in the container of old Office files, by the names inside."""
    for name, kind, what in _NAMED_INSIDE:
        if name.encode("utf-16-le") in data:
            remedy = say("Save a copy without password as .xlsx, .docx or PDF and drop that.")
            raise Refused(kind, say(what), remedy)


def _refuse_other_office(parts: dict[str, bytes]) -> None:
    if any(name.startswith("ppt/") for name in parts):
        raise Refused(
            "presentation", say("This is a presentation."), say("Save it as PDF and drop that as knowledge.")
        )
    if "word/document.xml" in parts:
        raise Refused(
            "word_document",
            say("This is a Word document, not a table."),
            say("Use it as knowledge, or save the table as CSV."),
        )
    if "xl/workbook.bin" in parts or "mimetype" in parts:
        raise Refused(
            "other_workbook",
            say("This kind of workbook is not read."),
            say("Save it as .xlsx and drop it again."),
        )
    raise damaged_workbook()


def _check_parts(parts: dict[str, bytes], upload: Upload) -> None:
    cells = sum(
        part.count(b"<c ") + part.count(b"<c>") for name, part in parts.items() if "worksheets/" in name
    )
    if cells > upload.limits.cells:
        what = say(
            "The workbook has {cells:,} cells, over the limit of {most:,}.",
            cells=cells,
            most=upload.limits.cells,
        )
        raise Refused("too_many_cells", what, say("Keep only the sheet and columns you need."))
    if any(
        len(part) > _SMALL_PARTS_BYTES
        for name, part in parts.items()
        if re.fullmatch(r"xl/(workbook|styles|theme/.*)\.xml", name)
    ):
        raise Refused(
            "zip_bomb",
            say("The formatting of this workbook is larger than any real one."),
            say("Save it as CSV and drop that."),
        )
    if any(name.endswith("vbaProject.bin") for name in parts):
        upload.log.note("macros", say("The workbook has macros; they were ignored."), say("Nothing to do."))
    if any("externalLinks/" in name for name in parts):
        upload.log.note(
            "external_links",
            say("The workbook links to other files; they were not opened."),
            say("Nothing to do."),
        )


def _note_formulas(book: StreamedBook, sheet: str, grid: Grid, upload: Upload) -> None:
    missing = book.formulas_without_value(sheet, grid.lines)
    total = sum(missing.values())
    upload.content.facts["formula_cells"] = total
    if total:
        what = say(
            "Formulas without a stored value: {n:,} cells; they read as empty. Formulas are never run.",
            n=total,
        )
        upload.log.note(
            "formula_cells",
            what,
            say("Open the file in Excel, save it (this stores the values) and drop it again."),
        )
