"""What would have to be true for another strategy to be the cheapest (MODEL.md 3.7, 5.5, W20)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from crossover.cost import FloatArray, relative_change, solve_for, solve_for_whole
from crossover.cost.crossings import TIE_SHARE
from crossover.uncertainty.inputs import UncertainInput, Values
from crossover.uncertainty.models import CostModel
from crossover.uncertainty.tornado import cost_difference

SCAN_POINTS = 65
LOG_SCAN_POINTS = 200  # MODEL.md 3.4
FEW_POINTS = 2  # where each point is a whole bill: prices and lengths, in which a total is a straight line


@dataclass(frozen=True, slots=True)
class Flip:
    """The value of one input, all others as today, at which `other` stops costing more than `leader`.

    `value` None is an answer as well: no conceivable value does. Whole-number inputs give the
    nearest number at which `other` costs no more; for all others both cost the same at `value`.
    """

    input: UncertainInput
    leader: str
    other: str
    value: float | None

    @property
    def is_plausible(self) -> bool:
        """Whether such a value exists within the plausible range."""
        return self.value is not None and self.input.is_plausible(self.value)

    @property
    def change_share(self) -> float | None:
        """Change from today as a share; None without a value, or from a 0."""
        return None if self.value is None else relative_change(self.value, self.input.today)

    @property
    def needs_more(self) -> bool | None:
        """Whether it takes more of the input than today rather than less; None without a value."""
        return None if self.value is None else self.value > self.input.today


def flips(
    leader: CostModel, others: Iterable[CostModel], inputs: Sequence[UncertainInput], today: Values
) -> tuple[Flip, ...]:
    """One Flip per other strategy and input that moves either total (MODEL.md 3.7).

    Plausible ones come first, then those beyond the plausible range, each by smallest relative
    change (a change from 0 has none and comes after the others); "no value" comes last.
    """
    rivals = tuple(others)
    found = [
        flip for each in inputs for flip in _flips_of(leader, rivals, each, {**today, each.name: each.today})
    ]
    return tuple(sorted(found, key=closeness))


def closeness(flip: Flip) -> tuple[bool, bool, bool, float]:
    """Sorting key: plausible flips first, each by smallest relative change, those without a value last."""
    change = flip.change_share
    return flip.value is None, not flip.is_plausible, change is None, abs(change or 0.0)


def _flips_of(
    leader: CostModel, others: Sequence[CostModel], each: UncertainInput, today: Values
) -> Iterator[Flip]:
    """The flips of one input; the leader's curve serves all pairs."""
    moved = [other for other in others if each.name in leader.moved_by | other.moved_by]
    if not moved:
        return
    is_costly = any(each.name in model.one_by_one for model in (leader, *moved))
    points = _scan_points(each, is_costly)
    leader_usd = leader.curve_usd(each.name, points, today)
    for other in moved:
        other_usd = other.curve_usd(each.name, points, today)
        gap = _without_noise(leader_usd - other_usd, leader_usd + other_usd)
        yield Flip(each, leader.label, other.label, _turning_point(leader, other, each, (points, gap), today))


def _scan_points(each: UncertainInput, is_costly: bool) -> FloatArray:
    """Where the totals are compared, ascending: over the searched range, and at today's value."""
    low, high = each.searched
    if each.is_whole:
        return np.arange(round(low), round(high) + 1, dtype=np.float64)
    if each.is_log:
        grid = np.geomspace(low, high, LOG_SCAN_POINTS)
    else:
        grid = np.linspace(low, high, FEW_POINTS if is_costly else SCAN_POINTS)
    return np.union1d(grid, each.today)


def _without_noise(gap_usd: FloatArray, money_usd: FloatArray) -> FloatArray:
    return np.where(np.abs(gap_usd) <= TIE_SHARE * money_usd, 0.0, gap_usd)


def _turning_point(
    leader: CostModel,
    other: CostModel,
    each: UncertainInput,
    scan: tuple[FloatArray, FloatArray],
    today: Values,
) -> float | None:
    """The value nearest today at which the gap changes sign; `scan` is (points, gap at each)."""
    points, gap = scan
    if each.is_whole:
        first, last = int(points[0]), int(points[-1])
        start = min(last, max(first, round(each.today)))
        return solve_for_whole(lambda value: float(gap[value - first]), first, last, start)
    difference = cost_difference(leader, other)
    brackets = _sign_changes(points, gap)
    roots = (
        solve_for(lambda value: difference({**today, each.name: value}), low, high, each.today)
        for low, high in brackets
    )
    return min(
        (root for root in roots if root is not None), key=lambda root: _distance(root, each), default=None
    )


def _sign_changes(points: FloatArray, gap: FloatArray) -> list[tuple[float, float]]:
    nonzero = np.flatnonzero(gap)
    before, after = nonzero[:-1], nonzero[1:]
    turns = np.sign(gap[before]) != np.sign(gap[after])
    return list(zip(points[before[turns]].tolist(), points[after[turns]].tolist(), strict=True))


def _distance(value: float, each: UncertainInput) -> float:
    """How far from today: the difference, or how many times as much where magnitudes are searched."""
    if not each.is_log:
        return abs(value - each.today)
    return abs(math.log(value / max(each.today, each.searched[0])))
