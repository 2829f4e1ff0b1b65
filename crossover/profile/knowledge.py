"""The person's documents, cut, indexed and searched once: measured context instead of a guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossover.profile.ruler import ProfileSettings
from crossover.profile.sampling import stand_ins
from crossover.retrieval import (
    WRAPPER_TOKENS,
    Chunks,
    ContextTokens,
    Index,
    build_index,
    chunk_documents,
    context_tokens,
    search,
    stemmer_language,
)
from crossover.samples.types import Document
from crossover.scenario import MOST_CHUNKS
from crossover.tokens import counter

MOST_QUESTIONS_SEARCHED = 5_000


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """Chunks of the documents and the context each request would get, as measured by searching.

    Of very many questions a seeded sample is searched (MODEL.md E33): `searched_row` (n,) names the
    searched question whose context stands for each request, itself where it was searched.
    `whole_tokens` are those of all documents one after the other.
    """

    documents: tuple[Document, ...]
    index: Index
    measured: ContextTokens
    searched_row: NDArray[np.int64]
    language: str | None
    scale: float
    whole_tokens: float

    @property
    def chunks(self) -> Chunks:
        """The pieces the documents were cut into."""
        return self.index.chunks

    @property
    def searched(self) -> int:
        """How many questions were searched."""
        return len(self.measured.cumulative)

    @property
    def index_tokens(self) -> float:
        """Tokens embedded when the index is built, overlaps included (MODEL.md F1.8)."""
        return self.chunks.embedded_tokens * self.scale

    def context(self, chunks: int) -> NDArray[np.float64]:
        """Context tokens per request for that many chunks, shape (n,), wrappers included."""
        tokens = self.measured.for_k(min(chunks, MOST_CHUNKS))
        return np.asarray(tokens[self.searched_row] * self.scale, np.float64)

    def best(self, question: str, chunks: int) -> tuple[tuple[str, str], ...]:
        """(document name, chunk text) of the best chunks for a question, best first."""
        found = [int(chunk) for chunk in search(self.index, [question], chunks).chunk_ids[0] if chunk >= 0]
        names = [self.documents[int(self.chunks.document_index[chunk])].name for chunk in found]
        return tuple((name, self.chunks.texts[chunk]) for name, chunk in zip(names, found, strict=True))


def measured_knowledge(
    documents: Sequence[Document], questions: Sequence[str], settings: ProfileSettings
) -> Knowledge | None:
    """Cut, index and search the documents; None when they hold no text at all (MODEL.md E08)."""
    count = counter(settings.encoding)
    chunks = chunk_documents(documents, settings.chunk_tokens, settings.chunk_overlap_tokens, count)
    if not len(chunks):
        return None
    language = stemmer_language([document.text for document in documents])
    index = build_index(chunks, language)
    searched, searched_row = stand_ins(len(questions), MOST_QUESTIONS_SEARCHED)
    hits = search(index, [questions[row] for row in searched], MOST_CHUNKS)
    measured = context_tokens(chunks, hits)
    whole = settings.many([document.text for document in documents]).sum() + WRAPPER_TOKENS * len(documents)
    return Knowledge(tuple(documents), index, measured, searched_row, language, settings.scale, float(whole))
