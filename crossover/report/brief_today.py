"""A brief with the prices and the lifecycles of a later day, as far as that goes without the data.

What is read again: token prices, embedding prices, and what can still be bought. What stays as decided:
tokens, caching, training, machines, stores, fees and people's time. A cost is a range only where the
brief does not tell how much of it each of two prices paid that moved differently.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from crossover.comparison import with_own_prices
from crossover.cost import cumulative_usd
from crossover.cost.quote import Prices, Quote, quote
from crossover.gates.market import blocked_retrainings, usable_months
from crossover.prices import OWN_MACHINES, PriceBook, TuningState
from crossover.replay import MarketEvent, market_events
from crossover.report.brief import Brief
from crossover.report.brief_parts import BriefCost, BriefStrategy
from crossover.report.brief_today_prices import TUNED, Moved, repriced
from crossover.scenario import Scenario
from crossover.scenario_url import read_content
from crossover.words import mark, say, say_count

KEPT = mark(
    "Read again: token prices, embedding prices, and what can still be bought. Kept as decided: tokens, "
    "caching, training, machines, stores, fees, people's time, and how sure the answer is."
)


@dataclass(frozen=True, slots=True)
class RowToday:
    """A strategy on the later day: between `low_usd` and `high_usd` over the horizon, None when unknown.

    `obstacle` says in words why it cannot be chosen any more; "" when it still can.
    """

    id: str
    label: str
    then_usd: float | None
    low_usd: float | None
    high_usd: float | None
    obstacle: str = ""

    @property
    def can_be_chosen(self) -> bool:
        """Whether it has a cost on that day and can still be bought."""
        return self.low_usd is not None and not self.obstacle


@dataclass(frozen=True, slots=True)
class Today:
    """The brief on the day `on`: `rows` best first, and what `moved` since the day of its prices."""

    on: date
    rows: tuple[RowToday, ...]
    moved: tuple[MarketEvent, ...]

    @property
    def choosable(self) -> tuple[RowToday, ...]:
        """What was ranked then and can still be chosen, cheapest first."""
        return tuple(row for row in self.rows if row.can_be_chosen)


def as_of(brief: Brief, book: PriceBook, on: date, requests_per_month: float | None = None) -> Today:
    """The strategies that were ranked, at the prices of `on`; what could not be chosen is not looked at."""
    scenario, _ = read_content(brief.scenario, brief.price_date)
    look = _Look(brief, scenario, with_own_prices(book, scenario), on, requests_per_month)
    rows = sorted(map(look.row, brief.ranked), key=_order)
    models = dict.fromkeys((row.host, row.model) for row in brief.ranked if row.tokens_by_part)
    events = market_events(book, models, until=on)
    return Today(on, tuple(rows), tuple(event for event in events if event.on > brief.price_date))


def _order(row: RowToday) -> tuple[bool, float, str]:
    return not row.can_be_chosen, row.low_usd or 0.0, row.label


@dataclass(frozen=True, slots=True)
class _Look:
    """A brief, its scenario and its prices, looked at on the day `on` and at a volume."""

    brief: Brief
    scenario: Scenario
    book: Prices
    on: date
    volume: float | None

    def row(self, row: BriefStrategy) -> RowToday:
        """One strategy on that day."""
        own = replace(self.scenario, host=row.host, model=row.model)
        then, now = (
            quote(self.book, replace(own, price_date=day)) for day in (self.brief.price_date, self.on)
        )
        before = self.total(row.cost)
        found = None if row.cost is None else repriced(row, row.cost, Moved(then, now, own.prompt_caching))
        if row.cost is None or found is None:
            return RowToday(
                row.id, row.label, before, None, None, say("no price is known for its model on that day")
            )
        low, high = (self.total(row.cost, per_request_usd) for per_request_usd in found)
        return RowToday(row.id, row.label, before, low, high, _obstacle(row, now, own))

    def total(self, cost: BriefCost | None, per_request_usd: float | None = None) -> float | None:
        """US dollars over the horizon, with another price of a request unless None."""
        if cost is None:
            return None
        classes = cost.costs.classes
        if per_request_usd is not None:
            classes = replace(classes, per_request_usd=per_request_usd)
        return float(cumulative_usd(classes, self.brief.traffic(self.volume))[-1])


def _obstacle(row: BriefStrategy, now: Quote, scenario: Scenario) -> str:
    """What the gates on the market would say on that day (MODEL.md 8.2)."""
    if not row.tokens_by_part or row.host in OWN_MACHINES:
        return ""
    tuned, months = row.id in TUNED, scenario.horizon_months
    stop = now.tuned_shutdown if tuned else now.shutdown
    if stop and (left := usable_months(now.on, stop.on, months)) < months:
        return say_count(
            "its model stops on {day}, {left} of {n} month can be used",
            "its model stops on {day}, {left} of {n} months can be used",
            months,
            day=stop.on,
            left=left,
        )
    return _tuning_obstacle(now, scenario) if tuned else ""


def _tuning_obstacle(now: Quote, scenario: Scenario) -> str:
    tuning = now.tuning_status
    if tuning.state is not TuningState.OPEN and (
        tuning.state is not TuningState.CLOSED_TO_NEW or scenario.new_customer
    ):
        if tuning.since is None:
            return say("its model cannot be tuned")
        return say("its model cannot be tuned since {day}", day=tuning.since)
    every = round(scenario.value("retrain_every_months"))
    closes = tuning.closes_on
    if closes and blocked_retrainings(now.on, scenario.horizon_months, every, closes):
        return say("no tuning job can be started from {day} on, and retraining is planned", day=closes)
    return ""
