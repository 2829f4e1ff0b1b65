"""The bill: named lines in US dollars, each with where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from crossover.figure import Figure
from crossover.words import mark


class Cadence(StrEnum):
    """When a cost falls due; what is due by load is shown for the first month. Said where it is shown."""

    ONE_OFF = mark("one-off")
    MONTHLY = mark("monthly")
    BY_LOAD = mark("monthly, by load")
    RETRAINING = mark("each retraining")


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the bill; `is_people` tells working time from what a provider charges."""

    name: str
    cadence: Cadence
    figure: Figure
    is_people: bool = False


def total_usd_of(lines: Iterable[Line], cadence: Cadence) -> float:
    """US dollars of all lines of one cadence."""
    return sum(line.figure.value or 0.0 for line in lines if line.cadence is cadence)


def people_usd_of(lines: Iterable[Line], cadence: Cadence) -> float:
    """The part of `total_usd_of` that is working time."""
    return total_usd_of((line for line in lines if line.is_people), cadence)
