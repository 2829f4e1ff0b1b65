"""Seconds of one model call, from its tokens and speeds (MODEL.md F4.1, W21)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from crossover.cost import InvalidCostInput, expected_attempts
from crossover.cost.errors import require_at_least, require_share

Seconds = NDArray[np.float64]

CACHED_PREFILL_FACTOR = 0.1
"""Reading a cached token takes this share of reading a fresh one (kappa of F4.1, an assumption)."""


@dataclass(frozen=True, slots=True)
class Speeds:
    """How fast a model answers; arrays (over draws) broadcast with the tokens of a call.

    `first_token_seconds` is the wait for the first token of an empty prompt, without the network.
    """

    network_seconds: float | Seconds
    first_token_seconds: float | Seconds
    prefill_tokens_per_second: float | Seconds
    decode_tokens_per_second: float | Seconds
    cached_prefill_share: float = CACHED_PREFILL_FACTOR

    def __post_init__(self) -> None:
        for name in ("network_seconds", "first_token_seconds"):
            require_at_least(name, getattr(self, name))
        for name in ("prefill_tokens_per_second", "decode_tokens_per_second"):
            if not np.all(np.asarray(getattr(self, name)) > 0):
                raise InvalidCostInput(name, "must be more than 0")
        require_share("cached_prefill_share", self.cached_prefill_share)


def time_to_first_token_seconds(
    speeds: Speeds, plain_tokens: ArrayLike, cached_tokens: ArrayLike = 0.0
) -> Seconds:
    """Seconds until the first token of a call's answer (TTFT)."""
    cached = np.asarray(cached_tokens, np.float64) * speeds.cached_prefill_share
    read = (np.asarray(plain_tokens, np.float64) + cached) / speeds.prefill_tokens_per_second
    return np.asarray(speeds.network_seconds + speeds.first_token_seconds + read, np.float64)


def decode_seconds(speeds: Speeds, output_tokens: ArrayLike) -> Seconds:
    """Seconds from a call's first token to its last."""
    written = np.asarray(output_tokens, np.float64) / speeds.decode_tokens_per_second
    return np.asarray(written, np.float64)


def call_seconds(
    speeds: Speeds, plain_tokens: ArrayLike, output_tokens: ArrayLike, cached_tokens: ArrayLike = 0.0
) -> Seconds:
    """Seconds of a whole call; calls that follow each other add up."""
    return time_to_first_token_seconds(speeds, plain_tokens, cached_tokens) + decode_seconds(
        speeds, output_tokens
    )


def retry_seconds(
    call: ArrayLike, failure_share: float, max_attempts: int, backoff_seconds: float = 0.0
) -> Seconds:
    """Expected seconds that failed attempts add to a call: each costs a call and a pause."""
    require_at_least("backoff_seconds", backoff_seconds)
    extra_attempts = expected_attempts(failure_share, max_attempts) - 1
    return extra_attempts * (np.asarray(call, np.float64) + backoff_seconds)
