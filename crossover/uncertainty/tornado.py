"""Which single input moves a difference most: one at a time to its low and high (MODEL.md 5.3, W35)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from crossover.uncertainty.inputs import UncertainInput, Values
from crossover.uncertainty.models import CostModel

Difference = Callable[[Values], float]


@dataclass(frozen=True, slots=True)
class Bar:
    """The difference with one input at either end of its range and all others as they are today.

    `flips` says that the other strategy is the cheaper one at one end at least.
    """

    input: UncertainInput
    at_low_usd: float
    at_high_usd: float
    flips: bool

    @property
    def swing_usd(self) -> float:
        """Length of the bar."""
        return abs(self.at_high_usd - self.at_low_usd)


def tornado(difference: Difference, inputs: Iterable[UncertainInput], today: Values) -> tuple[Bar, ...]:
    """One bar per input that moves `difference`, longest first; equals keep the order given (W35)."""
    sign_today = np.sign(difference(today))
    bars = [_bar(difference, each, today, sign_today) for each in inputs]
    return tuple(sorted((bar for bar in bars if bar.swing_usd > 0), key=lambda bar: -bar.swing_usd))


def _bar(difference: Difference, each: UncertainInput, today: Values, sign_today: float) -> Bar:
    at_low, at_high = (difference({**today, each.name: end}) for end in (each.low, each.high))
    flips = any(np.sign(end) == -sign_today != 0 for end in (at_low, at_high))
    return Bar(each, at_low, at_high, flips)


def cost_difference(one: CostModel, other: CostModel) -> Difference:
    """What `one` costs more than `other` over the horizon, in US dollars."""
    return lambda values: float(one.total_usd(values)) - float(other.total_usd(values))


def tornado_of(
    one: CostModel, other: CostModel, inputs: Iterable[UncertainInput], today: Values
) -> tuple[Bar, ...]:
    """The tornado of what `one` costs more than `other` (MODEL.md 5.3)."""
    moving = one.moved_by | other.moved_by
    return tornado(cost_difference(one, other), (each for each in inputs if each.name in moving), today)
