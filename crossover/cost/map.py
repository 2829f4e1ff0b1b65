"""Which strategy is cheapest at each point of a grid, and by how much (MODEL.md 3.9, W17)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossover.cost.arrays import FloatArray
from crossover.cost.errors import InvalidCostInput

TIE_MARGIN_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class CheapestMap:
    """The grid's answer; `winner` indexes `names`, all arrays have the shape of the grid.

    `margin_share` says how much dearer the second is (NaN where there is none, infinite where the
    winner is free); `is_tie` marks cells that are too close to call.
    """

    names: tuple[str, ...]
    winner: NDArray[np.intp]
    margin_share: FloatArray
    is_tie: NDArray[np.bool_]


def cheapest_map(
    total_usd: Mapping[str, FloatArray], tie_margin_share: float = TIE_MARGIN_SHARE
) -> CheapestMap:
    """Cheapest strategy for each cell of equally shaped totals (MODEL.md 3.9).

    Equal totals go to the first name in alphabetical order (E16). Raises InvalidCostInput without
    any strategy.
    """
    if not total_usd:
        raise InvalidCostInput("total_usd", "must hold at least one strategy")
    names = tuple(sorted(total_usd))
    totals = np.stack([np.asarray(total_usd[name], np.float64) for name in names])
    margin = _margin_share(totals)
    return CheapestMap(names, totals.argmin(axis=0), margin, margin < tie_margin_share)


def _margin_share(totals: FloatArray) -> FloatArray:
    if len(totals) == 1:
        return np.full(totals.shape[1:], np.nan)
    best, second = np.partition(totals, 1, axis=0)[:2]
    with_free_winner = np.where(second > 0, np.inf, 0.0)
    margin: FloatArray = np.divide(second - best, best, out=with_free_winner, where=best > 0)
    return margin
