"""One thing the data says, in a sentence somebody can decide by."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.figure import Figure
from crossover.words import localised

PROMPTING, RAG, TOOLS, TUNING = "prompting", "rag", "tools", "tuning"
ALL = (PROMPTING, RAG, TOOLS, TUNING)


@dataclass(frozen=True, slots=True)
class Finding:
    """`sentence` says what the `figures` mean; `matters_for` names the strategies they speak about."""

    id: str
    label: str
    figures: tuple[Figure, ...]
    sentence: str
    matters_for: tuple[str, ...]


def points(share: float) -> str:
    """A difference of shares in percentage points."""
    return localised(f"{100 * share:.0f}" if abs(share) >= 0.0095 else f"{100 * share:.1f}")
