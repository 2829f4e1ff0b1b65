"""How exactly the sample pins down what a request costs (MODEL.md 2.10)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from crossover.comparison import Comparison
from crossover.cost.arrays import FloatArray
from crossover.cost.summary import (
    LEAST_FOR_BOOTSTRAP,
    Summary,
    bootstrap_means,
    mean_interval,
    summarise,
)
from crossover.profile.sampling import stand_ins

MOST_ROWS = 5_000
"""Of more rows a seeded sample is resampled; its interval is wider than that of all rows, never narrower."""


@dataclass(frozen=True, slots=True)
class RequestSpread:
    """US dollars per request of one strategy over the samples.

    `dearer_than_leader` is the 95 % interval of the paired difference to the strategy with the
    cheapest total; None for that one itself, or below five rows.
    """

    strategy: str
    summary: Summary
    dearer_than_leader: tuple[float, float] | None


def request_spreads(comparison: Comparison) -> tuple[RequestSpread, ...]:
    """Mean, median, p95 and interval of every strategy with a cost, on the same resamples (F2.10)."""
    priced = [(each.strategy.id, each.cost.request.total) for each in comparison.outcomes if each.cost]
    if not priced:
        return ()
    rows, _ = stand_ins(len(comparison.profile), MOST_ROWS)
    usd = np.column_stack([total[rows] for _, total in priced])
    seed = comparison.scenario.seed
    leader = next((i for i, (name, _) in enumerate(priced) if name == _leader_id(comparison)), None)
    differences = _paired(usd, leader, seed)
    found = (summarise(usd[:, place], seed) for place in range(usd.shape[1]))
    return tuple(
        RequestSpread(name, summary, difference)
        for (name, _), summary, difference in zip(priced, found, differences, strict=True)
        if summary is not None
    )


def _leader_id(comparison: Comparison) -> str | None:
    return comparison.leader.strategy.id if comparison.leader else None


def _paired(usd: FloatArray, leader: int | None, seed: int) -> list[tuple[float, float] | None]:
    """Interval of each column minus the leader's, on equal rows: shared luck cancels out."""
    columns = range(usd.shape[1])
    if leader is None:
        return [None for _ in columns]
    gaps = usd - usd[:, [leader]]
    if len(usd) < LEAST_FOR_BOOTSTRAP:
        found = [mean_interval(gaps[:, place], seed) for place in columns]
        pairs = [(each.low, each.high) if each else None for each in found]
    else:
        means = bootstrap_means(gaps, seed)
        low, high = np.quantile(means, (0.025, 0.975), axis=0).tolist()
        pairs = list(zip(low, high, strict=True))
    return [None if place == leader else pairs[place] for place in columns]
