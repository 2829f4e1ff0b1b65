"""What a strategy costs over a horizon, month by month (MODEL.md 3.1, 3.2, 3.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from crossover.cost.arrays import Amount, FloatArray
from crossover.cost.errors import InvalidCostInput, require_at_least, require_between
from crossover.cost.hit_rates import HOURS_PER_MONTH
from crossover.cost.machines import Machines, machine_usd_by_month

LARGEST_VOLUME = 1e10
LONGEST_HORIZON_MONTHS = 120


@dataclass(frozen=True, slots=True)
class CostClasses:
    """The four ways a strategy costs money; arrays (over draws or a grid) broadcast (MODEL.md 3.1).

    `events_usd` maps a month to what falls due at its start. `price_decline_per_year_share` lowers
    the cost per request over time. `machines` are paid by the month and follow its requests. Raises
    InvalidCostInput naming a negative or non-finite field.
    """

    one_time_usd: Amount
    monthly_usd: Amount
    per_request_usd: Amount
    events_usd: Mapping[int, Amount] = field(default_factory=dict)
    price_decline_per_year_share: Amount = 0.0
    machines: Machines | None = None

    def __post_init__(self) -> None:
        for name in ("one_time_usd", "monthly_usd", "per_request_usd"):
            require_at_least(name, getattr(self, name))
        require_between("price_decline_per_year_share", self.price_decline_per_year_share, 0.0, 1.0)
        for month, usd in self.events_usd.items():
            require_at_least(f"events_usd of month {month}", usd)
            require_at_least("month of an event", month)


@dataclass(frozen=True, slots=True)
class Traffic:
    """Requests per month over a horizon, growing by a compound share (MODEL.md 3.2).

    `season_factors` are multipliers by month, repeated when the horizon is longer; none means 1.
    Raises InvalidCostInput (MODEL.md E04-E06, E14).
    """

    requests_per_month: Amount
    growth_per_month_share: Amount = 0.0
    horizon_months: int = 12
    cap_requests_per_month: float | None = None
    season_factors: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        require_between("requests_per_month", self.requests_per_month, 0.0, LARGEST_VOLUME)
        require_at_least("season_factors", self.season_factors)
        if self.cap_requests_per_month is not None:
            require_at_least("cap_requests_per_month", self.cap_requests_per_month)
        _require_growth(self.growth_per_month_share)
        _require_horizon(self.horizon_months)


def _require_growth(growth: Amount) -> None:
    require_at_least("growth_per_month_share", growth, -1.0)
    if np.any(np.asarray(growth) == -1.0):
        raise InvalidCostInput("growth_per_month_share", "must be more than -1 (-100 %)")


def _require_horizon(months: int) -> None:
    if isinstance(months, bool) or not isinstance(months, int | np.integer):
        raise InvalidCostInput("horizon_months", f"must be a whole number, not {months!r}")
    require_between("horizon_months", months, 0, LONGEST_HORIZON_MONTHS)


def monthly_volumes(traffic: Traffic) -> FloatArray:
    """Requests of each month, shape (..., horizon_months) (MODEL.md 3.2)."""
    start = np.asarray(traffic.requests_per_month, np.float64)[..., None]
    cap = np.inf if traffic.cap_requests_per_month is None else traffic.cap_requests_per_month
    return np.minimum(cap, start * _growth_factors(traffic)) * _season(traffic)


def _growth_factors(traffic: Traffic) -> FloatArray:
    growth = np.asarray(traffic.growth_per_month_share, np.float64)[..., None]
    return np.asarray((1 + growth) ** np.arange(traffic.horizon_months), np.float64)


def _season(traffic: Traffic) -> FloatArray:
    return np.resize(np.asarray(traffic.season_factors or (1.0,), np.float64), traffic.horizon_months)


def growth_sum(growth_per_month_share: float, months: int) -> float:
    """Months' worth of the first month's volume in `months` of growth: G of F3.4 (W15)."""
    if growth_per_month_share == 0:
        return float(months)
    return float(np.expm1(months * np.log1p(growth_per_month_share)) / growth_per_month_share)


def price_factors(price_decline_per_year_share: Amount, months: int) -> FloatArray:
    """What is left of a price at the start of each month, shape (..., months) (MODEL.md 3.2)."""
    left = 1 - np.asarray(price_decline_per_year_share, np.float64)[..., None]
    return np.asarray(left ** (np.arange(months) / 12), np.float64)


def variable_usd_by_month(costs: CostClasses, traffic: Traffic) -> FloatArray:
    """Cost of the requests of each month, shape (..., horizon_months)."""
    per_request = np.asarray(costs.per_request_usd, np.float64)[..., None]
    factors = price_factors(costs.price_decline_per_year_share, traffic.horizon_months)
    return np.asarray(per_request * factors * monthly_volumes(traffic), np.float64)


def event_usd_by_month(costs: CostClasses, months: int) -> FloatArray:
    """What falls due at the start of each month, shape (..., months); later events are left out."""
    due = [np.asarray(costs.events_usd.get(month, 0.0), np.float64) for month in range(months)]
    return np.stack(np.broadcast_arrays(*due), axis=-1) if due else np.zeros(0)


def running_usd_by_month(costs: CostClasses, traffic: Traffic) -> FloatArray:
    """Fixed and variable cost that accrues during each month, shape (..., horizon_months)."""
    fixed = np.asarray(costs.monthly_usd, np.float64)[..., None]
    running = fixed + variable_usd_by_month(costs, traffic)
    if costs.machines is not None:
        running = running + machine_usd_by_month(costs.machines, monthly_volumes(traffic))
    return np.asarray(running, np.float64)


def cumulative_usd(costs: CostClasses, traffic: Traffic) -> FloatArray:
    """Cost up to the end of month k, k = 0..horizon, shape (..., horizon_months + 1) (MODEL.md 3.2).

    The first entry is the one-time cost. Raises nothing for a horizon of 0: one entry (E05).
    """
    due = event_usd_by_month(costs, traffic.horizon_months)
    spent = np.cumsum(due + running_usd_by_month(costs, traffic), axis=-1)
    since_start = np.concatenate([np.zeros((*spent.shape[:-1], 1)), spent], axis=-1)
    return np.asarray(np.asarray(costs.one_time_usd)[..., None] + since_start, np.float64)


def total_usd(costs: CostClasses, traffic: Traffic) -> FloatArray:
    """Cost of the whole horizon, C[H] (MODEL.md 3.2, W15); one number for plain inputs."""
    return np.asarray(cumulative_usd(costs, traffic)[..., -1], np.float64)


def all_in_usd_per_request(costs: CostClasses, traffic: Traffic) -> float | None:
    """Total cost divided by all requests; None without requests (MODEL.md 3.2, E03)."""
    requests = float(monthly_volumes(traffic).sum())
    return float(total_usd(costs, traffic)) / requests if requests > 0 else None


def variable_share(costs: CostClasses, traffic: Traffic) -> float | None:
    """Share of the total that depends on the number of requests; None when the total is 0 (W15)."""
    total = float(total_usd(costs, traffic))
    return float(variable_usd_by_month(costs, traffic).sum()) / total if total > 0 else None


def retrain_months(every_months: int, horizon_months: int) -> tuple[int, ...]:
    """Months of the horizon that start with a retraining; the first training is not one (F3.1, W15)."""
    if every_months < 1:
        raise InvalidCostInput("every_months", f"must be at least 1, not {every_months}")
    return tuple(range(every_months, horizon_months, every_months))


def net_present_usd(costs: CostClasses, traffic: Traffic, discount_per_year_share: float) -> FloatArray:
    """The total discounted to the start, compounded yearly (MODEL.md 3.6, W15).

    Events are discounted from the start of their month, running cost from its end.
    """
    if discount_per_year_share <= -1:
        raise InvalidCostInput("discount_per_year_share", "must be more than -1 (-100 %)")
    month_starts = (1 + discount_per_year_share) ** -(np.arange(traffic.horizon_months + 1) / 12)
    events = event_usd_by_month(costs, traffic.horizon_months) * month_starts[:-1]
    running = running_usd_by_month(costs, traffic) * month_starts[1:]
    return np.asarray(costs.one_time_usd + (events + running).sum(axis=-1), np.float64)


def hosting_usd_per_month(usd_per_hour: float, hours: float = HOURS_PER_MONTH) -> float:
    """Monthly fee of a model that is hosted around the clock (MODEL.md 3.2, W18)."""
    require_at_least("usd_per_hour", usd_per_hour)
    return usd_per_hour * hours
