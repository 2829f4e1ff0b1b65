"""Numbers nobody measured: each with a range, a likely value and the reason for it (STYLE.md 7)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from crossover.figure import Figure, assumed
from crossover.words import say

ASSUMPTIONS_FILE = Path(__file__).resolve().parents[1] / "data" / "assumptions.csv"


@dataclass(frozen=True, slots=True)
class Assumption:
    """A plausible range with its most likely value, in `unit`; `reason` is shown beside it.

    `unit`, `label` and `reason` are the English of the file, said where they are shown.
    """

    name: str
    low: float
    likely: float
    high: float
    unit: str
    label: str
    reason: str


@cache
def default_assumptions(path: Path = ASSUMPTIONS_FILE) -> Mapping[str, Assumption]:
    """Every assumption of data/assumptions.csv by name, in file order."""
    with path.open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["name"]: _assumption(row) for row in csv.DictReader(file)})


def _assumption(row: dict[str, str]) -> Assumption:
    low, likely, high = (float(row[column]) for column in ("low", "likely", "high"))
    return Assumption(row["name"], low, likely, high, row["unit"], row["label"], row["reason"])


def as_figure(assumption: Assumption, chosen: float | None) -> Figure:
    """The assumption as shown: the person's own value where they chose one, else the likely one."""
    value, reason = assumption.likely, say(assumption.reason)
    if chosen is not None:
        value, reason = chosen, _own_value(assumption.likely, reason)
    span, name = (assumption.low, assumption.high), say(assumption.label)
    return assumed(value, assumption.unit, reason, ci=span, name=name, id=assumption.name)


def _own_value(likely: float, reason: str) -> str:
    return say("your value; the default is {value:g} ({reason})", value=likely, reason=reason)
