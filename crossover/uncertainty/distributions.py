"""How a number nobody measured may vary: by inverse distribution functions (MODEL.md 5.1)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from crossover.cost import FloatArray, InvalidCostInput


class Distribution(Protocol):
    """Anything that turns uniform numbers into draws; equal uniforms give equal draws."""

    def at(self, uniforms: ArrayLike) -> FloatArray:
        """Quantiles at each of `uniforms`, which lie between 0 and 1; same shape."""


@dataclass(frozen=True, slots=True)
class Triangular:
    """Between `low` and `high`, most likely at `mode`; all three equal is a certain value.

    Raises InvalidCostInput unless low <= mode <= high and all are finite.
    """

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        if not all(map(math.isfinite, (self.low, self.mode, self.high))):
            raise InvalidCostInput("low, likely and high", "must be finite numbers")
        if not self.low <= self.mode <= self.high:
            found = f"{self.low:g}, {self.mode:g}, {self.high:g}"
            raise InvalidCostInput("low, likely and high", f"must stand in this order, not {found}")

    @property
    def mean(self) -> float:
        """Its mean (W23)."""
        return (self.low + self.mode + self.high) / 3

    @property
    def standard_deviation(self) -> float:
        """Its standard deviation (W23)."""
        a, c, b = self.low, self.mode, self.high
        return math.sqrt(((b - a) ** 2 + (c - a) ** 2 + (b - c) ** 2) / 36)

    def at(self, uniforms: ArrayLike) -> FloatArray:
        """Quantiles at each of `uniforms` (MODEL.md 5.1, W23)."""
        u, span = np.asarray(uniforms, np.float64), self.high - self.low
        rising = self.low + np.sqrt(u * span * (self.mode - self.low))
        falling = self.high - np.sqrt((1 - u) * span * (self.high - self.mode))
        return np.asarray(np.where(u * span < self.mode - self.low, rising, falling), np.float64)
