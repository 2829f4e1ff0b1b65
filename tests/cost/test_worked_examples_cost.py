"""The worked examples of MODEL.md that concern cost, each computed from its `inputs` alone.

Presets that the examples take for granted (July 2024 prices, the answer length of one table) stand
at the top with where they come from. MODEL_EXAMPLES names another file of the same shape.
"""

import json
import math
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from crossover import cost
from crossover.cost import CostClasses, InputTokens, Traffic
from crossover.prices.types import CachePolicy, CacheRule, Source, TokenPrice, TuningPrice
from crossover.retrieval.chunking import chunk_count
from crossover.tokens.training import default_epochs, training_tokens

Inputs = dict[str, Any]
Computed = dict[str, Any]

# MODEL.md 10, S10: gpt-4o-mini, its tuned version, tuned GPT-3.5, and gpt-6-luna
BASE = TokenPrice(0.15, 0.60, cached_input_mtok=0.075)
TUNED = TokenPrice(0.30, 1.20, cached_input_mtok=0.15)
TUNED_GPT35 = TokenPrice(3.0, 6.0)
LUNA = TokenPrice(0.10, 0.50, cached_input_mtok=0.01, cache_write_mtok=0.125)
ONE_HOUR_CACHE = TokenPrice(1.0, 0.0, cached_input_mtok=0.1, cache_write_mtok=2.0)
IN_MEMORY = CacheRule(CachePolicy.INCREMENT, 1024, 128, (5.0, 10.0), ttl_restarts=True)
MARKED = CacheRule(CachePolicy.BREAKPOINT, 1024, 1, (30.0, 30.0), ttl_restarts=False)

# MODEL.md 1: frames of messages; W07 states the same in its inputs
MSG, PRIMING = 4, 3
SEED = 20240723
# Lengths the file's examples use without naming them
COOKBOOK_TOY_LENGTHS, COOKBOOK_TOY_LIMIT = (45, 111, 26, 28, 8032), 4096  # TOKENS.md 4
BOUNDARY_PREFIXES = (1023, 1024, 1151, 1152, 1500, 2006, 2048)  # W09 `floors`
LONG_TIER_ANSWER, BATCHED_ANSWER = 1000, 200  # W30
MAP_QUESTION, MAP_ANSWER = 64, 185  # W17

COMPUTE: dict[str, Callable[[Inputs, dict[str, Inputs]], Computed]] = {}
LEFT_OUT = {
    ("W16", "ft_vs_prompt_volume_12m"): "the unit costs it uses (0.0000422 apart) stand in no input",
    ("W30", "overflow_share"): "gate G2, not a cost",
    ("W31", "eval_examples_needed_to_see_1pp"): "F7.3, evidence stage",
}


def example(name: str) -> Callable[[Callable[..., Computed]], Callable[..., Computed]]:
    def register(compute: Callable[..., Computed]) -> Callable[..., Computed]:
        COMPUTE[name] = compute
        return compute

    return register


@pytest.fixture(scope="module")
def examples(request: pytest.FixtureRequest) -> dict[str, Inputs]:
    named = os.environ.get("MODEL_EXAMPLES")
    file = Path(named) if named else request.getfixturevalue("shared") / "design/model_examples.json"
    return {each["id"]: each for each in json.loads(file.read_text(encoding="utf-8"))["examples"]}


@pytest.mark.parametrize("name", ["W06", "W07", "W08", "W09", "W10", "W10b", "W11", "W11b", "W12", "W13"])
def test_costs_of_a_request_match_the_worked_example(name: str, examples: dict[str, Inputs]) -> None:
    check(name, examples)


@pytest.mark.parametrize(
    "name", ["W14", "W15", "W16", "W17", "W18", "W19", "W20", "W29", "W30", "W31", "W34", "W36"]
)
def test_totals_and_break_even_match_the_worked_example(name: str, examples: dict[str, Inputs]) -> None:
    check(name, examples)


def check(name: str, examples: dict[str, Inputs]) -> None:
    inputs = {key: each["inputs"] for key, each in examples.items()}
    expected = examples[name]["expected_full"]
    wanted = {key: value for key, value in expected.items() if (name, key) not in LEFT_OUT}
    assert_same(COMPUTE[name](inputs[name], inputs), wanted, name)


def assert_same(computed: Any, expected: Any, where: str) -> None:
    """Same shape; whole numbers and words exact, other numbers within 1e-9 of their size."""
    if isinstance(expected, dict):
        assert set(computed) == set(expected), where
        for key, value in expected.items():
            assert_same(computed[key], value, f"{where}.{key}")
    elif isinstance(expected, list):
        assert len(computed) == len(expected), where
        for index, value in enumerate(expected):
            assert_same(computed[index], value, f"{where}[{index}]")
    elif isinstance(expected, float):
        assert float(computed) == pytest.approx(expected, rel=1e-9, abs=1e-15), where
    else:
        assert computed == expected, where


# ---------------------------------------------------------------- shared small steps


def usd(price: TokenPrice, input_tokens: float, output_tokens: float) -> float:
    return float(cost.call_usd(InputTokens(input_tokens), output_tokens, price))


def price_of(pair: list[float], cached: float | None = None) -> TokenPrice:
    return TokenPrice(pair[0], pair[1], cached_input_mtok=cached)


def classes(values: Inputs) -> CostClasses:
    events = {int(month): amount for month, amount in values.get("events", {}).items()}
    return CostClasses(values["one_time"], values["monthly"], values["unit"], events)


def volume_answer(found: cost.BreakEvenVolume) -> Computed:
    return {"status": found.status, "volume": found.volume}


def month_answer(found: cost.BreakEvenMonth) -> Computed:
    answer: Computed = {"status": found.status, "month": found.month}
    return answer | ({"cheaper_after": found.cheaper_after} if found.cheaper_after else {})


def crossing_answers(found: tuple[cost.Crossing, ...]) -> list[Computed]:
    return [{"month": c.month, "kind": c.kind, "cheaper_after": c.cheaper_after} for c in found]


# ---------------------------------------------------------------- W06 training


def lengths_in(words: str) -> np.ndarray:
    many, each, long = map(int, re.findall(r"\d+", words))
    return np.concatenate([np.full(many, each), [long]])


def trained(lengths: np.ndarray, limit: int) -> Computed:
    tokens = training_tokens(lengths, limit, default_epochs(len(lengths)))
    return {
        "epochs": tokens.epochs,
        "tokens_per_epoch": tokens.tokens_per_epoch,
        "truncated": len(tokens.truncated_rows),
        "lost_tokens": tokens.lost_tokens,
        "billable": tokens.billable,
    }


@example("W06")
def training_in_july_2024(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
    lengths = lengths_in(inputs["lengths"])
    mini = trained(lengths, inputs["max_ctx_4o_mini"])
    gpt35 = trained(lengths, inputs["max_ctx_gpt35"])
    toy = training_tokens(COOKBOOK_TOY_LENGTHS, COOKBOOK_TOY_LIMIT, default_epochs(len(COOKBOOK_TOY_LENGTHS)))
    last_free_day = date.fromisoformat(inputs["last_free_day"])
    price = tuning_price(inputs["price_4o_mini"], inputs["allowance_per_utc_day"], last_free_day)

    def fee_on(day: date, *tokens: int) -> float | None:
        return cost.tuning_usd([cost.TrainingJob(day, count) for count in tokens], price)

    a_free_day, last_day, day_after = date(2024, 8, 15), date(2024, 9, 23), date(2024, 9, 24)
    return {
        "mini": mini,
        "mini_cost": cost.training_usd(mini["billable"], inputs["price_4o_mini"]),
        "gpt35": gpt35,
        "gpt35_cost": cost.training_usd(gpt35["billable"], inputs["price_gpt35"]),
        "mini_cost_on_2024_08_15": fee_on(a_free_day, mini["billable"]),
        "mini_cost_on_2024_09_23": fee_on(last_day, mini["billable"]),
        "mini_cost_on_2024_09_24": fee_on(day_after, mini["billable"]),
        "three_jobs": fee_on(a_free_day, 1_500_000, 1_500_000, 1_500_000),
        "one_job_of_1_5M_in_window": fee_on(a_free_day, 1_500_000),
        "toy_cookbook": {
            "tokens": toy.tokens_per_epoch,
            "epochs": toy.epochs,
            "billable": toy.billable,
            "cost": cost.training_usd(toy.billable, inputs["price_4o_mini"]),
        },
    }


def tuning_price(usd_per_mtok: float, free_tokens: int, free_until: date) -> TuningPrice:
    return TuningPrice(
        host="openai",
        model="gpt-4o-mini",
        mode="standard",
        training_usd_per_mtok=usd_per_mtok,
        training_usd_per_hour=None,
        tuned=None,
        hosting_usd_per_hour=None,
        source=Source("https://example.com", None),
        free_tokens_per_day=free_tokens,
        free_until=free_until,
    )


# ---------------------------------------------------------------- W07, W08 five samples by strategy


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
        billed = cost.expected_input_tokens(self.rule, prompt, self.static[static] + MSG, self.hit_rate)
        return cost.call_usd(billed, self.answers, price)

    def with_tools(self) -> np.ndarray:
        tools = self.inputs["tools"]
        static = self.static["tools"] + self.inputs["tool_def_tokens"]
        growth = float(cost.round_growth_tokens(tools["out_call"], tools["result"]))
        return self.rounds(static, growth, tools["rounds"], tools["out_call"])

    def rag_as_tool(self) -> np.ndarray:
        tool = self.inputs["rag_tool"]
        static = self.static["rag"] + tool["tool_def"]
        growth = float(cost.round_growth_tokens(tool["out_call"], self.inputs["rag_ctx"]))
        called = self.rounds(static, growth, 1, tool["out_call"])
        called = called + self.embedding(np.full_like(self.questions, tool["embed_query_tokens"]))
        return cost.expected_with_tools(called, self.rounds(static, growth, 0, 0), tool["p_tool"])

    def rounds(self, static: float, growth: float, rounds: int, out_call: float) -> np.ndarray:
        output = cost.rounds_output_tokens(out_call, self.answers, rounds)
        spent = np.zeros_like(output)
        for row, question in enumerate(self.questions):
            prompts = cost.round_prompts(static + self.frame + question, static + MSG, growth, rounds)
            hits = cost.HitRates(self.hit_rate, np.minimum(np.arange(rounds + 1), 1) * self.hit_rate)
            spent[row] = cost.input_usd(
                cost.expected_sequence_tokens(self.rule, prompts, hits), self.base
            ).sum()
        return spent + cost.output_usd(output, self.base)

    def embedding(self, tokens: np.ndarray) -> np.ndarray:
        return cost.embedding_usd(tokens, self.inputs["prices"]["embed"])

    def rerank(self) -> np.ndarray:
        rerank = self.inputs["rerank"]
        units = cost.rerank_units(rerank["docs"], rerank["doc_tokens"], self.questions)
        return cost.rerank_usd(units, self.inputs["prices"]["rerank_per_1000"])


@example("W07")
def per_request_without_cache(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
    found = FiveSamples(inputs, CacheRule(), 0.0, (None, None)).costs()
    return {name: summary_answer(costs) for name, costs in found.items()}


def summary_answer(costs: np.ndarray) -> Computed:
    summary = cost.summarise(costs, SEED)
    assert summary is not None
    return {"mean": summary.mean, "p50": summary.p50, "p95": summary.p95, "first": costs[0]}


@example("W08")
def per_request_with_cache(inputs: Inputs, every: dict[str, Inputs]) -> Computed:
    hit_rate = cost.expected_hit_rate(IN_MEMORY, inputs["volume"])
    cached = (inputs["cached_price"], inputs["tuned_cached_price"])
    found = FiveSamples(every["W07"], IN_MEMORY, hit_rate, cached).costs()
    plain = FiveSamples(every["W07"], CacheRule(), 0.0, cached).costs()
    static = every["W07"]["static"]
    means = {name: costs.mean() for name, costs in found.items()}
    return {
        "hit": hit_rate,
        "cacheable": {
            name: cost.cacheable_tokens(IN_MEMORY, static[name] + MSG, 10_000) for name in ("prompt", "rag")
        },
        "mean": means,
        "prompt_saving_share": 1 - means["prompt"] / plain["prompt"].mean(),
    }


@example("W09")
def cache_theory(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
    rate = float(cost.requests_per_minute(inputs["volume"]))
    slow = float(cost.requests_per_minute(1000))
    sliding, fixed = float(cost.sliding_hit_rate(rate, 5)), float(cost.rule_hit_rate(MARKED, rate))
    total, prefix = inputs["total_in"], inputs["prefix"]
    break_even = cost.break_even_hit_rate(LUNA)
    assert break_even is not None
    five_minutes = TokenPrice(1.0, 0.0, cached_input_mtok=0.1, cache_write_mtok=1.25)
    machines = cost.cache_machines(100)

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
        "at_1000_per_month_sliding5": cost.sliding_hit_rate(slow, 5),
        "floors": [cost.cacheable_tokens(IN_MEMORY, tokens, 10_000) for tokens in BOUNDARY_PREFIXES],
        "mini_input_cost": cost.expected_input_usd(IN_MEMORY, BASE, total, prefix, sliding),
        "luna_breakpoint_cost": cost.expected_input_usd(MARKED, LUNA, total, prefix, fixed),
        "luna_uncached": usd(LUNA, total, 0),
        "luna_every_request_writes": cost.input_usd(InputTokens(total, 0.0, total), LUNA),
        "luna_breakeven_hit": break_even,
        "anthropic_5m_breakeven_hit": cost.break_even_hit_rate(five_minutes),
        "anthropic_1h_breakeven_hit": cost.break_even_hit_rate(ONE_HOUR_CACHE),
        "volume_for_luna_breakeven": cost.solve_for(marking_pays, 0, 1e6),
        "machines_at_100_rpm": machines,
        "hit_per_machine": cost.sliding_hit_rate(100 / machines, 5),
    }


# ---------------------------------------------------------------- W10-W13 turns, rounds, retries


def conversation(inputs: Inputs, **more: Any) -> cost.Conversation:
    users, answers = np.array(inputs["turns"], float).T
    return cost.Conversation(inputs["static"], users, answers, **more)


@example("W10")
def conversation_growth(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
    plain = cost.conversation_prompts(conversation(inputs))
    dropped = cost.conversation_prompts(conversation(inputs, context_tokens=inputs["ctx"]))
    kept = cost.conversation_prompts(conversation(inputs, context_tokens=inputs["ctx"], keeps_context=True))
    window = cost.conversation_prompts(conversation(inputs, window_turns=2))
    naive = plain.prompt_tokens[0] * len(inputs["turns"])
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
def conversation_with_cache(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
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
def tool_rounds(inputs: Inputs, every: dict[str, Inputs]) -> Computed:
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
        "totals": cost.rounds_input_tokens(base, growth, np.arange(5)),
        "cost_R1": rounds_usd(1),
        "cost_R3": rounds_usd(3),
        "cost_R1_p40": cost.expected_with_tools(rounds_usd(1), rounds_usd(0), 0.4),
        "cost_two_parallel": rounds_usd(1, two, 2 * call),
    }


@example("W11b")
def tool_rounds_with_cache(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
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
def agentic_loop(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
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
def retries(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
    return {"results": [retry_answer(*case) for case in inputs["cases"]]}


def retry_answer(failure: float, attempts: int, billed: float) -> Computed:
    per_success = float(cost.retry_cost_per_success(failure, attempts, billed))
    return {
        "success": cost.success_share(failure, attempts),
        "expected_attempts": cost.expected_attempts(failure, attempts),
        "cost_multiplier": cost.retry_cost_multiplier(failure, attempts, billed),
        "cost_per_success": "inf" if math.isinf(per_success) else per_success,
    }


# ---------------------------------------------------------------- W14-W20 totals and break-even


@example("W14")
def pay_back_of_a_tuned_model(inputs: Inputs, every: dict[str, Inputs]) -> Computed:
    base, tuned = price_of(inputs["base"], 0.075), price_of(inputs["tuned"])
    base_in, tuned_in, out = inputs["base_in"], inputs["tuned_in"], inputs["out"]
    unit_base, unit_tuned = usd(base, base_in, out), usd(tuned, tuned_in, out)
    people = inputs["people_days"] * inputs["day_rate"]
    prompt = CostClasses(0, 0, unit_base)
    training = CostClasses(inputs["training"], 0, unit_tuned)
    with_people = CostClasses(inputs["training"] + people, 0, unit_tuned)
    fully_cached = cost.expected_input_tokens(IN_MEMORY, base_in, every["W09"]["prefix"], 1.0)
    return {
        "unit_base": unit_base,
        "unit_tuned": unit_tuned,
        "unit_gpt35_tuned": usd(TUNED_GPT35, tuned_in, out),
        "saving_per_request": unit_base - unit_tuned,
        "breakeven_requests_training_only": cost.break_even_month(prompt, training, 1).month,
        "breakeven_requests_with_people": cost.break_even_month(prompt, with_people, 1).month,
        "months_at_100k_training_only": month_answer(cost.break_even_month(prompt, training, 100_000)),
        "months_at_100k_with_people": month_answer(cost.break_even_month(prompt, with_people, 100_000)),
        "max_tuned_prompt": cost.largest_tuned_input_tokens(unit_base, out, tuned),
        "min_base_prompt_for_any_ft_win": round(
            cost.solve_for(lambda tokens: usd(base, tokens, out) - unit_tuned, 0, 1e6) or -1, 6
        ),
        "markup_at_which_equal": cost.parity_markup(unit_base, tuned_in, out, base),
        "max_output_at_which_ft_wins": cost.solve_for(
            lambda tokens: usd(base, base_in, tokens) - usd(tuned, tuned_in, tokens), 0, 10_000
        ),
        "unit_base_with_full_cache": cost.call_usd(fully_cached, out, base),
    }


@example("W15")
def twelve_months(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
    traffic = Traffic(inputs["v0"], inputs["g"], inputs["horizon"])
    by_name = {name: classes(values) for name, values in inputs["strategies"].items()}
    return {
        "volumes_total": cost.monthly_volumes(traffic).sum(),
        "growth_sum": cost.growth_sum(inputs["g"], inputs["horizon"]),
        "totals": {name: cost.total_usd(costs, traffic) for name, costs in by_name.items()},
        "cost_per_request_all_in": {
            name: cost.all_in_usd_per_request(costs, traffic) for name, costs in by_name.items()
        },
        "npv_8pct": {name: cost.net_present_usd(costs, traffic, 0.08) for name, costs in by_name.items()},
        "retrain_months": list(cost.retrain_months(4, inputs["horizon"])),
        "retrain_months_H13": list(cost.retrain_months(4, 13)),
        "variable_share": {name: cost.variable_share(costs, traffic) for name, costs in by_name.items()},
    }


@example("W16")
def break_even_in_all_forms(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
    a, b = classes(inputs["A"]), classes(inputs["B"])
    a_multi, b_multi = classes(inputs["A_multi"]), classes(inputs["B_multi"])
    year = Traffic(0, 0, 12)
    return {
        "steady_volume": volume_answer(cost.steady_break_even_volume(a, b)),
        "horizon12_volume": volume_answer(cost.horizon_break_even_volume(a, b, year)),
        "horizon12_growth5": volume_answer(cost.horizon_break_even_volume(a, b, Traffic(0, 0.05, 12))),
        "month_at_300k": month_answer(cost.break_even_month(a, b, 300_000)),
        "month_at_90k": month_answer(cost.break_even_month(a, b, 90_000)),
        "growth_crossing": crossing_answers(cost.all_crossings(a, b, Traffic(150_000, 0.05, 24))),
        "multi": crossing_answers(cost.all_crossings(a_multi, b_multi, year)),
        "multi_totals": [cost.total_usd(a_multi, year), cost.total_usd(b_multi, year)],
    }


@example("W17")
def cheapest_strategy_map(inputs: Inputs, every: dict[str, Inputs]) -> Computed:
    volumes, contexts = np.array(inputs["volumes"], float), np.array(inputs["contexts"], float)
    traffic = Traffic(volumes[:, None], 0.0, 12)
    totals = {
        name: cost.total_usd(costs, traffic) * np.ones((len(volumes), len(contexts)))
        for name, costs in map_strategies(contexts, every).items()
    }
    found = cost.cheapest_map(totals)
    cells = {}
    for row, volume in enumerate(inputs["volumes"]):
        for column, context in enumerate(inputs["contexts"]):
            cells[f"{volume:.0f}x{context}"] = {
                "winner": found.names[found.winner[row, column]],
                "totals": {name: grid[row, column] for name, grid in totals.items()},
                "margin": found.margin_share[row, column],
            }
    return {"cells": cells}


def map_strategies(contexts: np.ndarray, every: dict[str, Inputs]) -> dict[str, CostClasses]:
    """W15's strategies without events: the tuned one pays 50 a month instead.

    A tuned model answers without the context; retrieval never inserts more than W07's passages.
    The inputs name the grid alone: 350 static tokens, 7,800 to start RAG and the 50 are what its
    cells imply, two of which would do.
    """
    static, frame = every["W07"]["static"], MAP_QUESTION + 2 * MSG + PRIMING
    passages = np.minimum(contexts, every["W07"]["rag_ctx"])
    long_context = cost.call_usd(InputTokens(350 + frame + contexts), MAP_ANSWER, BASE)
    rag = cost.call_usd(InputTokens(static["rag"] + frame + passages), MAP_ANSWER, BASE)
    tuned = cost.call_usd(InputTokens(static["ft"] + frame), MAP_ANSWER, TUNED)
    embedding = cost.embedding_usd(MAP_QUESTION, every["W07"]["prices"]["embed"])
    prompt, ft = every["W15"]["strategies"]["prompt"], every["W15"]["strategies"]["ft"]
    return {
        "long_context_prompt": CostClasses(prompt["one_time"], prompt["monthly"], long_context),
        "rag": CostClasses(7800, every["W15"]["strategies"]["rag"]["monthly"], rag + embedding),
        "ft": CostClasses(ft["one_time"], ft["monthly"] + 50, tuned),
    }


@example("W18")
def hosted_tuned_model(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
    azure, mini = inputs["azure_example"], inputs["mini"]
    azure_tokens = usd(TokenPrice(azure["inp"], azure["out"]), azure["in_tokens"], azure["out_tokens"])
    hosting = cost.hosting_usd_per_month(inputs["hosting_per_h"])
    with_markup, at_base = (usd(price, mini["inp"], mini["out"]) for price in (TUNED, BASE))
    marked_up, hosted = CostClasses(0, 0, with_markup), CostClasses(0, hosting, at_base)
    return {
        "azure_doc_total": cost.hosting_usd_per_month(inputs["hosting_per_h"], azure["hours"]) + azure_tokens,
        "hosting_730h": hosting,
        "markup_per_request": with_markup - at_base,
        "volume_where_hosting_equals_markup": volume_answer(cost.steady_break_even_volume(marked_up, hosted)),
    }


@example("W19")
def self_hosted_lora(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
    serving = cost.GpuServing(
        inputs["prefill_tps"],
        inputs["decode_tps"],
        inputs["gpu_price_h"],
        inputs["target_util"],
        inputs["ops_monthly"],
    )
    seconds = float(cost.gpu_seconds(serving, inputs["in_tokens"], inputs["out_tokens"]))
    one_replica = float(cost.self_hosted_usd_per_month(serving, 1))
    tuned = CostClasses(0, 0, usd(TUNED, inputs["in_tokens"], inputs["out_tokens"]))
    return {
        "gpu_seconds": seconds,
        "replicas_at_2rps": cost.replicas(serving, 2, seconds),
        "replicas_at_40rps": cost.replicas(serving, 40, seconds),
        "monthly_at_1_replica": one_replica,
        "usd_per_1M_output_at_100pct": cost.output_usd_per_mtok(serving, 1.0),
        "usd_per_1M_output_at_10pct": cost.output_usd_per_mtok(serving, 0.1),
        "max_requests_per_month_one_replica": cost.requests_per_month_served(serving, 1, seconds),
        "breakeven_vs_tuned_mini": volume_answer(
            cost.steady_break_even_volume(tuned, CostClasses(0, one_replica, 0))
        ),
    }


@example("W20")
def what_would_have_to_be_true(inputs: Inputs, every: dict[str, Inputs]) -> Computed:
    base_in, tuned_in, out = inputs["base_in"], inputs["tuned_in"], inputs["out"]
    unit_base = usd(BASE, base_in, out)
    unit_tuned = usd(TUNED, tuned_in, out)
    strategies = {name: classes(values) for name, values in every["W15"]["strategies"].items()}
    traffic = Traffic(inputs["v0"], inputs["g"], inputs["H"])
    static = every["W07"]["static"]["prompt"]
    quality = every["W31"]
    return {
        "tuned_input_price_equal": cost.solve_for(
            lambda mtok: unit_base - usd(TokenPrice(mtok, TUNED.output_mtok), tuned_in, out), 0, 10
        ),
        "static_prompt_tokens_equal": cost.solve_for(
            lambda tokens: usd(BASE, base_in - static + tokens, out) - unit_tuned, 0, 10_000
        ),
        "markup_equal": cost.parity_markup(unit_base, tuned_in, out, BASE),
        "training_price_no_root": cost.solve_for(training_price_gap(strategies, traffic, every), 0, 100),
        "v0_for_ft_to_win_12m": volume_answer(
            cost.horizon_break_even_volume(strategies["prompt"], strategies["ft"], traffic)
        ),
        "day_rate_at_which_rag_equals_ft": cost.solve_for(day_rate_gap(strategies, traffic), 0, 5_000),
        "quality_gap_that_flips": cost.success_gap_that_flips(
            strategies["rag"].per_request_usd, strategies["ft"].per_request_usd, quality["failure_cost"]
        ),
    }


def training_price_gap(
    strategies: dict[str, CostClasses], traffic: Traffic, every: dict[str, Inputs]
) -> Callable[[float], float]:
    """Fine-tuning minus prompting when W06's file is trained once at a price per million tokens."""
    mtok = trained(lengths_in(every["W06"]["lengths"]), every["W06"]["max_ctx_4o_mini"])["billable"] / 1e6
    untrained = strategies["ft"].one_time_usd - mtok * every["W06"]["price_4o_mini"]

    def gap(usd_per_mtok: float) -> float:
        ft = strategies["ft"]
        tuned = CostClasses(
            untrained + mtok * usd_per_mtok, ft.monthly_usd, ft.per_request_usd, ft.events_usd
        )
        return float(cost.total_usd(tuned, traffic) - cost.total_usd(strategies["prompt"], traffic))

    return gap


def day_rate_gap(strategies: dict[str, CostClasses], traffic: Traffic) -> Callable[[float], float]:
    """RAG minus fine-tuning at a day rate, with the likely person-days of MODEL.md 3.1 (15 and 12)."""

    def gap(day_rate: float) -> float:
        rag, ft = (
            CostClasses(days * day_rate, costs.monthly_usd, costs.per_request_usd, costs.events_usd)
            for days, costs in ((15, strategies["rag"]), (12, strategies["ft"]))
        )
        return float(cost.total_usd(rag, traffic) - cost.total_usd(ft, traffic))

    return gap


# ---------------------------------------------------------------- W29-W36


@example("W29")
def retrieval_index(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
    size, overlap = inputs["size"], inputs["overlap"]
    chunks = chunk_count(inputs["total_tokens"], size, overlap)
    build = float(cost.embedding_usd(chunks.embedded_tokens, inputs["embed_price"]))
    return {
        "chunks": {"n": chunks.n, "embedded_tokens": chunks.embedded_tokens, "last": chunks.last},
        "build_cost": build,
        "monthly_refresh": cost.index_refresh_usd_per_month(build, inputs["monthly_churn"]),
        "storage_gb": cost.index_storage_gb(chunks.n, inputs["dims"], inputs["payload_bytes"]),
        "rerank_units": [cost.rerank_units(*case) for case in inputs["rerank"]],
        "per_document_sum_of_10_docs": 10 * chunk_count(inputs["total_tokens"] // 10, size, overlap).n,
    }


@example("W30")
def tiers_and_batch(inputs: Inputs, every: dict[str, Inputs]) -> Computed:
    given = inputs["price"]
    price = TokenPrice(
        given["inp"],
        given["out"],
        long_from_tokens=given["long_from"],
        long_input_mtok=given["long_inp"],
        long_output_mtok=given["long_out"],
    )
    short = InputTokens(float(inputs["inputs"][0]))
    pay_back = every["W14"]
    dollars = usd(price_of(pay_back["base"]), pay_back["base_in"], pay_back["out"])
    return {
        "at_272000": usd(price, given["long_from"], LONG_TIER_ANSWER),
        "at_272001": usd(price, given["long_from"] + 1, LONG_TIER_ANSWER),
        "batch_at_1000": cost.call_usd(short, BATCHED_ANSWER, price, batch_discount_share=0.5),
        "eur": dollars * inputs["eur_per_usd"],
    }


@example("W31")
def quality_adjusted(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
    sides = [(inputs[f"unit_{side}"], inputs[f"success_{side}"]) for side in "ab"]
    failure = inputs["failure_cost"]
    return {
        "per_success": [cost.usd_per_success(unit, success) for unit, success in sides],
        "with_failure": [cost.usd_with_failures(unit, success, failure) for unit, success in sides],
        "gap_to_flip": cost.success_gap_that_flips(inputs["unit_a"], inputs["unit_b"], failure),
    }


@example("W34")
def precision_of_a_mean(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
    costs = inputs["costs"]
    mean, deviation = cost.weighted_mean(costs), cost.standard_deviation(costs)
    interval = cost.mean_interval(costs, SEED)
    assert interval is not None
    return {
        "mean": mean,
        "sd": deviation,
        "se": cost.standard_error(costs),
        "lo": interval.low,
        "hi": interval.high,
        "n_for_10pct": cost.rows_for_precision(deviation / mean, 0.10),
        "n_for_5pct": cost.rows_for_precision(deviation / mean, 0.05),
        "n_cv1_10pct": cost.rows_for_precision(1.0, 0.10),
    }


@example("W36")
def november_2026(inputs: Inputs, _: dict[str, Inputs]) -> Computed:
    base, tuned = price_of(inputs["base"]), price_of(inputs["tuned"])
    unit_tuned = usd(tuned, inputs["tuned_in"], inputs["out"])
    luna = [usd(base, inputs["base_in"], inputs["out"] + hidden) for hidden in inputs["reasoning_tokens"]]
    return {
        "unit_tuned": unit_tuned,
        "unit_luna": luna,
        "max_tuned_prompt": [cost.largest_tuned_input_tokens(unit, inputs["out"], tuned) for unit in luna],
        "reasoning_tokens_at_which_tuned_wins": cost.solve_for(
            lambda hidden: usd(base, inputs["base_in"], inputs["out"] + hidden) - unit_tuned, 0, 10_000
        ),
    }
