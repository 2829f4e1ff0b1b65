"""What dirty training data costs: rows that teach nothing or the wrong thing, in dollars (MODEL.md F1.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from crossover.evidence.answer_format import answer_format
from crossover.evidence.label_ceiling import ConflictingGroup, label_ceiling
from crossover.evidence.sampling import blocks, part_of
from crossover.evidence.training_rows import TrainingExamples, until_last_answer
from crossover.figure import Figure, derived
from crossover.prices.types import TuningPrice
from crossover.samples.messages import example_findings
from crossover.tokens import Progress
from crossover.words import mark, say

_BLOCK = 5_000

_REJECTED = {
    *("last_not_assistant", "no_assistant", "empty_message"),
    *("bad_weight", "bad_arguments", "tool_without_id"),
}


class Defect(StrEnum):
    """Why a row should not be trained on as it is; a row counts under the first that fits.

    The values are English and said where they are shown.
    """

    WRONG_SHAPE = mark("not in the shape a tuning job takes")
    OVER_LONG = mark("longer than an example may be, so its answer is cut")
    DUPLICATE = mark("a copy of an earlier row")
    CONTRADICTION = mark("the same input with another answer")
    OFF_FORMAT = mark("an answer unlike the form of all others")


@dataclass(frozen=True, slots=True)
class DirtyRows:
    """The rows with one defect (0-based, and their lines) and the tokens billed for them over all epochs."""

    defect: Defect
    rows: tuple[int, ...]
    lines: tuple[int, ...]
    billed_tokens: float
    usd: float | None


@dataclass(frozen=True, slots=True)
class TrainingWaste:
    """Every defect that occurs; `usd` is None where the price of training is not known.

    `conflicts` are the groups of rows with one input and several answers. `usd_total` is what all
    rows cost, `billed_tokens` their tokens; neither knows minimum fees or free tokens. `mended_rows`
    have a defect that cutting off the messages after the last answer takes away.
    """

    dirty: tuple[DirtyRows, ...]
    conflicts: tuple[ConflictingGroup, ...]
    n: int
    epochs: int
    billed_tokens: float
    usd_per_mtok: float | None
    mended_rows: int

    @property
    def kept_rows(self) -> int:
        """Rows that a cleaned file holds: those without a defect and the mended ones."""
        return self.n - self.dirty_rows + self.mended_rows

    @property
    def dirty_tokens(self) -> float:
        """Tokens billed for all rows with a defect."""
        return sum(part.billed_tokens for part in self.dirty)

    @property
    def dirty_rows(self) -> int:
        """Rows with a defect, each once."""
        return sum(len(part.rows) for part in self.dirty)

    @property
    def usd(self) -> float | None:
        """What training on the rows with a defect costs."""
        return _usd(self.dirty_tokens, self.usd_per_mtok)

    @property
    def usd_total(self) -> float | None:
        """What training on all rows costs."""
        return _usd(self.billed_tokens, self.usd_per_mtok)

    def figure(self, tokens: Figure, price: Figure | None) -> Figure:
        """The dollars as a figure derived from the tokens and the price of training."""
        inputs = (tokens, price) if price else (tokens,)
        name = say("Training on rows with a defect")
        return derived(self.usd, "USD", say("tokens x epochs x price (F1.6)"), *inputs, name=name, n=self.n)


def training_waste(
    examples: TrainingExamples,
    epochs: int,
    price: TuningPrice | None,
    max_example_tokens: int | None = None,
    progress: Progress | None = None,
) -> TrainingWaste:
    """Find the rows with a defect and bill them: tokens, cut at the longest example, times epochs.

    `max_example_tokens` None takes the limit of `price`; without either no row is over-long.
    `progress` hears the share done, 0 to 1; what it raises stops the work.
    """
    limit = max_example_tokens or (price.max_example_tokens if price else None)
    billed = (np.minimum(examples.tokens, limit) if limit else examples.tokens) * epochs
    usd_per_mtok = price.training_usd_per_mtok if price else None
    conflicts = _conflicts(examples, part_of(progress, 0.0, 0.2))
    refused = _REJECTED if price is not None and not price.text_only else _REJECTED | {"not_only_text"}
    marked = _marked(
        examples, limit, conflicts, _refused_rows(examples, refused, part_of(progress, 0.2, 1.0))
    )
    dirty = []
    for defect in Defect:
        rows = np.flatnonzero(marked == list(Defect).index(defect))
        if len(rows):
            lines = tuple(examples.lines[row] for row in rows.tolist())
            tokens = float(billed[rows].sum())
            dirty.append(DirtyRows(defect, tuple(rows.tolist()), lines, tokens, _usd(tokens, usd_per_mtok)))
    billed_tokens, mended = float(billed.sum()), _mended_rows(examples, dirty)
    return TrainingWaste(tuple(dirty), conflicts, len(examples), epochs, billed_tokens, usd_per_mtok, mended)


def _mended_rows(examples: TrainingExamples, dirty: Sequence[DirtyRows]) -> int:
    wrong = (row for part in dirty if part.defect is Defect.WRONG_SHAPE for row in part.rows)
    return sum(until_last_answer(examples.messages[row]) is not None for row in wrong)


def _usd(tokens: float, usd_per_mtok: float | None) -> float | None:
    return None if usd_per_mtok is None else tokens * usd_per_mtok / 1e6


def _conflicts(examples: TrainingExamples, progress: Progress | None) -> tuple[ConflictingGroup, ...]:
    ceiling = label_ceiling(examples.inputs, examples.answers, progress)
    return ceiling.conflicts if ceiling else ()


def _marked(
    examples: TrainingExamples,
    limit: int | None,
    conflicts: Sequence[ConflictingGroup],
    wrong_shape: list[int],
) -> NDArray[np.int64]:
    """The place of each row's first defect, -1 for a clean row, shape (n,)."""
    found = {
        Defect.WRONG_SHAPE: wrong_shape,
        Defect.OVER_LONG: np.flatnonzero(examples.tokens > limit).tolist() if limit else [],
        Defect.DUPLICATE: _copies(examples),
        Defect.CONTRADICTION: [row for group in conflicts for row in rows_to_drop(group, examples.answers)],
        Defect.OFF_FORMAT: _off_format(examples),
    }
    marked = np.full(len(examples), -1)
    for place, defect in reversed(list(enumerate(Defect))):
        marked[found[defect]] = place
    return marked


def _refused_rows(examples: TrainingExamples, refused: set[str], progress: Progress | None) -> list[int]:
    """Rows with a fault a job refuses."""
    rows: list[int] = []
    for part in blocks(len(examples), _BLOCK, progress):
        for row in range(part.start, part.stop):
            messages = examples.messages[row]
            if refused.intersection(example_findings(messages, messages)):
                rows.append(row)
    return rows


def _copies(examples: TrainingExamples) -> list[int]:
    """Rows whose input and answer both stand in an earlier row."""
    seen: set[tuple[str, str]] = set()
    copies = []
    for row, pair in enumerate(zip(examples.inputs, examples.answers, strict=True)):
        if pair in seen:
            copies.append(row)
        seen.add(pair)
    return copies


def rows_to_drop(group: ConflictingGroup, answers: Sequence[str]) -> list[int]:
    """All rows but those with the most frequent answer; all rows when no answer leads."""
    (best, most), *others = group.labels
    leads = not others or most > others[0][1]
    return [row for row in group.rows if not leads or answers[row] != best]


def _off_format(examples: TrainingExamples) -> list[int]:
    """Rows whose text is not of the one form of nearly all others; calls are no text."""
    answered = [row for row, answer in enumerate(examples.texts) if answer.strip()]
    form = answer_format([examples.texts[row] for row in answered])
    return [answered[place] for place in form.off_format_rows] if form else []
