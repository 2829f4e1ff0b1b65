"""W21 and W22: how long a request takes, and what the limits must allow (MODEL.md 4)."""

from __future__ import annotations

from collections.abc import Mapping

from crossover import cost, latency
from crossover.latency import LimitVerdict, Lognormal, Speeds

from .example_file import Computed, Inputs, example
from .presets import MSG, PRIMING

PROMPT, CACHED, ANSWER = 1300, 1152, 185  # W21 takes W08's prompt: 1,152 of its tokens cacheable
MEDIAN_AND_P95, MEAN_AND_VARIATION, LIMIT_SECONDS = (0.6, 1.8), (2.0, 0.5), 3.0
CALL_SECONDS = 2.7  # W22 `little_concurrency`
CALL_LIMIT, TOKEN_LIMIT = 500, 200_000


@example("W21")
def seconds(inputs: Inputs, every: Mapping[str, Inputs]) -> Computed:
    speeds = Speeds(*(inputs[key] for key in ("net", "ttft0", "prefill_tps", "decode_tps", "cached_factor")))
    first, second, call = tool_prompts(every["W11"])
    asking = latency.call_seconds(speeds, first, call) + inputs["tool"]
    searching = inputs["embed"] + inputs["search"]
    by_mean = Lognormal.from_mean(*MEAN_AND_VARIATION)
    return {
        "single": one_call(speeds, PROMPT, 0),
        "single_cached": one_call(speeds, PROMPT - CACHED, CACHED),
        "tool_total": asking + latency.call_seconds(speeds, second, ANSWER),
        "tool_first_token": asking + latency.time_to_first_token_seconds(speeds, second),
        "rag_total": searching + latency.call_seconds(speeds, PROMPT, ANSWER),
        "lognormal_p50_p95": lognormal_answer(Lognormal.from_percentiles(*MEDIAN_AND_P95)),
        "lognormal_mean_cv": {
            "mu": by_mean.mu,
            "sigma": by_mean.sigma,
            "p50": by_mean.quantile(0.5),
            "p95": by_mean.quantile(0.95),
        },
        "p_single_over_3s": by_mean.share_above(LIMIT_SECONDS),
    }


def tool_prompts(tools: Inputs) -> tuple[float, float, int]:
    """First prompt, second prompt and call of W11's tool request, with the frames of MODEL.md 1."""
    first = tools["static"] + tools["tools"] + tools["q"] + 2 * MSG + PRIMING
    return (
        first,
        first + float(cost.round_growth_tokens(tools["out_call"], tools["result"])),
        tools["out_call"],
    )


def one_call(speeds: Speeds, plain: float, cached: float) -> Computed:
    return {
        "ttft": latency.time_to_first_token_seconds(speeds, plain, cached),
        "total": latency.call_seconds(speeds, plain, ANSWER, cached),
    }


def lognormal_answer(spread: Lognormal) -> Computed:
    return {"mu": spread.mu, "sigma": spread.sigma, "mean": spread.mean, "p99": spread.quantile(0.99)}


@example("W22")
def limits_at_the_peak(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    rate = latency.peak_calls_per_minute(inputs["volume"], inputs["peak_factor"], inputs["calls_per_request"])
    calls = latency.needed_calls_per_minute(rate, inputs["q"])
    tokens = latency.needed_tokens_per_minute(rate, inputs["tokens_mean"], inputs["tokens_m2"], inputs["q"])
    return {
        "mean_rpm": rate,
        "rpm": calls,
        "mean_tpm": rate * inputs["tokens_mean"],
        "tpm": tokens,
        "poisson_q": {
            "mean5_q999": latency.needed_calls_per_minute(5, 0.999),
            "mean100_q999": latency.needed_calls_per_minute(100, 0.999),
            "mean0": latency.needed_calls_per_minute(0, 0.999),
        },
        "little_concurrency": latency.concurrent_calls(rate, CALL_SECONDS),
        "fits_500rpm_200ktpm": bool(
            LimitVerdict(calls, CALL_LIMIT).fits and LimitVerdict(tokens, TOKEN_LIMIT).fits
        ),
    }
