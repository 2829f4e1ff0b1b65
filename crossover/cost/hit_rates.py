"""How often a request finds its prefix in the cache (MODEL.md 2.3): Poisson traffic, one prefix."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from crossover.cost.arrays import FloatArray
from crossover.cost.errors import InvalidCostInput, require_at_least, require_share
from crossover.prices.types import CachePolicy, CacheRule

HOURS_PER_MONTH = 730.0
MINUTES_PER_MONTH = HOURS_PER_MONTH * 60
REQUESTS_PER_MINUTE_PER_MACHINE = 15.0  # above it a provider spreads one prefix over more machines (F2.3)
ROUND_THE_CLOCK = (1 / 24,) * 24
BUSINESS_HOURS = (1 / 9,) * 9

HitRate = Callable[[ArrayLike], FloatArray]


def requests_per_minute(requests_per_month: ArrayLike) -> FloatArray:
    """Mean requests per minute of a month of 43,800 minutes (MODEL.md 0.1)."""
    return np.asarray(requests_per_month, np.float64) / MINUTES_PER_MONTH


def sliding_hit_rate(rate_per_minute: ArrayLike, ttl_minutes: float) -> FloatArray:
    """Share of requests that find a prefix whose lifetime restarts at each use (MODEL.md F2.3a)."""
    return np.asarray(-np.expm1(-np.asarray(rate_per_minute, np.float64) * ttl_minutes), np.float64)


def uncertain_ttl_hit_rate(rate_per_minute: ArrayLike, low_minutes: float, high_minutes: float) -> FloatArray:
    """As `sliding_hit_rate` for a lifetime anywhere between low and high (MODEL.md F2.3b).

    Raises InvalidCostInput when low exceeds high.
    """
    if low_minutes > high_minutes:
        raise InvalidCostInput("ttl_minutes", "must give the shorter lifetime first")
    rate = np.asarray(rate_per_minute, np.float64)
    spread = rate * (high_minutes - low_minutes)
    # -expm1(-x)/x tends to 1 for x = 0: no traffic, or one certain lifetime
    mean_decay = np.divide(-np.expm1(-spread), spread, out=np.ones_like(spread), where=spread > 0)
    return np.asarray(1 - np.exp(-rate * low_minutes) * mean_decay, np.float64)


def fixed_ttl_hit_rate(rate_per_minute: ArrayLike, ttl_minutes: float) -> FloatArray:
    """Share of hits when the lifetime counts from the write and never restarts (MODEL.md F2.3c)."""
    hits_per_miss = np.asarray(rate_per_minute, np.float64) * ttl_minutes
    return np.asarray(hits_per_miss / (1 + hits_per_miss), np.float64)


def rule_hit_rate(rule: CacheRule, rate_per_minute: ArrayLike) -> FloatArray:
    """The hit rate of `rule` at a steady request rate: F2.3c, or F2.3b which holds F2.3a."""
    low, high = rule.ttl_minutes
    if rule.policy is CachePolicy.NONE:
        return np.zeros_like(np.asarray(rate_per_minute, np.float64))
    if not rule.ttl_restarts:
        return fixed_ttl_hit_rate(rate_per_minute, low)
    return uncertain_ttl_hit_rate(rate_per_minute, low, high)


def profile_hit_rate(requests_per_month: float, hour_shares: ArrayLike, hit_rate: HitRate) -> float:
    """Hit rate of traffic that differs by hour of the day, weighted by request (MODEL.md F2.3d).

    `hour_shares` holds each hour's share of a day's requests and adds up to 1; hours without
    traffic may be left out. Raises InvalidCostInput when it does not add up.
    """
    shares = np.asarray(hour_shares, np.float64)
    require_share("hour_shares", shares)
    if not np.isclose(shares.sum(), 1.0, rtol=0, atol=1e-9):
        raise InvalidCostInput("hour_shares", f"must add up to 1, not {shares.sum():g}")
    rates_per_minute = requests_per_month * shares / (HOURS_PER_MONTH / 24) / 60
    return float(shares @ hit_rate(rates_per_minute))


def cache_machines(rate_per_minute: ArrayLike) -> FloatArray:
    """Machines one prefix is spread over, each with its own cache (MODEL.md F2.3, W09)."""
    rate = np.asarray(rate_per_minute, np.float64)
    return np.maximum(1.0, np.ceil(rate / REQUESTS_PER_MINUTE_PER_MACHINE))


def expected_hit_rate(
    rule: CacheRule,
    requests_per_month: float,
    best_effort_share: float = 1.0,
    hour_shares: ArrayLike = ROUND_THE_CLOCK,
) -> float:
    """The hit rate to reckon with: by hour, spread over machines, times best effort (MODEL.md F2.3).

    `best_effort_share` is alpha, the share of possible hits a provider grants. 0 without traffic.
    """
    require_at_least("requests_per_month", requests_per_month)
    require_share("best_effort_share", best_effort_share)

    def on_one_machine(rate: ArrayLike) -> FloatArray:
        return rule_hit_rate(rule, np.asarray(rate, np.float64) / cache_machines(rate))

    return best_effort_share * profile_hit_rate(requests_per_month, hour_shares, on_one_machine)
