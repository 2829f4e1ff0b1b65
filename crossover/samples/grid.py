"""Rows of cells become a table: which row names the columns, and which rows fit under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from crossover.samples.column_rows import ColumnRows
from crossover.samples.columns import column_label, find_header, guess_mapping, unique_names
from crossover.samples.problems import Refused
from crossover.samples.reading import Grid, Upload
from crossover.words import say


@dataclass(frozen=True, slots=True)
class Row:
    """One record and the physical line it starts on."""

    cells: list[str]
    line: int


def grid_from_rows(rows: Sequence[Row], upload: Upload, *, pad: bool = False) -> Grid:
    """Find the header, then keep the rows that are as wide as it; others are skipped and named.

    With `pad` missing cells at the end are empty ones, as spreadsheets store them. Raises Refused.
    """
    rows = [row for row in rows if row.cells]
    filled = [row for row in rows if any(cell and not cell.isspace() for cell in row.cells)]
    if not filled:
        if len(rows) < 2:
            raise Refused(
                "empty", say("The file is empty."), say("Export it again and check that it has rows.")
            )
        raise _all_empty(len(rows))
    header, body = _split_header(filled, upload)
    if len(header.cells) > upload.limits.columns:
        raise _too_many_columns(len(header.cells), upload)
    columns = unique_names(header.cells)
    _note_names(header, columns, upload)
    first_line = header.line
    blank = sum(1 for row in rows if row.line > first_line) - sum(1 for row in body if row.line > first_line)
    upload.content.facts["blank_rows"] = max(0, blank)
    if blank > 0:
        upload.log.note(
            "blank_rows",
            say("Rows without any text: {n:,}; they were passed over.", n=blank),
            say("Nothing to do."),
        )
    kept = [row for row in (_fitted(row, len(columns), upload, pad) for row in body) if row is not None]
    upload.content.facts["rows_read"] = len(body)
    upload.content.grid = Grid(
        columns, [r.cells for r in kept], [r.line for r in kept], header.line, guess_mapping(columns)
    )
    if not body:
        if blank:
            raise _all_empty(blank, upload)
        raise Refused(
            "no_rows", say("The table has column names but no rows."), say("Add rows below the header.")
        )
    return upload.content.grid


def grid_from_columns(header: list[str], rows: ColumnRows, upload: Upload, delimiter: str) -> Grid:
    """The table of a file without a single odd line (see regular.py)."""
    if len(header) > upload.limits.columns:
        raise _too_many_columns(len(header), upload)
    columns = unique_names(header)
    _note_names(Row(header, 1), columns, upload)
    upload.content.facts |= {"blank_rows": 0, "rows_read": len(rows)}
    lines, mapping = range(2, len(rows) + 2), guess_mapping(columns)
    upload.content.grid = Grid(columns, rows, lines, 1, mapping, delimiter=delimiter)
    return upload.content.grid


def _too_many_columns(columns: int, upload: Upload) -> Refused:
    what = say(
        "The table has {columns:,} columns, over the limit of {most:,}.",
        columns=columns,
        most=upload.limits.columns,
    )
    return Refused("too_many_columns", what, say("Keep the columns you need; or choose another delimiter."))


def _all_empty(rows: int, upload: Upload | None = None) -> Refused:
    if upload is not None:
        upload.content.facts["rows_read"] = rows
    return Refused(
        "all_empty",
        say("All {rows:,} rows are empty.", rows=rows),
        say("Fill in questions and drop the file again."),
    )


def _note_names(header: Row, columns: Sequence[str], upload: Upload) -> None:
    renamed = [
        name for name, cell in zip(columns, header.cells, strict=True) if name != " ".join(cell.split())
    ]
    if renamed:
        what = say(
            "Columns without a name of their own are called {names}.",
            names=", ".join(map(column_label, renamed[:5])),
        )
        upload.log.note("column_names", what, say("Give each column its own name."), header.line or None)


def _split_header(rows: Sequence[Row], upload: Upload) -> tuple[Row, Sequence[Row]]:
    """The row of column names and the rows below it; numbered columns when there is no header."""
    chosen = upload.options.header_row
    if chosen is None:
        index = find_header([row.cells for row in rows])
    else:
        index = next((i for i, row in enumerate(rows) if row.line >= chosen), None) if chosen else None
    if index is None:
        width = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
        what = say("No row of column names was found; the columns are numbered.")
        upload.log.note("no_header", what, say("Choose the columns, or add a first row with names."))
        return Row([f"column {n}" for n in range(1, width + 1)], 0), rows
    if index and chosen is None:
        what = say(
            "The column names stand in row {row}; what stands above was passed over.", row=rows[index].line
        )
        upload.log.note(
            "header_row", what, say("Choose another header row if this is not it."), rows[index].line
        )
    return rows[index], rows[index + 1 :]


def _fitted(row: Row, width: int, upload: Upload, pad: bool) -> Row | None:
    """The row at exactly `width` cells; None (and named) when cells are missing or left over."""
    cells = row.cells
    if len(cells) > width and not any(cells[width:]):
        cells = cells[:width]
    if pad:
        cells = cells + [""] * (width - len(cells))
    longest = upload.limits.cell_characters
    if any(len(cell) > longest for cell in cells):
        what = say("A cell has more than {most:,} characters, the limit for one cell.", most=longest)
        upload.log.skip("long_cell", what, say("Drop long texts as knowledge files instead."), row.line)
        return None
    if len(cells) == width:
        return Row(cells, row.line)
    what = say("Cells in this row: {cells}, in the header: {width}.", cells=len(cells), width=width)
    upload.log.skip(
        "ragged_row",
        what,
        say("Put cells that contain the delimiter in quotes, or fill in the missing cells."),
        row.line,
    )
    return None
