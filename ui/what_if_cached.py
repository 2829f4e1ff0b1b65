"""What the What-if page computes, kept for this session while samples and scenario stay the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from crossover.comparison import Comparison, Outcome
from crossover.criteria import InvalidCriteria, Scores, anchors_for, scored
from crossover.latency import simulated_latency_seconds
from crossover.uncertainty import Bar, Flip
from crossover.whatif import StrategyMap, Sureness, all_flips, strategy_map, tornado_bars
from ui import cached


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """How sure the answer is, what turns it, and what moves it."""

    sure: Sureness
    flips: tuple[Flip, ...]
    bars: tuple[Bar, ...]

    @property
    def comparison(self) -> Comparison:
        """The comparison all of it is about."""
        return self.sure.comparison


def decision(comparison: Comparison) -> Decision:
    """Draws, turning points and tornado of the comparison."""
    return _decision(cached.cost_key(comparison.scenario), comparison)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _decision(key: str, _comparison: Comparison) -> Decision:
    sure = cached.sure(_comparison)
    return Decision(sure, all_flips(sure), tornado_bars(sure))


def mapped(comparison: Comparison) -> StrategyMap | None:
    """The cheapest-strategy map; None when nothing has a price."""
    if all(outcome.cost is None for outcome in comparison.outcomes):
        return None
    return _mapped(cached.cost_key(comparison.scenario), comparison)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _mapped(key: str, _comparison: Comparison) -> StrategyMap:
    return strategy_map(_comparison)


def weighed(comparison: Comparison) -> Scores:
    """Scores of every strategy that has a cost. Raises InvalidCriteria when nothing can be weighed."""
    found = _weighed(cached.scenario_key(comparison.scenario), comparison)
    if isinstance(found, InvalidCriteria):
        raise found
    return found


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _weighed(key: str, _comparison: Comparison) -> Scores | InvalidCriteria:
    scenario = _comparison.scenario
    figures = {each.strategy.id: each.criteria for each in _comparison.outcomes if each.cost is not None}
    gated = {each.strategy.id for each in _comparison.outcomes if not each.is_ranked}
    try:
        anchors = anchors_for(figures, gated, scenario.latency_limit_seconds)
        return scored(figures, dict(scenario.weights), gated=gated, anchors=anchors, seed=scenario.seed)
    except InvalidCriteria as error:
        return error


def latency_percentiles(outcome: Outcome) -> tuple[float, float] | None:
    """Simulated p50 and p95 seconds of a strategy's requests; None without requests."""
    return _latency(cached.cost_key(outcome.subject.scenario), outcome.strategy.id, outcome)


@st.cache_resource(scope="session", max_entries=60, show_spinner=False)
def _latency(key: str, strategy: str, _outcome: Outcome) -> tuple[float, float] | None:
    hit_share = _outcome.cost.prices.hit_share if _outcome.cost else 0.0
    scenario = _outcome.subject.scenario
    seconds = simulated_latency_seconds(_outcome.plan, scenario, hit_share, scenario.seed)
    if not seconds.size:
        return None
    p50, p95 = np.quantile(seconds, (0.5, 0.95)).tolist()
    return p50, p95
