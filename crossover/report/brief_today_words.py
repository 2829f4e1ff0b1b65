"""Whether a decision still stands on a later day, in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from crossover.comparison import CLOSE_CALL_SHARE
from crossover.numbers import share, usd
from crossover.report.brief import Brief
from crossover.report.brief_today import RowToday, Today
from crossover.words import say


class Standing(StrEnum):
    """What a later day did to a decision; `open`: there was no decision to begin with."""

    STANDS = "stands"
    IN_DOUBT = "in doubt"
    FALLEN = "does not stand"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class StandingWords:
    """Whether the decision stands, and the sentence that says it."""

    standing: Standing
    sentence: str


def standing_words(brief: Brief, today: Today) -> StandingWords:
    """Compares cost only; how sure the answer was is not drawn again.

    No decision stands with a lead under 5 %, as none is made with it (MODEL.md 5.5).
    """
    if not brief.ranked:
        return StandingWords(
            Standing.OPEN, say("Nothing could be recommended then, so there is nothing to check.")
        )
    if not today.choosable:
        words = say(
            "The decision does not stand: {obstacles}, and nothing else can be chosen.",
            obstacles=_obstacles(today),
        )
        return StandingWords(Standing.FALLEN, words)
    if not brief.is_decided:
        return _undecided(today)
    return _decided(brief.ranked[0].id, today)


def _undecided(today: Today) -> StandingWords:
    first = today.choosable[0]
    return StandingWords(
        Standing.OPEN,
        say(
            "It was too close to call then. At the prices of {day}, {strategy} costs least of what can still "
            "be chosen: {amount}.",
            day=today.on,
            strategy=first.label,
            amount=_amount(first),
        ),
    )


def _decided(chosen: str, today: Today) -> StandingWords:
    own = next(row for row in today.rows if row.id == chosen)
    others = [row for row in today.choosable if row.id != chosen]
    if not own.can_be_chosen:
        return _gone(own, others[0])
    if not others:
        words = say(
            "The decision stands: only {strategy} can be chosen, {amount}.",
            strategy=own.label,
            amount=_amount(own),
        )
        return StandingWords(Standing.STANDS, words)
    return _against(own, others[0])


def _gone(own: RowToday, next_one: RowToday) -> StandingWords:
    """The choice cannot be had any more."""
    return StandingWords(
        Standing.FALLEN,
        say(
            "The decision does not stand: {strategy} can no longer be chosen, {obstacle}. Of the others, "
            "{other} costs least: {amount}.",
            strategy=own.label,
            obstacle=own.obstacle,
            other=next_one.label,
            amount=_amount(next_one),
        ),
    )


def _against(own: RowToday, next_one: RowToday) -> StandingWords:
    """The choice beside the best of the others."""
    named = {
        "strategy": own.label,
        "amount": _amount(own),
        "other": next_one.label,
        "other_amount": _amount(next_one),
    }
    lead = _lead(own, next_one)
    if lead is not None and lead >= CLOSE_CALL_SHARE:
        words = say(
            "The decision stands: {strategy} still costs least, {amount}. Next is {other} with "
            "{other_amount}, {lead} more.",
            lead=share(lead),
            **named,
        )
        return StandingWords(Standing.STANDS, words)
    if _lead(next_one, own) is not None:
        words = say(
            "The decision does not stand on cost: {strategy} {amount}, {other} {other_amount}.", **named
        )
        return StandingWords(Standing.FALLEN, words)
    words = say(
        "The decision is in doubt, it is close now: {strategy} {amount}, {other} {other_amount}.", **named
    )
    return StandingWords(Standing.IN_DOUBT, words)


def _lead(first: RowToday, second: RowToday) -> float | None:
    """By how much `second` costs more at the very least; None where it may cost less."""
    high, low = first.high_usd, second.low_usd
    if high is None or low is None or low < high:
        return None
    return low / high - 1 if high else 0.0


def _amount(row: RowToday) -> str:
    return amount_words(row.low_usd, row.high_usd)


def amount_words(low: float | None, high: float | None) -> str:
    """A cost, or the range it lies in."""
    if low is None or high is None or usd(low) == usd(high):
        return usd(low)
    return say("{low} to {high}", low=usd(low), high=usd(high))


def _obstacles(today: Today) -> str:
    """Why nothing can be chosen, each reason once."""
    named: dict[str, list[str]] = {}
    for row in today.rows:
        named.setdefault(row.obstacle or say("its cost is unknown"), []).append(row.label)
    return "; ".join(f"{', '.join(labels)}: {reason}" for reason, labels in named.items())
