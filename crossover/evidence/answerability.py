"""Do the answers stand in the documents at all, and in what a search brings up? (MODEL.md 7.2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from crossover.evidence.relevance import Relevance
from crossover.evidence.shares import MeasuredShare
from crossover.figure import Figure, measured
from crossover.words import say, say_count


@dataclass(frozen=True, slots=True)
class Answerability:
    """Answers found in one chunk: anywhere in the corpus, and among the k best chunks (place k - 1).

    `random_shares` is what k chunks drawn at random would hold on average: how much of the finding
    is due to short or common answers. All over the `n` questions that have an answer.
    """

    n: int
    chunks: int
    in_corpus_count: int
    found_counts: tuple[int, ...]
    random_shares: tuple[float, ...]

    @property
    def in_corpus(self) -> MeasuredShare:
        """Answers that one chunk of the documents contains."""
        return MeasuredShare(self.in_corpus_count, self.n)

    def within(self, k: int) -> MeasuredShare:
        """Answers that one of the k best chunks contains."""
        return MeasuredShare(self.found_counts[k - 1], self.n)

    def at_random(self, k: int) -> float:
        """The share k random chunks would contain, as the mean over all draws."""
        return self.random_shares[k - 1]

    def figures(self, k: int, source: str) -> tuple[Figure, ...]:
        """In the corpus, in the k best, in k random ones."""
        best = say_count("Answers in the best chunk", "Answers in the best {n}", k)
        some = say_count("Answers in {n} random chunk", "Answers in {n} random chunks", k)
        return (
            self.in_corpus.figure(say("Answers in the documents"), source),
            self.within(k).figure(best, source),
            measured(self.at_random(k), "share", source, self.n, name=some),
        )


def answerability(found: Relevance) -> Answerability | None:
    """Shares of the questions in `found`, which must all have an answer; None without any."""
    if not len(found):
        return None
    k_max = found.found.shape[1]
    return Answerability(
        n=len(found),
        chunks=found.items,
        in_corpus_count=int((found.relevant > 0).sum()),
        found_counts=tuple(int((found.found_within(k) > 0).sum()) for k in range(1, k_max + 1)),
        random_shares=tuple(_chance(found, k_max).tolist()),
    )


def _chance(found: Relevance, k_max: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Mean over questions that k of the chunks, drawn without replacement, hold a relevant one.

    Of N chunks g are relevant: all k miss with the product of (N - g - i) / (N - i), i below k. The
    expectation is what ever more random draws would converge to, without their noise.
    """
    drawn = np.arange(min(k_max, found.items))
    missing = (found.items - found.relevant[:, None] - drawn) / (found.items - drawn)
    chance: np.ndarray[tuple[int], np.dtype[np.float64]] = 1 - np.maximum(missing, 0).cumprod(axis=1).mean(
        axis=0
    )
    return np.pad(chance, (0, k_max - len(drawn)), mode="edge")
