"""From a strategy on a person's data to its cost model (MODEL.md 3.1, 5.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from crossover.cost import Amount, CostClasses, FloatArray, retry_cost_multiplier, total_usd
from crossover.cost.call_prices import call_prices
from crossover.cost.estimate import CostEstimate, estimate
from crossover.cost.gpu_load import GpuLoad, gpu_load, machines_at
from crossover.cost.subject import Subject
from crossover.prices import CacheRule
from crossover.strategies import UsagePlan
from crossover.uncertainty.fixed_costs import FixedFacts, events_usd, fixed_facts, monthly_usd, one_time_usd
from crossover.uncertainty.inputs import Values
from crossover.uncertainty.levers import (
    BASE_PRICE,
    DECLINE,
    TRAINING_PRICE,
    TUNED_PRICE,
    quote_at,
    today_of,
)
from crossover.uncertainty.models import CostModel, ReadValues, traffic_at
from crossover.uncertainty.request_costs import (
    corner_usd,
    corners_over_draws,
    hit_shares,
    mixed_usd,
    request_inputs,
    subject_at,
)


def cost_model(subject: Subject) -> CostModel | None:
    """The model of one strategy; None when its total is unknown (MODEL.md E07, E12).

    At today's values its total is that of `estimate`. A list price, or an input that changes the
    plan itself, is followed through the strategy's own plan.
    """
    plan = subject.plan
    cost = estimate(plan, subject.quote, subject.scenario)
    return None if cost is None else cost_model_of(subject, plan, cost)


def cost_model_of(subject: Subject, plan: UsagePlan, cost: CostEstimate) -> CostModel | None:
    """`cost_model` for a caller who has the subject's plan and its cost already."""
    bill = _bill(plan, subject)
    if bill is None:
        return None
    today = today_of(subject.scenario, subject.quote)
    priced = _Priced(subject, bill, today, request_inputs(plan, subject.quote), _price_names(plan, today))
    complete = replace(priced, unexplained=_unexplained(cost, priced.classes(today)))
    read, horizon = ReadValues(today), subject.scenario.horizon_months
    total_usd(complete.classes(read), traffic_at(read, horizon))
    return CostModel(
        strategy=subject.strategy.id,
        label=subject.strategy.label,
        horizon_months=horizon,
        moved_by=frozenset(read.names),
        one_by_one=frozenset((*complete.plan_inputs, *complete.price_names)),
        classes=complete.classes,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Bill:
    """What follows from a plan and its prices; people, traffic and cache hits come on top."""

    plan: UsagePlan
    fixed: FixedFacts
    corners: FloatArray
    cache: CacheRule
    machines: GpuLoad | None


@dataclass(frozen=True, slots=True)
class _Unexplained:
    """What today's bill holds beyond the lines known here: it counts, and nothing moves it."""

    one_time_usd: float = 0.0
    monthly_usd: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class _Priced:
    """A strategy with today's bill, and the names that make another bill necessary."""

    subject: Subject
    bill: _Bill
    today: Values
    plan_inputs: tuple[str, ...]
    price_names: tuple[str, ...]
    unexplained: _Unexplained = _Unexplained()

    def classes(self, values: Values) -> CostClasses:
        """The four ways the strategy costs money at `values`."""
        bill = self._bill_at(values)
        return CostClasses(
            one_time_usd=one_time_usd(bill.fixed, values) + self.unexplained.one_time_usd,
            monthly_usd=monthly_usd(bill.fixed, values) + self.unexplained.monthly_usd,
            per_request_usd=mixed_usd(bill.corners, *hit_shares(bill.cache, values)) * _retried(bill, values),
            events_usd=events_usd(bill.fixed, values, self.subject.scenario.horizon_months),
            price_decline_per_year_share=values[DECLINE],
            machines=machines_at(bill.machines, values),
        )

    def _bill_at(self, values: Values) -> _Bill:
        """Today's bill, or the one for other prices and another plan.

        While an input of the plan is drawn, the training file keeps today's length.
        """
        prices = {name: values[name] for name in self.price_names}
        inputs = {name: values[name] for name in self.plan_inputs}
        subject, bill = self.subject, self.bill
        if self._moves(prices):
            subject = replace(subject, quote=quote_at(subject.quote, prices))
            bill = _bill(bill.plan, subject) or bill
        if not self._moves(inputs):
            return bill
        if any(np.ndim(value) for value in inputs.values()):
            return replace(bill, corners=corners_over_draws(subject, bill.corners, inputs))
        moved = subject_at(subject, inputs)
        return _bill(moved.plan, moved) or bill

    def _moves(self, values: Values) -> bool:
        return any(np.ndim(value) or value != self.today[name] for name, value in values.items())


def _bill(plan: UsagePlan, subject: Subject) -> _Bill | None:
    prices = call_prices(plan, subject.quote, subject.scenario)
    if prices is None or plan.missing:
        return None
    fixed = fixed_facts(plan, subject.quote, subject.scenario)
    load = gpu_load(plan, subject.quote)
    return _Bill(plan, fixed, corner_usd(plan, prices), prices.cache, load)


def _retried(bill: _Bill, values: Values) -> Amount:
    """What failed attempts multiply requests by (F2.6); nothing is tried again where nothing is called."""
    if not bill.plan.calls:
        return 1.0
    return retry_cost_multiplier(
        values["failed_attempt_share"],
        np.maximum(1.0, np.rint(values["attempts_at_most"])),
        values["failed_attempt_billed_share"],
    )


def _price_names(plan: UsagePlan, today: Values) -> tuple[str, ...]:
    """The list prices this plan is billed at."""
    prefixes = (TUNED_PRICE, TRAINING_PRICE) if plan.tuned else (BASE_PRICE,)
    return tuple(name for name in today if name.startswith(prefixes))


def _unexplained(cost: CostEstimate, known: CostClasses) -> _Unexplained:
    one_time = float(cost.classes.one_time_usd) - float(known.one_time_usd)
    monthly = float(cost.classes.monthly_usd) - float(known.monthly_usd)
    return _Unexplained(max(0.0, one_time), max(0.0, monthly))
