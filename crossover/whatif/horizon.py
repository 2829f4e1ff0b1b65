"""Over how many months another strategy costs no more, from what each has spent by when (MODEL.md 3.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from crossover.comparison import Outcome
from crossover.cost import FloatArray, solve_for_whole
from crossover.cost.estimate import estimate
from crossover.figure import Kind
from crossover.uncertainty import Flip, UncertainInput
from crossover.whatif.sureness import Sureness
from crossover.words import say

HORIZON = "horizon_months"
LONGEST_HORIZON_MONTHS = 120
PLAUSIBLE_FACTOR = 2


@dataclass(frozen=True, slots=True)
class _Months:
    """What a strategy has cost by the end of each month, from month 0 on."""

    label: str
    usd: FloatArray


def horizon_flips(sure: Sureness) -> Iterator[Flip]:
    """The horizon, in whole months, over which each rival costs no more than the leader.

    `sure` must hold two strategies at least.
    """
    each = _horizon_input(sure.comparison.scenario.horizon_months)
    leader, *others = (_months(sure.comparison.outcome(model.strategy)) for model in sure.models)
    for other in others:
        value = solve_for_whole(_gap(leader, other), 0, LONGEST_HORIZON_MONTHS, int(each.today))
        yield Flip(each, leader.label, other.label, None if value is None else float(value))


def _horizon_input(today: int) -> UncertainInput:
    return UncertainInput(
        name=HORIZON,
        label=say("Horizon"),
        unit="months",
        today=float(today),
        low=float(today // PLAUSIBLE_FACTOR),
        high=float(min(LONGEST_HORIZON_MONTHS, today * PLAUSIBLE_FACTOR)),
        kind=Kind.ASSUMPTION,
        reason=say("your choice"),
        searched=(0.0, float(LONGEST_HORIZON_MONTHS)),
        is_whole=True,
    )


def _months(outcome: Outcome) -> _Months:
    subject = outcome.subject
    far = replace(subject.scenario, horizon_months=LONGEST_HORIZON_MONTHS)
    cost = estimate(outcome.plan, subject.quote, far)
    if cost is None:
        raise ValueError(f"{outcome.strategy.id} has a cost model and no cost")
    return _Months(outcome.strategy.label, cost.cumulative)


def _gap(leader: _Months, other: _Months) -> Callable[[int], float]:
    difference = leader.usd - other.usd
    return lambda months: float(difference[months])
