"""What a count of successes allows one to say (MODEL.md 7.8, W27)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from crossover.cost.errors import InvalidCostInput, require_at_least, require_between


@dataclass(frozen=True, slots=True)
class ShareInterval:
    """Bounds of a share, 0 <= low <= high <= 1."""

    low: float
    high: float


def two_sided_z(confidence_share: float) -> float:
    """Standard normal quantile that leaves (1 - confidence) / 2 above it; 1.96 for 0.95.

    Raises InvalidCostInput unless the confidence lies strictly between 0 and 1.
    """
    require_inside("confidence_share", confidence_share)
    return NormalDist().inv_cdf((1 + confidence_share) / 2)


def wilson_interval(successes: int, trials: int, confidence_share: float = 0.95) -> ShareInterval:
    """Wilson score interval of the share of successes (MODEL.md F7.1, W27).

    Contains successes / trials and stays within 0..1, also for none and for all of few. Raises
    InvalidCostInput without trials, or with more successes than trials.
    """
    require_at_least("trials", trials, 1)
    require_between("successes", successes, 0, trials)
    share, z_squared = successes / trials, two_sided_z(confidence_share) ** 2
    shrink = 1 + z_squared / trials
    centre = (share + z_squared / (2 * trials)) / shrink
    variance = share * (1 - share) / trials + z_squared / (4 * trials**2)
    half = math.sqrt(z_squared * variance) / shrink
    # at either end the bound is the share itself, which the subtraction would miss by a rounding
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    return ShareInterval(low, 1.0 if successes == trials else min(1.0, centre + half))


def mean_interval(shares: NDArray[np.float64], confidence_share: float = 0.95) -> ShareInterval:
    """Interval of the mean of shares in 0..1, shape (n,), n > 0: of recalls, of reciprocal ranks.

    Wilson's where all are 0 or 1. Else the normal one after a 0 and a 1 are counted with the rest
    (Agresti and Coull 1998, with the spread as measured), so that few equal rows do not look certain.
    """
    if np.isin(shares, (0.0, 1.0)).all():
        return wilson_interval(int(shares.sum()), shares.size, confidence_share)
    n = shares.size + 2
    centre = (float(shares.sum()) + 1) / n
    variance = (float((shares**2).sum()) + 1) / n - centre**2
    half = two_sided_z(confidence_share) * math.sqrt(variance / n)
    return ShareInterval(max(0.0, centre - half), min(1.0, centre + half))


def zero_failures_upper_share(trials: int, confidence_share: float = 0.95) -> float:
    """Largest failure share that still lets `trials` pass without one (MODEL.md 7.8, W27).

    One-sided: a higher share would show a failure with more than this confidence. Raises
    InvalidCostInput without trials.
    """
    require_at_least("trials", trials, 1)
    require_inside("confidence_share", confidence_share)
    return -math.expm1(math.log1p(-confidence_share) / trials)


def mcnemar_p_value(only_first: int, only_second: int) -> float:
    """Chance of so uneven a split when two strategies are equally good: exact McNemar test (W27).

    `only_first` and `only_second` count the questions that one of the two answered and the other
    did not; questions on which both agree say nothing. Two-sided; 1 when they never differ.
    """
    require_at_least("only_first", only_first)
    require_at_least("only_second", only_second)
    differing = only_first + only_second
    return float(binomtest(only_first, differing).pvalue) if differing else 1.0


def require_inside(field: str, value: float) -> None:
    """Raise InvalidCostInput unless `value` lies strictly between 0 and 1."""
    if not 0 < value < 1:
        raise InvalidCostInput(field, f"must lie between 0 and 1, not {value:g}")
