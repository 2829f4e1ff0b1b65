"""Which strategies changed places between two comparisons, and from which volume on one is the cheaper."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from crossover.comparison import Comparison, Outcome
from crossover.cost.crossings import VolumeStatus, horizon_break_even_volume
from crossover.cost.estimate import traffic_of
from crossover.numbers import compact, usd
from crossover.words import in_sentence, say

MOST_TURNS = 4
LEAST_MOVE_SHARE = 0.05
"""A turning volume that moved by less is no news."""


@dataclass(frozen=True, slots=True)
class _Side:
    """Where `one` is cheaper than `other`: above `volume`, below it, or, where there is none, `always`."""

    one: Outcome
    other: Outcome
    volume: float | None
    is_cheaper_above: bool
    is_cheaper: bool

    @classmethod
    def of(cls, comparison: Comparison, one_id: str, other_id: str) -> _Side | None:
        """The two in one comparison; None where one of them has no cost or cannot be chosen."""
        ranked = {outcome.strategy.id: outcome for outcome in comparison.ranked}
        one, other = ranked.get(one_id), ranked.get(other_id)
        if one is None or other is None or one.cost is None or other.cost is None:
            return None
        found = horizon_break_even_volume(
            one.cost.classes, other.cost.classes, traffic_of(comparison.scenario)
        )
        above = found.status in (VolumeStatus.A_CHEAPER_ABOVE, VolumeStatus.A_ALWAYS_CHEAPER)
        is_cheaper = (one.total_usd or 0.0) < (other.total_usd or 0.0)
        return cls(one, other, found.volume or None, above, is_cheaper)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One sentence; `distance` says how far from the volume decided for it happens, in powers of e."""

    sentence: str
    distance: float


def turn_sentences(before: Comparison, after: Comparison) -> tuple[str, ...]:
    """What changed in the order, the nearest to today's volume first (MODEL.md F3.4).

    Looks at the cheapest strategy of either side against each that both rank: one sentence where the
    volume at which the two turn has moved, come or gone, or where they changed places without one.
    """
    volume = max(after.scenario.requests_per_month, 1.0)
    turns = [turn for pair in _pairs(before, after) if (turn := _turn(*pair, volume))]
    nearest = sorted(turns, key=lambda turn: turn.distance)
    return tuple(dict.fromkeys(turn.sentence for turn in nearest[:MOST_TURNS]))


def _pairs(before: Comparison, after: Comparison) -> Iterator[tuple[_Side, _Side]]:
    leaders = [each.leader.strategy.id for each in (after, before) if each.leader]
    seen: set[frozenset[str]] = set()
    for one in leaders:
        for other in (outcome.strategy.id for outcome in after.ranked):
            if one == other or frozenset((one, other)) in seen:
                continue
            seen.add(frozenset((one, other)))
            was, now = _Side.of(before, one, other), _Side.of(after, one, other)
            if was is not None and now is not None:
                yield was, now


def _turn(was: _Side, now: _Side, volume: float) -> _Turn | None:
    sentence = _sentence(was, now)
    if not sentence:
        return None
    known = [each for each in (was.volume, now.volume) if each]
    distance = min((abs(math.log(each / volume)) for each in known), default=0.0)
    return _Turn(sentence, distance)


def _sentence(was: _Side, now: _Side) -> str:
    """One sentence for what changed between the two; "" where nothing one could read did."""
    if was.volume and now.volume:
        return _moved(was, now) or _swapped(was, now)
    if now.volume:
        return _come(now)
    return _gone(was, now) if was.volume else _swapped(was, now)


def _moved(was: _Side, now: _Side) -> str:
    """The turning volume is another one; which of the two is cheaper above it may have changed as well."""
    old, new = was.volume or 0.0, now.volume or 0.0
    if was.is_cheaper_above is not now.is_cheaper_above:
        return _come(now)
    if abs(new / old - 1) < LEAST_MOVE_SHARE:
        return ""
    return say(
        "{strategy} is cheaper than {other} above {now} instead of {before} requests a month.",
        **_above(now),
        now=compact(new),
        before=compact(old),
    )


def _come(now: _Side) -> str:
    """There is a turning volume now, or it turns the other way."""
    return say(
        "{strategy} is now cheaper than {other} above {volume} requests a month, and dearer below.",
        **_above(now),
        volume=compact(now.volume or 0.0),
    )


def _gone(was: _Side, now: _Side) -> str:
    """No volume turns the two any more."""
    old = compact(was.volume or 0.0)
    if was.is_cheaper_above is now.is_cheaper_above:
        return say(
            "{strategy} is now cheaper than {other} at every volume, not only above {volume} requests a "
            "month.",
            **_above(was),
            volume=old,
        )
    return say(
        "{strategy} is no longer cheaper than {other} above {volume} requests a month.",
        **_above(was),
        volume=old,
    )


def _swapped(was: _Side, now: _Side) -> str:
    """The two changed places at the volumes of their scenarios."""
    if was.is_cheaper is now.is_cheaper:
        return ""
    first, second = (now.one, now.other) if now.is_cheaper else (now.other, now.one)
    return say(
        "{strategy} now costs less than {other}: {total} against {other_total}.",
        strategy=first.strategy.label,
        other=in_sentence(second.strategy.label),
        total=usd(first.total_usd),
        other_total=usd(second.total_usd),
    )


def _above(side: _Side) -> dict[str, str]:
    """The two as a sentence names them, the one first that is cheaper above the volume."""
    first, second = (side.one, side.other) if side.is_cheaper_above else (side.other, side.one)
    return {"strategy": first.strategy.label, "other": in_sentence(second.strategy.label)}
