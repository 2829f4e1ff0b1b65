"""Are the answers labels, and how far does a plain classifier get with them? (MODEL.md 7.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from crossover.evidence.sampling import all_normalised
from crossover.tokens import Progress, count_many

MOST_LABELS = 200
LONGEST_MEAN_TOKENS = 8
ROWS_PER_LABEL = 5
SHARED_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class LabelSet:
    """Answers that are labels: each as it is written most often, the most frequent first, with its rows.

    `label_of_row` gives each row's place in `labels`, -1 for a row without an answer.
    """

    labels: tuple[str, ...]
    counts: tuple[int, ...]
    label_of_row: tuple[int, ...]

    @property
    def labelled(self) -> int:
        """Rows that carry a label."""
        return sum(self.counts)


def closed_label_set(answers: Sequence[str], progress: Progress | None = None) -> LabelSet | None:
    """The labels, if the answers are a closed set of them; else None (MODEL.md 7.3).

    Few different answers (at most a tenth of the rows, never over 200; two are always allowed),
    short ones (8 tokens on average), and four of five rows with an answer that five rows share.
    MODEL.md allows 50 labels; public intent sets such as Banking77 and CLINC150 have up to 151.
    `progress` hears the share done, 0 to 1; what it raises stops the work.
    """
    normal = all_normalised(answers, progress)
    counts = Counter(normal)
    del counts[""]
    rows = counts.total()
    if not counts or len(counts) > max(2, min(MOST_LABELS, rows / 10)):
        return None
    shared = sum(count for count in counts.values() if count >= ROWS_PER_LABEL)
    if shared < SHARED_SHARE * rows or _mean_tokens(answers) > LONGEST_MEAN_TOKENS:
        return None
    ordered = [label for label, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    places = {label: place for place, label in enumerate(ordered)} | {"": -1}
    written = _as_written(answers, normal)
    return LabelSet(
        tuple(written[label] for label in ordered),
        tuple(counts[label] for label in ordered),
        tuple(places[label] for label in normal),
    )


def _mean_tokens(answers: Sequence[str]) -> float:
    return float(np.mean(count_many([answer for answer in answers if answer])))


def _as_written(answers: Sequence[str], normal: Sequence[str]) -> dict[str, str]:
    """The commonest spelling of each normalised answer."""
    spellings = Counter(zip(normal, answers, strict=True))
    return {label: answer for (label, answer), _ in reversed(spellings.most_common())}
