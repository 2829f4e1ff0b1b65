"""Worked examples reached a second time: priced as plans, found by the search for flips, simulated."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from crossover.cost import CostClasses, cacheable_tokens, expected_hit_rate
from crossover.cost.request import CallPrices, request_cost
from crossover.figure import Kind
from crossover.latency import Lognormal, uniform_stream
from crossover.prices import CacheRule, TokenPrice
from crossover.retrieval import rerank_units
from crossover.strategies import Call, Part, UsagePlan
from crossover.uncertainty import (
    CostModel,
    SampledTotals,
    UncertainInput,
    cheapest_shares,
    expected_regret_usd,
    flips,
    half_width,
    sobol_indices,
    standings,
)
from crossover.uncertainty.closed_forms import lower_share, regret
from crossover.uncertainty.levers import GROWTH, VOLUME

from .evidence_examples import curve_of
from .example_file import Inputs, examples_are_absent, examples_path, read_examples
from .presets import IN_MEMORY, classes
from .uncertainty_examples import CORRELATION, exact_variance_shares, lognormals
from .what_if_examples import MOST_DAY_RATE, PERSON_DAYS

if examples_are_absent():
    pytest.skip(f"shared data absent: {examples_path().name}", allow_module_level=True)

EXAMPLES = read_examples()
INPUTS = {name: each["inputs"] for name, each in EXAMPLES.items()}
EXPECTED = {name: each["expected_full"] for name, each in EXAMPLES.items()}
NO_CACHE = CacheRule()
DRAWS, SEED = 200_000, 20261122
DAY_RATE = "day_rate_usd"


class PlansOfW07:
    """The strategies of W07 as usage plans, which the comparison prices."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs, self.static = inputs, inputs["static"]
        self.questions, self.answers = np.array(inputs["samples_q_a"], float).T
        self.n, self.overhead = len(self.questions), inputs["overhead"]
        self.message = self.overhead["per_message"]

    def all(self) -> dict[str, UsagePlan]:
        tools, rag_tool = self.inputs["tools"], self.inputs["rag_tool"]
        context, share = self.inputs["rag_ctx"], rag_tool["p_tool"]
        rerank = self.inputs["rerank"]
        units = rerank_units(rerank["docs"], rerank["doc_tokens"], self.questions)
        with_tools = self.static["tools"] + self.inputs["tool_def_tokens"]
        embedded = self.column(share * rag_tool["embed_query_tokens"])
        return {
            "prompt": self.single("prompt"),
            "rag": self.single("rag", context, self.questions),
            "rag_rerank": self.single("rag", context, self.questions, units),
            "tools": self.with_round(with_tools, tools["out_call"], tools["result"]),
            "ft": self.single("ft"),
            "ft_rag": self.single("ft", context, self.questions),
            "rag_tool": self.with_round(
                self.static["rag"] + rag_tool["tool_def"], rag_tool["out_call"], context, share, embedded
            ),
        }

    def column(self, tokens: float) -> np.ndarray:
        return np.full(self.n, float(tokens))

    def call(self, static: float, context: float = 0.0, output: Any = None, **more: Any) -> Call:
        parts = (
            (Part.INSTRUCTIONS, self.column(static + self.message)),
            (Part.CONTEXT, self.column(context)),
            (Part.QUESTION, self.questions + self.message + self.overhead["priming"]),
        )
        return Call(parts, self.answers if output is None else output, float(static + self.message), **more)

    def single(self, static: str, context: float = 0.0, embedded: Any = None, units: Any = None) -> UsagePlan:
        call = self.call(self.static[static], context)
        return UsagePlan(static, (call,), self.n, embedding_tokens=embedded, rerank_units=units)

    def with_round(
        self, static: float, call_tokens: float, result: float, share: float = 1.0, embedded: Any = None
    ) -> UsagePlan:
        """One round of tools for a share of the requests: ask, then answer with the result."""
        echo = call_tokens + self.overhead["call_echo"] + result + self.overhead["result_msg"]
        ask = self.call(static, output=self.column(call_tokens), output_part=Part.CALLS, probability=share)
        answer = self.call(static)
        extended = Call(
            (*answer.parts, (Part.CALLS, self.column(echo))),
            self.answers,
            answer.shared_prefix_tokens,
            previous_prompt_tokens=answer.input_tokens,
            probability=share,
        )
        plain = self.call(static, probability=1 - share)
        return UsagePlan("tools", (ask, extended, plain), self.n, embedding_tokens=embedded)

    def prices(
        self, strategy: str, rule: CacheRule = NO_CACHE, hit: float = 0.0, cached: Any = (None, None)
    ) -> CallPrices:
        tuned = strategy.startswith("ft")
        input_mtok, output_mtok = self.inputs["prices"]["tuned" if tuned else "base"]
        return CallPrices(
            TokenPrice(input_mtok, output_mtok, cached_input_mtok=cached[tuned]),
            rule,
            hit_share=hit,
            sequence_hit_share=hit,
            embedding_usd_per_mtok=self.inputs["prices"]["embed"],
            rerank_usd_per_1000=self.inputs["prices"]["rerank_per_1000"],
        )


@pytest.fixture(scope="module")
def plans() -> PlansOfW07:
    return PlansOfW07(INPUTS["W07"])


class TestPlans:
    def test_w07_each_strategy_costs_the_same_priced_as_a_plan(self, plans: PlansOfW07) -> None:
        found = {name: request_cost(plan, plans.prices(name)).total for name, plan in plans.all().items()}
        assert set(found) == set(EXPECTED["W07"])
        for name, usd in found.items():
            p50, p95 = np.quantile(usd, (0.5, 0.95))
            summary = {"mean": usd.mean(), "p50": p50, "p95": p95, "first": usd[0]}
            assert summary == pytest.approx(EXPECTED["W07"][name], rel=1e-9, abs=0), name

    def test_w08_only_the_long_static_prompt_gains_from_the_cache(self, plans: PlansOfW07) -> None:
        inputs, expected = INPUTS["W08"], EXPECTED["W08"]
        hit = expected_hit_rate(IN_MEMORY, inputs["volume"])
        cached = (inputs["cached_price"], inputs["tuned_cached_price"])
        found = {
            name: request_cost(plan, plans.prices(name, IN_MEMORY, hit, cached)).total.mean()
            for name, plan in plans.all().items()
        }
        assert found == pytest.approx(expected["mean"], rel=1e-9, abs=0)
        for name, tokens in expected["cacheable"].items():
            call = plans.all()[name].calls[0]
            assert (cacheable_tokens(IN_MEMORY, call.shared_prefix_tokens, call.input_tokens) == tokens).all()

    def test_w14_unit_costs_are_those_of_a_plan_with_one_call(self) -> None:
        inputs, expected = INPUTS["W14"], EXPECTED["W14"]

        def unit(tokens: float, price: list[float]) -> float:
            parts = ((Part.INSTRUCTIONS, np.array([float(tokens)])),)
            plan = UsagePlan("one", (Call(parts, np.array([float(inputs["out"])]), 0.0),), 1)
            return float(request_cost(plan, CallPrices(TokenPrice(*price), NO_CACHE)).total[0])

        base, tuned = unit(inputs["base_in"], inputs["base"]), unit(inputs["tuned_in"], inputs["tuned"])
        wanted = [expected[key] for key in ("unit_base", "unit_tuned", "saving_per_request")]
        assert [base, tuned, base - tuned] == pytest.approx(wanted, rel=1e-9, abs=0)


def model(name: str, months: int, cost_classes: Any, *moved_by: str) -> CostModel:
    return CostModel(name, name, months, frozenset((VOLUME, GROWTH, *moved_by)), frozenset(), cost_classes)


def asked(name: str, today: float, searched: tuple[float, float], is_log: bool = False) -> UncertainInput:
    return UncertainInput(
        name, name, "", today, *searched, Kind.ASSUMPTION, "", searched=searched, is_log=is_log
    )


class TestFlips:
    """W20 by the search the product shows as "what would have to be true"."""

    def test_the_volume_at_which_tuning_wins_is_found_between_one_and_ten_billion(self) -> None:
        given, strategies = INPUTS["W20"], INPUTS["W15"]["strategies"]
        prompt, tuned = (
            model(name, given["H"], lambda _, name=name: classes(strategies[name]))
            for name in ("prompt", "ft")
        )
        volume = asked(VOLUME, given["v0"], (1.0, 1e10), is_log=True)
        (flip,) = flips(prompt, [tuned], [volume], {VOLUME: given["v0"], GROWTH: given["g"]})
        wanted = EXPECTED["W20"]["v0_for_ft_to_win_12m"]["volume"]
        assert flip.value == pytest.approx(wanted, rel=1e-9)
        assert flip.needs_more

    def test_no_day_rate_makes_rag_as_cheap_as_tuning_and_the_answer_says_so(self) -> None:
        given, strategies = INPUTS["W20"], INPUTS["W15"]["strategies"]

        def by_day_rate(name: str) -> CostModel:
            def at(values: Any) -> CostClasses:
                return classes(strategies[name], one_time=PERSON_DAYS[name] * values[DAY_RATE])

            return model(name, given["H"], at, DAY_RATE)

        rate = asked(DAY_RATE, 400.0, (0.0, float(MOST_DAY_RATE)))
        today = {VOLUME: given["v0"], GROWTH: given["g"], DAY_RATE: 400.0}
        (flip,) = flips(by_day_rate("ft"), [by_day_rate("rag")], [rate], today)
        assert flip.value == EXPECTED["W20"]["day_rate_at_which_rag_equals_ft"]


class TestSimulations:
    """Draws against closed forms: W23 within four standard errors, W24 to three decimals (MODEL.md 5.4)."""

    def test_w23_chance_and_regret_agree_with_the_closed_forms(self) -> None:
        a, b = lognormals(INPUTS["W23"])
        usd = np.stack([a.at(uniform_stream(SEED, "A", DRAWS)), b.at(uniform_stream(SEED, "B", DRAWS))])
        assert cheapest_shares(usd)[0] == within_four_errors(lower_share(a, b))
        excess = usd - usd.min(axis=0)
        errors = excess.std(axis=1, ddof=1) / np.sqrt(DRAWS)
        assert (np.abs(expected_regret_usd(usd) - [regret(a, b), regret(b, a)]) < 4 * errors).all()

    def test_w23_standings_have_the_means_of_the_distributions(self) -> None:
        a, b = lognormals(INPUTS["W23"])
        usd = np.stack([a.at(uniform_stream(SEED, "A", DRAWS)), b.at(uniform_stream(SEED, "B", DRAWS))])
        found = {each.strategy: each.total.mean for each in standings(SampledTotals(("A", "B"), usd))}
        errors = usd.std(axis=1, ddof=1) / np.sqrt(DRAWS)
        assert abs(found["A"] - a.mean) < 4 * errors[0]
        assert abs(found["B"] - b.mean) < 4 * errors[1]

    def test_w23_shared_luck_is_simulated_as_the_closed_form_has_it(self) -> None:
        """Correlated logarithms: the second normal is rho times the first plus its own rest."""
        a, b = lognormals(INPUTS["W23"])
        shared, own = (np.random.default_rng([SEED, i]).standard_normal(DRAWS) for i in range(2))
        mixed = CORRELATION * shared + np.sqrt(1 - CORRELATION**2) * own
        usd = np.exp(np.stack([a.mu + a.sigma * shared, b.mu + b.sigma * mixed]))
        assert cheapest_shares(usd)[0] == within_four_errors(lower_share(a, b, CORRELATION))

    def test_w23_half_width_holds_the_share_in_nineteen_of_twenty_repetitions(self) -> None:
        share, draws, repetitions = 0.6, 10_000, 2_000
        shares = np.random.default_rng(SEED).binomial(draws, share, repetitions) / draws
        held = (np.abs(shares - share) <= half_width(share, draws)).mean()
        assert held == pytest.approx(0.95, abs=4 * np.sqrt(0.95 * 0.05 / repetitions))

    def test_w24_sampled_sobol_indices_agree_with_the_closed_form_to_three_decimals(self) -> None:
        inputs, exact = INPUTS["W24"], exact_variance_shares(INPUTS["W24"])
        drawn = {
            name: Lognormal.from_mean(each["mean"], each["sd"] / each["mean"])
            for name, each in inputs.items()
        }
        found = sobol_indices(lambda at: at["F"] + at["V"] * at["p"], drawn, SEED, 16_384)
        assert {index.name for index in found} == set(inputs)
        for index in found:
            assert index.first == pytest.approx(exact.first_order[index.name], abs=1e-3)
            assert index.total == pytest.approx(exact.total[index.name], abs=1e-3)


def test_w28_is_read_up_to_twice_the_largest_size_and_otherwise_more_than_that() -> None:
    """The note of the example: 90 % is met beyond 800 examples and shown as "more than 800"."""
    curve, expected = curve_of(INPUTS["W28"]), EXPECTED["W28"]
    assert curve.reach_rows == 2 * max(INPUTS["W28"]["curve"]["n"])
    is_within = expected["n_for_90pct"] <= curve.reach_rows
    assert (curve.rows_needed(0.90) is not None) == is_within
    assert curve.accuracy_share_at(curve.reach_rows) is not None
    assert curve.accuracy_share_at(curve.reach_rows + 1) is None


def within_four_errors(share: float) -> Any:
    return pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / DRAWS))
