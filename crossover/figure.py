"""A number that can say where it comes from (MODEL.md 0.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

AMBER_AFTER_DAYS = 90


class Kind(StrEnum):
    """Where a number comes from, strongest first; `derived` is as strong as its weakest leaf."""

    MEASURED = "measured"
    PRICE_LIST = "price_list"
    LITERATURE = "literature"
    ASSUMPTION = "assumption"
    DERIVED = "derived"


# an empty sum is derived from nothing, so nothing weakens it
_STRENGTH = [Kind.DERIVED, Kind.MEASURED, Kind.PRICE_LIST, Kind.LITERATURE, Kind.ASSUMPTION]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its unit and provenance; `value` is None when the number is unknown, never 0.

    `source` is a file name with digest, a URL, a citation id or a plain reason, by kind.
    `as_of` is the day a price was read, not today. `n` counts the rows a measurement rests on.
    `name`, `note` and a `source` of our own words were said when the figure was made; `unit` is one of
    crossover.units and said where it is shown. `id` is what code looks the figure up by, the same in
    every language: an assumption's is its name in data/assumptions.csv, "" is looked up by nobody.
    """

    value: float | None
    unit: str
    kind: Kind
    source: str
    as_of: date | None = None
    note: str = ""
    ci: tuple[float, float] | None = None
    n: int | None = None
    name: str = ""
    inputs: tuple[Figure, ...] = ()
    id: str = ""

    @property
    def weakest(self) -> Kind:
        """The kind of the weakest leaf: what a badge shows for this figure."""
        return max((leaf.kind for leaf in self.leaves()), key=_STRENGTH.index)

    def leaves(self) -> Iterator[Figure]:
        """The figures this one was computed from, down to those computed from nothing else."""
        if not self.inputs:
            yield self
        for figure in self.inputs:
            yield from figure.leaves()

    def is_stale(self, today: date) -> bool:
        """Whether a price among the leaves was read more than 90 days before `today`."""
        return any(
            leaf.kind is Kind.PRICE_LIST
            and leaf.as_of is not None
            and (today - leaf.as_of).days > AMBER_AFTER_DAYS
            for leaf in self.leaves()
        )


def measured(value: float | None, unit: str, source: str, n: int | None, **more: object) -> Figure:
    """A figure computed from the user's own files."""
    return Figure(value, unit, Kind.MEASURED, source, n=n, **more)  # type: ignore[arg-type]


def assumed(value: float, unit: str, reason: str, **more: object) -> Figure:
    """A figure somebody chose; `reason` says why this value."""
    return Figure(value, unit, Kind.ASSUMPTION, reason, **more)  # type: ignore[arg-type]


def derived(value: float | None, unit: str, formula: str, *inputs: Figure, **more: object) -> Figure:
    """A figure computed from `inputs`; `formula` names the rule (for example "MODEL.md F2.4")."""
    return Figure(value, unit, Kind.DERIVED, formula, inputs=inputs, **more)  # type: ignore[arg-type]
