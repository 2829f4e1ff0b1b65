"""Each request's nearest rows among the person's own: examples that are looked up, not fixed (2.0)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from crossover.profile.sampling import stand_ins
from crossover.retrieval import Chunks, Index, build_index, search, stemmer_language

MOST_ROWS_SEARCHED = 5_000
MOST_NEAREST = 20
_SPARE = 10  # a row's own text and its duplicates are found first and left out


class NearestExamples:
    """Answered rows by how near they are to each request, found by BM25 on the questions.

    Searching waits until somebody asks: most comparisons never do. Of very many rows a seeded sample
    is searched, and searched for (MODEL.md E33). No request is shown its own row or one with the same
    question.
    """

    def __init__(
        self, questions: Sequence[str], example_tokens: NDArray[np.float64], answered: NDArray[np.intp]
    ) -> None:
        """`example_tokens` (n,) are those of each row as an example; `answered` the rows fit to be one."""
        self._questions = questions
        self._tokens = example_tokens
        pool, _ = stand_ins(len(answered), MOST_ROWS_SEARCHED)
        self.pool: NDArray[np.intp] = answered[pool]

    def tokens(self, k: int) -> NDArray[np.float64]:
        """Tokens of the k nearest examples for each request, shape (n,); all there are where fewer."""
        rows, searched_row = self._found
        shown = rows[:, : min(k, MOST_NEAREST)]
        found = np.where(shown >= 0, self._tokens[shown], 0.0).sum(axis=1)
        return np.asarray(found[searched_row], np.float64)

    def rows_of(self, row: int, k: int) -> list[int]:
        """The k nearest rows of one request, nearest first."""
        return [int(near) for near in self._nearest([row])[0][:k] if near >= 0]

    @property
    def searched(self) -> int:
        """How many requests are searched for."""
        return len(stand_ins(len(self._questions), MOST_ROWS_SEARCHED)[0])

    @cached_property
    def _found(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """(rows found for each searched request, the searched request that stands for each)."""
        searched, stands_for = stand_ins(len(self._questions), MOST_ROWS_SEARCHED)
        return self._nearest(searched.tolist()), stands_for

    @cached_property
    def _index(self) -> Index:
        texts = tuple(self._questions[row] for row in self.pool)
        one_each = np.arange(len(texts), dtype=np.int64)
        chunks = Chunks(texts, np.zeros(len(texts), np.int64), one_each, len(texts))
        return build_index(chunks, stemmer_language(texts))

    @cached_property
    def _same_text(self) -> NDArray[np.int64]:
        """A number per row that equal questions share, shape (n,)."""
        numbers: dict[str, int] = {}
        plain = (" ".join(question.casefold().split()) for question in self._questions)
        return np.fromiter((numbers.setdefault(text, len(numbers)) for text in plain), np.int64)

    def _nearest(self, rows: list[int]) -> NDArray[np.int64]:
        """Rows of the pool nearest to each of `rows`, -1 where there are no more, (rows, MOST_NEAREST)."""
        found = np.full((len(rows), MOST_NEAREST), -1, np.int64)
        if not len(self.pool):
            return found
        hits = search(self._index, [self._questions[row] for row in rows], MOST_NEAREST + _SPARE).chunk_ids
        candidates = np.where(hits >= 0, self.pool[hits], -1)
        is_other = (candidates >= 0) & (self._same_text[candidates] != self._same_text[rows][:, None])
        order = np.argsort(~is_other, axis=1, kind="stable")[:, :MOST_NEAREST]
        kept = np.take_along_axis(np.where(is_other, candidates, -1), order, axis=1)
        found[:, : kept.shape[1]] = kept
        return found
