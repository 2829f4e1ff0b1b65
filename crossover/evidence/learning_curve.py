"""What more labelled examples would bring: a power law of the error (MODEL.md 7.3, W28)."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from crossover.cost.errors import InvalidCostInput, require_at_least, require_share

REACH = 2  # a curve is believed up to this many times the largest size measured
LARGEST_LOG = math.log(sys.float_info.max)  # a nearly flat curve meets an accuracy farther out than that


@dataclass(frozen=True, slots=True)
class LearningCurve:
    """Error share b / n**c after n examples: ln(1 - accuracy) = ln b - c ln n.

    `error_at_one_share` is b, which may exceed 1: the law holds near the sizes measured, not at one
    example. `decay_exponent` is c, at most 0 when more examples did not help. `measured_rows` is the
    largest size measured.
    """

    error_at_one_share: float
    decay_exponent: float
    measured_rows: int

    @property
    def reach_rows(self) -> int:
        """The largest size the curve may be read at: twice the largest measured."""
        return REACH * self.measured_rows

    def error_share_at(self, rows: float) -> float:
        """What the law says after so many examples, however far out; may exceed 1 near the start (W28).

        What a person sees is `accuracy_share_at`. Raises InvalidCostInput below one row.
        """
        require_at_least("rows", rows, 1)
        return self.error_at_one_share * math.exp(-self.decay_exponent * math.log(rows))

    def accuracy_share_at(self, rows: float) -> float | None:
        """Accuracy (0..1) after so many examples; None beyond reach (MODEL.md 7.3, W28)."""
        error = self.error_share_at(rows)
        return min(1.0, max(0.0, 1 - error)) if rows <= self.reach_rows else None

    def rows_on_the_curve(self, accuracy_share: float) -> float | None:
        """Where the law meets an accuracy, however far out; None when the curve does not rise (W28).

        Infinite where no number holds it. What a person sees is `rows_needed`. Raises InvalidCostInput
        unless the accuracy is a share below 1.
        """
        require_share("accuracy_share", accuracy_share)
        if accuracy_share == 1:
            raise InvalidCostInput("accuracy_share", "must be below 1: the law never reaches it")
        if self.decay_exponent <= 0:
            return None
        log_rows = math.log(self.error_at_one_share / (1 - accuracy_share)) / self.decay_exponent
        return math.exp(log_rows) if log_rows < LARGEST_LOG else math.inf

    def rows_needed(self, accuracy_share: float) -> float | None:
        """Examples for an accuracy; None when that is "more than `reach_rows`" (MODEL.md 7.3, W28)."""
        rows = self.rows_on_the_curve(accuracy_share)
        return rows if rows is not None and rows <= self.reach_rows else None


def fit_learning_curve(rows: Sequence[int], accuracy_shares: Sequence[float]) -> LearningCurve | None:
    """The least-squares line through ln(1 - accuracy) over ln n (MODEL.md 7.3, W28).

    None below two distinct sizes, or once a size was answered without an error: what is perfect
    already has no error left to extrapolate. Raises InvalidCostInput for sizes below 1, accuracies
    that are no shares, and lists of different length.
    """
    require_at_least("rows", rows, 1)
    require_share("accuracy_shares", accuracy_shares)
    if len(rows) != len(accuracy_shares):
        raise InvalidCostInput("accuracy_shares", "must have one entry per size")
    if len(set(rows)) < 2 or max(accuracy_shares) == 1:
        return None
    slope, intercept = np.polyfit(np.log(rows), np.log1p(-np.asarray(accuracy_shares, np.float64)), 1)
    return LearningCurve(float(np.exp(intercept)), float(-slope), max(rows))
