"""Mean, percentiles and precision of costs per request (MODEL.md 2.10, W07, W34)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from crossover.cost.arrays import FloatArray
from crossover.cost.errors import InvalidCostInput, require_at_least

RESAMPLES = 2_000
RESAMPLED_COUNTS_AT_ONCE = 4_000_000
LEAST_FOR_BOOTSTRAP = 20
LEAST_FOR_NORMAL = 5
LEAST_FOR_P95 = 59  # from here the sample maximum bounds p95 with 95 % confidence (F7.8)
Z_95 = NormalDist().inv_cdf(0.975)


class IntervalMethod(StrEnum):
    """How an interval was found; NORMAL comes with a warning, it rests on 5 to 19 rows."""

    BOOTSTRAP = "bootstrap"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval of a mean."""

    low: float
    high: float
    method: IntervalMethod


@dataclass(frozen=True, slots=True)
class Summary:
    """Costs of n requests in one line; `interval` is None below five rows.

    p95 is only an indication while `p95_is_indicative`.
    """

    mean: float
    p50: float
    p95: float
    n: int
    interval: Interval | None

    @property
    def p95_is_indicative(self) -> bool:
        """Whether there are too few rows to bound p95 (fewer than 59)."""
        return self.n < LEAST_FOR_P95


def summarise(values: ArrayLike, seed: int, weights: ArrayLike | None = None) -> Summary | None:
    """The summary of `values`, shape (n,); None without values."""
    numbers = np.asarray(values, np.float64)
    if not numbers.size:
        return None
    p50, p95 = quantiles(numbers, (0.5, 0.95), weights).tolist()
    return Summary(
        weighted_mean(numbers, weights), p50, p95, numbers.size, mean_interval(numbers, seed, weights)
    )


def weighted_mean(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Mean of `values`; `weights` say how many requests each stands for."""
    return float(np.average(np.asarray(values, np.float64), weights=_checked_weights(weights)))


def quantiles(values: ArrayLike, shares: ArrayLike, weights: ArrayLike | None = None) -> FloatArray:
    """Hyndman-Fan type 7 quantiles, shape of `shares`.

    A weight counts how often its value occurs: whole weights give what repeating the rows would.
    """
    numbers, wanted = np.asarray(values, np.float64), np.asarray(shares, np.float64)
    counts = _checked_weights(weights)
    if counts is None:
        return np.asarray(np.quantile(numbers, wanted), np.float64)
    order = np.argsort(numbers, kind="stable")
    ends = np.cumsum(counts[order])
    rank = np.maximum(0.0, ends[-1] - 1) * wanted
    low, high = (
        numbers[order][np.minimum(np.searchsorted(ends, edge, side="right"), len(order) - 1)]
        for edge in (np.floor(rank), np.floor(rank) + 1)
    )
    return np.asarray(low + (high - low) * (rank - np.floor(rank)), np.float64)


def bootstrap_means(
    costs: FloatArray, seed: int, weights: ArrayLike | None = None, resamples: int = RESAMPLES
) -> FloatArray:
    """Means of resampled rows, shape (resamples, strategies) for `costs` of (rows, strategies).

    Rows are drawn by seed and number of rows alone: every strategy, and every call of equal seed
    and length, sees the same resamples, so that differences are paired (MODEL.md F2.10).
    """
    counted = _checked_weights(weights)
    weight = np.ones(len(costs)) if counted is None else counted
    with_weight = np.column_stack([costs * weight[:, None], weight])
    sums = np.vstack([counts @ with_weight for counts in _resampled_counts(len(costs), seed, resamples)])
    return np.asarray(sums[:, :-1] / sums[:, -1:], np.float64)


def _resampled_counts(rows: int, seed: int, resamples: int) -> Iterator[FloatArray]:
    """How often each row is drawn, in blocks of shape (some resamples, rows) that fit in memory."""
    generator = np.random.default_rng(seed)
    block = max(1, RESAMPLED_COUNTS_AT_ONCE // rows)
    for start in range(0, resamples, block):
        size = min(block, resamples - start)
        drawn = generator.integers(rows, size=(size, rows), dtype=np.int32)
        yield np.array([np.bincount(row, minlength=rows) for row in drawn], np.float64)


def mean_interval(values: ArrayLike, seed: int, weights: ArrayLike | None = None) -> Interval | None:
    """95 % interval of the mean: bootstrap from 20 rows, normal from 5, None below (F2.10, W34)."""
    numbers = np.asarray(values, np.float64)
    if numbers.size < LEAST_FOR_NORMAL:
        return None
    if numbers.size < LEAST_FOR_BOOTSTRAP:
        mean, half = weighted_mean(numbers, weights), Z_95 * standard_error(numbers, weights)
        return Interval(mean - half, mean + half, IntervalMethod.NORMAL)
    means = bootstrap_means(numbers[:, None], seed, weights)[:, 0]
    low, high = quantiles(means, (0.025, 0.975)).tolist()
    return Interval(low, high, IntervalMethod.BOOTSTRAP)


def standard_deviation(values: ArrayLike) -> float:
    """Sample standard deviation (n - 1); needs at least two values (W34)."""
    return float(np.std(np.asarray(values, np.float64), ddof=1))


def standard_error(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Standard error of the (weighted) mean (W34)."""
    numbers, counts = np.asarray(values, np.float64), _checked_weights(weights)
    if counts is None:
        return standard_deviation(numbers) / math.sqrt(numbers.size)
    shares = counts / counts.sum()
    squares = (shares * (numbers - weighted_mean(numbers, counts))) ** 2
    return math.sqrt(float(squares.sum()) * numbers.size / (numbers.size - 1))


def rows_for_precision(variation: float, relative_half_width: float) -> int:
    """Rows needed for a 95 % interval of the mean of that relative half width (MODEL.md 7.8, W34).

    `variation` is the coefficient of variation, standard deviation over mean.
    """
    if not relative_half_width > 0:
        raise InvalidCostInput("relative_half_width", "must be more than 0")
    return math.ceil((Z_95 * variation / relative_half_width) ** 2)


def _checked_weights(weights: ArrayLike | None) -> FloatArray | None:
    if weights is None:
        return None
    counts = np.asarray(weights, np.float64)
    require_at_least("weights", counts)
    if (counts == 0).any():
        raise InvalidCostInput("weights", "must be more than 0: leave out rows that do not count")
    return counts
