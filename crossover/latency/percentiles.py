"""Times vary from request to request: lognormal spreads and their random streams (MODEL.md F4.2, W21)."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from crossover.cost import InvalidCostInput

Z_95 = NormalDist().inv_cdf(0.95)


@dataclass(frozen=True, slots=True)
class Lognormal:
    """A quantity whose logarithm is normal with mean `mu` and standard deviation `sigma`."""

    mu: float
    sigma: float

    @classmethod
    def from_percentiles(cls, p50: float, p95: float) -> Lognormal:
        """The one with this median and 95th percentile; raises InvalidCostInput unless 0 < p50 <= p95."""
        if not 0 < p50 <= p95:
            raise InvalidCostInput(
                "p95", f"must be at least p50, and p50 more than 0, not {p95:g} and {p50:g}"
            )
        return cls(math.log(p50), math.log(p95 / p50) / Z_95)

    @classmethod
    def from_mean(cls, mean: float, variation: float) -> Lognormal:
        """The one with this mean and coefficient of variation (standard deviation over mean)."""
        if not (mean > 0 and variation >= 0):
            raise InvalidCostInput("mean", "must be more than 0, and the variation at least 0")
        variance = math.log1p(variation**2)
        return cls(math.log(mean) - variance / 2, math.sqrt(variance))

    @property
    def mean(self) -> float:
        """Its mean, which lies above the median."""
        return math.exp(self.mu + self.sigma**2 / 2)

    def quantile(self, share: float) -> float:
        """The value that `share` of the cases stay below."""
        return math.exp(self.mu + self.sigma * NormalDist().inv_cdf(share))

    def share_above(self, value: float) -> float:
        """Share of the cases above `value`."""
        if value <= 0:
            return 1.0
        if self.sigma == 0:
            return float(math.log(value) < self.mu)
        return float(ndtr((self.mu - math.log(value)) / self.sigma))

    def at(self, uniforms: ArrayLike) -> NDArray[np.float64]:
        """Draws by the inverse distribution function: quantiles at each of `uniforms`."""
        return np.asarray(np.exp(self.mu + self.sigma * ndtri(np.asarray(uniforms, np.float64))), np.float64)


def uniform_stream(seed: int, name: str, draws: int) -> NDArray[np.float64]:
    """Uniform numbers that depend on seed and name alone (MODEL.md 5.2).

    Whoever asks for the same name gets the same numbers, so that strategies are compared on equal
    terms; a new name leaves all others as they were.
    """
    return np.random.default_rng([seed, zlib.crc32(name.encode())]).random(draws)
