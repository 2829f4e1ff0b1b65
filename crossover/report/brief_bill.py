"""The bill behind a total, taken apart so that a finance person can change a price or the day rate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from crossover.assumptions import default_assumptions
from crossover.comparison import Outcome
from crossover.cost.bill import Line
from crossover.cost.estimate import CostEstimate
from crossover.cost.request import CallPrices, request_cost
from crossover.figure import Figure, Kind
from crossover.report.brief_parts import BriefLine, BriefUnitCost
from crossover.report.brief_sources import InputList
from crossover.strategies import UsagePlan

DAY_RATE = "day_rate_usd"
EVERYTHING_ELSE = "Everything else"
# a field of TokenPrice, and how its figure's name begins
_TOKEN_PRICES = {
    "input_mtok": "Input price",
    "output_mtok": "Output price",
    "cached_input_mtok": "Cached input price",
}
_EMBEDDING = "Embedding price"


def bill_lines(cost: CostEstimate) -> tuple[BriefLine, ...]:
    """Every line that is not a request; working time also in days."""
    return tuple(
        BriefLine(line.name, str(line.cadence), line.figure.value or 0.0, line.is_people, _days(line))
        for line in cost.lines
    )


def _days(line: Line) -> float | None:
    """Days paid at the day rate; None where the line is not paid by the day."""
    label = default_assumptions()[DAY_RATE].label
    rate = next((each.value for each in line.figure.inputs if each.name == label), None)
    return (line.figure.value or 0.0) / rate if rate else None


def unit_costs(outcome: Outcome, cost: CostEstimate, inputs: InputList) -> tuple[BriefUnitCost, ...]:
    """The mean cost of a request by the price it is paid at; the parts add up to it.

    A request's cost is a straight line in each price, so what a price brings is what vanishes with it.
    """
    found = tuple(_by_price(outcome.plan, cost, inputs))
    rest = (cost.per_request.value or 0.0) - sum(each.usd_per_request for each in found)
    return (*found, BriefUnitCost(EVERYTHING_ELSE, None, max(0.0, rest)))


def _by_price(plan: UsagePlan, cost: CostEstimate, inputs: InputList) -> Iterator[BriefUnitCost]:
    before, after = _mean_usd(plan, cost.prices), cost.per_request.value or 0.0
    retries = after / before if before else 1.0
    leaves = {each.name.split(",")[0]: each for each in cost.per_request.leaves() if _is_price(each)}
    for name, prices in _without_each(cost.prices):
        leaf = leaves.get(name)
        share = (before - _mean_usd(plan, prices)) * retries
        if leaf is not None and leaf.value and share > 0:
            yield BriefUnitCost(leaf.name, inputs.place(leaf), share, share / leaf.value)


def _without_each(prices: CallPrices) -> Iterator[tuple[str, CallPrices]]:
    """The prices with one of them at 0, by the name of that one."""
    for field, name in _TOKEN_PRICES.items():
        if getattr(prices.price, field):
            yield name, replace(prices, price=replace(prices.price, **{field: 0.0}))  # type: ignore[arg-type]
    if prices.embedding_usd_per_mtok:
        yield _EMBEDDING, replace(prices, embedding_usd_per_mtok=0.0)


def _mean_usd(plan: UsagePlan, prices: CallPrices) -> float:
    total = request_cost(plan, prices).total
    return float(total.mean()) if total.size else 0.0


def _is_price(figure: Figure) -> bool:
    return figure.kind is Kind.PRICE_LIST
