"""From a quantity to a value between 0 (worst) and 1 (best), against fixed anchors (MODEL.md F6.1, W25b)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from crossover.criteria.errors import InvalidCriteria
from crossover.words import say

FloatArray = NDArray[np.float64]


class Scale(StrEnum):
    """How equal steps of value lie on the quantity: evenly, by factors, or by factors of 1 + x."""

    LINEAR = "linear"
    LOG = "log"
    LOG1P = "log1p"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The quantities worth 0 and 1, and the scale between; fixed, so that no rival changes a score.

    Raises InvalidCriteria when both are equal (E30) or the scale cannot hold them.
    """

    worst: float
    best: float
    scale: Scale = Scale.LINEAR

    def __post_init__(self) -> None:
        if not (math.isfinite(self.worst) and math.isfinite(self.best)):
            raise InvalidCriteria("The worst and the best value must be finite numbers.")
        if self.worst == self.best:
            raise InvalidCriteria(f"The worst and the best value must differ; both are {self.best:g}.")
        least = min(self.worst, self.best)
        if (self.scale is Scale.LOG and least <= 0) or (self.scale is Scale.LOG1P and least <= -1):
            raise InvalidCriteria(f"A {self.scale} scale needs larger values than {least:g}.")

    def value(self, quantity: ArrayLike) -> FloatArray:
        """Value of each quantity, held between 0 and 1, same shape; unknown (NaN) stays unknown."""
        worst, best, found = (
            _stretched(self.scale, np.asarray(each, np.float64)) for each in (self.worst, self.best, quantity)
        )
        return np.clip((found - worst) / (best - worst), 0.0, 1.0)


def _stretched(scale: Scale, quantity: FloatArray) -> FloatArray:
    if scale is Scale.LINEAR:
        return quantity
    with np.errstate(divide="ignore"):  # the logarithm of 0 is infinitely far out, and clipped
        stretched: FloatArray = np.log(quantity) if scale is Scale.LOG else np.log1p(quantity)
    return stretched


BEST_LATENCY_SECONDS = 1.0
LEAST_LATENCY_LIMIT_SECONDS = 0.001
DEAREST_FACTOR = 10.0


def cost_anchor(cheapest_usd: float) -> Anchor:
    """From ten times the cheapest total to the cheapest, by factors (MODEL.md 6.1, c1).

    Hold it while strategies are switched on and off: otherwise scores move. Where the cheapest costs
    nothing there are no factors: then from a dollar to none.
    """
    if cheapest_usd <= 0:
        return Anchor(1.0, 0.0)
    return Anchor(DEAREST_FACTOR * cheapest_usd, cheapest_usd, Scale.LOG)


def latency_anchor(limit_seconds: float) -> Anchor:
    """From twice the person's limit to one second, or to none under a tight limit (MODEL.md 6.1, c2)."""
    worst = 2 * max(limit_seconds, LEAST_LATENCY_LIMIT_SECONDS)
    return Anchor(worst, BEST_LATENCY_SECONDS if worst > BEST_LATENCY_SECONDS else 0.0)


def values(quantities: ArrayLike, anchors: Sequence[Anchor]) -> FloatArray:
    """Values of `quantities`, shape (alternatives, criteria), against one anchor per criterion (F6.1)."""
    columns = _matrix(quantities).T
    if len(columns) != len(anchors):
        raise InvalidCriteria(f"There are {len(columns)} criteria but {len(anchors)} anchors.")
    return np.stack([anchor.value(column) for anchor, column in zip(anchors, columns, strict=True)], axis=1)


def relative_values(quantities: ArrayLike, directions: ArrayLike) -> FloatArray:
    """Values against the best and worst of the alternatives themselves (MODEL.md 6.1, W25).

    `directions` is 1 where more is better, -1 where less is. Only a relative view: dropping an
    alternative changes the others' values. A column of equal quantities is worth 1 to all (W26).
    """
    signed = _matrix(quantities) * np.asarray(directions, np.float64)
    low, high = signed.min(axis=0), signed.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    return np.asarray(np.where(high > low, (signed - low) / span, 1.0), np.float64)


def _matrix(quantities: ArrayLike) -> FloatArray:
    matrix = np.asarray(quantities, np.float64)
    if matrix.ndim != 2 or not matrix.size:
        raise InvalidCriteria(say("Choose at least one strategy and one criterion."))
    return matrix
