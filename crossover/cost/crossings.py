"""Where one strategy becomes cheaper than another: month, volume, and every crossing (MODEL.md 3.3-3.5).

`a` and `b` are the two strategies throughout; "difference" is the cost of a minus that of b.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from crossover.cost.arrays import FloatArray
from crossover.cost.totals import (
    LARGEST_VOLUME,
    CostClasses,
    Traffic,
    event_usd_by_month,
    running_usd_by_month,
    total_usd,
    variable_usd_by_month,
)

# Below this share of the money involved a difference is rounding, not a lead.
TIE_SHARE = 1e-12
SCANNED_VOLUMES = 200  # MODEL.md 3.4
BISECTIONS = 60


class Side(StrEnum):
    """One of the two strategies compared."""

    A = "a"
    B = "b"


class MonthStatus(StrEnum):
    """How two cost lines of constant slope meet (MODEL.md F3.3)."""

    CROSSES = "crosses"
    NEVER_IN_FUTURE = "never_in_future"
    PARALLEL = "parallel"
    IDENTICAL = "identical"


@dataclass(frozen=True, slots=True)
class BreakEvenMonth:
    """When two cost lines meet; `month` and `cheaper_after` are None unless they cross."""

    status: MonthStatus
    month: float | None = None
    cheaper_after: Side | None = None


class VolumeStatus(StrEnum):
    """Which strategy wins on which side of the break-even volume (MODEL.md F3.4)."""

    A_CHEAPER_ABOVE = "a_cheaper_above"
    B_CHEAPER_ABOVE = "b_cheaper_above"
    A_ALWAYS_CHEAPER = "a_always_cheaper"
    B_ALWAYS_CHEAPER = "b_always_cheaper"
    TIE = "tie"


@dataclass(frozen=True, slots=True)
class BreakEvenVolume:
    """Requests per month at which two strategies cost the same; `volume` is None when none does."""

    status: VolumeStatus
    volume: float | None = None


class CrossingKind(StrEnum):
    """Whether two cost curves cross while money accrues, or by a payment at a month's start."""

    CROSS = "cross"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Crossing:
    """A change of the cheaper strategy, `month` months after the start."""

    month: float
    kind: CrossingKind
    cheaper_after: Side


def break_even_month(a: CostClasses, b: CostClasses, requests_per_month: float) -> BreakEvenMonth:
    """When the dearer start has paid off, at constant volume and without events (MODEL.md F3.3, W16)."""
    gap = _lead(float(a.one_time_usd), float(b.one_time_usd))
    by_month = [float(costs.monthly_usd + costs.per_request_usd * requests_per_month) for costs in (a, b)]
    slope = _lead(*by_month)
    if slope == 0:
        return BreakEvenMonth(MonthStatus.PARALLEL if gap else MonthStatus.IDENTICAL)
    if -gap / slope < 0:
        return BreakEvenMonth(MonthStatus.NEVER_IN_FUTURE)
    return BreakEvenMonth(MonthStatus.CROSSES, abs(gap / slope), _cheaper(slope))


def steady_break_even_volume(a: CostClasses, b: CostClasses) -> BreakEvenVolume:
    """Volume at which the monthly bills are equal; one-time cost and events apart (F3.4, W16)."""
    fixed = _lead(float(a.monthly_usd), float(b.monthly_usd))
    return _break_even_volume(fixed, _lead(float(a.per_request_usd), float(b.per_request_usd)))


def horizon_break_even_volume(a: CostClasses, b: CostClasses, traffic: Traffic) -> BreakEvenVolume:
    """First month's volume at which the totals of the horizon are equal (MODEL.md F3.4, W16).

    Growth, season and horizon come from `traffic`; its volume and its cap are not used, since the
    volume is what is asked for. Compare the answer with the cap (MODEL.md E32). Where machines make
    the cost a staircase there may be several; the one nearest to the traffic's own volume is given.
    """
    if a.machines is not None or b.machines is not None:
        return _nearest_turn(a, b, traffic)
    fixed = [float(total_usd(costs, replace(traffic, requests_per_month=0.0))) for costs in (a, b)]
    one_request = replace(traffic, requests_per_month=1.0, cap_requests_per_month=None)
    per_request = [float(variable_usd_by_month(costs, one_request).sum()) for costs in (a, b)]
    return _break_even_volume(_lead(*fixed), _lead(*per_request))


def _nearest_turn(a: CostClasses, b: CostClasses, traffic: Traffic) -> BreakEvenVolume:
    """The sign change of the totals nearest to today's volume, on a log grid and bisected (F3.4)."""
    grid = np.geomspace(1.0, LARGEST_VOLUME, SCANNED_VOLUMES)
    leads = _total_leads(a, b, traffic, grid)
    turns = np.flatnonzero(np.sign(leads[:-1]) != np.sign(leads[1:]))
    if not len(turns):
        return BreakEvenVolume(_always(float(leads[-1])))
    today = np.log(max(1.0, float(traffic.requests_per_month)))
    place = int(turns[np.argmin(np.abs(np.log(grid[turns]) - today))])
    volume = _bisected(
        lambda v: float(_total_leads(a, b, traffic, np.array([v]))[0]), *grid[place : place + 2]
    )
    above = VolumeStatus.B_CHEAPER_ABOVE if leads[place + 1] > 0 else VolumeStatus.A_CHEAPER_ABOVE
    return BreakEvenVolume(above, volume)


def _total_leads(a: CostClasses, b: CostClasses, traffic: Traffic, volumes: FloatArray) -> FloatArray:
    """How much dearer a is than b over the horizon at each volume."""
    at = replace(traffic, requests_per_month=volumes, cap_requests_per_month=None)
    return np.asarray(total_usd(a, at) - total_usd(b, at), np.float64)


def _bisected(lead: Callable[[float], float], low: float, high: float) -> float:
    """Where the sign changes between two volumes; a staircase may jump over 0, so no root is assumed."""
    before = np.sign(lead(low))
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if np.sign(lead(middle)) == before else (low, middle)
    return high


def _lead(a_usd: float, b_usd: float) -> float:
    """How much dearer a is than b; 0 when they differ by rounding alone (MODEL.md E16)."""
    difference = a_usd - b_usd
    return 0.0 if abs(difference) <= TIE_SHARE * max(abs(a_usd), abs(b_usd)) else difference


def _break_even_volume(fixed_lead: float, unit_lead: float) -> BreakEvenVolume:
    if unit_lead == 0:
        return BreakEvenVolume(_always(fixed_lead))
    if -fixed_lead / unit_lead < 0:
        return BreakEvenVolume(_always(unit_lead))
    above = VolumeStatus.B_CHEAPER_ABOVE if unit_lead > 0 else VolumeStatus.A_CHEAPER_ABOVE
    return BreakEvenVolume(above, abs(fixed_lead / unit_lead))


def _always(difference: float) -> VolumeStatus:
    if difference == 0:
        return VolumeStatus.TIE
    return VolumeStatus.B_ALWAYS_CHEAPER if difference > 0 else VolumeStatus.A_ALWAYS_CHEAPER


def _cheaper(difference: float) -> Side:
    return Side.B if difference > 0 else Side.A


def all_crossings(a: CostClasses, b: CostClasses, traffic: Traffic) -> tuple[Crossing, ...]:
    """Every change of the cheaper strategy within the horizon, in time order (MODEL.md F3.5, W16).

    Money accrues evenly within a month and jumps at its start. A tie that resolves to the same side
    is no crossing, nor is anything between identical strategies (E16). The last entry is the
    headline: from then on the side it names is cheaper within the months shown.
    """
    knots = _difference_knots(a, b, traffic)
    crossings: list[Crossing] = []
    leading = 0.0
    before = (0.0, 0.0)
    for month, difference, by_event in knots:
        sign = np.sign(difference)
        if sign and leading and sign != leading:
            kind = CrossingKind.EVENT if by_event else CrossingKind.CROSS
            crossings.append(Crossing(_zero_between(before, (month, difference)), kind, _cheaper(difference)))
        leading = sign or leading
        before = (month, difference)
    return tuple(crossings)


def _difference_knots(a: CostClasses, b: CostClasses, traffic: Traffic) -> list[tuple[float, float, bool]]:
    """(month, difference, by_event) at each corner of the difference; rounding noise is set to 0."""
    jumps = event_usd_by_month(a, traffic.horizon_months) - event_usd_by_month(b, traffic.horizon_months)
    slopes = running_usd_by_month(a, traffic) - running_usd_by_month(b, traffic)
    steps = np.concatenate([[a.one_time_usd - b.one_time_usd], np.column_stack([jumps, slopes]).ravel()])
    differences = np.cumsum(steps)
    money = float(total_usd(a, traffic) + total_usd(b, traffic))
    differences[np.abs(differences) <= TIE_SHARE * money] = 0.0
    months = (np.arange(len(steps)) // 2).astype(float)
    by_event = np.arange(len(steps)) % 2 == 1
    return list(zip(months.tolist(), differences.tolist(), by_event.tolist(), strict=True))


def _zero_between(before: tuple[float, float], after: tuple[float, float]) -> float:
    (start, low), (end, high) = before, after
    return start + (end - start) * low / (low - high)
