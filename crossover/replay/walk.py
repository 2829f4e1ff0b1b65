"""The comparison month by month: what the answer would have been, with the prices of that day."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from crossover.calendar import add_months
from crossover.comparison import CLOSE_CALL_SHARE, Comparison, Outcome, Profiler, compare
from crossover.prices import PriceBook
from crossover.profile import ProfileSettings, TokenProfile, build_profile
from crossover.replay.events import MarketEvent, ModelAtHost, market_events, model_label
from crossover.samples.types import SampleSet
from crossover.scenario import Scenario

FIRST_MONTH = date(2024, 7, 1)
"""The month of the article this comparison began with."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One strategy with one model at the end of one month.

    `total_usd` is None when unknown; `obstacle` is the sentence that keeps it out of the ranking,
    "" when it can be chosen.
    """

    host: str
    model: str
    strategy_id: str
    strategy_label: str
    total_usd: float | None
    is_ranked: bool
    obstacle: str

    @property
    def key(self) -> tuple[str, str, str]:
        """Which choice this is, over time."""
        return self.host, self.model, self.strategy_id

    @property
    def at(self) -> ModelAtHost:
        """The model and where it runs."""
        return self.host, self.model


@dataclass(frozen=True, slots=True)
class ReplayMonth:
    """One day of the replay: every standing, cheapest choice first, and the models without a price."""

    on: date
    standings: tuple[Standing, ...]
    unpriced: Mapping[ModelAtHost, str]

    @property
    def ranked(self) -> tuple[Standing, ...]:
        """What could be chosen, cheapest first."""
        return tuple(standing for standing in self.standings if standing.is_ranked)

    @property
    def answer(self) -> Standing | None:
        """The cheapest choice; None when nothing could be chosen."""
        return self.ranked[0] if self.ranked else None

    @property
    def runner_up(self) -> Standing | None:
        """The cheapest choice with another strategy than the answer's."""
        others = (s for s in self.ranked if self.answer and s.strategy_id != self.answer.strategy_id)
        return next(others, None)

    @property
    def is_close(self) -> bool:
        """Whether two strategies are too near each other to name one (MODEL.md 5.5)."""
        first, second = self.answer, self.runner_up
        if first is None or second is None or not first.total_usd or second.total_usd is None:
            return False
        return second.total_usd / first.total_usd - 1 < CLOSE_CALL_SHARE

    def of(self, model: ModelAtHost) -> tuple[Standing, ...]:
        """What could be chosen with that model, cheapest first."""
        return tuple(standing for standing in self.ranked if standing.at == model)

    def standing(self, key: tuple[str, str, str]) -> Standing | None:
        """The standing of one choice; None when its model had no price."""
        return next((standing for standing in self.standings if standing.key == key), None)


@dataclass(frozen=True, slots=True)
class Replay:
    """The months in order, the models followed with their names, and what happened to them."""

    months: tuple[ReplayMonth, ...]
    labels: Mapping[ModelAtHost, str]
    events: tuple[MarketEvent, ...]
    horizon_months: int


def replay_months(until: date, first: date = FIRST_MONTH) -> tuple[date, ...]:
    """The last day of every month from `first` on, and `until` for its own month; empty when before."""
    days = []
    month = first.replace(day=1)
    while month <= until:
        days.append(month.replace(day=calendar.monthrange(month.year, month.month)[1]))
        month = add_months(month, 1)
    return (*days[:-1], until) if days else ()


def replay(  # noqa: PLR0913 - the four inputs of a comparison over time, and two that have defaults
    samples: SampleSet,
    scenario: Scenario,
    book: PriceBook,
    months: Sequence[date],
    profiler: Profiler = build_profile,
    *,
    models: Sequence[ModelAtHost] = (),
) -> Replay:
    """Compare on each of `months` with the prices and closings known that day, nothing later.

    Follows the scenario's model and, beside it, `models`. A model without a price that day is left out
    of that month with the reason. Raises NothingToCompare when the samples hold no request.
    """
    followed = tuple(dict.fromkeys([(scenario.host, scenario.model), *models]))
    measured = _remembered(profiler)

    def standings(model: ModelAtHost, on: date) -> tuple[Standing, ...]:
        then = replace(scenario, price_date=on, host=model[0], model=model[1])
        return _standings(compare(samples, then, book, profiler=measured))

    walked = [[_step(book, model, on, standings) for on in months] for model in followed]
    return Replay(
        months=tuple(_month(on, [column[place] for column in walked]) for place, on in enumerate(months)),
        labels={each: model_label(book, *each) for each in followed},
        events=market_events(book, followed, months[-1]) if months else (),
        horizon_months=scenario.horizon_months,
    )


_Step = tuple[ModelAtHost, tuple[Standing, ...], str]


def _step(
    book: PriceBook,
    model: ModelAtHost,
    on: date,
    standings: Callable[[ModelAtHost, date], tuple[Standing, ...]],
) -> _Step:
    """One model in one month: its standings, or why it has none."""
    if book.inference(*model, on) is None:
        return model, (), _why_unpriced(book, model, on)
    return model, standings(model, on), ""


def _month(on: date, steps: Sequence[_Step]) -> ReplayMonth:
    standings = sorted((standing for _, found, _ in steps for standing in found), key=_rank)
    return ReplayMonth(on, tuple(standings), {model: reason for model, _, reason in steps if reason})


def _rank(standing: Standing) -> tuple[bool, bool, float]:
    total = standing.total_usd
    return not standing.is_ranked, total is None, total or 0.0


def _standings(comparison: Comparison) -> tuple[Standing, ...]:
    return tuple(_standing(comparison, outcome) for outcome in comparison.outcomes)


def _standing(comparison: Comparison, outcome: Outcome) -> Standing:
    obstacle = outcome.gates[0].reason if outcome.gates and not outcome.is_ranked else ""
    return Standing(
        host=comparison.scenario.host,
        model=comparison.scenario.model,
        strategy_id=outcome.strategy.id,
        strategy_label=outcome.strategy.label,
        total_usd=outcome.total_usd,
        is_ranked=outcome.is_ranked,
        obstacle=obstacle,
    )


def _why_unpriced(book: PriceBook, model: ModelAtHost, on: date) -> str:
    label, stop = model_label(book, *model), book.shutdown(*model)
    if stop and stop.on <= on:
        return f"{label} was shut down on {stop.on.isoformat()}."
    starts = (day for day in book.price_days(*model) if stop is None or day < stop.on)
    first = min(starts, default=None)
    if first is None:
        return f"{label} has no known price on any day."
    if on < first:
        return f"{label} has no known price before {first.isoformat()}."
    return f"No known price of {label} holds on {on.isoformat()}."


def _remembered(profiler: Profiler) -> Profiler:
    """The profiler, asked once per way of counting: the samples do not change between months."""
    known: dict[ProfileSettings, TokenProfile] = {}

    def profile(samples: SampleSet, settings: ProfileSettings) -> TokenProfile:
        if settings not in known:
            known[settings] = profiler(samples, settings)
        return known[settings]

    return profile
