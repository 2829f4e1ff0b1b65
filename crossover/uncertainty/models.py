"""A strategy's total as a function of named inputs: one number each, or arrays over draws (MODEL.md 5.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from crossover.cost import Amount, CostClasses, FloatArray, Traffic, total_usd
from crossover.cost.totals import LARGEST_VOLUME
from crossover.uncertainty.inputs import Values
from crossover.uncertainty.levers import GROWTH, VOLUME


@dataclass(frozen=True, slots=True, eq=False)
class CostModel:
    """How a strategy's cost classes follow from the inputs; `values` must hold every scenario input.

    `moved_by` names the inputs its total looks at. Those in `one_by_one` are exact for one number at
    a time only: an array is interpolated (inputs that change the plan) or refused (list prices).
    """

    strategy: str
    label: str
    horizon_months: int
    moved_by: frozenset[str]
    one_by_one: frozenset[str]
    classes: Callable[[Values], CostClasses]

    def total_usd(self, values: Values) -> FloatArray:
        """US dollars over the horizon, C[H]: one number for numbers, shape (draws,) for draws."""
        costs = self.classes(values)
        return total_usd(costs, traffic_at(values, self.horizon_months, np.shape(costs.one_time_usd)))

    def curve_usd(self, name: str, points: FloatArray, values: Values) -> FloatArray:
        """Exact totals as one input moves over `points` and the rest stay as in `values`; same shape."""
        if name not in self.moved_by:
            return np.full(points.shape, float(self.total_usd(values)))
        if name in self.one_by_one:
            totals = [float(self.total_usd({**values, name: point})) for point in points.tolist()]
            return np.array(totals, np.float64)
        return np.broadcast_to(self.total_usd({**values, name: points}), points.shape)


@dataclass(frozen=True, slots=True, eq=False)
class SampledTotals:
    """Totals of the same draws for each strategy: `usd` has shape (strategies, draws)."""

    strategies: tuple[str, ...]
    usd: FloatArray

    @property
    def draws(self) -> int:
        """Number of draws."""
        return int(self.usd.shape[1])

    def of(self, strategy: str) -> FloatArray:
        """US dollars of one strategy, shape (draws,). Raises ValueError for a name not sampled."""
        return np.asarray(self.usd[self.strategies.index(strategy)], np.float64)


def traffic_at(values: Values, horizon_months: int, shape: tuple[int, ...] = ()) -> Traffic:
    """The traffic of `values`, at least of that shape; a draw beyond the allowed volume counts as it."""
    volume = np.minimum(values[VOLUME], LARGEST_VOLUME) + np.zeros(shape)
    return Traffic(volume, values[GROWTH], horizon_months)


def sampled_totals(models: Sequence[CostModel], values: Values, draws: int) -> SampledTotals:
    """Totals of every model on the same draws (MODEL.md 5.2).

    Leave out strategies behind a failing gate: only what can be chosen takes part (MODEL.md 5.2).
    """
    rows = [np.broadcast_to(model.total_usd(values), draws) for model in models]
    usd = np.stack(rows) if rows else np.zeros((0, draws))
    return SampledTotals(tuple(model.strategy for model in models), usd)


class ReadValues(Mapping[str, Amount]):
    """Values that remember which of them were looked at; how a model's inputs are found."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> Amount:
        value = self._values[name]
        self.names.add(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)
