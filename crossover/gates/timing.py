"""Fast enough, fresh enough: gates on the limits a team sets (G6, G11, MODEL.md 8.1)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from crossover.figure import assumed
from crossover.gates.gate import Checked, Gate, Status
from crossover.gates.sources import KnowledgeSource, days_until_fresh, knowledge_sources
from crossover.latency import latency_seconds
from crossover.numbers import count
from crossover.words import mark, say, say_count

_SOMETIMES, _TOO_SLOW = mark("Sometimes too slow"), mark("Too slow")

BATCH_SECONDS = 86_400.0
"""Batch jobs promise their answers within a day."""

_FASTER = mark("Shorten the answers, choose a faster model, enter speeds you measured, or raise the limit.")
_FRESHER = {
    KnowledgeSource.PROMPT: mark("Release changed prompts faster, or allow more days."),
    KnowledgeSource.DOCUMENTS: mark("Release changed documents faster, or allow more days."),
    KnowledgeSource.PASSAGES: mark("Refresh the index more often, or allow more days."),
    KnowledgeSource.TOOLS: mark("Let the tools read the live system, or allow more days."),
    KnowledgeSource.WEIGHTS: mark(
        "Give it the facts by RAG or a tool, retrain more often, or allow more days."
    ),
}


def fast_enough(checked: Checked) -> Iterator[Gate]:
    """G6: the slowest of 20 requests against the limit.

    It fails when the typical request is over the limit too, and warns when only the slow ones are. A
    batch job may take a day.
    """
    limit, plan = checked.scenario.latency_limit_seconds, checked.plan
    if limit is None or not plan.requests:
        return
    if checked.scenario.batch and plan.calls:
        yield from _batch_in_time(limit)
        return
    seconds = latency_seconds(plan, checked.scenario, checked.cached_share)
    p50, p95 = (float(each) for each in np.quantile(seconds, (0.5, 0.95)))
    if p95 <= limit:
        return
    reason = say(
        "The slowest of 20 requests takes {slow} s, the typical one {typical} s; your limit is {limit} s.",
        slow=count(p95),
        typical=count(p50),
        limit=count(limit),
    )
    figure = assumed(limit, "seconds", say("your limit"), name=say("Latency limit"))
    status, label = (Status.WARN, _SOMETIMES) if p50 < limit else (Status.FAIL, _TOO_SLOW)
    yield Gate("G6", status, say(label), reason, say(_FASTER), (figure,))


def _batch_in_time(limit: float) -> Iterator[Gate]:
    if limit >= BATCH_SECONDS:
        return
    reason = say("A batch job may take 24 hours, and your limit is {limit} s.", limit=count(limit))
    remedy = say("Switch batch off, or allow a day.")
    yield Gate("G6", Status.FAIL, say("Batch is too slow"), reason, remedy)


def fresh_enough(checked: Checked) -> Iterator[Gate]:
    """G11: a tuned model that only knows what it was trained on fails, what can be refreshed warns."""
    wanted = checked.scenario.update_within_days
    if wanted is None:
        return
    days, sources = days_until_fresh(checked.plan, checked.scenario), knowledge_sources(checked.plan)
    if (days.value or 0.0) <= wanted:
        return
    is_frozen = checked.plan.tuned and KnowledgeSource.WEIGHTS in sources
    reason = say(
        "A changed fact reaches answers after {days}; you want it within {wanted}.",
        days=_days(days.value),
        wanted=_days(wanted),
    )
    remedy, label = say(_FRESHER[_slowest(sources)]), say("Not fresh enough")
    yield Gate("G11", Status.FAIL if is_frozen else Status.WARN, label, reason, remedy, (days,))


def _slowest(sources: frozenset[KnowledgeSource]) -> KnowledgeSource:
    """The source that lags most, as a rule: training, then an index, then a prompt."""
    order = (KnowledgeSource.WEIGHTS, KnowledgeSource.PASSAGES, KnowledgeSource.DOCUMENTS)
    return next((source for source in order if source in sources), KnowledgeSource.PROMPT)


def _days(days: float | None) -> str:
    return say_count("{days} day", "{days} days", 1 if days == 1 else 2, days=count(days))
