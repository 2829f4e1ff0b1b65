"""W07 to W09: the cost of a request by strategy, and what a prompt cache changes (MODEL.md 2.0-2.5)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from crossover import cost
from crossover.cost import InputTokens
from crossover.prices.types import CacheRule, TokenPrice
from crossover.retrieval import rerank_units
from crossover.tokens.messages import CALL_OVERHEAD, MESSAGE_OVERHEAD

from .example_file import Computed, Inputs, example
from .presets import BASE, IN_MEMORY, LUNA, MARKED, MSG, SEED, price_of, usd

# W09: prices and lengths its results name without an input
FIVE_MINUTE_CACHE = TokenPrice(1.0, 0.0, cached_input_mtok=0.1, cache_write_mtok=1.25)
ONE_HOUR_CACHE = TokenPrice(1.0, 0.0, cached_input_mtok=0.1, cache_write_mtok=2.0)
BOUNDARY_PREFIXES = (1023, 1024, 1151, 1152, 1500, 2006, 2048)  # `floors`
LONG_PROMPT = 10_000
QUIET_VOLUME, BUSY_PER_MINUTE = 1000, 100


class FiveSamples:
    """The strategies of W07 on its samples, with or without a cache (W08)."""

    def __init__(
        self, inputs: Inputs, rule: CacheRule, hit_rate: float, cached: tuple[float | None, ...]
    ) -> None:
        self.inputs, self.rule, self.hit_rate = inputs, rule, hit_rate
        self.questions, self.answers = np.array(inputs["samples_q_a"], float).T
        self.base = price_of(inputs["prices"]["base"], cached[0])
        self.tuned = price_of(inputs["prices"]["tuned"], cached[1])
        overhead = inputs["overhead"]
        self.message = overhead["per_message"]
        self.frame = 2 * overhead["per_message"] + overhead["priming"]
        self.static = inputs["static"]

    def costs(self) -> dict[str, np.ndarray]:
        context = self.inputs["rag_ctx"]
        rag = self.single("rag", self.base, context) + self.embedding(self.questions)
        return {
            "prompt": self.single("prompt", self.base),
            "rag": rag,
            "rag_rerank": rag + self.rerank(),
            "tools": self.with_tools(),
            "ft": self.single("ft", self.tuned),
            "ft_rag": self.single("ft", self.tuned, context) + self.embedding(self.questions),
            "rag_tool": self.rag_as_tool(),
        }

    def single(self, static: str, price: TokenPrice, context: float = 0) -> np.ndarray:
        prompt = self.static[static] + self.frame + self.questions + context
        shared = self.static[static] + self.message
        billed = cost.expected_input_tokens(self.rule, prompt, shared, self.hit_rate)
        return cost.call_usd(billed, self.answers, price)

    def with_tools(self) -> np.ndarray:
        tools = self.inputs["tools"]
        static = self.static["tools"] + self.inputs["tool_def_tokens"]
        return self.rounds(
            static, self.growth(tools["out_call"], tools["result"]), tools["rounds"], tools["out_call"]
        )

    def rag_as_tool(self) -> np.ndarray:
        tool = self.inputs["rag_tool"]
        static = self.static["rag"] + tool["tool_def"]
        growth = self.growth(tool["out_call"], self.inputs["rag_ctx"])
        called = self.rounds(static, growth, 1, tool["out_call"])
        called = called + self.embedding(np.full_like(self.questions, tool["embed_query_tokens"]))
        return cost.expected_with_tools(called, self.rounds(static, growth, 0, 0), tool["p_tool"])

    def growth(self, call: float, result: float) -> float:
        """Tokens a round adds, with the frames W07 states instead of our own (F1.4)."""
        overhead = self.inputs["overhead"]
        ours = float(cost.round_growth_tokens(call, result))
        return ours + (overhead["call_echo"] - CALL_OVERHEAD) + (overhead["result_msg"] - MESSAGE_OVERHEAD)

    def rounds(self, static: float, growth: float, rounds: int, out_call: float) -> np.ndarray:
        output = cost.rounds_output_tokens(out_call, self.answers, rounds)
        spent = np.zeros_like(output)
        for row, question in enumerate(self.questions):
            prompts = cost.round_prompts(
                static + self.frame + question, static + self.message, growth, rounds
            )
            hits = cost.HitRates(self.hit_rate, np.minimum(np.arange(rounds + 1), 1) * self.hit_rate)
            spent[row] = cost.input_usd(
                cost.expected_sequence_tokens(self.rule, prompts, hits), self.base
            ).sum()
        return spent + cost.output_usd(output, self.base)

    def embedding(self, tokens: np.ndarray) -> np.ndarray:
        return cost.embedding_usd(tokens, self.inputs["prices"]["embed"])

    def rerank(self) -> np.ndarray:
        rerank = self.inputs["rerank"]
        units = rerank_units(rerank["docs"], rerank["doc_tokens"], self.questions)
        return cost.rerank_usd(units, self.inputs["prices"]["rerank_per_1000"])


@example("W07")
def per_request_without_cache(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    found = FiveSamples(inputs, CacheRule(), 0.0, (None, None)).costs()
    return {name: summary_answer(costs) for name, costs in found.items()}


def summary_answer(costs: np.ndarray) -> Computed:
    summary = cost.summarise(costs, SEED)
    assert summary is not None
    return {"mean": summary.mean, "p50": summary.p50, "p95": summary.p95, "first": costs[0]}


@example("W08")
def per_request_with_cache(inputs: Inputs, every: Mapping[str, Inputs]) -> Computed:
    hit_rate = cost.expected_hit_rate(IN_MEMORY, inputs["volume"])
    cached = (inputs["cached_price"], inputs["tuned_cached_price"])
    found = FiveSamples(every["W07"], IN_MEMORY, hit_rate, cached).costs()
    plain = FiveSamples(every["W07"], CacheRule(), 0.0, cached).costs()
    static = every["W07"]["static"]
    means = {name: costs.mean() for name, costs in found.items()}
    return {
        "hit": hit_rate,
        "cacheable": {
            name: cost.cacheable_tokens(IN_MEMORY, static[name] + MSG, LONG_PROMPT)
            for name in ("prompt", "rag")
        },
        "mean": means,
        "prompt_saving_share": 1 - means["prompt"] / plain["prompt"].mean(),
    }


@example("W09")
def cache_theory(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    rate = float(cost.requests_per_minute(inputs["volume"]))
    quiet = float(cost.requests_per_minute(QUIET_VOLUME))
    sliding, fixed = float(cost.sliding_hit_rate(rate, 5)), float(cost.rule_hit_rate(MARKED, rate))
    total, prefix = inputs["total_in"], inputs["prefix"]
    break_even = cost.break_even_hit_rate(LUNA)
    assert break_even is not None
    machines = cost.cache_machines(BUSY_PER_MINUTE)

    def marking_pays(volume: float) -> float:
        return float(cost.rule_hit_rate(MARKED, cost.requests_per_minute(volume))) - break_even

    return {
        "rate_per_min": rate,
        "sliding5": sliding,
        "fixed5": cost.fixed_ttl_hit_rate(rate, 5),
        "uniform5_10": cost.uncertain_ttl_hit_rate(rate, 5, 10),
        "sliding60": cost.sliding_hit_rate(rate, 60),
        "business_hours_sliding5": cost.profile_hit_rate(
            inputs["volume"], cost.BUSINESS_HOURS, lambda by_hour: cost.sliding_hit_rate(by_hour, 5)
        ),
        "at_1000_per_month_sliding5": cost.sliding_hit_rate(quiet, 5),
        "floors": [cost.cacheable_tokens(IN_MEMORY, tokens, LONG_PROMPT) for tokens in BOUNDARY_PREFIXES],
        "mini_input_cost": cost.expected_input_usd(IN_MEMORY, BASE, total, prefix, sliding),
        "luna_breakpoint_cost": cost.expected_input_usd(MARKED, LUNA, total, prefix, fixed),
        "luna_uncached": usd(LUNA, total, 0),
        "luna_every_request_writes": cost.input_usd(InputTokens(total, 0.0, total), LUNA),
        "luna_breakeven_hit": break_even,
        "anthropic_5m_breakeven_hit": cost.break_even_hit_rate(FIVE_MINUTE_CACHE),
        "anthropic_1h_breakeven_hit": cost.break_even_hit_rate(ONE_HOUR_CACHE),
        "volume_for_luna_breakeven": cost.solve_for(marking_pays, 0, 1e6),
        "machines_at_100_rpm": machines,
        "hit_per_machine": cost.sliding_hit_rate(BUSY_PER_MINUTE / machines, 5),
    }
