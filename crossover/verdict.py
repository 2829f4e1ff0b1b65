"""The sentence a manager can repeat, and the two or three that stand under it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from crossover.calendar import add_months
from crossover.comparison import Comparison, Outcome, PairCrossing
from crossover.cost.crossings import VolumeStatus, horizon_break_even_volume
from crossover.cost.estimate import traffic_of
from crossover.gates import most_requests_per_month
from crossover.numbers import compact, factor, month, share, usd
from crossover.uncertainty import measure_next_sentence, standing_sentences
from crossover.whatif import Sureness, gap_sentence, gap_splits, sureness, tornado_bars
from crossover.words import in_sentence, listed, mark, month_words, say, say_count

SIMILAR_FACTOR = 1.5
MOST_NAMED = 4
FROM_THE_START_MONTHS = 0.05
"""A crossing within the first day or two is no news."""
ABOVE = mark("{name} becomes cheaper above about {volume} requests a month{note}.")
BELOW = mark("{name} becomes cheaper below about {volume} requests a month{note}.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`headline` is one sentence; `reasons` are short sentences, most important first."""

    headline: str
    reasons: tuple[str, ...]
    is_decided: bool


def verdict(comparison: Comparison, sure: Sureness | None = None) -> Verdict:
    """What the comparison says, in words.

    No winner is named when the lead is under 5 %, or when the cheapest today is cheapest in fewer
    than four of five runs (MODEL.md 5.5); then the first reason says which input to measure next.
    `sure` saves drawing again for a caller who already has it.
    """
    leader = comparison.leader
    if leader is None:
        return Verdict(_nothing_to_rank(comparison), _kept_out(comparison), is_decided=False)
    sure = sure or sureness(comparison)
    reasons = (
        *_measure_next(sure),
        *_lead(comparison, leader, sure),
        *_chance(sure),
        *_documents(leader),
        *_people(leader),
        *_overtakers(comparison, leader),
        *_last_crossing(comparison),
        *map(gap_sentence, gap_splits(comparison)),
        *_kept_out(comparison),
    )
    return Verdict(_headline(comparison, leader, sure), reasons, is_decided=sure.is_clear)


def _headline(comparison: Comparison, leader: Outcome, sure: Sureness) -> str:
    frame = {
        "span": say_count("{n} month", "{n} months", comparison.scenario.horizon_months),
        "volume": compact(comparison.scenario.requests_per_month),
    }
    if comparison.is_close:
        return _close(comparison, frame)
    if not sure.is_clear:
        return _unclear(comparison, sure, frame)
    return say(
        "{leader} costs least: {usd} over {span} at {volume} requests a month.",
        leader=leader.strategy.label,
        usd=usd(leader.total_usd),
        **frame,
    )


def _close(comparison: Comparison, frame: Mapping[str, str]) -> str:
    first, second = comparison.ranked[:2]
    return say(
        "Too close to call: {first} and {second} cost about the same over {span} at {volume} requests a "
        "month ({first_usd} and {second_usd}).",
        first=first.strategy.label,
        second=in_sentence(second.strategy.label),
        first_usd=usd(first.total_usd),
        second_usd=usd(second.total_usd),
        **frame,
    )


def _unclear(comparison: Comparison, sure: Sureness, frame: Mapping[str, str]) -> str:
    first, second = sure.standings[:2]
    return say(
        "Too close to call: over {span} at {volume} requests a month, {first} was cheapest in {first_share} "
        "of {draws:,} runs and {second} was cheapest in {second_share}.",
        first=_later(comparison.outcome(first.strategy)),
        first_share=share(first.cheapest_share or 0.0),
        draws=sure.draws,
        second=_later(comparison.outcome(second.strategy)),
        second_share=share(second.cheapest_share or 0.0),
        **frame,
    )


def _measure_next(sure: Sureness) -> tuple[str, ...]:
    """While no winner can be named: the input whose value would tell most (MODEL.md 5.5)."""
    words = "" if sure.is_clear else measure_next_sentence(tornado_bars(sure))
    return (words,) if words else ()


def _chance(sure: Sureness) -> tuple[str, ...]:
    """How often the named winner was cheapest, and what choosing it costs in hindsight (5.5)."""
    leader, found = sure.leader, sure.comparison.leader
    if leader is None or found is None or not sure.is_clear or len(sure.models) < 2:
        return ()
    return standing_sentences(leader, found.strategy.label, sure.draws)[:1]


def _nothing_to_rank(comparison: Comparison) -> str:
    return say(
        "Nothing can be recommended for {day}: every strategy lacks data, a price or a way to buy it.",
        day=comparison.scenario.price_date,
    )


def _lead(comparison: Comparison, leader: Outcome, sure: Sureness) -> tuple[str, ...]:
    others = [outcome for outcome in comparison.ranked[1:] if outcome.total_usd and leader.total_usd]
    if not others or not sure.is_clear:
        return ()
    first, *later = others[:MOST_NAMED]
    parts = [
        _dearer(first.strategy.label, first, leader),
        *(_dearer(_later(each), each, leader) for each in later),
    ]
    rest = len(others) - MOST_NAMED
    if rest > 0:
        parts.append(say_count("{n} more costs still more", "{n} more cost still more", rest))
    return (f"{listed(parts)}.",)


def _dearer(name: str, other: Outcome, leader: Outcome) -> str:
    ratio = (other.total_usd or 0.0) / (leader.total_usd or 1.0)
    if ratio < SIMILAR_FACTOR:
        return say("{name} costs {share} more", name=name, share=share(ratio - 1))
    return say("{name} costs {factor} times as much", name=name, factor=factor(ratio))


def _documents(leader: Outcome) -> tuple[str, ...]:
    """The cheapest strategy may be cheap because it leaves the team's documents out; say so."""
    if not any(gate.id == "documents" for gate in leader.gates):
        return ()
    sentence = say(
        "{name} never reads your documents: if the answers stand there, weigh it against RAG.",
        name=leader.strategy.label,
    )
    return (sentence,)


def _people(leader: Outcome) -> tuple[str, ...]:
    if leader.cost is None or not leader.cost.people_share:
        return ()
    total = leader.total_usd or 0.0
    people = total * leader.cost.people_share
    sentence = say(
        "Of the {total} for {name}, {people} is people's time and {billed} is what providers charge.",
        total=usd(total),
        name=_later(leader),
        people=usd(people),
        billed=usd(total - people),
    )
    return (sentence,)


def _overtakers(comparison: Comparison, leader: Outcome) -> tuple[str, ...]:
    """The volume nearest to today's at which another strategy is the cheaper one (MODEL.md F3.4).

    Caching is taken as it is now.
    """
    others = comparison.ranked[1:]
    found = [turn for other in others if (turn := _turning_volume(comparison, leader, other))]
    if not found:
        return (say("No volume alone would change that."),) if others else ()
    today = max(comparison.scenario.requests_per_month, 1.0)
    volume, is_above, other = min(found, key=lambda turn: abs(math.log(turn[0] / today)))
    most = most_requests_per_month(other.plan, other.subject.scenario)
    is_beyond = most is not None and volume > most
    note = " " + say("(not reachable at the current limit)") if is_beyond else ""
    sentence = ABOVE if is_above else BELOW
    return (say(sentence, name=other.strategy.label, volume=compact(volume), note=note),)


def _turning_volume(
    comparison: Comparison, leader: Outcome, other: Outcome
) -> tuple[float, bool, Outcome] | None:
    """(volume, whether `other` is cheaper above it, other); None when no volume turns the two."""
    if leader.cost is None or other.cost is None:
        return None
    found = horizon_break_even_volume(
        leader.cost.classes, other.cost.classes, traffic_of(comparison.scenario)
    )
    if not found.volume:
        return None
    return found.volume, found.status is VolumeStatus.B_CHEAPER_ABOVE, other


def last_crossing(comparison: Comparison) -> PairCrossing | None:
    """The last crossing after which the leader is the cheaper one for good."""
    leader = comparison.leader
    taken = [pair for pair in comparison.crossings if leader and pair.after == leader.strategy.id]
    return taken[-1] if taken else None


def _last_crossing(comparison: Comparison) -> tuple[str, ...]:
    pair = last_crossing(comparison)
    if pair is None:
        return ()
    after, before = comparison.outcome(pair.after), comparison.outcome(pair.before)
    day = add_months(comparison.scenario.price_date, int(pair.crossing.month))
    if pair.crossing.month < FROM_THE_START_MONTHS:
        return ()
    sentence = say(
        "{after} is cheaper than {before} for good from month {month} ({calendar_month}).",
        after=after.strategy.label,
        before=_later(before),
        month=month(pair.crossing.month),
        calendar_month=month_words(day),
    )
    return (sentence,)


def _kept_out(comparison: Comparison) -> tuple[str, ...]:
    out = [outcome for outcome in comparison.outcomes if not outcome.is_ranked and outcome.gates]
    return tuple(
        say("{name} is not ranked: {reason}", name=each.strategy.label, reason=each.gates[0].reason)
        for each in out
    )


def _later(outcome: Outcome) -> str:
    """The label as it stands inside a sentence."""
    return in_sentence(outcome.strategy.label)
