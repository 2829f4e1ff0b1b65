"""From documents to chunks: cut for real, or counted by the closed form (MODEL.md F1.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from crossover.retrieval.boundaries import chunk_text
from crossover.samples.types import Document
from crossover.tokens import TokenCounter

# Cutting asks for the same texts again soon or never; a larger memory would hold megabytes for nothing.
_MEMORISED_COUNTS = 4_096


class InvalidChunking(ValueError):
    """Chunk size and overlap cannot be used together; the message says what to change."""


@dataclass(frozen=True, slots=True, eq=False)
class Chunks:
    """The pieces of all documents in document order; no piece spans two documents.

    `tokens` and `document_index` are int64, shape (len(texts),); `document_index` points into the
    documents given. `document_count` counts those, also the ones that gave no chunk.
    """

    texts: tuple[str, ...]
    tokens: NDArray[np.int64]
    document_index: NDArray[np.int64]
    document_count: int

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def embedded_tokens(self) -> int:
        """Tokens an embedding model is billed for; what overlaps counts each time (MODEL.md F1.9)."""
        return int(self.tokens.sum())

    @property
    def empty_documents(self) -> tuple[int, ...]:
        """Positions of the documents that gave no chunk: blank ones (MODEL.md E08)."""
        chunks_per_document = np.bincount(self.document_index, minlength=self.document_count)
        return tuple(np.flatnonzero(chunks_per_document == 0).tolist())


@dataclass(frozen=True, slots=True)
class ChunkCount:
    """Chunks of `n` pieces in all, `embedded_tokens` with the overlaps, `last` tokens in the last one."""

    n: int
    embedded_tokens: int
    last: int


def chunk_documents(
    documents: Sequence[Document], size_tokens: int, overlap_tokens: int, count: TokenCounter
) -> Chunks:
    """Cut documents where their structure suggests: paragraphs first, then sentences, then words.

    A chunk has at most `size_tokens` tokens as `count` sees them (unless one single character has
    more) and shares about `overlap_tokens` or fewer with the next. As blocks stay whole, real chunks
    are smaller and more numerous than by MODEL.md F1.8. Raises InvalidChunking as `chunk_count` does.
    """
    _check(size_tokens, overlap_tokens)
    count_once = lru_cache(_MEMORISED_COUNTS)(count)
    texts: list[str] = []
    tokens: list[int] = []
    document_index: list[int] = []
    for position, document in enumerate(documents):
        cut = chunk_text(document.text, size_tokens, overlap_tokens, count_once)
        texts += cut
        tokens += map(count_once, cut)
        document_index += [position] * len(cut)
    return Chunks(tuple(texts), _frozen(tokens), _frozen(document_index), len(documents))


def chunk_count(tokens: int, size_tokens: int, overlap_tokens: int) -> ChunkCount:
    """Chunks of one document of `tokens` tokens, cut at exactly the size (MODEL.md F1.8).

    Add the results of several documents; never the tokens, as no overlap crosses documents.
    Raises InvalidChunking when the size is below 1 or the overlap not in 0 … size - 1, and
    ValueError for negative tokens.
    """
    _check(size_tokens, overlap_tokens)
    if tokens < 0:
        raise ValueError(f"A document cannot have {tokens} tokens.")
    if tokens == 0:
        return ChunkCount(0, 0, 0)
    stride = size_tokens - overlap_tokens
    further = max(0, -(-(tokens - size_tokens) // stride))
    return ChunkCount(1 + further, tokens + further * overlap_tokens, tokens - further * stride)


def _check(size_tokens: int, overlap_tokens: int) -> None:
    if size_tokens < 1:
        raise InvalidChunking(f"The chunk size is {size_tokens} tokens. Choose at least 1.")
    if overlap_tokens < 0:
        raise InvalidChunking(f"The overlap is {overlap_tokens} tokens. Choose 0 or more.")
    if overlap_tokens >= size_tokens:
        raise InvalidChunking(
            f"The overlap ({overlap_tokens} tokens) must be smaller than the chunk size ({size_tokens}). "
            "Choose a smaller overlap or larger chunks."
        )


def _frozen(values: Sequence[int]) -> NDArray[np.int64]:
    array = np.array(values, dtype=np.int64)
    array.setflags(write=False)
    return array
