"""The quick way through a table whose every line is one full row: read by columns, not by rows.

Large uploads are nearly always like this. Whatever is unusual (a row too wide, a line break in a cell,
quotes that do not match, a blank row, a title above the header) goes the careful way instead.
"""

from __future__ import annotations

import csv
import io

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow

from crossover.samples.column_rows import ColumnRows
from crossover.samples.columns import find_header
from crossover.samples.limits import Limits

_ROWS_TO_FIND_HEADER = 21


def regular_rows(
    data: bytes, head: str, delimiter: str, limits: Limits
) -> tuple[list[str], ColumnRows] | None:
    """The column names and the rows below them; None when any line asks for a careful reader.

    `data` is the whole table in UTF-8 and `head` its first characters. Row i stands on physical line
    i + 2.
    """
    header = _first_row(head, delimiter)
    is_proper = len(header) > 1 and _quotes_as_told(data, delimiter)
    columns = _columns(data, delimiter, len(header)) if is_proper else None
    if columns is None or not columns[0] or _lines(data) != len(columns[0]) + 1:
        return None
    rows = ColumnRows(columns)
    top = [header, *map(list, rows[: _ROWS_TO_FIND_HEADER - 1])]
    return (header, rows) if _is_plain(rows, limits) and find_header(top) == 0 else None


def _first_row(head: str, delimiter: str) -> list[str]:
    try:
        return next(
            csv.reader(io.StringIO(head, newline=""), delimiter=delimiter, strict=True),
            [],
        )
    except csv.Error:
        return []


def _quotes_as_told(data: bytes, delimiter: str) -> bool:
    """Whether every quotation mark opens a cell, closes one, or stands doubled inside one (RFC 4180).

    Such marks alternate: an opening one follows a delimiter, a line end or the mark before it, a
    closing one is followed by one of these.
    """
    signs = np.frombuffer(data, np.uint8)
    places = np.flatnonzero(signs == ord('"'))
    if len(places) % 2:
        return False
    opening, closing = places[::2], places[1::2]
    around = np.array([ord(delimiter), *b'\r\n"'], np.uint8)
    opens_well = (opening == 0) | np.isin(signs[opening - 1], around)
    closes_well = (closing == len(signs) - 1) | np.isin(
        signs[np.minimum(closing + 1, len(signs) - 1)], around
    )
    return bool(opens_well.all() and closes_well.all())


def _columns(data: bytes, delimiter: str, width: int) -> list[list[str]] | None:
    """All cells below the first line by column; None when a row does not fit."""
    try:
        table = arrow.read_csv(
            pa.BufferReader(data),
            arrow.ReadOptions(use_threads=False, autogenerate_column_names=True, skip_rows=1),
            arrow.ParseOptions(delimiter=delimiter, ignore_empty_lines=False),
            arrow.ConvertOptions(
                column_types={f"f{place}": pa.string() for place in range(width)},
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    return [column.to_pylist() for column in table.columns] if table.num_columns == width else None


def _lines(data: bytes) -> int:
    """Physical lines; -1 where a lone carriage return makes them hard to tell."""
    breaks = data.count(b"\n")
    if data.count(b"\r") not in (0, data.count(b"\r\n")):
        return -1
    return breaks + (not data.endswith(b"\n"))


def _is_plain(rows: ColumnRows, limits: Limits) -> bool:
    """Whether the table is within the limits, and no row may be blank."""
    columns = rows.columns
    if len(rows) > limits.rows or len(rows) * len(columns) > limits.cells:
        return False
    first = columns[0]
    if not all(first) or any(map(str.isspace, first)):
        return False
    return all(max(map(len, column)) <= limits.cell_characters for column in columns)
