"""Few-shot examples chosen from the person's own data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_EXAMPLES = 100


@dataclass(frozen=True, slots=True)
class ExamplePool:
    """Rows fit to be shown as examples, best first: `rows` and `tokens` have the same length.

    `tokens` counts an example as it stands in a prompt: a user and an assistant message.
    """

    rows: NDArray[np.int64]
    tokens: NDArray[np.float64]

    def beside(self, k: int, requests: int) -> NDArray[np.float64]:
        """Tokens of k examples for each of n requests, shape (n,); none is shown its own row."""
        shown = np.full(requests, self.first(k))
        own = self.rows[:k]
        shown[own] = self.first(k + 1) - self.tokens[:k]
        return shown

    def rows_beside(self, k: int, row: int) -> list[int]:
        """The rows shown as examples for one request: the k best ones that are not its own."""
        return [int(other) for other in self.rows[: k + 1] if other != row][:k]

    def first(self, k: int) -> float:
        """Tokens of the first k examples together (all of them where fewer exist, MODEL.md E24)."""
        return float(self.tokens[:k].sum())


def example_pool(
    question_tokens: NDArray[np.float64], answer_tokens: NDArray[np.float64], turn_overhead: float
) -> ExamplePool:
    """Answered rows ordered by how near their length is to the median; ties in file order (2.0).

    `turn_overhead` are the frames of the two messages an example is shown as.
    """
    answered = np.flatnonzero((answer_tokens > 0) & (question_tokens > 0))
    lengths = (question_tokens + answer_tokens)[answered]
    distance = np.abs(lengths - np.median(lengths)) if len(lengths) else lengths
    order = np.argsort(distance, kind="stable")[:MOST_EXAMPLES]
    return ExamplePool(answered[order], lengths[order] + turn_overhead)
