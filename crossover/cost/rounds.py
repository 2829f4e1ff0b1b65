"""Tool rounds and agentic loops: every round sends the whole prompt again (MODEL.md F2.8, F2.9)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from crossover.cost.arrays import FloatArray
from crossover.cost.caching import Prompts
from crossover.cost.errors import InvalidCostInput, require_share
from crossover.tokens.messages import CALL_OVERHEAD, MESSAGE_OVERHEAD, PRIMING


def round_growth_tokens(call_tokens: ArrayLike, result_tokens: ArrayLike) -> FloatArray:
    """Tokens one round adds to the next prompt: d of F2.8.

    `call_tokens` are all calls of the round together; `result_tokens` has one entry per parallel
    result along its last axis, shape (..., results).
    """
    results = np.atleast_1d(np.asarray(result_tokens, np.float64)) + MESSAGE_OVERHEAD
    return np.asarray(np.asarray(call_tokens, np.float64) + CALL_OVERHEAD + results.sum(axis=-1), np.float64)


def rounds_input_tokens(base_tokens: ArrayLike, growth_tokens: ArrayLike, rounds: ArrayLike) -> FloatArray:
    """Input tokens of the R + 1 calls of R tool rounds together (MODEL.md F2.8, W11)."""
    base, growth, count = (np.asarray(x, np.float64) for x in (base_tokens, growth_tokens, rounds))
    return np.asarray((count + 1) * base + growth * count * (count + 1) / 2, np.float64)


def rounds_output_tokens(call_tokens: ArrayLike, answer_tokens: ArrayLike, rounds: ArrayLike) -> FloatArray:
    """Output tokens of R tool rounds: a call each, then the answer (MODEL.md F2.8)."""
    call, answer, count = (np.asarray(x, np.float64) for x in (call_tokens, answer_tokens, rounds))
    return np.asarray(count * call + answer, np.float64)


def expected_with_tools(
    usd_with_tools: ArrayLike, usd_without: ArrayLike, tool_share: ArrayLike
) -> FloatArray:
    """Expected cost when only `tool_share` of the requests call a tool (MODEL.md F2.8, W11)."""
    require_share("tool_share", tool_share)
    share = np.asarray(tool_share, np.float64)
    return np.asarray(share * np.asarray(usd_with_tools) + (1 - share) * np.asarray(usd_without), np.float64)


def round_prompts(
    base_tokens: float, static_prefix_tokens: float, growth_tokens: float, rounds: int
) -> Prompts:
    """The R + 1 prompts of one request and what each shares with the one before (F2.4b, W11b)."""
    prompts = base_tokens + growth_tokens * np.arange(rounds + 1, dtype=np.float64)
    shared = np.concatenate([[static_prefix_tokens], prompts[:-1] - PRIMING])
    return Prompts(prompts, static_prefix_tokens, shared)


def loop_round_shares(continue_share: float, max_rounds: int) -> FloatArray:
    """Probability of each number of rounds 0..max_rounds of an agentic loop (MODEL.md F2.9, W12).

    The last entry is the share of requests that hit the limit.
    """
    require_share("continue_share", continue_share)
    if max_rounds < 0:
        raise InvalidCostInput("max_rounds", f"must be at least 0, not {max_rounds}")
    shares = continue_share ** np.arange(max_rounds + 1, dtype=np.float64)
    shares[:-1] *= 1 - continue_share
    return shares


def expected_loop_rounds(continue_share: float, max_rounds: int) -> float:
    """Mean number of tool rounds (F2.9). Never use it in F2.8: input is convex in the rounds."""
    shares = loop_round_shares(continue_share, max_rounds)
    return float(shares @ np.arange(max_rounds + 1))


def expected_loop_input_tokens(
    base_tokens: ArrayLike, growth_tokens: ArrayLike, continue_share: float, max_rounds: int
) -> FloatArray:
    """Expected input tokens of an agentic loop (MODEL.md F2.9, W12)."""
    shares = loop_round_shares(continue_share, max_rounds)
    base, growth = (np.asarray(x, np.float64)[..., None] for x in (base_tokens, growth_tokens))
    return np.asarray(rounds_input_tokens(base, growth, np.arange(max_rounds + 1)) @ shares, np.float64)


def expected_loop_output_tokens(
    step_tokens: ArrayLike, answer_tokens: ArrayLike, continue_share: float, max_rounds: int
) -> FloatArray:
    """Expected output tokens of an agentic loop; linear, so the mean rounds do (F2.9, W12)."""
    return rounds_output_tokens(step_tokens, answer_tokens, expected_loop_rounds(continue_share, max_rounds))
