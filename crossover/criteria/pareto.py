"""Which alternatives another one beats outright, before any weight is set (MODEL.md 6.2)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

BoolArray = NDArray[np.bool_]


def dominators(quantities: ArrayLike, directions: ArrayLike) -> tuple[int | None, ...]:
    """For each alternative the first one that dominates it, or None on the Pareto front (W25).

    To dominate is to be at least as good on every raw quantity, shape (alternatives, criteria), and
    better on one; an unknown one (NaN) can neither win nor lose. The dominator named is itself on
    the front, where every criterion is known.
    """
    signed = np.asarray(quantities, np.float64) * np.asarray(directions, np.float64)
    no_worse = np.all(signed[:, None, :] >= signed[None, :, :], axis=2)
    better = np.any(signed[:, None, :] > signed[None, :, :], axis=2)
    dominates: BoolArray = np.asarray(no_worse & better, np.bool_)
    is_front = ~np.asarray(dominates.any(axis=0), np.bool_)
    return tuple(_first(dominates[:, column], is_front) for column in range(len(signed)))


def pareto_front(quantities: ArrayLike, directions: ArrayLike) -> tuple[int, ...]:
    """Indices of the alternatives nothing dominates (MODEL.md 6.2, W25)."""
    return tuple(index for index, by in enumerate(dominators(quantities, directions)) if by is None)


def _first(dominates: BoolArray, is_front: BoolArray) -> int | None:
    preferred = np.flatnonzero(dominates & is_front)
    found = preferred if preferred.size else np.flatnonzero(dominates)
    return int(found[0]) if found.size else None
