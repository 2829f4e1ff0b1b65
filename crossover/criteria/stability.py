"""How far a ranking hangs on the weights: tie weights and rank-1 shares (MODEL.md F6.4, F6.5, W25)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from crossover.criteria.errors import InvalidCriteria
from crossover.criteria.scores import TIE, normalised_weights, ranks, weighted_sum
from crossover.criteria.values import FloatArray

DRAWS = 20_000
CONCENTRATION = 20.0
BLOCK = 4_096


def tie_weight(
    one_values: ArrayLike, other_values: ArrayLike, weights: ArrayLike, criterion: int
) -> float | None:
    """Weight of `criterion` at which two alternatives score the same, the others rescaled (F6.4, W25).

    Values have shape (criteria,). None when no weight from 0 to 1 does it, or every weight does.
    """
    shares = normalised_weights(weights)
    leads = np.asarray(one_values, np.float64) - np.asarray(other_values, np.float64)
    rest = np.delete(shares, criterion)
    if not rest.any():
        return None  # the others have no weight to give or take
    rest_lead = float(np.delete(leads, criterion) @ rest / rest.sum())
    slope = float(leads[criterion]) - rest_lead
    if abs(slope) <= TIE:
        return None
    found = -rest_lead / slope
    return found if 0 <= found <= 1 else None


def first_place_shares(
    values: ArrayLike, seed: int, weights: ArrayLike | None = None, draws: int = DRAWS
) -> FloatArray:
    """Share of random weights under which each alternative scores highest, ties split (F6.5).

    Without `weights` every mix is equally likely (Dirichlet(1)); with them the draws scatter around
    them (concentration 20). Shape (alternatives,), sums to 1.
    """
    matrix = np.asarray(values, np.float64)
    wins, generator = np.zeros(len(matrix)), np.random.default_rng(seed)
    for start in range(0, draws, BLOCK):
        wins += _wins(matrix, _drawn_weights(generator, matrix.shape[1], weights, min(BLOCK, draws - start)))
    return wins / draws


def _drawn_weights(
    generator: np.random.Generator, criteria: int, weights: ArrayLike | None, draws: int
) -> FloatArray:
    if weights is None:
        return generator.dirichlet(np.ones(criteria), draws)
    shares = normalised_weights(weights)
    drawn = np.zeros((draws, criteria))
    drawn[:, shares > 0] = generator.dirichlet(CONCENTRATION * shares[shares > 0], draws)
    return drawn


def _wins(matrix: FloatArray, weights: FloatArray) -> FloatArray:
    scores = matrix @ weights.T
    is_first = scores >= scores.max(axis=0) - TIE
    return np.asarray((is_first / is_first.sum(axis=0)).sum(axis=1), np.float64)


def exact_first_place_shares(values: ArrayLike) -> FloatArray:
    """As `first_place_shares` for three criteria, by area instead of chance (F6.5, W25).

    All mixes of three weights form a triangle; an alternative is first on a polygon of it. Equal
    alternatives are taken as one and share its area. Raises InvalidCriteria unless shape (n, 3).
    """
    matrix = np.asarray(values, np.float64)
    if matrix.ndim != 2 or matrix.shape[1] != 3:
        raise InvalidCriteria("Exact areas need exactly three criteria.")
    distinct, of_each, counts = np.unique(matrix, axis=0, return_inverse=True, return_counts=True)
    areas = np.array([_first_place_area(distinct, index) for index in range(len(distinct))])
    shares = (areas / areas.sum() / counts)[of_each.reshape(-1)]
    return np.asarray(shares, np.float64)


def _first_place_area(matrix: FloatArray, index: int) -> float:
    """Area, in the first two weights, where `index` scores highest: the triangle cut by every rival."""
    polygon = np.array([(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)])
    for rival in np.delete(matrix, index, axis=0):
        lead = matrix[index] - rival
        polygon = _clipped(polygon, lead[:2] - lead[2], lead[2])
    x, y = polygon.T if len(polygon) else np.zeros((2, 1))
    return 0.5 * abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1)))


def _clipped(polygon: FloatArray, slope: FloatArray, offset: float) -> FloatArray:
    """The part of a convex polygon (corners, 2) where slope · point + offset is not negative."""
    corners: list[FloatArray] = []
    heights = polygon @ slope + offset
    for i, (point, height) in enumerate(zip(polygon, heights, strict=True)):
        following, next_height = polygon[(i + 1) % len(polygon)], heights[(i + 1) % len(polygon)]
        if height >= 0:
            corners.append(point)
        if height * next_height < 0:
            corners.append(point + (following - point) * height / (height - next_height))
    return np.reshape(corners, (-1, 2))


@dataclass(frozen=True, slots=True)
class RankInterval:
    """Places an alternative may take, 1 for the best, while some quantities are unknown."""

    best: int
    worst: int


def rank_intervals(values: ArrayLike, weights: ArrayLike) -> tuple[RankInterval, ...]:
    """Best and worst place of each alternative; unknown values (NaN) may be anything from 0 to 1 (F6.5).

    At its best an alternative gets 1 where it is unknown while its rivals get 0, and the reverse.
    """
    matrix = np.asarray(values, np.float64)
    low, high = (weighted_sum(np.where(np.isnan(matrix), fill, matrix), weights) for fill in (0.0, 1.0))
    return tuple(RankInterval(_place(high[i], low, i), _place(low[i], high, i)) for i in range(len(matrix)))


def _place(score: float, rivals: FloatArray, index: int) -> int:
    return ranks([score, *np.delete(rivals, index).tolist()])[0]
