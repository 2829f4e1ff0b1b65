"""Speeds measured in a person's own timing log (MODEL.md F4.1, last sentence)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import nnls

from crossover.cost import InvalidCostInput
from crossover.latency.percentiles import Lognormal

LEAST_ROWS = 5


@dataclass(frozen=True, slots=True)
class MeasuredSpeeds:
    """Speeds fitted to n timed calls; a speed is None when the log does not show it.

    `first_token_seconds` holds the network, which a log cannot tell apart. `first_token_spread` is
    how that wait varies from call to call.
    """

    first_token_seconds: float
    prefill_tokens_per_second: float | None
    decode_tokens_per_second: float | None
    first_token_spread: Lognormal
    n: int


def fit_speeds(
    input_tokens: ArrayLike, output_tokens: ArrayLike, ttft_seconds: ArrayLike, total_seconds: ArrayLike
) -> MeasuredSpeeds | None:
    """Least-squares speeds of timed calls, columns of shape (n,) each; None below five rows.

    Neither the wait nor a time per token is fitted below 0. Raises InvalidCostInput when columns
    differ in length, or a call ends before its first token.
    """
    columns = [np.asarray(c, np.float64) for c in (input_tokens, output_tokens, ttft_seconds, total_seconds)]
    read, written, first, total = columns
    if len({column.shape for column in columns}) > 1:
        raise InvalidCostInput("total_seconds", "must have one entry per call, as the other columns")
    if (total < first).any() or (first <= 0).any():
        raise InvalidCostInput("ttft_seconds", "must be more than 0 and at most the total")
    if first.size < LEAST_ROWS:
        return None
    wait, per_token = nnls(np.column_stack([np.ones_like(read), read]), first)[0]
    decoding = nnls(written[:, None], total - first)[0][0]
    logs = np.log(first)
    spread = Lognormal(float(logs.mean()), float(logs.std(ddof=1)))
    return MeasuredSpeeds(float(wait), _speed(per_token), _speed(decoding), spread, first.size)


def _speed(seconds_per_token: float) -> float | None:
    return 1 / float(seconds_per_token) if seconds_per_token > 0 else None
