"""What a saved scenario costs with the data that is on the Samples page now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from crossover.comparison import Comparison, NothingToCompare, compare
from crossover.profile import ProfileSettings, TokenProfile
from crossover.samples import SampleSet
from crossover.scenario import Scenario
from crossover.words import say, say_count
from ui import cached, session

_TOTALS = "crossover.saved.totals"
_MOST_KEPT = 400
CHEAPEST = ""
"""Instead of a strategy's id: whichever is cheapest among those that can be chosen."""


@dataclass(frozen=True, slots=True)
class Totals:
    """US dollars over the horizon by strategy id, None when unknown, and who is cheapest."""

    by_strategy: Mapping[str, float | None]
    labels: Mapping[str, str]
    leader: str | None
    leader_label: str

    def of(self, strategy: str) -> float | None:
        """The total of a strategy, or of the cheapest."""
        chosen = strategy or self.leader
        return self.by_strategy.get(chosen) if chosen else None


def totals(scenario: Scenario, profiler: Callable[..., TokenProfile] = cached.profile) -> Totals | None:
    """The totals of a scenario, worked out once per data; None while there is nothing to cost.

    Raises CountingCancelled.
    """
    kept: dict[tuple[str, str], Totals | None] = st.session_state.setdefault(_TOTALS, {})
    key = (cached.samples_key(), scenario.to_json())
    if key not in kept:
        found = _totals(scenario, profiler)
        while len(kept) >= _MOST_KEPT:
            kept.pop(next(iter(kept)))
        kept[key] = found
    return kept[key]


def total_of(strategy: str) -> Callable[[Scenario], float | None]:
    """The question `differences` asks of each mixed scenario, every measurement made once."""
    measured: dict[ProfileSettings, TokenProfile] = {}

    def profiler(samples: SampleSet, settings: ProfileSettings) -> TokenProfile:
        if settings not in measured:
            measured[settings] = cached.profile(samples, settings)
        return measured[settings]

    def total(scenario: Scenario) -> float | None:
        found = totals(scenario, profiler)
        return found.of(strategy) if found else None

    return total


def data_words() -> str:
    """Which data every total on the page is about."""
    if session.shows_demo():
        return say(
            "Totals are those of the demo company, for no files of your own are here. Scenarios hold none."
        )
    return say_count(
        "Totals are worked out with the {n} file on the Samples page now. "
        "Scenarios hold settings only: with other files they cost something else.",
        "Totals are worked out with the {n} files on the Samples page now. "
        "Scenarios hold settings only: with other files they cost something else.",
        len(session.uploads()),
    )


def _totals(scenario: Scenario, profiler: Callable[..., TokenProfile]) -> Totals | None:
    try:
        found = compare(cached.samples(), scenario, cached.price_book(), profiler=profiler)
    except NothingToCompare:
        return None
    return _summed(found)


def _summed(found: Comparison) -> Totals:
    leader = found.leader
    by_strategy = {outcome.strategy.id: outcome.total_usd for outcome in found.outcomes}
    labels = {outcome.strategy.id: outcome.strategy.label for outcome in found.outcomes}
    return Totals(
        by_strategy,
        labels,
        leader.strategy.id if leader else None,
        leader.strategy.label if leader else say("nothing can be chosen"),
    )
