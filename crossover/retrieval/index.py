"""The lexical index over chunks and its search: BM25 on stemmed words."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import bm25s  # ships without types
import numpy as np
import Stemmer
from numpy.typing import NDArray

from crossover.retrieval.chunking import Chunks

# bm25s sets its logger to DEBUG at import; every search would be told to a host that logs to stderr
logging.getLogger("bm25s").setLevel(logging.WARNING)

# Chinese and Japanese are written without blanks: each of their characters is a word of its own.
_WITHOUT_BLANKS = "\u3040-\u30ff\u3400-\u9fff"
_WORD = rf"[{_WITHOUT_BLANKS}]|[^\W{_WITHOUT_BLANKS}]+"

# Snowball stemmers for which bm25s has stop words under the same name.
_STOP_WORD_LISTS = {
    *("danish", "dutch", "english", "french", "german", "italian"),
    *("norwegian", "portuguese", "russian", "spanish", "swedish", "turkish"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Chunks with their BM25 weights; `bm25` is None when no chunk has a single word."""

    chunks: Chunks
    language: str | None
    bm25: bm25s.BM25 | None


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """The best chunks of each question, best first.

    `chunk_ids` (int64) and `scores` (float32, BM25) have shape (questions, k_max). Where fewer chunks
    exist than asked for, the id is -1 and the score nan. A chunk that shares no word with the question
    scores 0 and still fills its place, as a retriever that always returns k would send it.
    """

    chunk_ids: NDArray[np.int64]
    scores: NDArray[np.float32]


def build_index(chunks: Chunks, language: str | None) -> Index:
    """Index `chunks` with the stemmer and stop words of `language`; None indexes words as written.

    `language` is a Snowball name, as `stemmer_language` gives it; raises KeyError for any other.
    """
    words = _tokenize(chunks.texts, language)
    if not words.vocab:
        return Index(chunks, language, None)
    bm25 = bm25s.BM25()
    bm25.index(words, show_progress=False)
    return Index(chunks, language, bm25)


def search(index: Index, questions: Sequence[str], k_max: int) -> Hits:
    """The `k_max` best chunks for every question; equal scores in document order.

    When fewer chunks exist, those (MODEL.md E26). Raises ValueError when `k_max` is below 1.
    """
    if k_max < 1:
        raise ValueError(f"{k_max} chunks per question were asked for. Choose at least 1.")
    chunk_ids = np.full((len(questions), k_max), -1, dtype=np.int64)
    scores = np.full((len(questions), k_max), np.nan, dtype=np.float32)
    k = min(k_max, len(index.chunks))
    for row, question_scores in enumerate(_scores(index, questions) if k else ()):
        best = _top(question_scores, k)
        chunk_ids[row, :k] = best
        scores[row, :k] = question_scores[best]
    return Hits(chunk_ids, scores)


def _tokenize(texts: Sequence[str], language: str | None) -> bm25s.tokenization.Tokenized:
    """Words of each text as bm25s takes them: composed, in lower case, without stop words, stemmed."""
    return bm25s.tokenize(
        [unicodedata.normalize("NFKC", text) for text in texts],
        token_pattern=_WORD,
        stopwords=language if language in _STOP_WORD_LISTS else None,
        stemmer=Stemmer.Stemmer(language) if language else None,
        show_progress=False,
    )


def _scores(index: Index, questions: Sequence[str]) -> Iterator[NDArray[np.float32]]:
    """The BM25 score of every chunk, question by question; zeros where no word is known."""
    bm25 = index.bm25
    words = _tokenize(questions, index.language)
    spelling = {number: word for word, number in words.vocab.items()}
    for question in words.ids:
        known = bm25.get_tokens_ids([spelling[number] for number in question]) if bm25 is not None else []
        if bm25 is not None and known:
            yield bm25.get_scores_from_ids(known)
        else:
            yield np.zeros(len(index.chunks), dtype=np.float32)


def _top(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Positions of the k largest scores, largest first, equal ones by position."""
    least = np.partition(scores, -k)[-k]
    candidates = np.flatnonzero(scores >= least)
    return candidates[np.argsort(-scores[candidates], kind="stable")[:k]]
