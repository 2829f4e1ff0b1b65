"""Very large inputs: the same seeded part of them every time, and word of how far the work is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from crossover.retrieval.text_matching import normalised
from crossover.tokens import Progress

SEED = 20_240_723
_TEXTS_AT_ONCE = 5_000
T = TypeVar("T")


def seeded_rows(n: int, most: int) -> NDArray[np.int64]:
    """At most `most` of the rows 0..n-1, ascending; all of them where they are that few (MODEL.md E33)."""
    if n <= most:
        return np.arange(n)
    return np.sort(np.random.default_rng(SEED).choice(n, most, replace=False))


def chosen(values: Sequence[T], rows: NDArray[np.int64]) -> list[T]:
    """The values in `rows`."""
    return [values[row] for row in rows.tolist()]


def blocks(n: int, size: int, progress: Progress | None) -> Iterator[slice]:
    """0..n in slices of `size`; `progress` hears the share done after each, what it raises stops the work."""
    for start in range(0, n, size):
        yield slice(start, min(start + size, n))
        if progress is not None:
            progress(min(start + size, n) / n)


def part_of(progress: Progress | None, begin: float, end: float) -> Progress | None:
    """`progress` for a piece of the work that takes the whole from `begin` to `end`."""
    return None if progress is None else lambda share: progress(begin + (end - begin) * share)


def all_normalised(texts: Sequence[str], progress: Progress | None) -> list[str]:
    """Each text as matching sees it."""
    parts = blocks(len(texts), _TEXTS_AT_ONCE, progress)
    return [normalised(text) for part in parts for text in texts[part]]
