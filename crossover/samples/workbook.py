"""Excel workbooks: values as text, formulas never evaluated, hidden sheets never used silently."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence

import openpyxl

from crossover.samples.archive import checked_members
from crossover.samples.grid import Row, grid_from_rows
from crossover.samples.old_workbook import read_old_workbook
from crossover.samples.problems import Refused
from crossover.samples.reading import Grid, Upload
from crossover.samples.sheets import DAMAGED, PEEK_ROWS, Sheet, choose_sheet, value_text
from crossover.samples.sniffing import OLE

_SMALL_PARTS_BYTES = 20_000_000


def read_workbook(upload: Upload) -> Grid:
    """The chosen sheet, or the first visible one with a question-like header, as a table of text.

    Raises Refused for damaged, encrypted and oversized workbooks and for those without rows.
    """
    if upload.data.startswith(OLE):
        return read_old_workbook(upload)
    parts = checked_members(upload)
    if "xl/workbook.xml" not in parts:
        _refuse_other_office(parts)
    _check_parts(parts, upload)
    book = _Book(upload)
    sheet = choose_sheet([Sheet(n, book.is_hidden(n), book.head(n)) for n in book.names], upload)
    grid = grid_from_rows(list(book.rows(sheet)), upload, pad=True)
    if any(b"<f" in part for name, part in parts.items() if "worksheets" in name):
        _note_formulas(book, sheet, grid, upload)
    return Grid(grid.columns, grid.rows, grid.lines, grid.header_row, grid.mapping, tuple(book.names), sheet)


def _refuse_other_office(parts: dict[str, bytes]) -> None:
    if any(name.startswith("ppt/") for name in parts):
        raise Refused("presentation", "This is a presentation.", "Save it as PDF and drop that as knowledge.")
    if "word/document.xml" in parts:
        raise Refused(
            "word_document",
            "This is a Word document, not a table.",
            "Use it as knowledge, or save the table as CSV.",
        )
    if "xl/workbook.bin" in parts or "mimetype" in parts:
        raise Refused(
            "other_workbook", "This kind of workbook is not read.", "Save it as .xlsx and drop it again."
        )
    raise DAMAGED


def _check_parts(parts: dict[str, bytes], upload: Upload) -> None:
    cells = sum(
        part.count(b"<c ") + part.count(b"<c>") for name, part in parts.items() if "worksheets/" in name
    )
    if cells > upload.limits.cells:
        what = f"The workbook has {cells:,} cells, over the limit of {upload.limits.cells:,}."
        raise Refused("too_many_cells", what, "Keep only the sheet and columns you need.")
    if any(
        len(part) > _SMALL_PARTS_BYTES
        for name, part in parts.items()
        if re.fullmatch(r"xl/(workbook|styles|theme/.*)\.xml", name)
    ):
        raise Refused(
            "zip_bomb",
            "The formatting of this workbook is larger than any real one.",
            "Save it as CSV and drop that.",
        )
    if any(name.endswith("vbaProject.bin") for name in parts):
        upload.log.note("macros", "The workbook has macros; they were ignored.", "Nothing to do.")
    if any("externalLinks/" in name for name in parts):
        upload.log.note(
            "external_links", "The workbook links to other files; they were not opened.", "Nothing to do."
        )


class _Book:
    """An open workbook; every read is one pass over one sheet, row by row."""

    def __init__(self, upload: Upload) -> None:
        self._upload = upload
        self._values = self._open(formulas=False)
        self.names: list[str] = [sheet.title for sheet in self._values.worksheets]
        if not self.names:
            raise Refused(
                "no_sheets", "The workbook has no sheet with cells.", "Save the table as CSV and drop that."
            )

    def _open(self, formulas: bool) -> openpyxl.Workbook:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return openpyxl.load_workbook(
                    io.BytesIO(self._upload.data), read_only=True, data_only=not formulas, keep_links=False
                )
        except Exception:  # openpyxl raises nearly anything on damaged files; each means the same to a person
            raise DAMAGED from None

    def is_hidden(self, name: str) -> bool:
        """Whether the sheet is hidden from people who open the workbook."""
        return bool(self._values[name].sheet_state != "visible")

    def head(self, name: str) -> list[Row]:
        """The first rows, enough to see what the sheet is."""
        return [row for row, _ in zip(self.rows(name), range(PEEK_ROWS), strict=False)]

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of a sheet as text, up to the limits. Raises Refused."""
        yield from _limited(self._cells(self._values[name]), self._upload)

    def formulas_without_value(self, name: str, lines: Sequence[int]) -> dict[int, int]:
        """How many formula cells of each given row have no stored result."""
        wanted, counts = set(lines), {}
        pairs = zip(
            self._cells(self._open(formulas=True)[name]), self._cells(self._values[name]), strict=False
        )
        for line, (written, stored) in enumerate(pairs, start=1):
            if line in wanted:
                missing = sum(
                    isinstance(formula, str) and formula.startswith("=") and value is None
                    for formula, value in zip(written, stored, strict=False)
                )
                counts.update({line: missing} if missing else {})
        return counts

    def _cells(self, sheet: object) -> Iterator[tuple[object, ...]]:
        try:
            sheet.reset_dimensions()  # type: ignore[attr-defined]  # the declared size may be false
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield from sheet.iter_rows(values_only=True)  # type: ignore[attr-defined]
        except Refused:
            raise
        except Exception:  # see _open
            raise DAMAGED from None


def _limited(rows: Iterator[tuple[object, ...]], upload: Upload) -> Iterator[Row]:
    limits, cells, filled, characters = upload.limits, 0, 0, 0
    for line, values in enumerate(rows, start=1):
        if line % 1000 == 0:
            upload.deadline.check()
        if not any(value is not None for value in values):
            continue
        filled += 1
        cells += len(values)
        row = Row([value_text(value) for value in values], line)
        characters += sum(map(len, row.cells))
        if filled > limits.rows + 1 or cells > limits.cells or characters > limits.zip_bytes:
            what = f"The sheet is over the limit of {limits.rows:,} rows or {limits.cells:,} cells."
            raise Refused("too_many_rows", what, "Drop a sample of the rows.")
        yield row


def _note_formulas(book: _Book, sheet: str, grid: Grid, upload: Upload) -> None:
    missing = book.formulas_without_value(sheet, grid.lines)
    total = sum(missing.values())
    upload.content.facts["formula_cells"] = total
    if total:
        what = (
            f"Formulas without a stored value: {total:,} cells; they read as empty. Formulas are never run."
        )
        upload.log.note(
            "formula_cells",
            what,
            "Open the file in Excel, save it (this stores the values) and drop it again.",
        )
