"""Excel workbooks: values as text, formulas never evaluated, hidden sheets never used silently."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time

import openpyxl
from python_calamine import CalamineWorkbook

from crossover.samples.archive import checked_members
from crossover.samples.columns import find_header, names_a_question
from crossover.samples.delimited import Row, grid_from_rows
from crossover.samples.problems import Refused, repaired
from crossover.samples.reading import Grid, Upload
from crossover.samples.sniffing import OLE

_DAMAGED = Refused(
    "damaged_workbook",
    "A damaged or incomplete Excel file.",
    "Open it in Excel, save it again as .xlsx and drop it.",
)
_PEEK_ROWS = 30
_SMALL_PARTS_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    hidden: bool
    head: list[Row]


def read_workbook(upload: Upload) -> Grid:
    """The chosen sheet, or the first visible one with a question-like header, as a table of text.

    Raises Refused for damaged, encrypted and oversized workbooks and for those without rows.
    """
    if upload.data.startswith(OLE):
        return _read_legacy(upload)
    parts = checked_members(upload)
    if "xl/workbook.xml" not in parts:
        _refuse_other_office(parts)
    _check_parts(parts, upload)
    book = _Book(upload)
    sheet = _chosen([_Sheet(n, book.is_hidden(n), book.head(n)) for n in book.names], upload)
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
    raise _DAMAGED


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
            raise _DAMAGED from None

    def is_hidden(self, name: str) -> bool:
        """Whether the sheet is hidden from people who open the workbook."""
        return bool(self._values[name].sheet_state != "visible")

    def head(self, name: str) -> list[Row]:
        """The first rows, enough to see what the sheet is."""
        return [row for row, _ in zip(self.rows(name), range(_PEEK_ROWS), strict=False)]

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
            raise _DAMAGED from None


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
            what = f"The sheet has more than {limits.rows:,} rows or {limits.cells:,} cells, the limit for one file."
            raise Refused("too_many_rows", what, "Drop a sample of the rows.")
        yield row


def value_text(value: object) -> str:
    """A spreadsheet value as a person sees it without formatting: whole numbers without ".0", ISO dates."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value if value.isascii() and "\0" not in value else repaired(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ")
    return str(value)


def _chosen(sheets: Sequence[_Sheet], upload: Upload) -> str:
    names = [sheet.name for sheet in sheets]
    upload.content.facts["sheets"] = len(names)
    wanted = upload.options.sheet
    if wanted is not None:
        if wanted not in names:
            what = f"There is no sheet “{wanted[:60]}”; the sheets are {', '.join(names[:10])}."
            raise Refused("no_such_sheet", what, "Choose one of them.")
        return wanted
    visible = [sheet for sheet in sheets if not sheet.hidden]
    best = next((sheet for sheet in visible if _has_questions(sheet)), None)
    best = best or max(visible, key=lambda sheet: len(sheet.head), default=None)
    if best is None or not best.head:
        raise Refused("empty", "No visible sheet has rows.", "Unhide the sheet with the data, or choose it.")
    if len(sheets) > 1:
        hidden = [sheet.name for sheet in sheets if sheet.hidden]
        what = f"{len(sheets)} sheets ({', '.join(names[:10])}); “{best.name}” was read."
        what += f" Hidden and not used: {', '.join(hidden[:10])}." if hidden else ""
        upload.log.note("sheets", what, "Choose another sheet if this is not it.")
    return best.name


def _has_questions(sheet: _Sheet) -> bool:
    cells = [row.cells for row in sheet.head]
    header = find_header(cells)
    return header is not None and len(cells) > 1 and names_a_question(cells[header])


def _note_formulas(book: _Book, sheet: str, grid: Grid, upload: Upload) -> None:
    missing = book.formulas_without_value(sheet, grid.lines)
    total = sum(missing.values())
    upload.content.facts["formula_cells"] = total
    if total:
        what = f"{total:,} cells are formulas without a stored value; they read as empty. Formulas are never run."
        upload.log.note(
            "formula_cells",
            what,
            "Open the file in Excel, save it (this stores the values) and drop it again.",
        )


def _read_legacy(upload: Upload) -> Grid:
    """Old binary .xls; a container that holds an encrypted or another document is named."""
    for mark, what in (
        ("EncryptedPackage", "password-protected"),
        ("WordDocument", "an old Word document"),
        ("PowerPoint Document", "an old presentation"),
    ):
        if mark.encode("utf-16-le") in upload.data:
            kind = "password" if mark == "EncryptedPackage" else "old_office"
            raise Refused(
                kind,
                f"The file is {what}.",
                "Save a copy without password as .xlsx, .docx or PDF and drop that.",
            )
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(upload.data))
        names = list(book.sheet_names)
        hidden = {meta.name for meta in book.sheets_metadata if "Visible" not in str(meta.visible)}
        tables = {name: _legacy_rows(book, name) for name in names}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the Rust reader is no Exception
        raise _DAMAGED from None
    sheet = _chosen([_Sheet(n, n in hidden, tables[n][:_PEEK_ROWS]) for n in names], upload)
    grid = grid_from_rows(tables[sheet], upload, pad=True)
    return Grid(grid.columns, grid.rows, grid.lines, grid.header_row, grid.mapping, tuple(names), sheet)


def _legacy_rows(book: CalamineWorkbook, name: str) -> list[Row]:
    table = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    rows = (Row([value_text(cell) for cell in row], line) for line, row in enumerate(table, start=1))
    return [row for row in rows if any(row.cells)]
