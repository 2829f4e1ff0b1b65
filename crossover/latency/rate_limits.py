"""Whether a provider's limits hold in the busiest minute (MODEL.md F4.3, W22)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from scipy.stats import poisson

from crossover.cost import requests_per_minute
from crossover.cost.errors import require_at_least, require_between

PEAK_MINUTE_SHARE = 0.999
"""The need is what 999 of 1,000 peak minutes stay below."""


@dataclass(frozen=True, slots=True)
class LimitVerdict:
    """A need per minute against a limit; the room left is negative when the limit is exceeded.

    `fits` and `headroom_share` are None when the limit is not known.
    """

    needed_per_minute: float
    limit_per_minute: float | None

    @property
    def fits(self) -> bool | None:
        """Whether the need stays within the limit."""
        return None if self.limit_per_minute is None else self.needed_per_minute <= self.limit_per_minute

    @property
    def headroom_share(self) -> float | None:
        """Share of the limit that is left."""
        limit = self.limit_per_minute
        return None if not limit else 1 - self.needed_per_minute / limit


def peak_calls_per_minute(
    requests_per_month: float, peak_factor: float, calls_per_request: float = 1.0
) -> float:
    """Mean calls in a peak minute: `peak_factor` times the mean minute of the month."""
    for name, value in (("peak_factor", peak_factor), ("calls_per_request", calls_per_request)):
        require_at_least(name, value)
    return float(requests_per_minute(requests_per_month)) * peak_factor * calls_per_request


def needed_calls_per_minute(mean_per_minute: float, share: float = PEAK_MINUTE_SHARE) -> int:
    """Calls that a minute with Poisson arrivals exceeds only in 1 - share of the cases (RPM)."""
    require_at_least("mean_per_minute", mean_per_minute)
    require_between("share", share, 0.0, 1.0 - 1e-12)
    return int(poisson.ppf(share, mean_per_minute)) if mean_per_minute > 0 else 0


def needed_tokens_per_minute(
    mean_calls_per_minute: float,
    mean_tokens: float,
    mean_squared_tokens: float,
    share: float = PEAK_MINUTE_SHARE,
) -> float:
    """Tokens a minute of random calls of random length stays below in `share` of the cases (TPM).

    Tokens of a call are those the provider counts: input and output, or input and the maximum
    output where admission reserves it.
    """
    spread = math.sqrt(mean_calls_per_minute * mean_squared_tokens)
    return mean_calls_per_minute * mean_tokens + NormalDist().inv_cdf(share) * spread


def concurrent_calls(calls_per_minute: float, call_seconds: float) -> float:
    """Calls under way at the same time on average (Little's law)."""
    return calls_per_minute / 60 * call_seconds
