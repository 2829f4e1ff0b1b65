"""What would have to be true for another strategy to be the cheapest (MODEL.md 3.7, 5.5, W20)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from crossover.cost import crossing_volumes, relative_change, solve_for, solve_for_whole
from crossover.uncertainty.inputs import UncertainInput, Values
from crossover.uncertainty.models import CostModel
from crossover.uncertainty.tornado import cost_difference

Curve = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Flip:
    """The value of one input, all others as today, at which `other` stops costing more than `leader`.

    `value` None is an answer as well: nothing in the searched range does. Whole-number inputs give
    the nearest number at which the cheaper one is another; for all others both cost the same there.
    """

    input: UncertainInput
    leader: str
    other: str
    value: float | None

    @property
    def change_share(self) -> float | None:
        """Change from today as a share; None without a value, or from a 0."""
        return None if self.value is None else relative_change(self.value, self.input.today)

    @property
    def is_above(self) -> bool | None:
        """Whether the turn comes with more of the input rather than less; None without a value."""
        return None if self.value is None else self.value > self.input.today


def flips(
    leader: CostModel, others: Iterable[CostModel], inputs: Sequence[UncertainInput], today: Values
) -> tuple[Flip, ...]:
    """One Flip per other strategy and input that moves either total, smallest change first.

    Changes that have no share (from a 0) come after those that have; "nothing in the range" last.
    """
    found = [
        Flip(each, leader.label, other.label, turning_point(cost_difference(leader, other), each, today))
        for other in others
        for each in inputs
        if each.name in leader.moved_by | other.moved_by
    ]
    return tuple(sorted(found, key=_closeness))


def _closeness(flip: Flip) -> tuple[int, float, str, str]:
    change = flip.change_share
    rank = 2 if flip.value is None else 1 if change is None else 0
    return rank, abs(change or 0.0), flip.input.name, flip.other


def turning_point(difference: Callable[[Values], float], each: UncertainInput, today: Values) -> float | None:
    """Where `difference` changes sign as one input moves through its range; the nearest to today."""

    def curve(value: float) -> float:
        return difference({**today, each.name: value})

    low, high = each.search_range
    if each.is_whole:
        return solve_for_whole(lambda value: curve(float(value)), round(low), round(high), round(each.today))
    return _nearest_volume(curve, each) if each.is_log else solve_for(curve, low, high, each.today)


def _nearest_volume(curve: Curve, each: UncertainInput) -> float | None:
    """Of several turning points over magnitudes, the one the fewest times away from today."""
    found = crossing_volumes(curve, *each.search_range)
    today = max(each.today, each.search_range[0])
    return min(found, key=lambda value: abs(math.log(value / today)), default=None)
