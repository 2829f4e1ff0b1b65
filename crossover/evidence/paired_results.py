"""Two strategies on the same samples: the gap, its interval, and what chance explains (MODEL.md 7.8)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from crossover.evidence.intervals import mcnemar_p_value, two_sided_z
from crossover.evidence.judged_table import JudgedTable, Values
from crossover.evidence.sample_size import rows_paired

CHANCE_SHARE = 0.05
"""Below this chance of so uneven a split a difference counts as shown."""
SMALLEST_GAP_SHARE = 0.05
"""The gap an evaluation should at least be able to see, where two strategies show none (assumed)."""


@dataclass(frozen=True, slots=True)
class GapInterval:
    """Bounds of a difference of two shares, -1 <= low <= high <= 1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PairedComparison:
    """`first` against `second` on the `shared` samples that both answered.

    `only_first` and `only_second` count the samples on which that one did better. `gap_share` is how
    much more often `first` is right (never negative: the better one stands first); `p_value` the
    chance of so uneven a split were both equally good (exact McNemar).
    """

    first: str
    second: str
    shared: int
    only_first: int
    only_second: int
    gap_share: float
    interval: GapInterval
    p_value: float

    @property
    def differing_share(self) -> float:
        """Share of the shared samples on which the two differ, as measured."""
        return (self.only_first + self.only_second) / self.shared

    @property
    def is_shown(self) -> bool:
        """Whether chance does not explain the gap: uneven enough, and in its direction."""
        # with repeats the mean may favour one and the number of samples the other
        return self.p_value < CHANCE_SHARE and self.gap_share > 0 and self.only_first > self.only_second

    @property
    def samples_needed(self) -> int:
        """Shared samples that would show the gap four times out of five (F7.3), at the measured discordance.

        For two that are equally often right: those that would show a gap of SMALLEST_GAP_SHARE.
        """
        gap = self.gap_share or SMALLEST_GAP_SHARE
        return rows_paired(gap, min(1.0, max(self.differing_share, gap)))


def paired_comparison(table: JudgedTable, one: str, other: str) -> PairedComparison | None:
    """The two strategies on the samples both answered, the better one first; None without any."""
    columns = [table.correct[:, table.strategies.index(name)] for name in (one, other)]
    differences = columns[0] - columns[1]
    differences = differences[~np.isnan(differences)]
    if not differences.size:
        return None
    gap = round(float(differences.mean()), 12)  # repeats of equals may sum to a trace of a gap
    if gap < 0:
        one, other, gap, differences = other, one, -gap, -differences
    only_first, only_second = int((differences > 0).sum()), int((differences < 0).sum())
    return PairedComparison(
        first=one,
        second=other,
        shared=differences.size,
        only_first=only_first,
        only_second=only_second,
        gap_share=gap,
        interval=gap_interval(differences),
        p_value=mcnemar_p_value(only_first, only_second),
    )


def gap_interval(differences: Values, confidence_share: float = 0.95) -> GapInterval:
    """Interval of the mean of paired differences in -1..1, shape (n,), n > 0 (Bonett and Price 2012).

    One more sample is counted for either side, so that few samples, or two strategies that never
    differ, do not look certain. Repeats of a sample enter as its mean difference.
    """
    n = differences.size + 2
    centre = float(differences.sum()) / n
    variance = ((float((differences**2).sum()) + 2) / n - centre**2) / n
    half = two_sided_z(confidence_share) * math.sqrt(variance)
    return GapInterval(max(-1.0, centre - half), min(1.0, centre + half))
