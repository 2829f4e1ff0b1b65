"""Which input the variance comes from: Sobol indices with our own distributions (MODEL.md 5.4, W24)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from crossover.cost import FloatArray, InvalidCostInput
from crossover.uncertainty.distributions import Distribution

BASE_SAMPLES = 1_024
MOST_INPUTS = 15


@dataclass(frozen=True, slots=True)
class SobolIndex:
    """Share of the variance due to one input: alone (`first`), and with all it takes part in (`total`).

    Half widths are of 95 % intervals. Small indices may come out below 0 by chance; a chart may show
    those as 0, a table must not.
    """

    name: str
    first: float
    first_half_width: float
    total: float
    total_half_width: float


def sobol_indices(
    output: Callable[[Mapping[str, FloatArray]], FloatArray],
    distributions: Mapping[str, Distribution],
    seed: int,
    base_samples: int = BASE_SAMPLES,
) -> tuple[SobolIndex, ...]:
    """Indices of `output`, largest total first; it is called once, with N(2D+2) draws of every input.

    `base_samples` N is a power of 2. Needs the package SALib; raises ImportError without it, and
    InvalidCostInput for no input, more than 15, or an output that does not vary (MODEL.md 5.4).
    """
    from SALib.analyze import sobol as analysis  # noqa: PLC0415 - optional, and slow to import
    from SALib.sample import sobol as sampling  # noqa: PLC0415

    names = list(distributions)
    if not 1 <= len(names) <= MOST_INPUTS:
        raise InvalidCostInput("inputs", f"must be 1 to {MOST_INPUTS}, not {len(names)}")
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    uniforms = sampling.sample(problem, base_samples, seed=seed)
    drawn = {name: distributions[name].at(column) for name, column in zip(names, uniforms.T, strict=True)}
    values = np.asarray(output(drawn), np.float64)
    if np.ptp(values) == 0:
        raise InvalidCostInput("output", "does not vary with these inputs")
    found = analysis.analyze(problem, values, seed=seed)
    columns = zip(names, found["S1"], found["S1_conf"], found["ST"], found["ST_conf"], strict=True)
    indices = [SobolIndex(name, *map(float, numbers)) for name, *numbers in columns]
    return tuple(sorted(indices, key=lambda index: -index.total))
