"""Reading our own price tables: every cell is checked once, here."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NoReturn, Protocol, TypeVar

from crossover.prices.types import Source
from crossover.words import say

GRADES = ("A", "B", "C")


class InvalidPriceRow(ValueError):
    """A cell of a price table that cannot be read; the message names file, line and column."""


class Dated(Protocol):
    """Anything with a validity period in UTC dates, [valid_from, valid_to)."""

    @property
    def valid_from(self) -> date | None:
        """The first day."""

    @property
    def valid_to(self) -> date | None:
        """The day after the last; None while it holds."""


DatedRow = TypeVar("DatedRow", bound=Dated)


def holds_on(row: Dated, on: date) -> bool:
    """Whether `row` is valid on that day; a row without a first day holds on none."""
    return row.valid_from is not None and row.valid_from <= on and (row.valid_to is None or on < row.valid_to)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table with its place, for messages. Empty cells are None: unknown, never 0."""

    cells: Mapping[str, str]
    place: str

    def text(self, column: str) -> str:
        """The cell as text, "" when empty."""
        try:
            return self.cells[column].strip()
        except KeyError:
            message = say("{place}: there is no column {column}.", place=self.place, column=repr(column))
            raise InvalidPriceRow(message) from None

    def name(self, column: str) -> str:
        """The cell as text that must not be empty."""
        return self.text(column) or self._fail(column, say("must not be empty"))

    def names(self, column: str) -> tuple[str, ...]:
        """The cell's parts between "|"."""
        return tuple(part for part in self.text(column).split("|") if part)

    def number(self, column: str) -> float | None:
        """The cell as a finite number of at least 0."""
        text = self.text(column)
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            return self._fail(column, say("must be a plain number such as 0.15"))
        is_amount = math.isfinite(value) and value >= 0
        return value if is_amount else self._fail(column, say("must be at least 0"))

    def price(self, column: str) -> float:
        """A number that must be there."""
        value = self.number(column)
        return self._fail(column, say("must be a price")) if value is None else value

    def whole(self, column: str) -> int | None:
        """The cell as a whole number of at least 0."""
        value = self.number(column)
        if value is None:
            return None
        return int(value) if value.is_integer() else self._fail(column, say("must be a whole number"))

    def flag(self, column: str) -> bool | None:
        """The cell as yes or no."""
        flags = {"": None, "yes": True, "no": False}
        text = self.text(column)
        return flags[text] if text in flags else self._fail(column, say("must be yes or no"))

    def day(self, column: str) -> date | None:
        """The cell as an ISO date."""
        text = self.text(column)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            return self._fail(column, say("must be a date such as 2026-11-22"))

    def source(self) -> Source:
        """Who says so."""
        grade = self.text("confidence")
        if grade not in GRADES:
            self._fail("confidence", say("must be A, B or C"))
        if not self.text("source_url").startswith("https://"):
            self._fail("source_url", say("must be an https address"))
        return Source(self.text("source_url"), self.day("seen_on"), grade, self.text("note"))

    def _fail(self, column: str, must: str) -> NoReturn:
        found = repr(self.text(column))
        raise InvalidPriceRow(
            say(
                "{place}, column {column}: {must}, found {found}.",
                place=self.place,
                column=column,
                must=must,
                found=found,
            )
        )


def read_rows(path: Path) -> Iterator[Row]:
    """The lines of one table. Raises InvalidPriceRow when a line has too few or too many cells."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, strict=True)
        for cells in reader:
            place = f"{path.name}, line {reader.line_num}"
            if None in cells or None in cells.values():
                raise InvalidPriceRow(f"{place}: the number of cells differs from the header.")
            yield Row(cells, place)
