"""One thing the data says, in a sentence somebody can decide by."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.figure import Figure

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
    return f"{100 * share:.0f}" if abs(share) >= 0.0095 else f"{100 * share:.1f}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: 1 row, 2 rows, 1,200 rows."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
