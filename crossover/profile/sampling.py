"""Which of very many rows are looked at, and which of those stands for each of the others (E33)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SAMPLING_SEED = 20_240_723


def stand_ins(rows: int, most: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(rows looked at, in order; for each of `rows` the place among them that stands for it).

    All rows where there are at most `most`, else a seeded sample in which every looked-at row stands
    for itself.
    """
    if rows <= most:
        return np.arange(rows), np.arange(rows)
    generator = np.random.default_rng(SAMPLING_SEED)
    looked_at = np.sort(generator.choice(rows, most, replace=False))
    stands_for = generator.integers(0, most, rows)
    stands_for[looked_at] = np.arange(most)
    return looked_at, stands_for
