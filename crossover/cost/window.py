"""Which calls a model's context window cannot hold (MODEL.md G2, E10, W30)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from crossover.cost.errors import require_at_least


def overflow_share(
    input_tokens: ArrayLike, max_output_tokens: ArrayLike, window_tokens: int | None
) -> float | None:
    """Share of calls whose prompt and longest answer together exceed the window (W30).

    A call that fills the window exactly fits. None when the window is not known, or without calls.
    """
    require_at_least("input_tokens", input_tokens)
    require_at_least("max_output_tokens", max_output_tokens)
    needed = np.asarray(input_tokens, np.float64) + np.asarray(max_output_tokens, np.float64)
    return None if window_tokens is None or not needed.size else float((needed > window_tokens).mean())
