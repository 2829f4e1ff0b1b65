"""Results as a table of samples by strategies: repeats of a sample become their mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossover.cost.errors import require_between
from crossover.samples.results_types import ResultRow, ResultSet

Values = NDArray[np.float64]
CORRECT_FROM = 0.5
"""Score from which an answer counts as right, while nobody chose another (assumed)."""


@dataclass(frozen=True, slots=True, eq=False)
class JudgedTable:
    """What each strategy did on each sample, shape (samples, strategies); NaN where it did not answer.

    `correct` is the share of its answers to the sample that were right: 0 or 1 unless it answered
    more than once. `cost_usd` is the mean cost of those answers, NaN where the file has none.
    `answers` counts them.
    """

    strategies: tuple[str, ...]
    correct: Values
    cost_usd: Values
    answers: NDArray[np.int64]

    @property
    def repeats(self) -> int:
        """Answers beyond the first of a strategy to a sample."""
        return int(self.answers.sum() - (self.answers > 0).sum())

    def answered(self, strategy: str) -> Values:
        """Share of right answers for each sample the strategy answered."""
        column = self.correct[:, self.strategies.index(strategy)]
        return np.asarray(column[~np.isnan(column)], np.float64)


def judged_table(results: ResultSet, correct_from: float = CORRECT_FROM) -> JudgedTable:
    """The results with every score of at least `correct_from` counted as right.

    Raises InvalidCostInput unless the threshold lies above 0 and at most at 1.
    """
    require_between("correct_from", correct_from, 1e-9, 1.0)
    strategies, rows = results.strategies, results.rows
    sample_places = _places([row.sample for row in rows])
    strategy_of = {name: place for place, name in enumerate(strategies)}
    cells = sample_places * len(strategies) + np.array([strategy_of[row.strategy] for row in rows], np.int64)
    shape = (int(sample_places.max()) + 1 if len(rows) else 0, len(strategies))
    right = np.array([row.score for row in rows], np.float64) >= correct_from
    costs = np.array([np.nan if row.cost_usd is None else row.cost_usd for row in rows], np.float64)
    return JudgedTable(
        strategies,
        _cell_means(cells, right.astype(np.float64), shape),
        _cell_means(cells, costs, shape),
        np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape),
    )


def is_graded(rows: Sequence[ResultRow]) -> bool:
    """Whether any score lies between wrong and right, so that the threshold matters."""
    return any(0 < row.score < 1 for row in rows)


def _places(samples: Sequence[str]) -> NDArray[np.int64]:
    """The place of each sample among the different ones, in order of appearance."""
    places: dict[str, int] = {}
    return np.array([places.setdefault(sample, len(places)) for sample in samples], np.int64)


def _cell_means(cells: NDArray[np.int64], values: Values, shape: tuple[int, int]) -> Values:
    """Mean of the known values of each cell; NaN where there is none."""
    known, size = ~np.isnan(values), shape[0] * shape[1]
    counts = np.bincount(cells[known], minlength=size)
    sums = np.bincount(cells[known], weights=values[known], minlength=size)
    means = np.divide(sums, counts, out=np.full(size, np.nan), where=counts > 0)
    return np.asarray(means.reshape(shape), np.float64)
