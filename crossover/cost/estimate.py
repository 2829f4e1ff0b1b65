"""CostEstimate: what a strategy costs per request, per month and over the horizon (MODEL.md 3.1-3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossover.cost.bill import Cadence, Line, people_usd_of, total_usd_of
from crossover.cost.call_prices import call_prices, hit_share_figure, price_figures
from crossover.cost.fixed import fixed_lines
from crossover.cost.machine_lines import machines_of
from crossover.cost.machines import Machines
from crossover.cost.quote import Quote
from crossover.cost.request import CallPrices, RequestCost, request_cost
from crossover.cost.retries import retry_cost_multiplier
from crossover.cost.totals import (
    CostClasses,
    Traffic,
    all_in_usd_per_request,
    cumulative_usd,
    net_present_usd,
    retrain_months,
)
from crossover.figure import Figure, assumed, derived
from crossover.scenario import Scenario
from crossover.strategies import Part, UsagePlan
from crossover.words import say, say_count


@dataclass(frozen=True, slots=True, eq=False)
class CostEstimate:
    """What a strategy costs; every figure is in US dollars and keeps the figures it came from.

    `cumulative` has one entry per month end, from month 0 (the one-off cost) to the horizon.
    `monthly` is the first month: its requests and what is fixed. `people_share` is the part of
    `total` that is working time.
    """

    per_request: Figure
    by_part: Mapping[Part, float]
    request: RequestCost
    prices: CallPrices
    monthly: Figure
    one_off: Figure
    total: Figure
    all_in_per_request: Figure
    present_value: Figure
    lines: tuple[Line, ...]
    classes: CostClasses
    cumulative: NDArray[np.float64]
    people_share: float | None


def traffic_of(scenario: Scenario) -> Traffic:
    """The scenario's requests over its horizon."""
    return Traffic(scenario.requests_per_month, scenario.growth_per_month_share, scenario.horizon_months)


def estimate(plan: UsagePlan, quote: Quote, scenario: Scenario) -> CostEstimate | None:
    """The cost of a plan; None when a price is missing or the strategy lacks its data (E07, E12)."""
    prices = call_prices(plan, quote, scenario)
    if prices is None or plan.missing:
        return None
    lines = fixed_lines(plan, quote, scenario)
    if not all_priced(plan, quote, lines):
        return None
    request = request_cost(plan, prices).with_retries(retry_multiplier(scenario))
    rates = price_figures(plan, quote, scenario, prices)
    per_request = _per_request(plan, scenario, request, rates, prices)
    machines = machines_of(plan, quote, scenario)
    return _assemble(_Priced(plan, scenario, lines, request, prices, machines), per_request)


def retry_multiplier(scenario: Scenario) -> float:
    """What failed attempts multiply the cost of a request by (MODEL.md F2.6)."""
    multiplier = retry_cost_multiplier(
        scenario.value("failed_attempt_share"),
        max(1, round(scenario.value("attempts_at_most"))),
        scenario.value("failed_attempt_billed_share"),
    )
    return float(multiplier)


@dataclass(frozen=True, slots=True, eq=False)
class _Priced:
    """A plan with everything that was priced for it."""

    plan: UsagePlan
    scenario: Scenario
    lines: tuple[Line, ...]
    request: RequestCost
    prices: CallPrices
    machines: Machines | None

    @property
    def retrain_months(self) -> tuple[int, ...]:
        every = max(1, round(self.scenario.value("retrain_every_months")))
        return retrain_months(every, self.scenario.horizon_months) if self.plan.tuned else ()


def all_priced(plan: UsagePlan, quote: Quote, lines: tuple[Line, ...]) -> bool:
    """Whether every line has a price, and the hosting of a tuned model as well."""
    if plan.tuned and (quote.tuning is None or quote.tuning.hosting_usd_per_hour is None):
        return False
    return all(line.figure.value is not None for line in lines)


def _per_request(
    plan: UsagePlan,
    scenario: Scenario,
    request: RequestCost,
    rates: tuple[Figure, ...],
    prices: CallPrices,
) -> Figure:
    hits = (hit_share_figure(plan, prices, scenario),) if prices.hit_share else ()
    inputs = (*plan.quantities, *rates, *hits)
    mean, formula = float(request.total.mean()), say("mean over your samples, MODEL.md 2")
    return derived(mean, "USD per request", formula, *inputs, name=say("Cost per request"))


def _assemble(priced: _Priced, per_request: Figure) -> CostEstimate:
    scenario, lines, volume = priced.scenario, priced.lines, priced.scenario.volume
    traffic, classes = traffic_of(scenario), _classes(priced, per_request.value or 0.0)
    cumulative = cumulative_usd(classes, traffic)
    monthly = float(classes.monthly_usd) + float(classes.per_request_usd) * scenario.requests_per_month
    monthly += total_usd_of(lines, Cadence.BY_LOAD)
    total = _total(priced, per_request, float(cumulative[-1]))
    return CostEstimate(
        per_request=per_request,
        by_part=priced.request.means(),
        request=priced.request,
        prices=priced.prices,
        monthly=_sum(
            say("First month"), monthly, lines, (Cadence.MONTHLY, Cadence.BY_LOAD), per_request, volume
        ),
        one_off=_sum(say("One-off"), float(classes.one_time_usd), lines, (Cadence.ONE_OFF,)),
        total=total,
        all_in_per_request=_all_in(all_in_usd_per_request(classes, traffic), total),
        present_value=_present_value(scenario, total, classes, traffic),
        lines=lines,
        classes=classes,
        cumulative=cumulative,
        people_share=_people_share(priced, float(cumulative[-1])),
    )


def _all_in(usd: float | None, total: Figure) -> Figure:
    return derived(usd, "USD per request", say("total / requests"), total, name=say("All-in per request"))


def _present_value(scenario: Scenario, total: Figure, classes: CostClasses, traffic: Traffic) -> Figure:
    """The total as of today: what falls due later weighs less (MODEL.md 3.6)."""
    rate = scenario.discount_per_year_share
    discount = assumed(rate, "share per year", say("your choice"), name=say("Discount rate"))
    usd = float(net_present_usd(classes, traffic, rate))
    return derived(usd, "USD", "MODEL.md 3.6", total, discount, name=say("Present value"))


def _classes(priced: _Priced, per_request: float) -> CostClasses:
    retraining = total_usd_of(priced.lines, Cadence.RETRAINING)
    return CostClasses(
        one_time_usd=total_usd_of(priced.lines, Cadence.ONE_OFF),
        monthly_usd=total_usd_of(priced.lines, Cadence.MONTHLY),
        per_request_usd=per_request,
        events_usd=dict.fromkeys(priced.retrain_months, retraining),
        machines=priced.machines,
    )


def _sum(
    name: str, usd: float, lines: tuple[Line, ...], cadences: tuple[Cadence, ...], *others: Figure
) -> Figure:
    unit = "USD per month" if Cadence.MONTHLY in cadences else "USD"
    inputs = (*others, *(line.figure for line in lines if line.cadence in cadences))
    return derived(usd, unit, say("sum of its lines, MODEL.md 3.1"), *inputs, name=name)


def _total(priced: _Priced, per_request: Figure, usd: float) -> Figure:
    scenario = priced.scenario
    share, reason = scenario.growth_per_month_share, say("your estimate")
    growth = assumed(share, "share per month", reason, name=say("Growth"), id="growth_per_month_share")
    inputs = [per_request, scenario.volume, growth, *(line.figure for line in priced.lines)]
    if priced.plan.tuned:
        inputs.append(scenario.assumption("retrain_every_months"))
    name = say_count("Total over {n} month", "Total over {n} months", scenario.horizon_months)
    return derived(usd, "USD", "MODEL.md 3.2", *inputs, name=name)


def _people_share(priced: _Priced, total: float) -> float | None:
    lines = priced.lines
    people = people_usd_of(lines, Cadence.ONE_OFF)
    people += people_usd_of(lines, Cadence.MONTHLY) * priced.scenario.horizon_months
    people += people_usd_of(lines, Cadence.RETRAINING) * len(priced.retrain_months)
    return people / total if total else None
