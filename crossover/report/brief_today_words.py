"""Whether a decision still stands on a later day, in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from crossover.comparison import CLOSE_CALL_SHARE
from crossover.numbers import share, usd
from crossover.report.brief import Brief
from crossover.report.brief_today import RowToday, Today


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
            Standing.OPEN, "Nothing could be recommended then, so there is nothing to check."
        )
    if not today.choosable:
        return StandingWords(
            Standing.FALLEN,
            f"The decision does not stand: {_obstacles(today)}, and nothing else can be chosen.",
        )
    if not brief.is_decided:
        first = today.choosable[0]
        return StandingWords(
            Standing.OPEN,
            f"It was too close to call then. At the prices of {today.on.isoformat()}, {first.label} costs "
            f"least of what can still be chosen: {_amount(first)}.",
        )
    return _decided(brief.ranked[0].id, today)


def _decided(chosen: str, today: Today) -> StandingWords:
    own = next(row for row in today.rows if row.id == chosen)
    others = [row for row in today.choosable if row.id != chosen]
    if not own.can_be_chosen:
        return StandingWords(
            Standing.FALLEN,
            f"The decision does not stand: {own.label} can no longer be chosen, {own.obstacle}. "
            f"Of the others, {others[0].label} costs least: {_amount(others[0])}.",
        )
    if not others:
        return StandingWords(
            Standing.STANDS, f"The decision stands: only {own.label} can be chosen, {_amount(own)}."
        )
    next_one = others[0]
    against = f"{own.label} {_amount(own)}, {next_one.label} {_amount(next_one)}"
    lead = _lead(own, next_one)
    if lead is not None and lead >= CLOSE_CALL_SHARE:
        return StandingWords(
            Standing.STANDS,
            f"The decision stands: {own.label} still costs least, {_amount(own)}. "
            f"Next is {next_one.label} with {_amount(next_one)}, {share(lead)} more.",
        )
    if _lead(next_one, own) is not None:
        return StandingWords(Standing.FALLEN, f"The decision does not stand on cost: {against}.")
    return StandingWords(Standing.IN_DOUBT, f"The decision is in doubt, it is close now: {against}.")


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
    return f"{usd(low)} to {usd(high)}"


def _obstacles(today: Today) -> str:
    """Why nothing can be chosen, each reason once."""
    named: dict[str, list[str]] = {}
    for row in today.rows:
        named.setdefault(row.obstacle or "its cost is unknown", []).append(row.label)
    return "; ".join(f"{', '.join(labels)}: {reason}" for reason, labels in named.items())
