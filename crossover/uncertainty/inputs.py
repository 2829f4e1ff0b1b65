"""The inputs a total hangs on: today's value, plausible range, and how they are drawn (MODEL.md 5.1, 5.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from crossover.assumptions import Assumption
from crossover.cost import Amount, FloatArray
from crossover.figure import Kind
from crossover.latency import uniform_stream
from crossover.scenario import NEVER_ZERO
from crossover.uncertainty.distributions import Distribution, Triangular
from crossover.words import say

Values = Mapping[str, Amount]
"""One value per input name: a number, or an array over draws."""

Override = float | tuple[float, float, float]
"""A person's own value, or their own low, likely and high."""

WHOLE_NUMBERS = frozenset(
    {
        "training_trials",
        "retrain_every_months",
        "tool_rounds",
        "recommended_training_examples",
        "attempts_at_most",
        "agent_rounds_at_most",
        "rerank_candidates",
    }
)
"""Assumptions the model only uses as whole numbers."""

# Beyond these a value is not merely implausible: a day has 24 hours, and a loop of rounds is cut off.
LARGEST = {
    "hours_per_day": 24.0,
    "training_trials": 40.0,
    "retrain_every_months": 120.0,
    "tool_rounds": 6.0,
    "attempts_at_most": 10.0,
    "agent_rounds_at_most": 30.0,
    "rerank_candidates": 1000.0,
}
CONCEIVABLE_FACTOR = 10.0


@dataclass(frozen=True, slots=True)
class UncertainInput:
    """One input: `today` is the value in use, `low` to `high` the range in which it may plausibly lie.

    `distribution` None means that it is not drawn (prices hold until a new list comes out), though
    one may ask what would happen if it changed. `searched` is the range of all that is conceivable,
    where turning points are looked for; `is_log` says that it spans magnitudes. `label` and `reason`
    were said when the input was made, `unit` is said where it is shown.
    """

    name: str
    label: str
    unit: str
    today: float
    low: float
    high: float
    kind: Kind
    reason: str
    searched: tuple[float, float]
    distribution: Distribution | None = None
    is_whole: bool = False
    is_log: bool = False

    def is_plausible(self, value: float) -> bool:
        """Whether `value` lies in the plausible range."""
        return self.low <= value <= self.high


def assumption_input(assumption: Assumption, override: Override | None = None) -> UncertainInput:
    """An assumption as an input; a person's own single value moves the mode and, if need be, the range.

    Raises InvalidCostInput when low, likely and high are out of order.
    """
    low, likely, high = _span(assumption, override)
    return UncertainInput(
        name=assumption.name,
        label=say(assumption.label),
        unit=assumption.unit,
        today=likely,
        low=low,
        high=high,
        kind=Kind.ASSUMPTION,
        reason=say(assumption.reason) if override is None else say("your value"),
        searched=_conceivable(assumption, low, high),
        distribution=Triangular(low, likely, high),
        is_whole=assumption.name in WHOLE_NUMBERS,
    )


def _span(assumption: Assumption, override: Override | None) -> tuple[float, float, float]:
    if override is None:
        return assumption.low, assumption.likely, assumption.high
    if isinstance(override, tuple):
        return override
    return min(assumption.low, override), override, max(assumption.high, override)


def _conceivable(assumption: Assumption, low: float, high: float) -> tuple[float, float]:
    """From nothing to ten times the plausible range, within what the unit allows."""
    least = _least(assumption, low)
    if assumption.unit.startswith("share"):
        return least, max(1.0, high)
    most = LARGEST.get(assumption.name, CONCEIVABLE_FACTOR * high)
    return min(least, low), max(most, high)


def _least(assumption: Assumption, low: float) -> float:
    """A tenth of the plausible least where other figures are divided by it, else nothing at all."""
    if assumption.name in WHOLE_NUMBERS:
        return 1.0
    return low / CONCEIVABLE_FACTOR if assumption.name in NEVER_ZERO else 0.0


def assumption_inputs(
    assumptions: Mapping[str, Assumption], overrides: Mapping[str, Override]
) -> tuple[UncertainInput, ...]:
    """Every assumption as an input, in the order given."""
    return tuple(assumption_input(each, overrides.get(name)) for name, each in assumptions.items())


def today_values(inputs: Iterable[UncertainInput]) -> dict[str, Amount]:
    """Today's value of every input, by name."""
    return {each.name: each.today for each in inputs}


def draw(inputs: Iterable[UncertainInput], seed: int, draws: int) -> dict[str, Amount]:
    """Draws of every input, each of shape (draws,); inputs that are not drawn keep today's value.

    Each name has its own stream, so that one more input leaves the others' draws as they were, and
    all strategies meet the same draws of what they share (MODEL.md 5.2).
    """
    return {each.name: _drawn(each, seed, draws) for each in inputs}


def draw_scenario_inputs(
    assumptions: Mapping[str, Assumption], overrides: Mapping[str, Override], seed: int, draws: int
) -> dict[str, Amount]:
    """Draws of every assumption, with a person's own values in place (MODEL.md 5.2)."""
    return draw(assumption_inputs(assumptions, overrides), seed, draws)


def _drawn(each: UncertainInput, seed: int, draws: int) -> Amount:
    if each.distribution is None:
        return each.today
    values: FloatArray = each.distribution.at(uniform_stream(seed, each.name, draws))
    return np.rint(values) if each.is_whole else values
