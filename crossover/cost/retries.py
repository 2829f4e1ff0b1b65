"""What failed attempts add to a call (MODEL.md F2.6, W13).

Throughout, `failure_share` is the chance (0..1) that one attempt fails, `max_attempts` how many are
made at most, and `billed_share` the share of a failed attempt that is billed: 0 for a refused
request, 1 for an answer that is thrown away.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from crossover.cost.arrays import FloatArray
from crossover.cost.errors import InvalidCostInput, require_share


def success_share(failure_share: ArrayLike, max_attempts: ArrayLike) -> FloatArray:
    """Share of calls that succeed in the end."""
    failure, attempts = _checked(failure_share, max_attempts)
    return np.asarray(1 - failure**attempts, np.float64)


def expected_attempts(failure_share: ArrayLike, max_attempts: ArrayLike) -> FloatArray:
    """Mean number of attempts per call: attempt i happens when all before it failed."""
    failure, attempts = np.broadcast_arrays(*_checked(failure_share, max_attempts))
    succeeding = failure < 1
    mean = np.divide(1 - failure**attempts, 1 - failure, out=attempts.copy(), where=succeeding)
    return np.asarray(mean, np.float64)


def retry_cost_multiplier(
    failure_share: ArrayLike, max_attempts: ArrayLike, billed_share: ArrayLike = 1.0
) -> FloatArray:
    """What a call costs on average, as a multiple of one successful attempt."""
    require_share("billed_share", billed_share)
    success = success_share(failure_share, max_attempts)
    failed_attempts = expected_attempts(failure_share, max_attempts) - success
    return success + np.asarray(billed_share, np.float64) * failed_attempts


def retry_cost_per_success(
    failure_share: ArrayLike, max_attempts: ArrayLike, billed_share: ArrayLike = 1.0
) -> FloatArray:
    """What a success costs, as a multiple of one attempt; infinite when every attempt fails (E28)."""
    success = success_share(failure_share, max_attempts)
    multiplier = retry_cost_multiplier(failure_share, max_attempts, billed_share)
    return np.divide(multiplier, success, out=np.full_like(multiplier, np.inf), where=success > 0)


def _checked(failure_share: ArrayLike, max_attempts: ArrayLike) -> tuple[FloatArray, FloatArray]:
    require_share("failure_share", failure_share)
    if np.min(max_attempts) < 1:
        raise InvalidCostInput("max_attempts", f"must be at least 1, not {np.min(max_attempts):g}")
    return np.asarray(failure_share, np.float64), np.asarray(max_attempts, np.float64)
