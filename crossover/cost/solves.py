"""What would have to be true for two strategies to cost the same (MODEL.md 3.7, W14, W20)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.optimize import brentq

from crossover.cost.arrays import FloatArray
from crossover.cost.errors import InvalidCostInput
from crossover.prices.types import TokenPrice

RELATIVE_TOLERANCE = 1e-13
SCAN_POINTS = 65
AFFINE_CHECK_SHARES = (0.0, 0.27, 0.5, 0.81, 1.0)
VOLUME_SCAN_POINTS = 200

Difference = Callable[[float], float]


def solve_for(
    total_difference: Difference, low: float, high: float, today: float | None = None
) -> float | None:
    """The input at which `total_difference` is 0 within [low, high]; None when it never is.

    An affine difference takes a handful of evaluations; any other is bracketed on an even grid
    first. With several answers the one nearest `today` is given, or the smallest (3.7, W20).
    """
    if not low <= high:
        raise InvalidCostInput("low", f"must not exceed high, {high:g}")
    points = low + (high - low) * np.asarray(AFFINE_CHECK_SHARES)
    values = _evaluated(total_difference, points)
    if not _is_affine(points, values):
        points = np.linspace(low, high, SCAN_POINTS)
        values = _evaluated(total_difference, points)
    return _nearest((*_roots(total_difference, points, values), *_zero_ends(points, values)), today)


def solve_for_whole(total_difference: Callable[[int], float], low: int, high: int, today: int) -> int | None:
    """The whole number nearest `today` at which the cheaper side is another one; None when none is.

    A difference of exactly 0 counts as a change (MODEL.md 3.7: integers are enumerated).
    """
    sign_today = np.sign(total_difference(today))
    flips = [value for value in range(low, high + 1) if np.sign(total_difference(value)) != sign_today]
    return min(flips, key=lambda value: (abs(value - today), value), default=None)


def crossing_volumes(total_difference: Difference, low: float = 1.0, high: float = 1e10) -> tuple[float, ...]:
    """Every monthly volume at which a cost staircase changes sides (MODEL.md 3.4, last line).

    Scans 200 volumes evenly spread on a log scale and narrows each sign change; where the cost
    jumps, the volume of the jump is given.
    """
    points = np.geomspace(low, high, VOLUME_SCAN_POINTS)
    values = _evaluated(total_difference, points)
    return _roots(total_difference, points, values)


def relative_change(value: float, today: float) -> float | None:
    """Change from today as a share; None when today is 0, where no share exists."""
    return (value - today) / abs(today) if today else None


def largest_tuned_input_tokens(
    base_usd_per_request: float, output_tokens: float, tuned: TokenPrice
) -> float | None:
    """Longest prompt with which a tuned model still costs no more than `base_usd_per_request`.

    None when its answers alone cost more, so that it loses at any prompt length, or when its input
    is free (MODEL.md F3.7a, W14, W36).
    """
    left_usd = base_usd_per_request * 1e6 - output_tokens * tuned.output_mtok
    if left_usd < 0 or tuned.input_mtok == 0:
        return None
    return left_usd / tuned.input_mtok


def parity_markup(
    base_usd_per_request: float, tuned_input_tokens: float, output_tokens: float, base: TokenPrice
) -> float | None:
    """Multiple of the base prices at which a tuned model costs the same (MODEL.md F3.7b, W14).

    None when the tuned request would be free at any multiple.
    """
    at_base_prices = tuned_input_tokens * base.input_mtok + output_tokens * base.output_mtok
    return base_usd_per_request * 1e6 / at_base_prices if at_base_prices > 0 else None


def _evaluated(difference: Difference, points: FloatArray) -> FloatArray:
    return np.array([difference(point) for point in points.tolist()], np.float64)


def _is_affine(points: FloatArray, values: FloatArray) -> bool:
    line = np.interp(points, points[[0, -1]], values[[0, -1]])
    return bool(np.abs(values - line).max() <= 1e-12 * np.abs(values).max())


def _zero_ends(points: FloatArray, values: FloatArray) -> tuple[float, ...]:
    """The ends of the range that are answers themselves, unless everything is."""
    ends = [points[end] for end in (0, -1) if values[end] == 0 and values.any()]
    return tuple(map(float, ends))


def _roots(difference: Difference, points: FloatArray, values: FloatArray) -> tuple[float, ...]:
    nonzero = np.flatnonzero(values)
    before, after = nonzero[:-1], nonzero[1:]
    flips = np.sign(values[before]) != np.sign(values[after])
    brackets = zip(points[before[flips]].tolist(), points[after[flips]].tolist(), strict=True)
    return tuple(_root_between(difference, low, high) for low, high in brackets)


def _root_between(difference: Difference, low: float, high: float) -> float:
    smallest = 1e-18 * max(abs(low), abs(high))
    return float(brentq(difference, low, high, xtol=smallest, rtol=RELATIVE_TOLERANCE, maxiter=1000))


def _nearest(roots: tuple[float, ...], today: float | None) -> float | None:
    if today is None:
        return min(roots, default=None)
    return min(roots, key=lambda root: abs(root - today), default=None)
