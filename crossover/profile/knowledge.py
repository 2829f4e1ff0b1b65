"""The person's documents, cut, indexed and searched once: measured context instead of a guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossover.profile.ruler import ProfileSettings
from crossover.retrieval import (
    Chunks,
    ContextTokens,
    Hits,
    build_index,
    chunk_documents,
    context_tokens,
    search,
    stemmer_language,
)
from crossover.samples.types import Document
from crossover.tokens import counter

MOST_CHUNKS_RETRIEVED = 20


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """Chunks of the documents and the best of them for each request, as measured by searching."""

    documents: tuple[Document, ...]
    chunks: Chunks
    hits: Hits
    measured: ContextTokens
    language: str | None
    token_factor: float

    def context(self, chunks: int) -> NDArray[np.float64]:
        """Context tokens per request for that many chunks, shape (n,), wrappers included."""
        tokens = self.measured.for_k(min(chunks, self.measured.cumulative.shape[1]))
        return np.asarray(tokens * self.token_factor, np.float64)

    @property
    def index_tokens(self) -> float:
        """Tokens embedded when the index is built, overlaps included (MODEL.md F1.8)."""
        return self.chunks.embedded_tokens * self.token_factor

    def best(self, row: int, chunks: int) -> tuple[tuple[str, str], ...]:
        """(document name, chunk text) of the best chunks for one request, best first."""
        found = [int(chunk) for chunk in self.hits.chunk_ids[row, :chunks] if chunk >= 0]
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
    hits = search(build_index(chunks, language), questions, MOST_CHUNKS_RETRIEVED)
    measured = context_tokens(chunks, hits)
    return Knowledge(tuple(documents), chunks, hits, measured, language, settings.token_factor)
