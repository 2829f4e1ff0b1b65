"""In which group an assumption is shown, which match a word, and which move anything at all."""

from __future__ import annotations

from collections.abc import Iterable

from crossover.assumptions import Assumption, default_assumptions
from crossover.comparison import Comparison
from crossover.whatif import Sureness
from crossover.words import mark, say

OTHER = mark("Other")
_GROUPS = {
    mark("People"): (
        "day_rate",
        "person_days",
        "evaluation_days",
        "maintenance_hours",
        "hours_per_day",
        "team_people",
        "release_lag",
    ),
    mark("Traffic and answers"): (
        "cache_",
        "answer_tokens",
        "reasoning_",
        "failed_",
        "attempts_",
        "think_",
        "peak_",
    ),
    mark("Tuning"): ("training_", "retrain_", "label_", "recommended_", "residual_", "tuned_"),
    mark("Speed"): (
        "network_",
        "first_token",
        "prefill_",
        "decode_",
        "search_seconds",
        "tool_seconds",
        "rerank_seconds",
    ),
    mark("Retrieval"): ("index_", "vector_", "search_call", "rerank_", "router_"),
    mark("Tools"): ("tool_", "agent_"),
    mark("Own machines"): ("gpu_", "device", "electricity", "classifier_"),
}


def group_of(name: str) -> str:
    """The group of an assumption by the first word of its name, in English, which says it where shown.

    Speeds come before what they speed up.
    """
    return next((group for group, starts in _GROUPS.items() if name.startswith(starts)), OTHER)


def matching(assumptions: Iterable[Assumption], words: str) -> list[Assumption]:
    """Those whose label, unit or reason holds every one of the words."""
    wanted = words.lower().split()
    return [each for each in assumptions if all(word in _searched(each) for word in wanted)]


def _searched(each: Assumption) -> str:
    return f"{say(each.label)} {say(each.unit)} {say(each.reason)}".lower()


def moving_names(comparison: Comparison, sure: Sureness) -> set[str]:
    """The assumptions that a total or another criterion of the chosen strategies hangs on."""
    totals = {name for model in sure.models for name in model.moved_by}
    beside = {
        leaf.id
        for outcome in comparison.outcomes
        for figure in outcome.criteria.values()
        for leaf in figure.leaves()
    }
    return (totals | beside) & set(default_assumptions())
