"""Cells of the workbook: text that stays text, formulas with their value, and the cells with names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from crossover.report.brief import Brief
from crossover.report.brief_parts import BriefInput, BriefStrategy
from crossover.report.table import neutralised
from crossover.words import say

LEAST_MONTHS = 60
_SHEET_NAME_CHARACTERS = 31
_BY_THE_DAY = "USD per person-day"
_NOT_IN_A_NAME = re.compile(r"[^\w -]+")


@dataclass(frozen=True, slots=True)
class Formats:
    """How cells look; `input` marks those a person may change."""

    title: Format
    bold: Format
    input: Format
    money: Format
    plain: Format

    @classmethod
    def of(cls, book: Workbook) -> Formats:
        """The formats of one workbook."""
        return cls(
            title=book.add_format({"bold": True, "font_size": 14}),
            bold=book.add_format({"bold": True}),
            input=book.add_format({"bg_color": "#FFF3CC", "border": 1, "border_color": "#BF8A12"}),
            money=book.add_format({"num_format": "#,##0.00####"}),
            plain=book.add_format({}),
        )


@dataclass(frozen=True, slots=True)
class NamedInput:
    """A cell of the Inputs sheet that formulas name."""

    name: str
    label: str
    value: float
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Sheets:
    """A brief on its way into a workbook; `months` are the rows of each calculation after month 0."""

    brief: Brief
    formats: Formats
    named: tuple[NamedInput, ...]
    months: int

    @property
    def costed(self) -> tuple[BriefStrategy, ...]:
        """The strategies with a calculation sheet."""
        return tuple(row for row in self.brief.strategies if row.cost is not None)

    def name_of(self, row: BriefStrategy) -> str:
        """The name of its sheet: a number keeps names apart, and no sign in it ends a quotation."""
        place = self.brief.strategies.index(row) + 1
        words = " ".join(_NOT_IN_A_NAME.sub(" ", row.label).split())
        return f"{place} {words}"[:_SHEET_NAME_CHARACTERS].rstrip(" -")

    def row_of(self, name: str) -> int:
        """The row of a named cell on the Inputs sheet, from 0."""
        return [each.name for each in self.named].index(name) + 1

    def has(self, name: str) -> bool:
        """Whether there is such a cell."""
        return any(each.name == name for each in self.named)


def sheets_of(brief: Brief, formats: Formats) -> Sheets:
    """The brief with its named cells."""
    return Sheets(brief, formats, tuple(_named(brief)), max(LEAST_MONTHS, brief.horizon_months))


def price_name(place: int) -> str:
    """The name of the cell of a price, by its place among the brief's inputs."""
    return f"Price_{place + 1}"


def _named(brief: Brief) -> Iterator[NamedInput]:
    yield from _estimates(brief)
    rate = _day_rate(brief)
    if rate is not None and rate.value is not None:
        yield NamedInput("Day_rate", rate.name, rate.value, rate.unit, rate.source)
    for place, each in _prices(brief):
        given = brief.inputs[place]
        yield NamedInput(
            price_name(place), f"{each} ({place + 1})", given.value or 0.0, given.unit, given.source
        )


def _estimates(brief: Brief) -> Iterator[NamedInput]:
    estimate = say("your estimate")
    volume, growth = brief.requests_per_month, brief.growth_per_month_share
    yield NamedInput("Volume", say("Requests in the first month"), volume, "requests per month", estimate)
    yield NamedInput("Growth", say("Growth"), growth, "share per month", estimate)
    yield NamedInput("Horizon", say("Horizon"), brief.horizon_months, "months", estimate)
    none, name = say("no decline assumed"), say("Decline of the cost per request")
    yield NamedInput("Price_decline", name, 0.0, "share per year", none)


def _day_rate(brief: Brief) -> BriefInput | None:
    """Working time is the only thing paid by the person-day."""
    return next((each for each in brief.inputs if each.unit == _BY_THE_DAY and each.value is not None), None)


def _prices(brief: Brief) -> Iterator[tuple[int, str]]:
    """The prices some request is paid at, each once."""
    found = ((each.price, each.name) for row in brief.strategies if row.cost for each in row.cost.unit_costs)
    yield from {place: name for place, name in found if place is not None}.items()


@dataclass(frozen=True, slots=True)
class Cells:
    """A sheet on which text is neutralised (MODEL.md E38) and an unknown number stays an empty cell."""

    sheet: Worksheet
    formats: Formats

    def text(self, row: int, column: int, words: str, style: Format | None = None) -> None:
        """Text that no program takes for a formula."""
        if words:
            self.sheet.write_string(row, column, neutralised(words), style)

    def texts(self, row: int, column: int, words: Sequence[str]) -> None:
        """Texts side by side."""
        for offset, each in enumerate(words):
            self.text(row, column + offset, each)

    def head(self, row: int, words: Sequence[str]) -> None:
        """A line of headings."""
        for column, each in enumerate(words):
            self.text(row, column, each, self.formats.bold)

    def said_head(self, row: int, words: Sequence[str]) -> None:
        """A line of headings of our own, in the language spoken."""
        self.head(row, tuple(map(say, words)))

    def number(self, row: int, column: int, value: float | None, style: Format | None = None) -> None:
        """A number, unrounded; nothing for an unknown one."""
        if value is not None:
            self.sheet.write_number(row, column, value, style)

    def formula(self, row: int, column: int, formula: str, value: float) -> None:
        """A formula with its value as decided, for programs that do not calculate."""
        self.sheet.write_formula(row, column, formula, self.formats.money, value)

    def widths(self, *characters: float) -> None:
        """Widths of the first columns."""
        for column, width in enumerate(characters):
            self.sheet.set_column(column, column, width)
