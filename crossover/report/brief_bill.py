"""The bill behind a total, taken apart so that a finance person can change a price or the day rate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from crossover.comparison import Outcome
from crossover.cost.bill import Line
from crossover.cost.call_prices import price_figures
from crossover.cost.estimate import CostEstimate
from crossover.cost.quote import Quote
from crossover.cost.request import CallPrices, request_cost
from crossover.figure import Figure
from crossover.report.brief_parts import BriefLine, BriefUnitCost, Rate
from crossover.report.brief_sources import InputList
from crossover.strategies import UsagePlan
from crossover.words import say

DAY_RATE = "day_rate_usd"
EMBEDDING: Rate = "embedding"
_TOKEN_PRICES: tuple[Rate, ...] = ("input_mtok", "output_mtok", "cached_input_mtok")


def bill_lines(outcome: Outcome, cost: CostEstimate) -> tuple[BriefLine, ...]:
    """Every line that is not a request; working time also in days."""
    rate = outcome.subject.scenario.assumption(DAY_RATE).name
    return tuple(
        BriefLine(line.name, str(line.cadence), line.figure.value or 0.0, line.is_people, _days(line, rate))
        for line in cost.lines
    )


def _days(line: Line, rate_name: str) -> float | None:
    """Days paid at the day rate; None where the line is not paid by the day."""
    rate = next((each.value for each in line.figure.inputs if each.name == rate_name), None)
    return (line.figure.value or 0.0) / rate if rate else None


def unit_costs(outcome: Outcome, cost: CostEstimate, inputs: InputList) -> tuple[BriefUnitCost, ...]:
    """The mean cost of a request by the price it is paid at; the parts add up to it.

    A request's cost is a straight line in each price, so what a price brings is what vanishes with it.
    """
    found = tuple(_by_price(outcome, cost, inputs))
    rest = (cost.per_request.value or 0.0) - sum(each.usd_per_request for each in found)
    return (*found, BriefUnitCost(say("Everything else"), None, max(0.0, rest)))


def _by_price(outcome: Outcome, cost: CostEstimate, inputs: InputList) -> Iterator[BriefUnitCost]:
    plan, quote = outcome.plan, outcome.subject.quote
    before, after = _mean_usd(plan, cost.prices), cost.per_request.value or 0.0
    retries = after / before if before else 1.0
    for rate, free, prices in _without_each(quote, cost.prices):
        leaf = _vanished(outcome, cost.prices, free, prices)
        share = (before - _mean_usd(plan, prices)) * retries
        if leaf is not None and leaf.value and share > 0:
            yield BriefUnitCost(leaf.name, inputs.place(leaf), share, share / leaf.value, rate)


def _without_each(quote: Quote, prices: CallPrices) -> Iterator[tuple[Rate, Quote, CallPrices]]:
    """The quote and the prices with one of them at 0, each in turn, and which one that is."""
    for field in _TOKEN_PRICES:
        if getattr(prices.price, field):
            yield field, quote, replace(prices, price=replace(prices.price, **{field: 0.0}))  # type: ignore[arg-type]
    if prices.embedding_usd_per_mtok and quote.embedding:
        free = replace(quote, embedding=replace(quote.embedding, input_mtok=0.0))
        yield EMBEDDING, free, replace(prices, embedding_usd_per_mtok=0.0)


def _vanished(outcome: Outcome, prices: CallPrices, free: Quote, without: CallPrices) -> Figure | None:
    """The figure of the price that is 0 now; None where the plan does not show it."""
    plan, scenario = outcome.plan, outcome.subject.scenario
    paid = price_figures(plan, outcome.subject.quote, scenario, prices)
    now = price_figures(plan, free, scenario, without)
    return next((old for old, new in zip(paid, now, strict=True) if old.value != new.value), None)


def _mean_usd(plan: UsagePlan, prices: CallPrices) -> float:
    total = request_cost(plan, prices).total
    return float(total.mean()) if total.size else 0.0
