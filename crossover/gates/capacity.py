"""How many requests a month the limits and the devices at hand can answer at all (MODEL.md F3.8, E32)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from crossover.cost.hit_rates import HOURS_PER_MONTH
from crossover.figure import assumed
from crossover.gates.gate import Checked, Gate, Status
from crossover.gates.rates import rate_need
from crossover.latency import latency_seconds
from crossover.numbers import compact, count
from crossover.prices.machines import ON_DEVICE
from crossover.scenario import Scenario
from crossover.strategies import UsagePlan
from crossover.words import say, say_count

_MOST = 1e10
_HALVINGS = 50


def most_requests_per_month(plan: UsagePlan, scenario: Scenario) -> float | None:
    """The largest volume within the limits entered and the devices at hand; None where nothing limits it."""
    limits = [each for each in (_by_rate(plan, scenario), _by_devices(plan, scenario)) if each is not None]
    return min(limits, default=None)


def devices_suffice(checked: Checked) -> Iterator[Gate]:
    """Whether the devices bought can answer the busiest time; one device answers one request at a time."""
    scenario = checked.scenario
    most = _by_devices(checked.plan, scenario)
    if most is None or scenario.requests_per_month <= most:
        return
    devices = scenario.value("devices")
    wanted = math.ceil(devices * scenario.requests_per_month / most)
    reason = say_count(
        "{devices} device can answer about {most} requests a month at the busiest time; "
        "you expect {expected}.",
        "{devices} devices can answer about {most} requests a month at the busiest time; "
        "you expect {expected}.",
        1 if devices == 1 else 2,
        devices=count(devices),
        most=compact(most),
        expected=compact(scenario.requests_per_month),
    )
    remedy = say("Count {wanted} devices, or none if everybody brings their own.", wanted=compact(wanted))
    formula, name = say("devices x time / seconds a request"), say("Most requests")
    figure = assumed(most, "requests per month", formula, name=name)
    yield Gate("capacity", Status.FAIL, say("More devices needed"), reason, remedy, (figure,))


def _by_devices(plan: UsagePlan, scenario: Scenario) -> float | None:
    devices = scenario.value("devices")
    if scenario.host != ON_DEVICE or not plan.calls or not plan.requests or devices == 0:
        return None
    seconds = float(latency_seconds(plan, scenario, 0.0).mean())
    peak = scenario.value("peak_factor")
    return devices * HOURS_PER_MONTH * 3600 / (seconds * peak) if seconds * peak > 0 else None


def _by_rate(plan: UsagePlan, scenario: Scenario) -> float | None:
    """The volume at which a limit is met, by bisection: the need grows with the volume."""
    limits = (scenario.requests_per_minute_limit, scenario.tokens_per_minute_limit)
    if limits == (None, None) or scenario.batch or not plan.calls or not plan.requests:
        return None
    low, high = 0.0, _MOST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _holds(plan, scenario, middle) else (low, middle)
    return low


def _holds(plan: UsagePlan, scenario: Scenario, volume: float) -> bool:
    need = rate_need(plan, replace(scenario, requests_per_month=volume))
    if need is None:
        return True
    needs = (need.calls_per_minute.value or 0.0, need.tokens_per_minute.value or 0.0)
    limits = (scenario.requests_per_minute_limit, scenario.tokens_per_minute_limit)
    return all(limit is None or each <= limit for each, limit in zip(needs, limits, strict=True))
