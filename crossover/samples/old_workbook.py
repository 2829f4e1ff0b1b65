"""The old binary .xls, and what else comes in its container."""

from __future__ import annotations

import io

from python_calamine import CalamineWorkbook

from crossover.samples.grid import Row, grid_from_rows
from crossover.samples.problems import Refused
from crossover.samples.reading import Grid, Upload
from crossover.samples.sheets import DAMAGED, PEEK_ROWS, Sheet, choose_sheet, value_text

_NAMED_INSIDE = (
    ("EncryptedPackage", "password", "password-protected"),
    ("WordDocument", "old_office", "an old Word document"),
    ("PowerPoint Document", "old_office", "an old presentation"),
)


def read_old_workbook(upload: Upload) -> Grid:
    """Old binary .xls; a container that holds an encrypted or another document is named."""
    for mark, kind, what in _NAMED_INSIDE:
        if mark.encode("utf-16-le") in upload.data:
            remedy = "Save a copy without password as .xlsx, .docx or PDF and drop that."
            raise Refused(kind, f"The file is {what}.", remedy)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(upload.data))
        names = list(book.sheet_names)
        hidden = {meta.name for meta in book.sheets_metadata if "Visible" not in str(meta.visible)}
        tables = {name: _legacy_rows(book, name) for name in names}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the Rust reader is no Exception
        raise DAMAGED from None
    sheet = choose_sheet([Sheet(n, n in hidden, tables[n][:PEEK_ROWS]) for n in names], upload)
    grid = grid_from_rows(tables[sheet], upload, pad=True)
    return Grid(grid.columns, grid.rows, grid.lines, grid.header_row, grid.mapping, tuple(names), sheet)


def _legacy_rows(book: CalamineWorkbook, name: str) -> list[Row]:
    table = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    rows = (Row([value_text(cell) for cell in row], line) for line, row in enumerate(table, start=1))
    return [row for row in rows if any(row.cells)]
