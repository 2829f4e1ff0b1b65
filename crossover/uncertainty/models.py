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
    """How a strategy's cost classes follow from the inputs; `moved_by` names those it looks at."""

    strategy: str
    label: str
    horizon_months: int
    moved_by: frozenset[str]
    classes: Callable[[Values], CostClasses]

    def total_usd(self, values: Values) -> FloatArray:
        """US dollars over the horizon, C[H]: one number for numbers, shape (draws,) for draws."""
        return total_usd(self.classes(values), traffic_at(values, self.horizon_months))


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


def traffic_at(values: Values, horizon_months: int) -> Traffic:
    """The traffic of `values`; a draw beyond what the model allows counts as the most it allows."""
    return Traffic(np.minimum(values[VOLUME], LARGEST_VOLUME), values[GROWTH], horizon_months)


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
