"""The comparison month by month: what the answer would have been, with the prices of that day."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from crossover.calendar import add_months
from crossover.comparison import Comparison, Outcome, Profiler, compare
from crossover.prices import PriceBook
from crossover.profile import ProfileSettings, TokenProfile, build_profile
from crossover.replay.events import ModelAtHost, market_events
from crossover.replay.labels import model_label
from crossover.replay.months import Replay, ReplayMonth, Standing
from crossover.samples.types import SampleSet
from crossover.scenario import Scenario
from crossover.words import say

FIRST_MONTH = date(2024, 7, 1)
"""The month of the article this comparison began with."""


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

    def walked(model: ModelAtHost) -> Replay:
        return Replay(
            months=tuple(_month(book, model, on, standings) for on in months),
            labels={model: model_label(book, *model)},
            events=market_events(book, [model], months[-1]) if months else (),
            horizon_months=scenario.horizon_months,
        )

    return merged([walked(model) for model in followed])


def merged(replays: Sequence[Replay]) -> Replay:
    """Several replays of the same months and settings as one that follows all their models."""
    events = sorted((event for each in replays for event in each.events), key=lambda event: event.on)
    return Replay(
        months=tuple(
            _together(same_day) for same_day in zip(*(each.months for each in replays), strict=True)
        ),
        labels={model: label for each in replays for model, label in each.labels.items()},
        events=tuple(events),
        horizon_months=replays[0].horizon_months,
    )


def _month(
    book: PriceBook,
    model: ModelAtHost,
    on: date,
    standings: Callable[[ModelAtHost, date], tuple[Standing, ...]],
) -> ReplayMonth:
    """One model in one month: its standings, or why it has none."""
    if book.inference(*model, on) is None:
        return ReplayMonth(on, (), {model: _why_unpriced(book, model, on)})
    return ReplayMonth(on, tuple(sorted(standings(model, on), key=_rank)), {})


def _together(months: Sequence[ReplayMonth]) -> ReplayMonth:
    standings = sorted((standing for month in months for standing in month.standings), key=_rank)
    unpriced = {model: why for month in months for model, why in month.unpriced.items()}
    return ReplayMonth(months[0].on, tuple(standings), unpriced)


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
        return say("{model} was shut down on {day}.", model=label, day=stop.on)
    starts = (day for day in book.price_days(*model) if stop is None or day < stop.on)
    first = min(starts, default=None)
    if first is None:
        return say("{model} has no known price on any day.", model=label)
    if on < first:
        return say("{model} has no known price before {day}.", model=label, day=first)
    return say("No known price of {model} holds on {day}.", model=label, day=on)


def _remembered(profiler: Profiler) -> Profiler:
    """The profiler, asked once per way of counting: the samples do not change between months."""
    known: dict[ProfileSettings, TokenProfile] = {}

    def profile(samples: SampleSet, settings: ProfileSettings) -> TokenProfile:
        if settings not in known:
            known[settings] = profiler(samples, settings)
        return known[settings]

    return profile
