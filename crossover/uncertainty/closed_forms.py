"""What the simulation must agree with, where an exact answer exists (MODEL.md 5.2, 5.4, W23, W24)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from statistics import NormalDist

from crossover.cost import InvalidCostInput
from crossover.latency import Lognormal

_PHI = NormalDist().cdf


def lower_share(one: Lognormal, other: Lognormal, correlation: float = 0.0) -> float:
    """Probability that `one` lies below `other`; `correlation` is that of their logarithms (W23).

    Raises InvalidCostInput when neither can differ from the other by chance.
    """
    return _PHI((other.mu - one.mu) / _spread_of_ratio(one, other, correlation))


def regret(one: Lognormal, other: Lognormal, correlation: float = 0.0) -> float:
    """Mean excess of `one` over the lower of the two: Margrabe's value of an exchange (W23)."""
    sigma = _spread_of_ratio(one, other, correlation)
    above = math.log(one.mean / other.mean) / sigma + sigma / 2
    return one.mean * _PHI(above) - other.mean * _PHI(above - sigma)


def _spread_of_ratio(one: Lognormal, other: Lognormal, correlation: float) -> float:
    variance = one.sigma**2 + other.sigma**2 - 2 * correlation * one.sigma * other.sigma
    if not variance > 0:
        raise InvalidCostInput("sigma", "must be more than 0 for the ratio of the two")
    return math.sqrt(variance)


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean and standard deviation of an input."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class VarianceShares:
    """The parts of a variance: by single inputs, by pairs of inputs, and by all an input takes part in."""

    variance: float
    first_order: Mapping[str, float]
    pairs: Mapping[tuple[str, str], float]
    total: Mapping[str, float]


def sum_and_product_shares(
    added: str, factors: tuple[str, str], moments: Mapping[str, Moments]
) -> VarianceShares:
    """Variance of `added` + the product of two `factors`, all independent, split exactly (W24)."""
    one, two = (moments[name] for name in factors)
    parts = {
        (added,): moments[added].sd ** 2,
        (factors[0],): (two.mean * one.sd) ** 2,
        (factors[1],): (one.mean * two.sd) ** 2,
        factors: (one.sd * two.sd) ** 2,
    }
    variance = sum(parts.values())
    names = (added, *factors)
    return VarianceShares(
        variance,
        first_order={name: parts[(name,)] / variance for name in names},
        pairs={pair: parts.get(pair, 0.0) / variance for pair in combinations(names, 2)},
        total={name: sum(part for key, part in parts.items() if name in key) / variance for name in names},
    )
