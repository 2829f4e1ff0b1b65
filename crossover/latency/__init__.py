"""How long a request takes, how that varies, and whether rate limits hold (MODEL.md 4)."""

from crossover.latency.percentiles import Lognormal, uniform_stream
from crossover.latency.plans import (
    latency_seconds,
    scenario_speeds,
    simulated_latency_seconds,
    visible_after_seconds,
)
from crossover.latency.rate_limits import (
    LimitVerdict,
    concurrent_calls,
    needed_calls_per_minute,
    needed_tokens_per_minute,
    peak_calls_per_minute,
)
from crossover.latency.speeds import (
    CACHED_PREFILL_FACTOR,
    Speeds,
    call_seconds,
    decode_seconds,
    retry_seconds,
    time_to_first_token_seconds,
)
from crossover.latency.timing_log import MeasuredSpeeds, fit_speeds

__all__ = [
    "CACHED_PREFILL_FACTOR",
    "LimitVerdict",
    "Lognormal",
    "MeasuredSpeeds",
    "Speeds",
    "call_seconds",
    "concurrent_calls",
    "decode_seconds",
    "fit_speeds",
    "latency_seconds",
    "needed_calls_per_minute",
    "needed_tokens_per_minute",
    "peak_calls_per_minute",
    "retry_seconds",
    "scenario_speeds",
    "simulated_latency_seconds",
    "time_to_first_token_seconds",
    "uniform_stream",
    "visible_after_seconds",
]
