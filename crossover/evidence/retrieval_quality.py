"""Does the search find what the questions ask for: hit, recall and MRR for every k (MODEL.md 7.1, W27)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from crossover.evidence.intervals import ShareInterval, mean_interval
from crossover.evidence.relevance import Relevance
from crossover.evidence.shares import MeasuredShare
from crossover.figure import Figure, measured
from crossover.numbers import share as percent
from crossover.words import mark, say, say_count

KS = (1, 3, 5, 10)
WITHIN_SHARE = 0.02
LOWER_BOUND = mark("by words only (BM25): a lower bound for a tuned retriever")


class Against(StrEnum):
    """What counts as found, as the end of "judged by"; said where it is shown."""

    DOCUMENTS = mark("the documents your questions name")
    CHUNKS = mark("the chunks that contain the answer")


@dataclass(frozen=True, slots=True)
class RetrievalQuality:
    """Curves over k = 1 … 20; place k - 1 holds the value for the k best chunks.

    Judged on `n` questions; `left_out` more have nothing to be found, so that no search could.
    A hit means at least one relevant item among the k best; `mrr` is the mean of 1 / its rank, 0
    without one; `recall` the mean share of the relevant items that were found. The questions were
    drawn by chance, so both means have an interval too.
    """

    against: Against
    n: int
    left_out: int
    hit_counts: tuple[int, ...]
    recall_shares: tuple[float, ...]
    mrr: tuple[float, ...]
    recall_intervals: tuple[ShareInterval, ...]
    mrr_intervals: tuple[ShareInterval, ...]

    def hit(self, k: int) -> MeasuredShare:
        """The share of questions with a hit among the k best, with its interval."""
        return MeasuredShare(self.hit_counts[k - 1], self.n)

    def recall(self, k: int) -> float:
        """Mean share of the relevant items among the k best."""
        return self.recall_shares[k - 1]

    def reciprocal_rank(self, k: int) -> float:
        """Mean reciprocal rank, ranks beyond k counting as not found."""
        return self.mrr[k - 1]

    def figures(self, source: str) -> tuple[Figure, ...]:
        """hit@k for k = 1, 3, 5, 10, then recall@10 and MRR@10."""
        hits = tuple(self.hit(k).figure(say("hit@{k}", k=k), source, say(LOWER_BOUND)) for k in KS)
        recall = self._mean(say("recall@10"), self.recall(10), self.recall_intervals[9], source)
        rank = self._mean(say("MRR@10"), self.reciprocal_rank(10), self.mrr_intervals[9], source)
        return (*hits, recall, rank)

    def _mean(self, name: str, value: float, bounds: ShareInterval, source: str) -> Figure:
        ci = (bounds.low, bounds.high)
        return measured(value, "share", source, self.n, name=name, note=say(LOWER_BOUND), ci=ci)


@dataclass(frozen=True, slots=True)
class RecommendedChunks:
    """The fewest chunks that find nearly as much as any number up to 20, and why."""

    k: int
    found: MeasuredShare
    best_k: int
    best_found: MeasuredShare

    @property
    def reason(self) -> str:
        """One sentence with both numbers."""
        if self.k == self.best_k:
            return say_count(
                "{n} chunk finds {found}, and up to 20 find no more.",
                "{n} chunks find {found}, and up to 20 find no more.",
                self.k,
                found=percent(self.found.share),
            )
        return say_count(
            "{n} chunk finds {found}; {most} find {found_most}, hardly more for more tokens in every "
            "request.",
            "{n} chunks find {found}; {most} find {found_most}, hardly more for more tokens in every "
            "request.",
            self.k,
            found=percent(self.found.share),
            most=self.best_k,
            found_most=percent(self.best_found.share),
        )


def retrieval_quality(found: Relevance, against: Against) -> RetrievalQuality | None:
    """Judge the questions that have something to be found; None when there are none."""
    judged = found.of(found.relevant > 0)
    if not len(judged):
        return None
    ranks = np.arange(1, found.found.shape[1] + 1)
    first = judged.found & (judged.found.cumsum(axis=1) == 1)
    recalls = judged.found.cumsum(axis=1) / judged.relevant[:, None]
    reciprocals = (first / ranks).cumsum(axis=1)
    return RetrievalQuality(
        against=against,
        n=len(judged),
        left_out=len(found) - len(judged),
        hit_counts=tuple(first.sum(axis=0).cumsum().tolist()),
        recall_shares=tuple(recalls.mean(axis=0).tolist()),
        mrr=tuple(reciprocals.mean(axis=0).tolist()),
        recall_intervals=_intervals(recalls),
        mrr_intervals=_intervals(reciprocals),
    )


def _intervals(values: NDArray[np.float64]) -> tuple[ShareInterval, ...]:
    """The interval of each column's mean."""
    return tuple(mean_interval(column) for column in values.T)


def recommended_chunks(quality: RetrievalQuality) -> RecommendedChunks:
    """The smallest k whose hit share is within 2 points of the best of all k measured.

    Where one question is more than 2 points, within one question.
    """
    hits = np.array(quality.hit_counts)
    best = int(hits.argmax())
    tolerated = max(WITHIN_SHARE * quality.n, 1.0)
    k = int(np.flatnonzero(hits >= hits[best] - tolerated - 1e-9)[0])
    return RecommendedChunks(k + 1, quality.hit(k + 1), best + 1, quality.hit(best + 1))
