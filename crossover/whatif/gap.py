"""How much of a gap is the strategy and how much the model it runs on (PEERS.md b1)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from crossover.comparison import Comparison, Outcome
from crossover.cost.estimate import estimate
from crossover.cost.subject import Subject
from crossover.numbers import usd
from crossover.prices import host_label
from crossover.words import in_sentence, say


@dataclass(frozen=True, slots=True)
class GapSplit:
    """What `other` costs more than `leader` over the horizon, in US dollars: the two parts add up to it.

    The parts are None when a strategy has no price on the other one's model.
    """

    leader: Outcome
    other: Outcome
    gap_usd: float
    model_usd: float | None
    strategy_usd: float | None


def gap_splits(comparison: Comparison) -> tuple[GapSplit, ...]:
    """One split per strategy on another model than the leader's, cheapest first; () on one model."""
    leader = comparison.leader
    if leader is None:
        return ()
    others = (each for each in comparison.ranked[1:] if _model(each) != _model(leader))
    return tuple(gap_split(leader, other) for other in others)


def gap_split(leader: Outcome, other: Outcome) -> GapSplit:
    """Change the model first or the strategy first: the mean of both ways is each one's part."""
    start, end = leader.total_usd or 0.0, other.total_usd or 0.0
    leader_elsewhere = _total_usd(_on(leader.subject, other.subject))
    other_here = _total_usd(_on(other.subject, leader.subject))
    if leader_elsewhere is None or other_here is None:
        return GapSplit(leader, other, end - start, None, None)
    model = ((leader_elsewhere - start) + (end - other_here)) / 2
    strategy = ((other_here - start) + (end - leader_elsewhere)) / 2
    return GapSplit(leader, other, end - start, model, strategy)


def gap_sentence(split: GapSplit) -> str:
    """The split in words."""
    words = {
        "other": split.other.strategy.label,
        "leader": in_sentence(split.leader.strategy.label),
        "gap": usd(split.gap_usd),
        "model": _model_words(split.other),
        "base": _model_words(split.leader),
    }
    if split.model_usd is None or split.strategy_usd is None:
        return say(
            "{other} costs {gap} more than {leader}; how much of it is {model} instead of {base} cannot be "
            "told: one of them has no price on the other.",
            **words,
        )
    return say(
        "{other} costs {gap} more than {leader}: {model_usd} of it is the model and where it runs "
        "({model} instead of {base}), {strategy_usd} the strategy.",
        model_usd=usd(split.model_usd),
        strategy_usd=usd(split.strategy_usd),
        **words,
    )


def _model_words(outcome: Outcome) -> str:
    host, model = _model(outcome)
    return say("{model} at {host}", model=model, host=host_label(host))


def _model(outcome: Outcome) -> tuple[str, str]:
    return outcome.subject.quote.host, outcome.subject.quote.model


def _on(subject: Subject, world: Subject) -> Subject:
    """The strategy in the other one's world: its model, its prices, tokens as that model counts."""
    return replace(subject, profile=world.profile, scenario=world.scenario, quote=world.quote)


def _total_usd(subject: Subject) -> float | None:
    cost = estimate(subject.plan, subject.quote, subject.scenario)
    return cost.total.value if cost else None
