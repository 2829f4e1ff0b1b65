"""What a strategy gives up or gains beside cost, as quantities, not opinions (MODEL.md 6.1)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from crossover.cost.estimate import CostEstimate
from crossover.figure import Figure, assumed, derived, measured
from crossover.gates import KnowledgeSource, days_until_fresh, knowledge_sources, leaving
from crossover.latency import latency_seconds
from crossover.prices import OWN_MACHINES
from crossover.profile import TokenProfile
from crossover.scenario import Scenario
from crossover.strategies import Part, UsagePlan
from crossover.words import listed, mark, say

PROMPT_EXAMPLES = 5
"""Examples a prompt should be able to show (MODEL.md 6.1, c5)."""

TUNED_BEHAVIOURS = 3
"""Training touches tone, format and facts at once, a prompt or a page one thing (c6, L3-L5)."""

_TRACES = {
    KnowledgeSource.WEIGHTS: 0,
    KnowledgeSource.PROMPT: 1,
    KnowledgeSource.DOCUMENTS: 1,
    KnowledgeSource.TOOLS: 2,
    KnowledgeSource.PASSAGES: 3,
}
_TRACE_REASONS = {
    KnowledgeSource.WEIGHTS: mark("assumed: what training left behind cites nothing (c4)"),
    KnowledgeSource.PROMPT: mark("assumed: the prompt can be read (c4)"),
    KnowledgeSource.DOCUMENTS: mark(
        "assumed: the documents are in the prompt, the passage is not named (c4)"
    ),
    KnowledgeSource.TOOLS: mark("assumed: the tool's result can be looked up (c4)"),
    KnowledgeSource.PASSAGES: mark("assumed: the passage is cited (c4)"),
}


def criteria(
    plan: UsagePlan,
    scenario: Scenario,
    cached_share: float,
    profile: TokenProfile | None = None,
    cost: CostEstimate | None = None,
) -> Mapping[str, Figure]:
    """Every criterion of a strategy, by id; what cannot be known is a figure without a value.

    `scenario` is the one for this strategy. Without `profile` what hangs on the rows is unknown;
    with `cost` the total stands there too, as "cost".
    """
    total = {} if cost is None else {"cost": cost.total}
    return {
        **total,
        "freshness": days_until_fresh(plan, scenario),
        "latency": _latency(plan, scenario, cached_share),
        "regression": _regression(plan, scenario),
        "time_to_first": _time_to_first(plan, scenario),
        "explainability": _explainability(plan),
        "data_needed": _data_needed(plan, scenario, profile),
        "format": _format(plan, scenario, profile),
        "lock_in": _lock_in(plan, scenario),
        "privacy": _privacy(plan, scenario),
        "maintenance": _maintenance(plan, scenario),
        "quality": _quality(plan, scenario),
    }


def _latency(plan: UsagePlan, scenario: Scenario, cached_share: float) -> Figure:
    seconds = latency_seconds(plan, scenario, cached_share)
    names = ("first_token_seconds", "decode_tokens_per_second", "prefill_tokens_per_second")
    speeds = names if plan.calls else ("network_seconds",)
    inputs = (*plan.quantities, *(scenario.assumption(name) for name in speeds))
    source = say("MODEL.md F4.1, 95th percentile of your samples")
    p95 = float(np.quantile(seconds, 0.95)) if len(seconds) else None
    return derived(p95, "seconds", source, *inputs, name=say("Latency"))


def _regression(plan: UsagePlan, scenario: Scenario) -> Figure:
    if not plan.tuned:
        reason = say("one change, one behaviour (c6)")
        return assumed(1, "behaviours", reason, name=say("Regression risk"))
    every = scenario.assumption("retrain_every_months")
    retrainings = max(0.0, 12 / max(1.0, every.value or 1.0) - 1)
    formula = say("3 and one per retraining in a year (c6, L3-L5)")
    value = TUNED_BEHAVIOURS + retrainings
    return derived(value, "behaviours", formula, every, name=say("Regression risk"))


def _time_to_first(plan: UsagePlan, scenario: Scenario) -> Figure:
    days, people = scenario.assumption(f"person_days.{plan.strategy}"), scenario.assumption("team_people")
    value = (days.value or 0) / max(1.0, people.value or 1.0)
    formula, name = say("person-days / people (c10)"), say("Time to first version")
    return derived(value, mark("working days"), formula, days, people, name=name)


def _maintenance(plan: UsagePlan, scenario: Scenario) -> Figure:
    hours = scenario.assumption(f"maintenance_hours.{plan.strategy}")
    formula = say("assumed upkeep (c11)")
    return derived(hours.value, "hours per month", formula, hours, name=say("Maintenance"))


def _explainability(plan: UsagePlan) -> Figure:
    """Of several ways to answer the one that shows least."""
    source = min(knowledge_sources(plan), key=lambda each: _TRACES[each])
    return assumed(_TRACES[source], "of 3", say(_TRACE_REASONS[source]), name=say("Explainability"))


def _data_needed(plan: UsagePlan, scenario: Scenario, profile: TokenProfile | None) -> Figure:
    """Labelled rows still missing; documents and tools need none (c5)."""
    name, formula = say("Data still needed"), say("recommended - available (c5)")
    is_trained = plan.tuned or not plan.calls
    if not is_trained and not _shows_examples(plan):
        return assumed(0, "examples", say("assumed: works without labelled rows (c5)"), name=name)
    if profile is None:
        return derived(None, "examples", formula, name=name, note=say("not measured"))
    available = plan.training if plan.training is not None else np.flatnonzero(profile.answer_tokens > 0)
    labelled, source = len(available), profile.requests_source
    rows = measured(labelled, "examples", source, labelled, name=say("Labelled rows"))
    wanted = scenario.assumption("recommended_training_examples") if is_trained else _examples_to_show()
    missing = max(0.0, (wanted.value or 0.0) - labelled)
    return derived(missing, "examples", formula, wanted, rows, name=name)


def _examples_to_show() -> Figure:
    reason = say("assumed: a handful shows the task")
    return assumed(PROMPT_EXAMPLES, "examples", reason, name=say("Examples to show"))


def _shows_examples(plan: UsagePlan) -> bool:
    return any(part is Part.EXAMPLES for call in plan.calls for part, _ in call.parts)


def _format(plan: UsagePlan, scenario: Scenario, profile: TokenProfile | None) -> Figure:
    """Irregular answers among the person's own; where no format can be seen, answers that are thrown away."""
    name = say("Broken format")
    if not plan.calls:
        return assumed(0, "share", say("a classifier can only give one of your labels (c7)"), name=name)
    found = profile.answer_format if profile is not None else None
    if profile is not None and found is not None and found.irregular_share is not None:
        note = say("your answers are {format}", format=found.name)
        source = profile.requests_source
        return measured(found.irregular_share, "share", source, found.n, name=name, note=note)
    failed = scenario.assumption("failed_attempt_share")
    formula = say("no fixed format seen, so as assumed (c7)")
    return derived(failed.value, "share", formula, failed, name=name)


def _lock_in(plan: UsagePlan, scenario: Scenario) -> Figure:
    """Weights at a provider and an index in a store somebody else runs; open weights of one's own move."""
    hosted_weights = plan.tuned and scenario.host not in OWN_MACHINES
    own_store = not scenario.vector_store and scenario.value("vector_store_usd_per_month") == 0
    hosted_index = plan.stored_vectors > 0 and not own_store
    kept = [
        word
        for word, is_there in ((say("tuned weights"), hosted_weights), (say("hosted index"), hosted_index))
        if is_there
    ]
    reason = say("stays with the provider: {what} (c8)", what=listed(kept) or say("nothing"))
    return assumed(len(kept), "things", reason, name=say("Lock-in"))


def _privacy(plan: UsagePlan, scenario: Scenario) -> Figure:
    sent = leaving(plan, scenario)
    reason = say("leaves: {what} (c9)", what=", ".join(map(say, sent)) or say("nothing"))
    return assumed(len(sent), "kinds", reason, name=say("Data that leaves"))


def _quality(plan: UsagePlan, scenario: Scenario) -> Figure:
    """The person's own evaluation, or no value: quality is never guessed (c12)."""
    value = dict(scenario.success_shares).get(plan.strategy)
    note = "" if value is not None else say("not measured: enter the result of your own evaluation")
    return measured(value, "share", say("your own evaluation"), None, name=say("Quality"), note=note)
