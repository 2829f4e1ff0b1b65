"""The sentence a manager can repeat, and the two or three that stand under it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from crossover.calendar import add_months
from crossover.comparison import Comparison, Outcome, PairCrossing
from crossover.cost.crossings import VolumeStatus, horizon_break_even_volume
from crossover.cost.estimate import traffic_of
from crossover.gates import most_requests_per_month
from crossover.numbers import compact, factor, month, share, usd
from crossover.uncertainty import Standing, measure_next_sentence, standing_sentences
from crossover.whatif import Sureness, gap_sentence, gap_splits, sureness, tornado_bars

SIMILAR_FACTOR = 1.5
MOST_NAMED = 4
FROM_THE_START_MONTHS = 0.05
"""A crossing within the first day or two is no news."""


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
    scenario = comparison.scenario
    span = f"over {scenario.horizon_months} months at {compact(scenario.requests_per_month)} requests a month"
    if comparison.is_close:
        first, second = comparison.ranked[:2]
        return (
            f"Too close to call: {_name(first)} and {_name(second, later=True)} cost about the same {span} "
            f"({usd(first.total_usd)} and {usd(second.total_usd)})."
        )
    if not sure.is_clear:
        likeliest, next_one = (_often(comparison, standing) for standing in sure.standings[:2])
        return f"Too close to call: {span}, {likeliest} of {sure.draws:,} runs and {next_one}."
    return f"{_name(leader)} costs least: {usd(leader.total_usd)} {span}."


def _often(comparison: Comparison, standing: Standing) -> str:
    name = _name(comparison.outcome(standing.strategy), later=True)
    return f"{name} was cheapest in {share(standing.cheapest_share or 0.0)}"


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
    day = comparison.scenario.price_date.isoformat()
    return f"Nothing can be recommended for {day}: every strategy lacks data, a price or a way to buy it."


def _lead(comparison: Comparison, leader: Outcome, sure: Sureness) -> tuple[str, ...]:
    others = [outcome for outcome in comparison.ranked[1:] if outcome.total_usd and leader.total_usd]
    if not others or not sure.is_clear:
        return ()
    parts = [f"{_name(other)} {_dearer(other, leader)}" for other in others[:MOST_NAMED]]
    rest = len(others) - MOST_NAMED
    if rest > 0:
        parts.append(f"{rest} more {'cost' if rest > 1 else 'costs'} still more")
    return (_sentence(parts),)


def _dearer(other: Outcome, leader: Outcome) -> str:
    ratio = (other.total_usd or 0.0) / (leader.total_usd or 1.0)
    if ratio < SIMILAR_FACTOR:
        return f"costs {share(ratio - 1)} more"
    return f"costs {factor(ratio)} times as much"


def _documents(leader: Outcome) -> tuple[str, ...]:
    """The cheapest strategy may be cheap because it leaves the team's documents out; say so."""
    if not any(gate.id == "documents" for gate in leader.gates):
        return ()
    name = _name(leader)
    return (f"{name} never reads your documents: if the answers stand there, weigh it against RAG.",)


def _people(leader: Outcome) -> tuple[str, ...]:
    if leader.cost is None or not leader.cost.people_share:
        return ()
    total = leader.total_usd or 0.0
    people = total * leader.cost.people_share
    of_it = f"Of the {usd(total)} for {_name(leader, later=True)}"
    return (f"{of_it}, {usd(people)} is people's time and {usd(total - people)} is what providers charge.",)


def _overtakers(comparison: Comparison, leader: Outcome) -> tuple[str, ...]:
    """The volume nearest to today's at which another strategy is the cheaper one (MODEL.md F3.4).

    Caching is taken as it is now.
    """
    others = comparison.ranked[1:]
    found = [turn for other in others if (turn := _turning_volume(comparison, leader, other))]
    if not found:
        return ("No volume alone would change that.",) if others else ()
    today = max(comparison.scenario.requests_per_month, 1.0)
    volume, is_above, other = min(found, key=lambda turn: abs(math.log(turn[0] / today)))
    side = "above" if is_above else "below"
    most = most_requests_per_month(other.plan, other.subject.scenario)
    beyond = " (not reachable at the current limit)" if most is not None and volume > most else ""
    return (f"{_name(other)} becomes cheaper {side} about {compact(volume)} requests a month{beyond}.",)


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
    when = f"month {month(pair.crossing.month)} ({day.strftime('%B %Y')})"
    return (f"{_name(after)} is cheaper than {_name(before, later=True)} for good from {when}.",)


def _kept_out(comparison: Comparison) -> tuple[str, ...]:
    out = [outcome for outcome in comparison.outcomes if not outcome.is_ranked]
    return tuple(
        f"{_name(outcome)} is not ranked: {outcome.gates[0].reason}" for outcome in out if outcome.gates
    )


def _name(outcome: Outcome, later: bool = False) -> str:
    """The label as it stands in a sentence; abbreviations keep their capitals."""
    label = outcome.strategy.label
    return label if not later or label.isupper() else label[0].lower() + label[1:]


def _sentence(parts: list[str]) -> str:
    later = [part if part.split()[0].isupper() else part[0].lower() + part[1:] for part in parts[1:]]
    joined = [parts[0], *later]
    text = joined[0] if len(joined) == 1 else ", ".join(joined[:-1]) + " and " + joined[-1]
    return text + "."
