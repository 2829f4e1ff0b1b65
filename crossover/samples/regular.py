"""The quick way through a table whose every line is one full row: read by columns, not by rows.

Large uploads are nearly always like this. Whatever is unusual (a row too wide, a line break in a cell,
quotes that do not match, a blank row, a title above the header) goes the careful way instead.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice

from crossover.samples.column_rows import ColumnRows
from crossover.samples.columns import find_header
from crossover.samples.limits import Limits

_ROWS_AT_A_TIME = 5_000
_ROWS_TO_FIND_HEADER = 21


def regular_rows(text: str, delimiter: str, limits: Limits) -> tuple[list[str], ColumnRows] | None:
    """The column names and the rows below them; None when any line asks for a careful reader.

    Row i then stands on physical line i + 2.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = next(reader, [])
        columns = _columns(reader, len(header), limits)
    except csv.Error:
        return None
    if columns is None or not columns[0] or reader.line_num != len(columns[0]) + 1:
        return None
    rows = ColumnRows(columns)
    top = [header, *map(list, rows[: _ROWS_TO_FIND_HEADER - 1])]
    return (header, rows) if find_header(top) == 0 else None


def _columns(reader: Iterator[list[str]], width: int, limits: Limits) -> list[list[str]] | None:
    """All cells by column; None at the first row that does not fit."""
    if width < 2:
        return None
    columns: list[list[str]] = [[] for _ in range(width)]
    while rows := list(islice(reader, _ROWS_AT_A_TIME)):
        if set(map(len, rows)) != {width}:
            return None
        for column, cells in zip(columns, zip(*rows, strict=True), strict=True):
            column.extend(cells)
        if not _is_plain(columns, rows, limits):
            return None
    return columns


def _is_plain(columns: Sequence[list[str]], rows: Sequence[list[str]], limits: Limits) -> bool:
    """Whether the rows just added are within the limits and none of them may be blank."""
    count = len(columns[0])
    if count > limits.rows or count * len(columns) > limits.cells:
        return False
    return all(row[0] and not row[0].isspace() for row in rows) and all(
        max(map(len, column[-len(rows) :])) <= limits.cell_characters for column in columns
    )
