"""Rows that stand on both sides: in training and test data, or among the examples of the prompt (7.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from crossover.evidence.near_duplicates import near_duplicates
from crossover.evidence.shares import MeasuredShare
from crossover.tokens import Progress


@dataclass(frozen=True, slots=True)
class Leakage:
    """Rows of the test data that training data holds too, word for word or nearly so (0-based rows)."""

    exact_rows: tuple[int, ...]
    near_rows: tuple[int, ...]
    n: int

    @property
    def leaked(self) -> MeasuredShare:
        """Test rows that say little about new questions, because training has seen them."""
        return MeasuredShare(len(self.exact_rows) + len(self.near_rows), self.n)

    def among(self, rows: NDArray[np.int64]) -> Leakage:
        """The same rows as places in a larger set, of which `rows` were compared."""
        exact, near = (tuple(rows[list(part)].tolist()) for part in (self.exact_rows, self.near_rows))
        return replace(self, exact_rows=exact, near_rows=near)


def leakage(
    train: Sequence[str],
    test: Sequence[str],
    progress: Progress | None = None,
    conversations: NDArray[np.int64] | None = None,
) -> Leakage:
    """Test texts that equal a text of the training data, or are a near copy of one.

    `conversations` numbers what the training texts and then the test texts are turns of.
    """
    both = near_duplicates([*train, *test], progress, conversations)
    trained, tested = both.exact_of[: len(train)], both.exact_of[len(train) :]
    pairs = both.exact_of[both.pairs]
    beside = np.concatenate(
        [pairs[np.isin(pairs[:, 0], trained), 1], pairs[np.isin(pairs[:, 1], trained), 0]]
    )
    exact = np.isin(tested, trained)
    near = np.isin(tested, beside) & ~exact
    return Leakage(tuple(np.flatnonzero(exact).tolist()), tuple(np.flatnonzero(near).tolist()), len(test))
