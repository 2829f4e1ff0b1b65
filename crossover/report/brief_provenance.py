"""Where the figures of a brief come from, as text: each figure, and the numbered inputs (MODEL.md 0.2)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from crossover.figure import AMBER_AFTER_DAYS, Kind
from crossover.numbers import count, share, unit_price, unknown, usd
from crossover.report.brief import Brief
from crossover.report.brief_parts import BriefFigure, BriefInput, BriefStrategy
from crossover.report.brief_sources import is_address
from crossover.report.brief_units import unit_beside
from crossover.words import in_sentence, mark, say, say_as

KIND_WORDS: Mapping[Kind, str] = {
    Kind.MEASURED: mark("measured"),
    Kind.PRICE_LIST: mark("price list"),
    Kind.LITERATURE: mark("literature"),
    Kind.ASSUMPTION: mark("assumption"),
    Kind.DERIVED: mark("derived"),
}
_TITLES = {
    Kind.ASSUMPTION: mark("Assumptions"),
    Kind.PRICE_LIST: mark("Prices"),
    Kind.MEASURED: mark("Measured in the data"),
    Kind.LITERATURE: mark("From the literature"),
    Kind.DERIVED: mark("Worked out"),
}


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One shown number; `inputs` are the numbers of the inputs it rests on."""

    name: str
    value: str
    kind: str
    source: str
    inputs: str


@dataclass(frozen=True, slots=True)
class InputLine:
    """One input under its number; `url` only where its source is an address one can open."""

    number: int
    name: str
    value: str
    range: str
    source: str
    url: str
    details: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class InputGroup:
    """All inputs of one kind."""

    title: str
    inputs: tuple[InputLine, ...]


def figure_lines(brief: Brief, criteria: Collection[str]) -> tuple[FigureLine, ...]:
    """Every figure of the tables, strategy by strategy; `criteria` are the ids of those shown."""
    return tuple(line for row in brief.strategies for line in _lines_of(row, criteria))


def _lines_of(row: BriefStrategy, criteria: Collection[str]) -> Iterator[FigureLine]:
    shown = (each for each in row.criteria if each.id in criteria)
    for figure in (*(row.cost.figures if row.cost else ()), *shown):
        yield FigureLine(
            name=f"{row.label}: {in_sentence(figure.name)}",
            value=quantity(figure),
            kind=say(KIND_WORDS[figure.kind]),
            source=figure.source,
            inputs=ranges([place + 1 for place in figure.inputs]),
        )


def ranges(numbers: list[int]) -> str:
    """Whole numbers in order, neighbours joined: 1-3, 7."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def input_groups(brief: Brief) -> tuple[InputGroup, ...]:
    """The inputs under their numbers, by kind; kinds nobody used are left out."""
    numbered = list(enumerate(brief.inputs, start=1))
    groups = (
        InputGroup(
            say(title), tuple(_line(number, each, brief) for number, each in numbered if each.kind is kind)
        )
        for kind, title in _TITLES.items()
    )
    return tuple(group for group in groups if group.inputs)


def _line(number: int, given: BriefInput, brief: Brief) -> InputLine:
    return InputLine(
        number=number,
        name=given.name,
        value=quantity(given),
        range=_span(given),
        source=given.source,
        url=given.source if is_address(given.source) else "",
        details="".join(f"; {each}" for each in _details(given, brief.made_on)),
        is_own=given.is_own,
    )


def _span(given: BriefInput) -> str:
    if given.low is None or given.high is None:
        return ""
    low, high = _number(given.low, given.unit), _number(given.high, given.unit)
    return " " + say("(plausible {low} to {high})", low=low, high=high)


def _details(given: BriefInput, made_on: date) -> Iterator[str]:
    if given.note:
        yield given.note
    if given.n is not None:
        yield say("n = {n:,}", n=given.n)
    if given.as_of is not None and (made_on - given.as_of).days > AMBER_AFTER_DAYS:
        yield say("read on {day}, more than 90 days before", day=given.as_of)
    elif given.as_of is not None:
        yield say("read on {day}", day=given.as_of)


def quantity(given: BriefFigure | BriefInput) -> str:
    """A value with its unit, rounded for people."""
    if given.value is None:
        return unknown()
    return f"{_number(given.value, given.unit)} {unit_beside(given.unit)}".strip()


def _number(value: float, unit: str) -> str:
    if unit.startswith("USD per million"):
        return say_as("money", "${amount}", amount=unit_price(value))
    if unit.startswith("USD"):
        return usd(value)
    return share(value) if unit.startswith("share") else count(value)
