"""Which input the variance comes from: Sobol indices with our own distributions (MODEL.md 5.4, W24)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import sobol_indices as estimated_indices  # type: ignore[import-untyped]

from crossover.cost import FloatArray, InvalidCostInput
from crossover.uncertainty.distributions import Distribution

BASE_SAMPLES = 1_024
MOST_INPUTS = 15
RESAMPLES = 100
Interval = tuple[float, float]
Output = Callable[[Mapping[str, FloatArray]], FloatArray]


@dataclass(frozen=True, slots=True)
class SobolIndex:
    """Share of the variance due to one input: alone (`first`), and with all it takes part in (`total`).

    The intervals hold 95 % and are None when not asked for. An index may come out below 0 by chance;
    a chart may show that as 0, a table must not.
    """

    name: str
    first: float
    total: float
    first_interval: Interval | None = None
    total_interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class _ByQuantile:
    """A distribution under the name the library asks for."""

    distribution: Distribution

    def ppf(self, uniforms: FloatArray) -> FloatArray:
        """Quantiles."""
        return self.distribution.at(uniforms)


def sobol_indices(
    output: Output,
    distributions: Mapping[str, Distribution],
    seed: int,
    base_samples: int = BASE_SAMPLES,
    resamples: int = RESAMPLES,
) -> tuple[SobolIndex, ...]:
    """Indices of `output`, largest total first, from N(D+2) draws of D inputs (MODEL.md 5.4).

    `output` takes draws by name and gives one number per draw. `base_samples` N is a power of 2.
    The intervals cost far more than the indices where N is large; 0 `resamples` leaves them out.
    Raises InvalidCostInput for no input, more than 15, another N, or an output that does not vary.
    """
    names = tuple(distributions)
    _require_size(len(names), base_samples)
    found = estimated_indices(
        func=lambda draws: _varying(output(dict(zip(names, draws, strict=True)))),
        n=base_samples,
        dists=[_ByQuantile(distributions[name]) for name in names],
        rng=np.random.default_rng(seed),
    )
    first, total = found.first_order.tolist(), found.total_order.tolist()
    intervals = _intervals(found, resamples) if resamples else [(None, None)] * len(names)
    indices = [SobolIndex(*row, *sure) for *row, sure in zip(names, first, total, intervals, strict=True)]
    return tuple(sorted(indices, key=lambda index: -index.total))


def _require_size(inputs: int, base_samples: int) -> None:
    if not 1 <= inputs <= MOST_INPUTS:
        raise InvalidCostInput("inputs", f"must be 1 to {MOST_INPUTS}, not {inputs}")
    if base_samples < 2 or base_samples & (base_samples - 1):
        raise InvalidCostInput("base_samples", f"must be a power of 2, not {base_samples}")


def _intervals(found: Any, resamples: int) -> list[tuple[Interval, Interval]]:
    """The intervals of the first and the total index of each input."""
    sure = found.bootstrap(n_resamples=resamples)
    by_order = [order.confidence_interval for order in (sure.first_order, sure.total_order)]
    first, total = (list(zip(each.low.tolist(), each.high.tolist(), strict=True)) for each in by_order)
    return list(zip(first, total, strict=True))


def _varying(values: FloatArray) -> FloatArray:
    if np.ptp(values) == 0:
        raise InvalidCostInput("output", "does not vary with these inputs")
    return values
