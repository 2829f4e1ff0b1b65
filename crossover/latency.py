"""How long a request takes, from its tokens and assumed speeds (MODEL.md F4.1)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crossover.scenario import Scenario
from crossover.strategies import Call, UsagePlan

CACHED_PREFILL_FACTOR = 0.1
"""Reading a cached token takes this share of reading a fresh one (kappa of F4.1, an assumption)."""


def latency_seconds(plan: UsagePlan, scenario: Scenario, cached_share: float) -> NDArray[np.float64]:
    """Expected seconds until the answer is complete, shape (n,); calls of a request follow each other.

    `cached_share` is the part of the shared prefix that is found in the cache.
    """
    calls = np.sum(
        [call.probability * _call_seconds(call, scenario, cached_share) for call in plan.calls], axis=0
    )
    return calls + _search_seconds(plan, scenario) + _tool_seconds(plan, scenario)  # type: ignore[no-any-return]


def _call_seconds(call: Call, scenario: Scenario, cached_share: float) -> NDArray[np.float64]:
    cached = cached_share * call.shared_prefix_tokens
    read = (call.input_tokens - cached * (1 - CACHED_PREFILL_FACTOR)) / scenario.value("prefill_tokens_per_second")
    written = call.output_tokens / scenario.value("decode_tokens_per_second")
    return scenario.value("network_seconds") + scenario.value("first_token_seconds") + read + written


def _search_seconds(plan: UsagePlan, scenario: Scenario) -> float:
    return scenario.value("search_seconds") if plan.embedding_tokens is not None else 0.0


def _tool_seconds(plan: UsagePlan, scenario: Scenario) -> float:
    """One tool run per call that extends an earlier one."""
    rounds = sum(call.probability for call in plan.calls if call.output_part == "calls")
    return rounds * scenario.value("tool_seconds")
