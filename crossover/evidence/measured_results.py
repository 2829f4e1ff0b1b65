"""What a person's own evaluation shows: accuracy, pairs, a winner or none (MODEL.md 3.10, 7.8, W27, W31).

Nothing is predicted here: every figure is counted in the results that were dropped in.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from crossover.evidence.intervals import ShareInterval, wilson_interval
from crossover.evidence.judged_table import CORRECT_FROM, JudgedTable, is_graded, judged_table
from crossover.evidence.measured_latency import FittedLatency, fitted_latency
from crossover.evidence.paired_results import PairedComparison, paired_comparison
from crossover.figure import Figure, measured
from crossover.samples.results_types import ResultRow, ResultSet
from crossover.strategies import ALL_STRATEGIES
from crossover.words import say

OUR_IDS = tuple(strategy.id for strategy in ALL_STRATEGIES)


@dataclass(frozen=True, slots=True, eq=False)
class StrategyResult:
    """How one strategy did on `samples` different samples, over `answers` answers.

    `accuracy_share` is the mean over samples, each repeated sample counted once with its mean.
    """

    strategy: str
    accuracy_share: float
    interval: ShareInterval
    samples: int
    answers: int
    latency: FittedLatency | None
    rows: tuple[ResultRow, ...]

    def figure(self, source: str) -> Figure:
        """The accuracy as a measured figure with its interval."""
        ci = (self.interval.low, self.interval.high)
        repeated = self.answers > self.samples
        note = say("{answers:,} answers, mean per sample", answers=self.answers) if repeated else ""
        return measured(
            self.accuracy_share, "share", source, self.samples, name=say("Right answers"), ci=ci, note=note
        )


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredResults:
    """Everything counted in a set of results; `strategies` and `pairs` come best first.

    `is_graded`: some scores lie between 0 and 1, so that `correct_from` decides what is right.
    """

    source: str
    correct_from: float
    is_graded: bool
    strategies: tuple[StrategyResult, ...]
    pairs: tuple[PairedComparison, ...]
    table: JudgedTable

    @property
    def best(self) -> StrategyResult | None:
        """The strategy that was right most often, which chance may explain; None without results."""
        return self.strategies[0] if self.strategies else None

    def against_best(self) -> tuple[PairedComparison, ...]:
        """The best strategy's pairs, the closest rival first."""
        best = self.best
        names = {best.strategy} if best else set()
        found = (pair for pair in self.pairs if names & {pair.first, pair.second})
        return tuple(sorted(found, key=lambda pair: (-pair.p_value, pair.gap_share)))

    @property
    def winner(self) -> str | None:
        """The strategy that beats each of the others on shared samples beyond chance; None when none does.

        Beating all of them is asked for, so no correction for several comparisons is due
        (intersection-union).
        """
        best, pairs = self.best, self.against_best()
        if best is None or not pairs or len(pairs) < len(self.strategies) - 1:
            return None
        shown = all(pair.is_shown and pair.first == best.strategy for pair in pairs)
        return best.strategy if shown else None


def measured_results(results: ResultSet, correct_from: float = CORRECT_FROM) -> MeasuredResults:
    """What the results show; a score of at least `correct_from` counts as right.

    Raises InvalidCostInput unless the threshold lies above 0 and at most at 1.
    """
    table = judged_table(results, correct_from)
    rows: dict[str, list[ResultRow]] = {name: [] for name in table.strategies}
    for row in results.rows:
        rows[row.strategy].append(row)
    found = [_strategy_result(table, name, tuple(rows[name])) for name in table.strategies]
    pairs = (paired_comparison(table, one, other) for one, other in combinations(table.strategies, 2))
    return MeasuredResults(
        source=results.source,
        correct_from=correct_from,
        is_graded=is_graded(results.rows),
        strategies=tuple(sorted(found, key=lambda each: -each.accuracy_share)),
        pairs=tuple(sorted((pair for pair in pairs if pair), key=lambda pair: -pair.gap_share)),
        table=table,
    )


def success_shares_of(
    results: ResultSet, correct_from: float = CORRECT_FROM
) -> tuple[tuple[str, float], ...]:
    """Measured accuracy by strategy id for `Scenario.success_shares`; other names stay out."""
    table = judged_table(results, correct_from)
    known = sorted(name for name in table.strategies if name in OUR_IDS)
    return tuple((name, float(np.mean(table.answered(name)))) for name in known)


def accuracy_interval(right_by_sample: NDArray[np.float64]) -> ShareInterval:
    """Wilson interval of the mean of shares in 0..1, shape (n,), n > 0.

    A sum that is no whole number, as repeats give it, is rounded outwards: a sample is one trial
    however often it was tried.
    """
    n, total = right_by_sample.size, round(float(right_by_sample.sum()), 9)
    return ShareInterval(
        wilson_interval(math.floor(total), n).low, wilson_interval(min(n, math.ceil(total)), n).high
    )


def _strategy_result(table: JudgedTable, name: str, rows: tuple[ResultRow, ...]) -> StrategyResult:
    right = table.answered(name)
    return StrategyResult(
        strategy=name,
        accuracy_share=float(right.mean()),
        interval=accuracy_interval(right),
        samples=right.size,
        answers=len(rows),
        latency=fitted_latency(rows),
        rows=rows,
    )
