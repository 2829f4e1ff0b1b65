"""W10 to W13: turns of a conversation, tool rounds, loops and retries (MODEL.md 2.4b, 2.6-2.9)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from crossover import cost
from crossover.prices.types import TokenPrice

from .example_file import Computed, Inputs, example
from .presets import BASE, IN_MEMORY, LUNA, MARKED, MSG, PRIMING, usd

ROUNDS_SHOWN = 5  # W11 `title`: R = 0..4


def conversation(inputs: Inputs, **more: Any) -> cost.Conversation:
    users, answers = np.array(inputs["turns"], float).T
    return cost.Conversation(inputs["static"], users, answers, **more)


@example("W10")
def conversation_growth(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    plain = cost.conversation_prompts(conversation(inputs))
    dropped = cost.conversation_prompts(conversation(inputs, context_tokens=inputs["ctx"]))
    kept = cost.conversation_prompts(conversation(inputs, context_tokens=inputs["ctx"], keeps_context=True))
    window = cost.conversation_prompts(conversation(inputs, window_turns=2))
    forgetful = cost.conversation_prompts(conversation(inputs, window_turns=0))
    naive = forgetful.prompt_tokens.sum()
    return {
        "plain": {
            "inputs": plain.prompt_tokens,
            "total": plain.prompt_tokens.sum(),
            "prefixes": plain.sequence_prefix_tokens,
        },
        "rag_dropped": {"total": dropped.prompt_tokens.sum(), "prefixes": dropped.sequence_prefix_tokens},
        "rag_retained": {
            "total": kept.prompt_tokens.sum(),
            "prefixes": kept.sequence_prefix_tokens,
            "last": kept.prompt_tokens[-1],
        },
        "window2_total": window.prompt_tokens.sum(),
        "naive_without_growth": naive,
        "ratio": plain.prompt_tokens.sum() / naive,
    }


def sequence_usd(
    prompts: cost.Prompts, hits: cost.HitRates, output_tokens: float, price: TokenPrice, tail: bool = True
) -> float:
    rule = IN_MEMORY if price is BASE else MARKED
    billed = cost.expected_sequence_tokens(rule, prompts, hits, writes_tail=tail)
    return float(cost.input_usd(billed, price).sum() + cost.output_usd(output_tokens, price))


def first_then(calls: int, hit_rate: float) -> np.ndarray:
    return np.concatenate([[0.0], np.full(calls - 1, hit_rate)])


@example("W10b")
def conversation_with_cache(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    ttl, gap = map(float, re.findall(r"-([\d.]+)/([\d.]+)", inputs["hit_gap"])[0])
    hit_gap = cost.gap_hit_rate(gap, ttl)
    prompts = cost.conversation_prompts(conversation(inputs))
    turns = len(inputs["turns"])
    output = sum(answer for _, answer in inputs["turns"])
    hits = cost.HitRates(inputs["hit_static"], first_then(turns, hit_gap))
    marked_gap = cost.gap_hit_rate(gap, MARKED.ttl_minutes[0])
    marked_hits = cost.HitRates(inputs["hit_static"], first_then(turns, marked_gap))
    return {
        "hit_gap": hit_gap,
        "uncached": usd(BASE, prompts.prompt_tokens.sum(), output),
        "increment": sequence_usd(prompts, hits, output, BASE),
        "luna_uncached": usd(LUNA, prompts.prompt_tokens.sum(), output),
        "luna_tail": sequence_usd(prompts, marked_hits, output, LUNA),
    }


@example("W11")
def tool_rounds(inputs: Inputs, every: Mapping[str, Inputs]) -> Computed:
    answer = every["W11b"]["a"]
    base = inputs["static"] + inputs["tools"] + inputs["q"] + 2 * MSG + PRIMING
    call, result = inputs["out_call"], inputs["result"]
    growth = cost.round_growth_tokens(call, result)
    two = cost.round_growth_tokens(2 * call, [result, result])

    def rounds_usd(rounds: int, grows: Any = growth, called: float = call) -> float:
        output = cost.rounds_output_tokens(called, answer, rounds)
        return usd(BASE, float(cost.rounds_input_tokens(base, grows, rounds)), float(output))

    return {
        "base": base,
        "d": growth,
        "totals": cost.rounds_input_tokens(base, growth, np.arange(ROUNDS_SHOWN)),
        "cost_R1": rounds_usd(1),
        "cost_R3": rounds_usd(3),
        "cost_R1_p40": cost.expected_with_tools(rounds_usd(1), rounds_usd(0), 0.4),
        "cost_two_parallel": rounds_usd(1, two, 2 * call),
    }


@example("W11b")
def tool_rounds_with_cache(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    static = inputs["static"] + inputs["tools"]
    growth = float(cost.round_growth_tokens(inputs["out_call"], inputs["result"]))
    base = static + inputs["q"] + 2 * MSG + PRIMING
    prompts = cost.round_prompts(base, static + MSG, growth, inputs["rounds"])
    output = float(cost.rounds_output_tokens(inputs["out_call"], inputs["a"], inputs["rounds"]))
    hits = cost.HitRates(inputs["hit_static"], first_then(inputs["rounds"] + 1, inputs["hit_seq"]))
    only_static = cost.HitRates(inputs["hit_static"], 0.0)
    return {
        "inputs": prompts.prompt_tokens,
        "seq_prefixes": prompts.sequence_prefix_tokens,
        "uncached": usd(BASE, prompts.prompt_tokens.sum(), output),
        "increment": sequence_usd(prompts, hits, output, BASE),
        "luna_static_only": sequence_usd(prompts, only_static, output, LUNA, tail=False),
        "luna_tail": sequence_usd(prompts, hits, output, LUNA),
        "luna_uncached": usd(LUNA, prompts.prompt_tokens.sum(), output),
    }


@example("W12")
def agentic_loop(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    go_on, cap = inputs["p"], inputs["cap"]
    rounds = cost.expected_loop_rounds(go_on, cap)
    tokens_in = float(cost.expected_loop_input_tokens(inputs["base"], inputs["d"], go_on, cap))
    tokens_out = float(cost.expected_loop_output_tokens(inputs["out_step"], inputs["out_final"], go_on, cap))
    at_mean = float(cost.rounds_input_tokens(inputs["base"], inputs["d"], rounds))
    return {
        "expected_rounds": rounds,
        "expected_calls": rounds + 1,
        "expected_input": tokens_in,
        "expected_output": tokens_out,
        "p_cap": cost.loop_round_shares(go_on, cap)[-1],
        "cost": usd(BASE, tokens_in, tokens_out),
        "cost_if_mean_rounds_used": usd(BASE, at_mean, tokens_out),
    }


@example("W13")
def retries(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    return {"results": [retry_answer(*case) for case in inputs["cases"]]}


def retry_answer(failure: float, attempts: int, billed: float) -> Computed:
    per_success = float(cost.retry_cost_per_success(failure, attempts, billed))
    return {
        "success": cost.success_share(failure, attempts),
        "expected_attempts": cost.expected_attempts(failure, attempts),
        "cost_multiplier": cost.retry_cost_multiplier(failure, attempts, billed),
        "cost_per_success": "inf" if math.isinf(per_success) else per_success,
    }
