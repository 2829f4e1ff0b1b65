"""W07, W08 and W14 of MODEL.md through the functions the Compare page calls: a plan, priced per sample."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from crossover.cost.caching import cacheable_tokens
from crossover.cost.hit_rates import expected_hit_rate
from crossover.cost.request import CallPrices, request_cost
from crossover.cost.retrieval_fees import rerank_units
from crossover.prices import CachePolicy, CacheRule, TokenPrice
from crossover.strategies import Call, Part, UsagePlan

SHARED = Path(os.environ.get("CROSSOVER_SHARED") or Path(__file__).parents[3] / "shared")
EXAMPLES = Path(os.environ.get("MODEL_EXAMPLES") or SHARED / "design" / "model_examples.json")
NO_CACHE = CacheRule(CachePolicy.NONE)


@pytest.fixture(scope="module")
def examples():
    if not EXAMPLES.exists():
        pytest.skip(f"shared data absent: {EXAMPLES.name}")
    return {example["id"]: example for example in json.loads(EXAMPLES.read_text())["examples"]}


class World:
    """The five samples of W07 and the prompts its strategies send for them."""

    def __init__(self, inputs):
        self.inputs = inputs
        self.q, self.a = (np.array(column, float) for column in zip(*inputs["samples_q_a"], strict=True))
        self.message, self.priming = inputs["overhead"]["per_message"], inputs["overhead"]["priming"]

    def column(self, tokens):
        return np.full(len(self.q), float(tokens))

    def call(self, static, context=0.0, output=None, **more):
        question = self.q + self.message + self.priming
        parts = (
            (Part.INSTRUCTIONS, self.column(static + self.message)),
            (Part.CONTEXT, self.column(context)),
            (Part.QUESTION, question),
        )
        return Call(parts, self.a if output is None else output, float(static + self.message), **more)

    def single(self, strategy, context=0.0, embedded=False):
        call = self.call(self.inputs["static"][strategy], context)
        return UsagePlan(strategy, (call,), embedding_tokens=self.q if embedded else None)

    def with_round(self, static, call_tokens, result, share=1.0, embedded=None):
        """One round of tools for a share of the requests: ask, then answer with the result."""
        echo = (
            call_tokens
            + self.inputs["overhead"]["call_echo"]
            + result
            + self.inputs["overhead"]["result_msg"]
        )
        ask = self.call(static, output=self.column(call_tokens), output_part=Part.CALLS, probability=share)
        answer = self.call(static)
        extended = Call(
            (*answer.parts, (Part.CALLS, self.column(echo))),
            self.a,
            answer.shared_prefix_tokens,
            previous_prompt_tokens=answer.input_tokens,
            probability=share,
        )
        plain = self.call(static, probability=1 - share)
        return UsagePlan("tools", (ask, extended, plain), embedding_tokens=embedded)

    def plans(self):
        tools, rag_tool, static = self.inputs["tools"], self.inputs["rag_tool"], self.inputs["static"]
        context, share = self.inputs["rag_ctx"], rag_tool["p_tool"]
        embedded = self.column(share * rag_tool["embed_query_tokens"])
        return {
            "prompt": self.single("prompt"),
            "rag": self.single("rag", context, embedded=True),
            "tools": self.with_round(
                static["tools"] + self.inputs["tool_def_tokens"], tools["out_call"], tools["result"]
            ),
            "ft": self.single("ft"),
            "ft_rag": self.single("ft", context, embedded=True),
            "rag_tool": self.with_round(
                static["rag"] + rag_tool["tool_def"], rag_tool["out_call"], context, share, embedded
            ),
        }

    def rerank_usd(self):
        rerank = self.inputs["rerank"]
        return (
            rerank_units(rerank["docs"], rerank["doc_tokens"], self.q)
            * self.inputs["prices"]["rerank_per_1000"]
            / 1000
        )


def prices(world, strategy, rule=NO_CACHE, volume=0.0, cached=(None, None)):
    tuned = strategy.startswith("ft")
    input_mtok, output_mtok = world.inputs["prices"]["tuned" if tuned else "base"]
    hit = expected_hit_rate(rule, volume)
    price = TokenPrice(input_mtok, output_mtok, cached_input_mtok=cached[tuned])
    return CallPrices(price, rule, hit, hit, world.inputs["prices"]["embed"])


def test_w07_cost_per_request_of_each_strategy_without_a_cache(examples):
    world, expected = World(examples["W07"]["inputs"]), examples["W07"]["expected_full"]
    for strategy, plan in world.plans().items():
        usd = request_cost(plan, prices(world, strategy)).total
        assert_summary(usd, expected[strategy])
    rag = request_cost(world.plans()["rag"], prices(world, "rag")).total
    assert_summary(rag + world.rerank_usd(), expected["rag_rerank"])


def assert_summary(usd, expected):
    assert usd.mean() == pytest.approx(expected["mean"], rel=1e-9)
    assert np.median(usd) == pytest.approx(expected["p50"], rel=1e-9)
    assert np.quantile(usd, 0.95) == pytest.approx(expected["p95"], rel=1e-9)
    assert usd[0] == pytest.approx(expected["first"], rel=1e-9)


def test_w08_only_the_long_static_prompt_gains_from_the_cache(examples):
    world, example = World(examples["W07"]["inputs"]), examples["W08"]
    expected, volume = example["expected_full"], example["inputs"]["volume"]
    rule = CacheRule(CachePolicy.INCREMENT, 1024, 128, (5, 10))
    cached = (example["inputs"]["cached_price"], example["inputs"]["tuned_cached_price"])
    assert expected_hit_rate(rule, volume) == pytest.approx(expected["hit"], rel=1e-9)
    plans = world.plans()
    for strategy, tokens in expected["cacheable"].items():
        call = plans[strategy].calls[0]
        found = cacheable_tokens(rule, call.shared_prefix_tokens, call.input_tokens)
        assert found == pytest.approx(tokens)
    for strategy, plan in plans.items():
        usd = request_cost(plan, prices(world, strategy, rule, volume, cached)).total.mean()
        assert usd == pytest.approx(expected["mean"][strategy], rel=1e-9)


def test_w14_unit_costs_of_a_long_prompt_and_a_tuned_short_one(examples):
    inputs, expected = examples["W14"]["inputs"], examples["W14"]["expected_full"]
    out = np.array([float(inputs["out"])])

    def unit(tokens, price):
        call = Call(((Part.INSTRUCTIONS, np.array([float(tokens)])),), out, 0.0)
        return request_cost(UsagePlan("one", (call,)), CallPrices(TokenPrice(*price), NO_CACHE)).total[0]

    base, tuned = unit(inputs["base_in"], inputs["base"]), unit(inputs["tuned_in"], inputs["tuned"])
    assert base == pytest.approx(expected["unit_base"], rel=1e-9)
    assert tuned == pytest.approx(expected["unit_tuned"], rel=1e-9)
    assert base - tuned == pytest.approx(expected["saving_per_request"], rel=1e-9)
