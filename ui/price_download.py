"""The price list as CSV: what is on the screen, with every source in full."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

from crossover.prices import HOSTS
from crossover.report import neutralised
from ui.price_row import PriceRow

_UNKNOWN = "unknown"
_COLUMNS = (
    "prices_as_of",
    "name",
    "id",
    "host",
    "for",
    "variant",
    "price",
    "unit",
    "valid_from",
    "valid_to",
    "stops_on",
    "source",
    "read_on",
    "grade",
    "yours",
    "note",
)


def price_csv(rows: Sequence[PriceRow], on: date) -> str:
    """One line per price of that day; cells a spreadsheet would run get an apostrophe (MODEL.md E38).

    `rows` are the English ones: their words become values of the file.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows([neutralised(cell) for cell in _cells(row, on)] for row in rows)
    return out.getvalue()


def _cells(row: PriceRow, on: date) -> tuple[str, ...]:
    source = row.source
    return (
        on.isoformat(),
        row.label,
        row.item,
        HOSTS.get(row.host, row.host),
        row.purpose.value,
        row.variant,
        row.price,
        row.unit,
        _day(row.valid_from),
        _day(row.valid_to, ""),
        _day(row.stops_on, ""),
        source.url if source else _UNKNOWN,
        _day(source.as_of) if source else _UNKNOWN,
        source.grade if source else _UNKNOWN,
        "yes" if row.is_own else "no",
        source.note if source else "",
    )


def _day(value: date | None, missing: str = _UNKNOWN) -> str:
    """An ISO day; an own price's "since ever" is no day anybody announced."""
    if value == date.min:
        return ""
    return value.isoformat() if value else missing
