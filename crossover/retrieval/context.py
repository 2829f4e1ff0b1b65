"""How many tokens retrieval adds to a request, measured by retrieving (MODEL.md 2.0)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossover.retrieval.chunking import Chunks
from crossover.retrieval.index import Hits, Index, search

WRAPPER_TOKENS = 8
"""Tokens around each inserted chunk: its number, a separator (MODEL.md 2.0)."""


@dataclass(frozen=True, slots=True, eq=False)
class ContextTokens:
    """Context per question for every k: `cumulative` is int64, shape (questions, k_max).

    Column k - 1 holds the tokens of the k best chunks with their wrappers. Where fewer chunks exist,
    the row stays at what there is.
    """

    cumulative: NDArray[np.int64]

    def for_k(self, k: int) -> NDArray[np.int64]:
        """Context tokens per question when k chunks are sent, shape (questions,); zeros for k = 0.

        Raises ValueError when k is negative or above the k_max measured.
        """
        k_max = self.cumulative.shape[1]
        if not 0 <= k <= k_max:
            raise ValueError(f"The context was measured for 0 to {k_max} chunks, not for {k}.")
        if k == 0:
            return np.zeros(len(self.cumulative), dtype=np.int64)
        return self.cumulative[:, k - 1]


def measured_context(index: Index, questions: Sequence[str], k_max: int) -> ContextTokens:
    """The context of every question for 1 to `k_max` chunks, found by searching `index`."""
    return context_tokens(index.chunks, search(index, questions, k_max))


def context_tokens(chunks: Chunks, hits: Hits) -> ContextTokens:
    """The context of questions already searched for; `hits` must stem from an index over `chunks`."""
    found = hits.chunk_ids >= 0
    tokens = np.zeros(hits.chunk_ids.shape, dtype=np.int64)
    tokens[found] = chunks.tokens[hits.chunk_ids[found]] + WRAPPER_TOKENS
    return ContextTokens(tokens.cumsum(axis=1))
