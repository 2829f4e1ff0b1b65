"""Where a strategy's answers get their facts from, read off the shape of its plan (MODEL.md 6.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from crossover.figure import Figure, assumed, derived
from crossover.scenario import Scenario
from crossover.strategies import Call, Part, UsagePlan
from crossover.words import say


class KnowledgeSource(StrEnum):
    """What stands behind an answer: the prompt, whole documents in it, found passages, tools, training."""

    PROMPT = "prompt"
    DOCUMENTS = "documents"
    PASSAGES = "passages"
    TOOLS = "tools"
    WEIGHTS = "weights"


def knowledge_sources(plan: UsagePlan) -> frozenset[KnowledgeSource]:
    """Every source some call answers from: several where a strategy answers in more than one way.

    Without calls it is what was learned in training. A search tool gives passages, like a search
    before the call.
    """
    if not plan.calls:
        return frozenset({KnowledgeSource.WEIGHTS})
    return frozenset(_source(call, plan) for call in plan.calls)


def _source(call: Call, plan: UsagePlan) -> KnowledgeSource:
    carried = {part for part, _ in call.parts}
    searches = plan.embedding_tokens is not None
    if searches and carried & {Part.CONTEXT, Part.TOOLS}:
        return KnowledgeSource.PASSAGES
    if Part.CONTEXT in carried:
        return KnowledgeSource.DOCUMENTS
    if Part.TOOLS in carried:
        return KnowledgeSource.TOOLS
    return KnowledgeSource.WEIGHTS if plan.tuned else KnowledgeSource.PROMPT


def looks_up_examples(call: Call) -> bool:
    """Whether the examples differ from request to request: they then stand outside the shared prefix."""
    before = 0.0
    for part, tokens in call.parts:
        if part is Part.EXAMPLES:
            return bool(tokens.any()) and call.shared_prefix_tokens <= before
        before += float(tokens[0]) if len(tokens) else 0.0
    return False


def days_until_fresh(plan: UsagePlan, scenario: Scenario) -> Figure:
    """Days until a changed fact reaches answers; of several ways to answer the slowest (c3, G11)."""
    figures = [_DAYS[source](scenario) for source in sorted(knowledge_sources(plan))]
    return max(figures, key=lambda figure: figure.value or 0.0)


def _released(scenario: Scenario) -> Figure:
    lag = scenario.assumption("release_lag_days")
    formula = say("a changed prompt must be released (c3)")
    return derived(lag.value, "days", formula, lag, name=say("Freshness"))


def _refreshed(scenario: Scenario) -> Figure:
    interval = scenario.assumption("index_refresh_days")
    formula = say("a changed page must be indexed again (c3)")
    return derived(interval.value, "days", formula, interval, name=say("Freshness"))


def _live(_: Scenario) -> Figure:
    return assumed(0, "days", say("assumed: tools read the live system (c3)"), name=say("Freshness"))


def _retrained(scenario: Scenario) -> Figure:
    every, lag = scenario.assumption("retrain_every_months"), scenario.assumption("retrain_lag_days")
    days = (every.value or 0) * 365 / 12 + (lag.value or 0)
    formula = say("retraining interval and its lag (c3)")
    return derived(days, "days", formula, every, lag, name=say("Freshness"))


_DAYS: Mapping[KnowledgeSource, Callable[[Scenario], Figure]] = {
    KnowledgeSource.PROMPT: _released,
    KnowledgeSource.DOCUMENTS: _released,
    KnowledgeSource.PASSAGES: _refreshed,
    KnowledgeSource.TOOLS: _live,
    KnowledgeSource.WEIGHTS: _retrained,
}
