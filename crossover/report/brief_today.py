"""A brief with the prices and the lifecycles of a later day, as far as that goes without the data.

What is read again: token prices, embedding prices, and what can still be bought. What stays as decided:
tokens, caching, training, machines, stores, fees and people's time. Where two prices of a model moved
differently and the brief does not tell how much of a part each of them paid, the cost is a range.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from crossover.comparison import with_own_prices
from crossover.cost import cumulative_usd
from crossover.cost.quote import Prices, Quote, quote
from crossover.gates.market import blocked_retrainings, usable_months
from crossover.prices import OWN_MACHINES, PriceBook, TokenPrice, TuningState
from crossover.replay import MarketEvent, market_events
from crossover.report.brief import Brief
from crossover.report.brief_parts import BriefCost, BriefStrategy
from crossover.scenario import Scenario
from crossover.scenario_url import read_content
from crossover.strategies import Part

TUNED = frozenset({"tuning", "lora", "tuned_rag", "tuned_tools"})
KEPT = (
    "Read again: token prices, embedding prices, and what can still be bought. Kept as decided: tokens, "
    "caching, training, machines, stores, fees, people's time, and how sure the answer is."
)
_WRITTEN = frozenset({Part.OUTPUT, Part.REASONING})
_MIXED = frozenset({Part.CALLS, Part.RETRIES})
_NO_TOKENS = frozenset({Part.RERANK, Part.ENERGY})
_READ = ("input_mtok", "long_input_mtok")
_CACHED = ("cached_input_mtok", "cache_write_mtok", "long_cached_input_mtok", "long_cache_write_mtok")

Ratios = tuple[float, float]
"""The least and the most that a price was multiplied by."""


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
        ratios = _ratios(row, then, now, own.prompt_caching)
        before = self.total(row.cost)
        if row.cost is None or ratios is None:
            return RowToday(row.id, row.label, before, None, None, _NO_PRICE)
        low, high = (self.total(row.cost, _repriced(row.cost, ratios, side)) for side in (0, 1))
        return RowToday(row.id, row.label, before, low, high, _obstacle(row, now, own))

    def total(self, cost: BriefCost | None, per_request_usd: float | None = None) -> float | None:
        """US dollars over the horizon, with another price of a request unless None."""
        if cost is None:
            return None
        classes = cost.costs.classes
        if per_request_usd is not None:
            classes = replace(classes, per_request_usd=per_request_usd)
        return float(cumulative_usd(classes, self.brief.traffic(self.volume))[-1])


_NO_PRICE = "no price is known for its model on that day"


def _repriced(cost: BriefCost, ratios: Mapping[str, Ratios], side: int) -> float:
    """US dollars per request; exactly the old ones where no price moved."""
    moved = sum(usd * (_of(part, cost, ratios)[side] - 1) for part, usd in cost.usd_by_part)
    return max(0.0, cost.costs.per_request_usd + moved)


def _of(part: str, cost: BriefCost, ratios: Mapping[str, Ratios]) -> Ratios:
    """What a part of the cost was multiplied by; one that several prices paid lies between theirs."""
    if part in _NO_TOKENS:
        return 1.0, 1.0
    if part == Part.EMBEDDING:
        return ratios["embedding"]
    if part not in _MIXED:
        return ratios["output" if part in _WRITTEN else "input"]
    parts = {name for name, _ in cost.usd_by_part}
    found = [ratios["input"], ratios["output"]]
    if part == Part.RETRIES:  # an attempt that failed paid for everything
        found += [ratios["embedding"]] if Part.EMBEDDING in parts else []
        found += [(1.0, 1.0)] if parts & _NO_TOKENS else []
    return min(low for low, _ in found), max(high for _, high in found)


def _ratios(row: BriefStrategy, then: Quote, now: Quote, caches: bool) -> Mapping[str, Ratios] | None:
    """What each kind of price was multiplied by; None when one is unknown on either day."""
    unchanged = {"input": (1.0, 1.0), "output": (1.0, 1.0), "embedding": (1.0, 1.0)}
    if not row.tokens_by_part or row.host in OWN_MACHINES:
        return unchanged
    old, new = _tokens(row, then), _tokens(row, now)
    if old is None or new is None:
        return None
    return {
        "input": _span(old, new, _READ + (_CACHED if caches else ())),
        "output": _span(old, new, ("output_mtok", "long_output_mtok")),
        "embedding": _embedding(then, now),
    }


def _tokens(row: BriefStrategy, at: Quote) -> TokenPrice | None:
    if row.id in TUNED:
        return at.tuning.tuned if at.tuning else None
    return at.inference.price if at.inference else None


def _span(old: TokenPrice, new: TokenPrice, names: tuple[str, ...]) -> Ratios:
    found = list(_moves(old, new, names)) or [1.0]
    return min(found), max(found)


def _moves(old: TokenPrice, new: TokenPrice, names: tuple[str, ...]) -> Iterator[float]:
    for name in names:
        before, after = getattr(old, name), getattr(new, name)
        if before and after is not None:
            yield after / before


def _embedding(then: Quote, now: Quote) -> Ratios:
    if then.embedding is None or now.embedding is None or not then.embedding.input_mtok:
        return 1.0, 1.0
    ratio = now.embedding.input_mtok / then.embedding.input_mtok
    return ratio, ratio


def _obstacle(row: BriefStrategy, now: Quote, scenario: Scenario) -> str:
    """What the gates on the market would say on that day (MODEL.md 8.2)."""
    if not row.tokens_by_part or row.host in OWN_MACHINES:
        return ""
    tuned, months = row.id in TUNED, scenario.horizon_months
    stop = now.tuned_shutdown if tuned else now.shutdown
    if stop and (left := usable_months(now.on, stop.on, months)) < months:
        return f"its model stops on {stop.on.isoformat()}, {left} of {months} months can be used"
    return _tuning_obstacle(now, scenario) if tuned else ""


def _tuning_obstacle(now: Quote, scenario: Scenario) -> str:
    tuning = now.tuning_status
    if tuning.state is not TuningState.OPEN and (
        tuning.state is not TuningState.CLOSED_TO_NEW or scenario.new_customer
    ):
        return "its model cannot be tuned" + (f" since {tuning.since.isoformat()}" if tuning.since else "")
    every = round(scenario.value("retrain_every_months"))
    closes = tuning.closes_on
    if closes and blocked_retrainings(now.on, scenario.horizon_months, every, closes):
        return f"no tuning job can be started from {closes.isoformat()} on, and retraining is planned"
    return ""
