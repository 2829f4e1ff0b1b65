"""How sure a ranking is: chance of being cheapest, regret, bands and differences (MODEL.md 5.2, 5.5)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from crossover.cost import FloatArray, InvalidCostInput
from crossover.cost.crossings import TIE_SHARE
from crossover.uncertainty.models import SampledTotals

LEAST_DRAWS = 1_000
"""Below this many draws no probability is shown (MODEL.md E31)."""
CLEAR_SHARE = 0.8
CLEAR_LEAD_SHARE = 0.05
Z_95 = NormalDist().inv_cdf(0.975)
BAND = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True)
class Spread:
    """Draws in short; p5 to p95 holds nine in ten of them."""

    mean: float
    p5: float
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Standing:
    """How one strategy fares over the draws, in US dollars over the horizon.

    `cheapest_share` is the share of draws in which it is cheapest, ties split, with the half width
    of its 95 % interval; both are None below 1,000 draws. `regret_usd` is what choosing it costs on
    average beyond the best choice in hindsight.
    """

    strategy: str
    total: Spread
    cheapest_share: float | None
    half_width: float | None
    regret_usd: float


def standings(totals: SampledTotals) -> tuple[Standing, ...]:
    """Every strategy's standing, likeliest cheapest first (MODEL.md 5.2). Empty without strategies."""
    if not totals.strategies:
        return ()
    shares, regrets = cheapest_shares(totals.usd), expected_regret_usd(totals.usd)
    spreads = [spread(row) for row in totals.usd]
    order = sorted(range(len(shares)), key=lambda i: (-shares[i], regrets[i], totals.strategies[i]))
    is_shown = totals.draws >= LEAST_DRAWS
    return tuple(
        Standing(
            totals.strategies[i],
            spreads[i],
            float(shares[i]) if is_shown else None,
            half_width(float(shares[i]), totals.draws) if is_shown else None,
            float(regrets[i]),
        )
        for i in order
    )


def cheapest_shares(usd: FloatArray) -> FloatArray:
    """Share of draws in which each row of `usd` (strategies, draws) is the lowest; they sum to 1.

    Equal totals share the draw (MODEL.md E16).
    """
    lowest = usd.min(axis=0)
    is_lowest = usd <= lowest * (1 + TIE_SHARE)
    return np.asarray((is_lowest / is_lowest.sum(axis=0)).mean(axis=1), np.float64)


def half_width(share: float, draws: int) -> float:
    """Half the 95 % interval of a share found in `draws` draws (MODEL.md 5.2, W23)."""
    if draws < 1:
        raise InvalidCostInput("draws", "must be at least 1")
    return Z_95 * math.sqrt(share * (1 - share) / draws)


def expected_regret_usd(usd: FloatArray) -> FloatArray:
    """Mean of each row of `usd` (strategies, draws) above the lowest of its draw (MODEL.md 5.2, W23).

    The smallest of these is the most that knowing every input in advance could be worth.
    """
    return np.asarray((usd - usd.min(axis=0)).mean(axis=1), np.float64)


def spread(draws: FloatArray) -> Spread:
    """Mean, p5, p50 and p95 of `draws`, shape (draws,)."""
    p5, p50, p95 = np.quantile(draws, BAND).tolist()
    return Spread(float(draws.mean()), p5, p50, p95)


def difference(totals: SampledTotals, one: str, other: str) -> Spread:
    """What `one` costs more than `other`, draw by draw (MODEL.md 5.2): shared luck cancels out."""
    return spread(totals.of(one) - totals.of(other))


def is_clear(cheapest_share: float | None, lead_share: float | None) -> bool:
    """Whether a winner may be named: cheapest in 80 % of draws and at least 5 % ahead (MODEL.md 5.5).

    An unknown share decides nothing against it; a lead of None means there is no second.
    """
    is_likely = cheapest_share is None or cheapest_share >= CLEAR_SHARE
    return is_likely and (lead_share is None or lead_share >= CLEAR_LEAD_SHARE)
