"""How accurate anything can be when the same question carries different labels (MODEL.md 7.4, W28)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from crossover.evidence.sampling import blocks
from crossover.tokens import Progress

_BLOCK = 5_000


@dataclass(frozen=True, slots=True)
class ConflictingGroup:
    """Rows with one input and several labels; `labels` with their counts, the most frequent first."""

    rows: tuple[int, ...]
    labels: tuple[tuple[str, int], ...]

    @property
    def lost_rows(self) -> int:
        """Rows that any single answer to this input gets wrong."""
        return len(self.rows) - self.labels[0][1]


@dataclass(frozen=True, slots=True)
class LabelCeiling:
    """The best accuracy these labels allow (0..1) and the groups that keep it below 1, worst first."""

    accuracy_share: float
    n: int
    conflicts: tuple[ConflictingGroup, ...]


def label_ceiling(
    inputs: Sequence[Hashable], labels: Sequence[str], progress: Progress | None = None
) -> LabelCeiling | None:
    """Accuracy of whoever gives each distinct input its most frequent label (MODEL.md 7.4, W28).

    `inputs` and `labels` are compared as they are: normalise them first. None without rows; raises
    ValueError when the two differ in length. `progress` hears the share done, 0 to 1; what it raises
    stops the work.
    """
    pairs = list(zip(inputs, labels, strict=True))
    rows_of: defaultdict[Hashable, list[int]] = defaultdict(list)
    counts_of: defaultdict[Hashable, Counter[str]] = defaultdict(Counter)
    for part in blocks(len(pairs), _BLOCK, progress):
        for row, (text, label) in enumerate(pairs[part], start=part.start):
            rows_of[text].append(row)
            counts_of[text][label] += 1
    if not rows_of:
        return None
    conflicts = [
        ConflictingGroup(tuple(rows_of[text]), tuple(counts.most_common()))
        for text, counts in counts_of.items()
        if len(counts) > 1
    ]
    lost = sum(group.lost_rows for group in conflicts)
    worst_first = sorted(conflicts, key=lambda group: -group.lost_rows)
    return LabelCeiling(1 - lost / len(inputs), len(inputs), tuple(worst_first))
