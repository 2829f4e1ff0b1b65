"""What is weighed: strategies in rows, the criteria that count in columns (MODEL.md 6.1)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from crossover.criteria.catalogue import COST, SCORED, Criterion
from crossover.criteria.errors import InvalidCriteria
from crossover.criteria.scores import normalised_weights
from crossover.criteria.values import Anchor, FloatArray, cost_anchor, latency_anchor, values
from crossover.figure import Figure
from crossover.words import say

Figures = Mapping[str, Mapping[str, Figure]]

LATENCY_LIMIT_SECONDS = 10.0
"""Without a limit of the person's own: after about ten seconds people turn to something else (assumed)."""


def anchors_for(
    figures: Figures, gated: Collection[str] = (), latency_limit_seconds: float | None = None
) -> dict[str, Anchor]:
    """Worst and best quantity of every criterion by id; cost hangs on the cheapest that can be chosen.

    Keep the result while strategies are switched on and off, so that no score moves (W25b).
    """
    limit = LATENCY_LIMIT_SECONDS if latency_limit_seconds is None else latency_limit_seconds
    fixed = {each.id: each.anchor for each in SCORED if each.anchor is not None}
    totals = [_value(figures[name], COST.id) for name in figures if name not in gated]
    known = [total for total in totals if not np.isnan(total)]
    return {**fixed, "latency": latency_anchor(limit), COST.id: cost_anchor(min(known, default=1.0))}


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Strategies in rows, the criteria that count in columns; `open_rows` can be chosen."""

    names: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    quantities: FloatArray
    values: FloatArray
    weights: FloatArray
    open_rows: tuple[int, ...]

    @classmethod
    def of(
        cls,
        figures: Figures,
        weights: Mapping[str, float],
        gated: Collection[str],
        anchors: Mapping[str, Anchor] | None,
    ) -> Table:
        """The table of figures by strategy and criterion; raises InvalidCriteria when nothing counts."""
        names = tuple(figures)
        open_rows = tuple(row for row, name in enumerate(names) if name not in gated)
        judged = [figures[names[row]] for row in open_rows] or list(figures.values())
        counted = tuple(each for each in SCORED if weights[each.id] != 0 and _is_known(each, judged))
        if not counted:
            raise InvalidCriteria(
                say("All weights are 0: give some weight to a criterion with known values.")
            )
        shares = normalised_weights([weights[each.id] for each in counted])
        quantities = np.array([[_value(figures[name], each.id) for each in counted] for name in names])
        scales = anchors_for(figures, gated) | dict(anchors or {})
        worth = values(quantities, [scales[each.id] for each in counted])
        return cls(names, counted, quantities, worth, shares, open_rows)

    @property
    def complete(self) -> list[int]:
        """Rows that can be chosen and of which everything is known."""
        return [row for row in self.open_rows if not np.isnan(self.values[row]).any()]

    @property
    def directions(self) -> list[int]:
        """1 for a column where more is better, -1 where less is."""
        return [criterion.direction for criterion in self.criteria]


def _is_known(criterion: Criterion, judged: Sequence[Mapping[str, Figure]]) -> bool:
    """Whether a criterion can count: known for some, or for all where it must be measured."""
    known = [not np.isnan(_value(each, criterion.id)) for each in judged]
    return all(known) if criterion.is_measured_only else any(known)


def _value(figures: Mapping[str, Figure], criterion: str) -> float:
    figure = figures.get(criterion)
    return float("nan") if figure is None or figure.value is None else figure.value
