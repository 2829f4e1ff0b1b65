"""Sentences about weights, built from numbers and never parsed back (MODEL.md F6.4)."""

from __future__ import annotations

from collections.abc import Mapping
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


def tie_sentence(tie: TieWeight, labels: Mapping[str, str] | None = None) -> str:
    """For example: "RAG overtakes prompt engineering if cost weighs less than 28 % (now 40 %).".

    `labels` are names to show for what `tie` calls leader, rival and criterion.
    """
    named = labels or {}
    leader, criterion = (_inside(named.get(name, name)) for name in (tie.leader, tie.criterion))
    rival = named.get(tie.rival, tie.rival)
    if tie.weight is None:
        return f"No weight of {criterion} puts {rival} ahead of {leader}."
    way = "more" if tie.weight > tie.weight_today else "less"
    now, then = share(tie.weight_today), share(tie.weight)
    return f"{rival} overtakes {leader} if {criterion} weighs {way} than {then} (now {now})."


def _inside(label: str) -> str:
    """A label as it stands inside a sentence; abbreviations keep their capitals."""
    return label[0].lower() + label[1:] if label.split(" ", maxsplit=1)[0].istitle() else label
