"""Which input the variance comes from: Sobol indices with our own distributions (MODEL.md 5.4, W24)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np
from scipy.stats import qmc
from scipy.stats import sobol_indices as estimated_indices

from crossover.cost import FloatArray, InvalidCostInput
from crossover.uncertainty.distributions import Distribution
from crossover.uncertainty.inputs import Values
from crossover.uncertainty.models import CostModel
from crossover.uncertainty.tornado import Bar

BASE_SAMPLES = 1_024
MOST_INPUTS = 15
RESAMPLES = 100
Interval = tuple[float, float]
Output = Callable[[Mapping[str, FloatArray]], FloatArray]


@dataclass(frozen=True, slots=True)
class SobolIndex:
    """Share of the variance due to one input: alone (`first`), and with all it takes part in (`total`).

    The intervals hold 95 %. An index may come out below 0 by chance; a chart may show that as 0, a
    table must not.
    """

    name: str
    first: float
    first_interval: Interval
    total: float
    total_interval: Interval


def sobol_indices(
    output: Output, distributions: Mapping[str, Distribution], seed: int, base_samples: int = BASE_SAMPLES
) -> tuple[SobolIndex, ...]:
    """Indices of `output`, largest total first, from N(D+2) draws of D inputs (MODEL.md 5.4).

    `output` is called once; it takes draws by name and gives one number per draw. `base_samples` N
    is a power of 2. Raises InvalidCostInput for no input, more than 15, another N, or an output that
    does not vary.
    """
    _require_size(len(distributions), base_samples)
    generator = np.random.default_rng(seed)
    uniforms = _uniforms(len(distributions), base_samples, generator)
    columns = zip(distributions.items(), uniforms.T, strict=True)
    values = np.asarray(output({name: each.at(column) for (name, each), column in columns}), np.float64)
    if np.ptp(values) == 0:
        raise InvalidCostInput("output", "does not vary with these inputs")
    blocks = values.reshape(-1, base_samples)
    found = _indices(blocks)
    chosen = generator.integers(base_samples, size=(RESAMPLES, base_samples))
    intervals = np.quantile([_indices(blocks[:, rows]) for rows in chosen], (0.025, 0.975), axis=0)
    indices = [
        SobolIndex(name, *_order(found, intervals, 0, i), *_order(found, intervals, 1, i))
        for i, name in enumerate(distributions)
    ]
    return tuple(sorted(indices, key=lambda index: -index.total))


def sobol_of(
    one: CostModel, other: CostModel, bars: Iterable[Bar], today: Values, seed: int
) -> tuple[SobolIndex, ...]:
    """Indices of what `one` costs more than `other`, for the drawn inputs with the longest `bars`."""
    drawn = ((bar.input.name, bar.input.distribution) for bar in bars)
    distributions = {name: each for name, each in drawn if each is not None}
    longest = dict(islice(distributions.items(), MOST_INPUTS))

    def difference(draws: Mapping[str, FloatArray]) -> FloatArray:
        values = {**today, **draws}
        return one.total_usd(values) - other.total_usd(values)

    return sobol_indices(difference, longest, seed)


def _require_size(inputs: int, base_samples: int) -> None:
    if not 1 <= inputs <= MOST_INPUTS:
        raise InvalidCostInput("inputs", f"must be 1 to {MOST_INPUTS}, not {inputs}")
    if base_samples < 2 or base_samples & (base_samples - 1):
        raise InvalidCostInput("base_samples", f"must be a power of 2, not {base_samples}")


def _uniforms(inputs: int, base_samples: int, generator: np.random.Generator) -> FloatArray:
    """Two samples A and B one after the other, then A with each column in turn from B: shape (N(D+2), D)."""
    both = qmc.Sobol(2 * inputs, rng=generator).random(base_samples)
    a, b = both[:, :inputs], both[:, inputs:]
    exchanged = [np.where(np.arange(inputs) == column, b, a) for column in range(inputs)]
    return np.concatenate([a, b, *exchanged])


def _indices(blocks: FloatArray) -> FloatArray:
    """First-order and total indices, shape (2, D), from the outputs of each sample, shape (D + 2, N)."""
    samples = {"f_A": blocks[:1], "f_B": blocks[1:2], "f_AB": blocks[2:, None, :]}
    found = estimated_indices(func=samples, n=blocks.shape[1])
    return np.stack([found.first_order, found.total_order])


def _order(found: FloatArray, intervals: FloatArray, order: int, column: int) -> tuple[float, Interval]:
    low, high = intervals[:, order, column].tolist()
    return float(found[order, column]), (low, high)
