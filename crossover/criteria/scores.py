"""Two ways to one score per alternative: the weighted sum, and TOPSIS beside it (MODEL.md F6.2, F6.3)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from crossover.criteria.errors import InvalidCriteria
from crossover.criteria.values import FloatArray
from crossover.words import say

TIE = 1e-12
"""Scores closer than this are equal: what is left is rounding."""


def normalised_weights(weights: ArrayLike) -> FloatArray:
    """The weights scaled to add up to 1. Raises InvalidCriteria for negative or all-zero ones (E29)."""
    numbers = np.asarray(weights, np.float64)
    if not numbers.size or not np.isfinite(numbers).all() or (numbers < 0).any():
        raise InvalidCriteria(say("A weight must be a number of at least 0."))
    if not numbers.any():
        raise InvalidCriteria(say("All weights are 0: give at least one criterion some weight."))
    largest = numbers / numbers.max()  # huge and tiny weights neither overflow nor vanish
    return np.asarray(largest / largest.sum(), np.float64)


def score_parts(values: ArrayLike, weights: ArrayLike) -> FloatArray:
    """What each criterion adds to each score, shape (alternatives, criteria): the pieces of a stacked bar."""
    matrix, shares = np.asarray(values, np.float64), normalised_weights(weights)
    if matrix.ndim != 2 or matrix.shape[1] != len(shares):
        raise InvalidCriteria(f"There are {len(shares)} weights for values of shape {matrix.shape}.")
    return matrix * shares


def weighted_sum(values: ArrayLike, weights: ArrayLike) -> FloatArray:
    """Score of each alternative, shape (alternatives,), between 0 and 1 (MODEL.md F6.2, W25, W25b)."""
    return np.asarray(score_parts(values, weights).sum(axis=1), np.float64)


def topsis(quantities: ArrayLike, directions: ArrayLike, weights: ArrayLike) -> FloatArray:
    """Closeness to the best of every column against the worst, shape (alternatives,) (F6.3, W25, W26).

    Works on raw quantities; `directions` is 1 where more is better, -1 where less is. Alternatives
    that do not differ all score 1.
    """
    matrix = np.asarray(quantities, np.float64)
    lengths = np.sqrt((matrix**2).sum(axis=0))
    scaled = np.divide(matrix, lengths, out=np.zeros_like(matrix), where=lengths > 0)
    signed = score_parts(scaled * np.asarray(directions, np.float64), weights)
    from_best = np.sqrt(((signed - signed.max(axis=0)) ** 2).sum(axis=1))
    from_worst = np.sqrt(((signed - signed.min(axis=0)) ** 2).sum(axis=1))
    whole = from_best + from_worst
    return np.asarray(np.divide(from_worst, whole, out=np.ones_like(whole), where=whole > TIE), np.float64)


def ranks(scores: ArrayLike) -> tuple[int, ...]:
    """Place of each alternative, 1 for the best; equals share the better place (MODEL.md E29)."""
    numbers = np.asarray(scores, np.float64)
    return tuple(int(1 + (numbers > score + TIE).sum()) for score in numbers.tolist())


def ranking(
    scores: ArrayLike, names: tuple[str, ...], gated: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Names, best first, ties by name; a gated alternative keeps its score but comes last (MODEL.md 6.5)."""
    place = dict(zip(names, ranks(scores), strict=True))
    return tuple(sorted(names, key=lambda name: (name in gated, place[name], name)))


def methods_disagree(one_scores: ArrayLike, other_scores: ArrayLike) -> bool:
    """Whether two methods share no winner (MODEL.md F6.3)."""
    first = [
        {i for i, rank in enumerate(ranks(scores)) if rank == 1} for scores in (one_scores, other_scores)
    ]
    return not first[0] & first[1]
