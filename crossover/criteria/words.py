"""Sentences about weights, built from numbers and never parsed back (MODEL.md F6.4)."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.numbers import share


@dataclass(frozen=True, slots=True)
class TieWeight:
    """Where the weight of one criterion makes `rival` catch up with `leader`; None: no weight does."""

    leader: str
    rival: str
    criterion: str
    weight_today: float
    weight: float | None


def tie_sentence(tie: TieWeight) -> str:
    """For example: "RAG overtakes prompt engineering if cost weighs less than 28 % (now 40 %)."."""
    if tie.weight is None:
        return f"No weight of {tie.criterion} puts {tie.rival} ahead of {tie.leader}."
    way = "more" if tie.weight > tie.weight_today else "less"
    now, then = share(tie.weight_today), share(tie.weight)
    return f"{tie.rival} overtakes {tie.leader} if {tie.criterion} weighs {way} than {then} (now {now})."
