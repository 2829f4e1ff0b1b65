"""What a strategy gives up or gains beside cost, as quantities, not opinions (MODEL.md 6.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from crossover.figure import Figure, assumed, derived
from crossover.latency import latency_seconds
from crossover.scenario import Scenario
from crossover.strategies import UsagePlan


@dataclass(frozen=True, slots=True)
class Criterion:
    """One axis of the trade-off: less is better for all of them."""

    id: str
    label: str
    unit: str
    short_unit: str
    explanation: str


CRITERIA: tuple[Criterion, ...] = (
    Criterion(
        "freshness",
        "Freshness",
        "days until a changed fact reaches answers",
        "days",
        "How long an answer stays wrong after a fact has changed.",
    ),
    Criterion(
        "latency",
        "Latency",
        "seconds to the full answer, slowest of 20 requests",
        "s",
        "Computed from your token counts; the speeds are assumptions until you measure them.",
    ),
    Criterion(
        "regression",
        "Regression risk",
        "behaviours that change at once in a year",
        "",
        "A prompt or a page changes one behaviour; training a model changes several.",
    ),
    Criterion(
        "time_to_first",
        "Time to first version",
        "working days",
        "days",
        "Person-days divided by the people who work on it.",
    ),
)


def criteria(plan: UsagePlan, scenario: Scenario, cached_share: float) -> Mapping[str, Figure]:
    """Every criterion of a strategy, by id."""
    return {
        "freshness": _FRESHNESS[plan.strategy](scenario),
        "latency": _latency(plan, scenario, cached_share),
        "regression": _regression(plan, scenario),
        "time_to_first": _time_to_first(plan, scenario),
    }


def _released(scenario: Scenario) -> Figure:
    lag = scenario.assumption("release_lag_days")
    return derived(lag.value, "days", "a changed prompt must be released (c3)", lag, name="Freshness")


def _refreshed(scenario: Scenario) -> Figure:
    interval = scenario.assumption("index_refresh_days")
    return derived(
        interval.value, "days", "a changed page must be indexed again (c3)", interval, name="Freshness"
    )


def _live(_: Scenario) -> Figure:
    return assumed(0, "days", "assumed: tools read the live system (c3)", name="Freshness")


def _retrained(scenario: Scenario) -> Figure:
    every, lag = scenario.assumption("retrain_every_months"), scenario.assumption("retrain_lag_days")
    days = (every.value or 0) * 365 / 12 + (lag.value or 0)
    return derived(days, "days", "retraining interval and its lag (c3)", every, lag, name="Freshness")


_FRESHNESS: Mapping[str, Callable[[Scenario], Figure]] = {
    "prompting": _released,
    "rag": _refreshed,
    "tools": _live,
    "tuning": _retrained,
}


def _latency(plan: UsagePlan, scenario: Scenario, cached_share: float) -> Figure:
    seconds = latency_seconds(plan, scenario, cached_share)
    names = ("first_token_seconds", "decode_tokens_per_second", "prefill_tokens_per_second")
    inputs = (*plan.quantities, *(scenario.assumption(name) for name in names))
    p95 = float(np.quantile(seconds, 0.95)) if len(seconds) else None
    return derived(p95, "seconds", "MODEL.md F4.1, 95th percentile of your samples", *inputs, name="Latency")


def _regression(plan: UsagePlan, scenario: Scenario) -> Figure:
    if not plan.tuned:
        return assumed(1, "behaviours", "one change, one behaviour (c6)", name="Regression risk")
    every = scenario.assumption("retrain_every_months")
    retrainings = 12 / max(1.0, every.value or 1.0) - 1
    value = 3 + max(0.0, retrainings)
    return derived(
        value, "behaviours", "3 and one per retraining in a year (c6, L3-L5)", every, name="Regression risk"
    )


def _time_to_first(plan: UsagePlan, scenario: Scenario) -> Figure:
    days, people = scenario.assumption(f"person_days.{plan.strategy}"), scenario.assumption("team_people")
    value = (days.value or 0) / max(1.0, people.value or 1.0)
    return derived(
        value, "working days", "person-days / people (c10)", days, people, name="Time to first version"
    )
