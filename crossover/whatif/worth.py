"""What the token difference is worth in quality: the line that ends most arguments (MODEL.md 3.10, W31)."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.comparison import Comparison, Outcome
from crossover.cost.quality import success_gap_that_flips, usd_per_success, usd_with_failures
from crossover.evidence.sample_size import rows_paired
from crossover.figure import Figure, derived, measured
from crossover.numbers import compact, count, usd
from crossover.prices import OWN_MACHINES
from crossover.words import say

DISCORDANT_SHARE = 0.2
"""Share of questions on which two strategies differ; 0.15 to 0.25 is usual (MODEL.md 7.8, assumed)."""
ONE_POINT = 0.01


@dataclass(frozen=True, slots=True)
class Worth:
    """What separates two strategies per request, and the gap in success that would pay for it.

    `success_gap` is how much more often the dearer one must be right, as a share; None when a failed
    answer costs nothing. `examples` see one percentage point.
    """

    cheaper: Outcome
    dearer: Outcome
    gap_usd: float
    success_gap: Figure
    examples: int


def token_worth(comparison: Comparison) -> Worth | None:
    """The cheapest and the dearest requests among what can be chosen; None without two prices."""
    priced = sorted(filter(_is_billed_by_token, comparison.ranked), key=_usd_per_request)
    if len(priced) < 2:
        return None
    cheaper, dearer = priced[0], priced[-1]
    failure = comparison.scenario.assumption("failed_answer_usd")
    gap = _usd_per_request(dearer) - _usd_per_request(cheaper)
    share = success_gap_that_flips(_usd_per_request(dearer), _usd_per_request(cheaper), failure.value or 0.0)
    costs = (dearer.cost, cheaper.cost)
    inputs = (*(cost.per_request for cost in costs if cost), failure)
    name = say("Success that pays for the dearer requests")
    figure = derived(share, "share", "MODEL.md 3.10", *inputs, name=name)
    return Worth(cheaper, dearer, gap, figure, rows_paired(ONE_POINT, DISCORDANT_SHARE))


def worth_sentences(worth: Worth, failed_answer_usd: float) -> tuple[str, ...]:
    """The difference in percentage points of success, and how many examples would see one point."""
    words = {
        "dearer": worth.dearer.strategy.label,
        "cheaper": worth.cheaper.strategy.label,
        "gap": usd(1000 * worth.gap_usd),
    }
    seen = say(
        "To see a difference of one point takes about {questions} questions answered by both, "
        "if they differ on one in five.",
        questions=compact(worth.examples),
    )
    share = worth.success_gap.value
    if share is None:
        open_gap = say(
            "Between {dearer} and {cheaper} lie {gap} per 1,000 requests; say what a wrong answer costs you "
            "to weigh it.",
            **words,
        )
        return open_gap, seen
    paid = say(
        "The whole token difference between {dearer} and {cheaper}, {gap} per 1,000 requests, is worth "
        "{points} percentage points of success: at {price} per wrong answer it is paid for by being right "
        "that much more often.",
        points=count(100 * share),
        price=usd(failed_answer_usd),
        **words,
    )
    return paid, seen


def quality_figures(outcome: Outcome, failed_answer_usd: Figure) -> tuple[Figure, Figure] | None:
    """Cost per correct answer, and cost with failures, where success was measured; None where not."""
    success = dict(outcome.subject.scenario.success_shares).get(outcome.strategy.id)
    if success is None or outcome.cost is None:
        return None
    per_request, shown = (
        outcome.cost.per_request,
        measured(success, "share", say("your results"), None, name=say("Success")),
    )
    usd_each = per_request.value or 0.0
    correct = usd_per_success(usd_each, success)
    with_failures = usd_with_failures(usd_each, success, failed_answer_usd.value or 0.0)
    return (
        derived(
            correct,
            "USD per correct answer",
            "MODEL.md 3.10",
            per_request,
            shown,
            name=say("Per correct answer"),
        ),
        derived(
            with_failures,
            "USD per request",
            "MODEL.md 3.10",
            per_request,
            shown,
            failed_answer_usd,
            name=say("With what wrong answers cost"),
        ),
    )


def _is_billed_by_token(outcome: Outcome) -> bool:
    """Whether its requests are what it pays for; machines of one's own are paid busy or not."""
    on_own_machines = outcome.subject.quote.host in OWN_MACHINES
    return bool(outcome.plan.calls) and outcome.cost is not None and not on_own_machines


def _usd_per_request(outcome: Outcome) -> float:
    return (outcome.cost.per_request.value or 0.0) if outcome.cost else 0.0
