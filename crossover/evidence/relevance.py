"""What was found at which rank, and how much there was to find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from crossover.evidence.sampling import blocks
from crossover.profile import Knowledge
from crossover.retrieval import search
from crossover.retrieval.text_matching import WordTable, texts_containing
from crossover.tokens import Progress

K_MAX = 20
_BLOCK = 256


@dataclass(frozen=True, slots=True, eq=False)
class Relevance:
    """`found` (n, k_max) says whether the item at a rank is relevant and stands at no better rank.

    `relevant` (n,) counts the items that are relevant at all; `items` is how many there are to find in.
    """

    found: NDArray[np.bool_]
    relevant: NDArray[np.int64]
    items: int

    def __len__(self) -> int:
        return len(self.found)

    def of(self, rows: NDArray[np.bool_]) -> Relevance:
        """The part of the questions marked in `rows`."""
        return Relevance(self.found[rows], self.relevant[rows], self.items)

    def found_within(self, k: int) -> NDArray[np.int64]:
        """Relevant items among the k best of each question, shape (n,)."""
        return np.asarray(self.found[:, :k].sum(axis=1), np.int64)


def best_chunks(
    knowledge: Knowledge, questions: Sequence[str], progress: Progress | None = None
) -> NDArray[np.int64]:
    """The 20 best chunks of each question, best first, shape (n, 20); -1 where there are fewer."""
    ids = np.full((len(questions), K_MAX), -1, np.int64)
    for part in blocks(len(questions), _BLOCK, progress):
        ids[part] = search(knowledge.index, questions[part], K_MAX).chunk_ids
    return ids


def relevance(ranked: NDArray[np.int64], relevant: sparse.csr_matrix) -> Relevance:
    """Which of the ranked items are relevant.

    `ranked` (n, k_max) holds item numbers, -1 for none; `relevant` is bool, shape (n, items).
    """
    marked = np.take_along_axis(relevant.toarray(), np.maximum(ranked, 0), axis=1) & (ranked >= 0)
    return Relevance(marked & ~_seen_before(ranked), np.diff(relevant.indptr), relevant.shape[1])


def documents_found(
    knowledge: Knowledge, ranked: NDArray[np.int64], gold: Sequence[Sequence[int]]
) -> Relevance:
    """Ranked chunks against the documents that are named for each question, as positions."""
    documents = np.where(ranked >= 0, knowledge.chunks.document_index[ranked], -1)
    count = len(knowledge.documents)
    parts = [
        relevance(documents[part], _marked(gold[part], count)) for part in blocks(len(gold), _BLOCK, None)
    ]
    return _joined(parts, ranked.shape[1], count)


def chunks_with_answers(
    table: WordTable, ranked: NDArray[np.int64], answers: Sequence[str], progress: Progress | None = None
) -> Relevance:
    """Ranked chunks against the chunks of `table` that contain each answer."""
    parts = [
        relevance(ranked[part], texts_containing(table, answers[part]))
        for part in blocks(len(answers), _BLOCK, progress)
    ]
    return _joined(parts, ranked.shape[1], len(table))


def _marked(gold: Sequence[Sequence[int]], items: int) -> sparse.csr_matrix:
    """Item numbers row by row as a matrix of truths."""
    ends = np.cumsum([0, *map(len, gold)])
    columns = np.array([item for row in gold for item in row], np.int64)
    return sparse.csr_matrix((np.ones(len(columns), np.bool_), columns, ends), (len(gold), items))


def _seen_before(ranked: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether an item stands at a better rank of its row already."""
    ranks = np.arange(ranked.shape[1])
    same = ranked[:, :, None] == ranked[:, None, :]
    return np.asarray((same & (ranks[None, :] < ranks[:, None])).any(axis=2))


def _joined(parts: Sequence[Relevance], k_max: int, items: int) -> Relevance:
    nothing = Relevance(np.zeros((0, k_max), np.bool_), np.zeros(0, np.int64), items)
    every = [nothing, *parts]
    return Relevance(
        np.concatenate([part.found for part in every]),
        np.concatenate([part.relevant for part in every]),
        items,
    )
