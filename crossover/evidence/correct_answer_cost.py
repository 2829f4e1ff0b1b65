"""Cost per correct answer and its interval, from resamples all strategies share (MODEL.md 3.10)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from crossover.evidence.judged_table import JudgedTable, Values

RESAMPLES = 2_000
_FEWEST_RESAMPLES = 400
_DRAWS_AT_MOST = 40_000_000
CLEAR_SHARE = 0.975


@dataclass(frozen=True, slots=True)
class CorrectAnswerCost:
    """US dollars per correct answer of one strategy over `n` samples; infinite when none is right.

    `low` and `high` hold 95 % of the resamples. `is_billed`: the cost stood in the results;
    otherwise it is the comparison's cost per request.
    """

    strategy: str
    usd: float
    low: float
    high: float
    n: int
    is_billed: bool


@dataclass(frozen=True, slots=True)
class CorrectAnswerCosts:
    """The costs, cheapest first; in `lead_share` of the resamples the first beats the second."""

    costs: tuple[CorrectAnswerCost, ...]
    lead_share: float | None

    @property
    def is_clear(self) -> bool:
        """Whether the first is cheaper per correct answer beyond chance."""
        return self.lead_share is not None and self.lead_share >= CLEAR_SHARE


def correct_answer_costs(
    table: JudgedTable, usd_per_request: Mapping[str, float], seed: int = 1
) -> CorrectAnswerCosts:
    """What a correct answer of each strategy costs, where its cost is known.

    The cost is the one in the results, over the samples that have it, else `usd_per_request` of the
    strategy for every sample. Every resample draws samples, and all strategies answer the same ones.
    The same results and seed give the same figures.
    """
    priced = [name for name in table.strategies if _is_billed(table, name) or name in usd_per_request]
    if not priced:
        return CorrectAnswerCosts((), None)
    known = {name: _known(table, name, usd_per_request.get(name)) for name in priced}
    correct = np.nan_to_num(np.column_stack([right for right, _ in known.values()]))
    cost = np.nan_to_num(np.column_stack([usd for _, usd in known.values()]))
    drawn, totals = _resampled(correct, cost, seed), _ratio(cost.sum(axis=0), correct.sum(axis=0))
    low, high = _middle(drawn)
    found = [
        CorrectAnswerCost(
            name,
            float(totals[place]),
            float(low[place]),
            float(high[place]),
            int((~np.isnan(usd)).sum()),
            _is_billed(table, name),
        )
        for place, (name, (_, usd)) in enumerate(known.items())
    ]
    order = sorted(range(len(found)), key=lambda place: found[place].usd)
    lead = float((drawn[:, order[0]] < drawn[:, order[1]]).mean()) if len(order) > 1 else None
    return CorrectAnswerCosts(tuple(found[place] for place in order), lead)


def _middle(drawn: Values) -> tuple[Values, Values]:
    """Bounds of 95 % of the resamples of each strategy."""
    # picked and not interpolated: between a number and infinity there is nothing
    ordered, n = np.sort(drawn, axis=0), len(drawn)
    return ordered[int(0.025 * n)], ordered[math.ceil(0.975 * n) - 1]


def _is_billed(table: JudgedTable, strategy: str) -> bool:
    return not bool(np.isnan(table.cost_usd[:, table.strategies.index(strategy)]).all())


def _known(table: JudgedTable, strategy: str, usd_per_request: float | None) -> tuple[Values, Values]:
    """Right answers and cost by sample, both NaN where either is not known."""
    place = table.strategies.index(strategy)
    correct, cost = table.correct[:, place], table.cost_usd[:, place]
    if not _is_billed(table, strategy) and usd_per_request is not None:
        cost = np.full_like(correct, usd_per_request)
    both = ~np.isnan(correct) & ~np.isnan(cost)
    return np.where(both, correct, np.nan), np.where(both, cost, np.nan)


def _resampled(correct: Values, cost: Values, seed: int) -> Values:
    """Cost per correct answer in each resample, (resamples, strategies)."""
    n, generator = len(correct), np.random.default_rng(seed)
    both = np.hstack([cost, correct])
    resamples = max(_FEWEST_RESAMPLES, min(RESAMPLES, _DRAWS_AT_MOST // n))
    sums = np.array(
        [np.bincount(generator.integers(0, n, n), minlength=n) @ both for _ in range(resamples)], np.float64
    )
    return _ratio(sums[:, : cost.shape[1]], sums[:, cost.shape[1] :])


def _ratio(cost: Values, correct: Values) -> Values:
    return np.divide(cost, correct, out=np.full_like(cost, np.inf), where=correct > 0)
