"""Which input the variance comes from: Sobol indices with our own distributions (MODEL.md 5.4, W24)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import sobol_indices as estimated_indices  # type: ignore[import-untyped]

from crossover.cost import FloatArray, InvalidCostInput
from crossover.uncertainty.distributions import Distribution

BASE_SAMPLES = 1_024
MOST_INPUTS = 15
Output = Callable[[Mapping[str, FloatArray]], FloatArray]


@dataclass(frozen=True, slots=True)
class SobolIndex:
    """Share of the variance due to one input: alone (`first`), and with all it takes part in (`total`).

    The intervals hold 95 %. An index may come out below 0 by chance; a chart may show that as 0, a
    table must not.
    """

    name: str
    first: float
    first_interval: tuple[float, float]
    total: float
    total_interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _ByQuantile:
    """A distribution under the name the library asks for."""

    distribution: Distribution

    def ppf(self, uniforms: FloatArray) -> FloatArray:
        """Quantiles."""
        return self.distribution.at(uniforms)


def sobol_indices(
    output: Output, distributions: Mapping[str, Distribution], seed: int, base_samples: int = BASE_SAMPLES
) -> tuple[SobolIndex, ...]:
    """Indices of `output`, largest total first, from N(D+2) draws of D inputs (MODEL.md 5.4).

    `output` takes draws by name and gives one number per draw. `base_samples` N is a power of 2.
    Raises InvalidCostInput for no input, more than 15, another N, or an output that does not vary.
    """
    names = list(distributions)
    if not 1 <= len(names) <= MOST_INPUTS:
        raise InvalidCostInput("inputs", f"must be 1 to {MOST_INPUTS}, not {len(names)}")
    if base_samples < 2 or base_samples & (base_samples - 1):
        raise InvalidCostInput("base_samples", f"must be a power of 2, not {base_samples}")
    found = estimated_indices(
        func=lambda draws: _varying(output(dict(zip(names, draws, strict=True)))),
        n=base_samples,
        dists=[_ByQuantile(distributions[name]) for name in names],
        rng=np.random.default_rng(seed),
    )
    sure = found.bootstrap()
    first, total = sure.first_order.confidence_interval, sure.total_order.confidence_interval
    indices = [
        SobolIndex(
            name,
            float(found.first_order[i]),
            (float(first.low[i]), float(first.high[i])),
            float(found.total_order[i]),
            (float(total.low[i]), float(total.high[i])),
        )
        for i, name in enumerate(names)
    ]
    return tuple(sorted(indices, key=lambda index: -index.total))


def _varying(values: FloatArray) -> FloatArray:
    if np.ptp(values) == 0:
        raise InvalidCostInput("output", "does not vary with these inputs")
    return values
