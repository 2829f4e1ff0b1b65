"""Where the figures of a brief come from, as text: each figure, and the numbered inputs (MODEL.md 0.2)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from crossover.figure import AMBER_AFTER_DAYS, Kind
from crossover.numbers import UNKNOWN, count, share, unit_price, usd
from crossover.report.brief import Brief
from crossover.report.brief_parts import BriefFigure, BriefInput, BriefStrategy

KIND_WORDS: Mapping[Kind, str] = {
    Kind.MEASURED: "measured",
    Kind.PRICE_LIST: "price list",
    Kind.LITERATURE: "literature",
    Kind.ASSUMPTION: "assumption",
    Kind.DERIVED: "derived",
}
_TITLES = {
    Kind.ASSUMPTION: "Assumptions",
    Kind.PRICE_LIST: "Prices",
    Kind.MEASURED: "Measured in the data",
    Kind.LITERATURE: "From the literature",
    Kind.DERIVED: "Worked out",
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
            name=f"{row.label}: {figure.name[:1].lower()}{figure.name[1:]}",
            value=quantity(figure),
            kind=KIND_WORDS[figure.kind],
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
        InputGroup(title, tuple(_line(number, each, brief) for number, each in numbered if each.kind is kind))
        for kind, title in _TITLES.items()
    )
    return tuple(group for group in groups if group.inputs)


def _line(number: int, given: BriefInput, brief: Brief) -> InputLine:
    span = ""
    if given.low is not None and given.high is not None:
        span = f" (plausible {_number(given.low, given.unit)} to {_number(given.high, given.unit)})"
    details = [given.note] if given.note else []
    if given.n is not None:
        details.append(f"n = {given.n:,}")
    if given.as_of is not None:
        is_old = (brief.made_on - given.as_of).days > AMBER_AFTER_DAYS
        details.append(
            f"read on {given.as_of.isoformat()}" + (", more than 90 days before" if is_old else "")
        )
    return InputLine(
        number=number,
        name=given.name,
        value=quantity(given),
        range=span,
        source=given.source,
        url=given.source if is_address(given.source) else "",
        details="".join(f"; {each}" for each in details),
        is_own=given.is_own,
    )


def is_address(source: str) -> bool:
    """Whether a source can be opened in a browser, and by nothing else."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.netloc)


def quantity(given: BriefFigure | BriefInput) -> str:
    """A value with its unit, rounded for people."""
    if given.value is None:
        return UNKNOWN
    unit = given.unit.removeprefix("USD").strip() if given.unit.startswith("USD") else given.unit
    rest = unit.removeprefix("share").strip() if unit.startswith("share") else unit
    return f"{_number(given.value, given.unit)} {rest}".strip()


def _number(value: float, unit: str) -> str:
    if unit.startswith("USD per million"):
        return f"${unit_price(value)}"
    if unit.startswith("USD"):
        return usd(value)
    return share(value) if unit.startswith("share") else count(value)
