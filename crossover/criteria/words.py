"""Sentences about weights, built from numbers and never parsed back (MODEL.md F6.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crossover.numbers import share
from crossover.words import in_sentence, mark, say

MORE = mark("{rival} overtakes {leader} if {criterion} weighs more than {then} (now {now}).")
LESS = mark("{rival} overtakes {leader} if {criterion} weighs less than {then} (now {now}).")


@dataclass(frozen=True, slots=True)
class TieWeight:
    """Where the weight of one criterion makes `rival` catch up with `leader`; None: no weight does."""

    leader: str
    rival: str
    criterion: str
    weight_today: float
    weight: float | None


def tie_sentence(tie: TieWeight, labels: Mapping[str, str] | None = None) -> str:
    """For example: "RAG overtakes prompt engineering if cost weighs less than 28 % (now 40 %).".

    `labels` are names to show for what `tie` calls leader, rival and criterion.
    """
    named = labels or {}
    leader, rival, criterion = (named.get(name, name) for name in (tie.leader, tie.rival, tie.criterion))
    words = {"criterion": in_sentence(criterion), "rival": rival, "leader": in_sentence(leader)}
    if tie.weight is None:
        return say("No weight of {criterion} puts {rival} ahead of {leader}.", **words)
    way = MORE if tie.weight > tie.weight_today else LESS
    return say(way, then=share(tie.weight), now=share(tie.weight_today), **words)
