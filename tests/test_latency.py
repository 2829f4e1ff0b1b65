"""Latency and rate limits: worked examples W21 and W22, laws, and what a plan's requests take."""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover import latency
from crossover.cost import InvalidCostInput
from crossover.latency import Lognormal, Speeds
from crossover.scenario import Scenario
from crossover.strategies import Call, Part, UsagePlan

SCENARIO = Scenario(date(2026, 11, 22))
PROMPT, CACHED, ANSWER = 1300, 1152, 185  # W21 takes W08's prompt: 1,152 of its tokens cacheable
CALL_SECONDS = 2.7  # W22's concurrency
ratios = st.floats(1, 20)
times = st.floats(0.01, 100)


@pytest.fixture(scope="module")
def examples(request: pytest.FixtureRequest) -> dict[str, Any]:
    named = os.environ.get("MODEL_EXAMPLES")
    file = Path(named) if named else request.getfixturevalue("shared") / "design/model_examples.json"
    return {each["id"]: each for each in json.loads(file.read_text(encoding="utf-8"))["examples"]}


def matches(expected: dict[str, float]) -> Any:
    return pytest.approx(expected, rel=1e-9)


def tool_prompts(examples: dict[str, Any]) -> tuple[int, int, int]:
    """First prompt, second prompt and call of W11's tool request, with the frames of MODEL.md 1."""
    tools = examples["W11"]["inputs"]
    first = tools["static"] + tools["tools"] + tools["q"] + 4 + 4 + 3
    return first, first + tools["out_call"] + 7 + tools["result"] + 4, tools["out_call"]


class TestW21:
    @pytest.fixture
    def speeds(self, examples: dict[str, Any]) -> Speeds:
        given = examples["W21"]["inputs"]
        return Speeds(
            given["net"], given["ttft0"], given["prefill_tps"], given["decode_tps"], given["cached_factor"]
        )

    def test_a_single_call_is_its_first_token_and_its_answer(
        self, examples: dict[str, Any], speeds: Speeds
    ) -> None:
        expected = examples["W21"]["expected_full"]
        plain = PROMPT - CACHED
        assert {
            "ttft": float(latency.time_to_first_token_seconds(speeds, PROMPT)),
            "total": float(latency.call_seconds(speeds, PROMPT, ANSWER)),
        } == matches(expected["single"])
        assert {
            "ttft": float(latency.time_to_first_token_seconds(speeds, plain, CACHED)),
            "total": float(latency.call_seconds(speeds, plain, ANSWER, CACHED)),
        } == matches(expected["single_cached"])

    def test_calls_tools_and_search_add_up(self, examples: dict[str, Any], speeds: Speeds) -> None:
        given, expected = examples["W21"]["inputs"], examples["W21"]["expected_full"]
        first, second, out_call = tool_prompts(examples)
        asking = float(latency.call_seconds(speeds, first, out_call)) + given["tool"]
        answering = float(latency.call_seconds(speeds, second, ANSWER))
        visible = asking + float(latency.time_to_first_token_seconds(speeds, second))
        searching = given["embed"] + given["search"]
        assert {
            "tool_total": asking + answering,
            "tool_first_token": visible,
            "rag_total": searching + float(latency.call_seconds(speeds, PROMPT, ANSWER)),
        } == matches({key: expected[key] for key in ("tool_total", "tool_first_token", "rag_total")})

    def test_lognormals_come_from_percentiles_or_from_mean_and_variation(
        self, examples: dict[str, Any]
    ) -> None:
        expected = examples["W21"]["expected_full"]
        one, other = Lognormal.from_percentiles(0.6, 1.8), Lognormal.from_mean(2.0, 0.5)
        assert {
            "mu": one.mu,
            "sigma": one.sigma,
            "mean": one.mean,
            "p99": one.quantile(0.99),
        } == matches(expected["lognormal_p50_p95"])
        assert {
            "mu": other.mu,
            "sigma": other.sigma,
            "p50": other.quantile(0.5),
            "p95": other.quantile(0.95),
        } == matches(expected["lognormal_mean_cv"])
        assert other.share_above(3.0) == pytest.approx(expected["p_single_over_3s"], rel=1e-9)


def test_w22_limits_at_the_peak_match_the_worked_example(examples: dict[str, Any]) -> None:
    given, expected = examples["W22"]["inputs"], examples["W22"]["expected_full"]
    rate = latency.peak_calls_per_minute(given["volume"], given["peak_factor"], given["calls_per_request"])
    calls = latency.needed_calls_per_minute(rate, given["q"])
    tokens = latency.needed_tokens_per_minute(rate, given["tokens_mean"], given["tokens_m2"], given["q"])
    assert {
        "mean_rpm": rate,
        "rpm": calls,
        "mean_tpm": rate * given["tokens_mean"],
        "tpm": tokens,
        "little_concurrency": latency.concurrent_calls(rate, CALL_SECONDS),
    } == matches({key: expected[key] for key in ("mean_rpm", "rpm", "mean_tpm", "tpm", "little_concurrency")})
    assert {
        "mean5_q999": latency.needed_calls_per_minute(5, 0.999),
        "mean100_q999": latency.needed_calls_per_minute(100, 0.999),
        "mean0": latency.needed_calls_per_minute(0, 0.999),
    } == expected["poisson_q"]
    fits = latency.LimitVerdict(calls, 500).fits and latency.LimitVerdict(tokens, 200_000).fits
    assert fits == expected["fits_500rpm_200ktpm"]


class TestLognormal:
    @given(times, ratios)
    def test_gives_back_the_percentiles_it_was_made_from(self, p50: float, ratio: float) -> None:
        spread = Lognormal.from_percentiles(p50, p50 * ratio)
        assert spread.quantile(0.5) == pytest.approx(p50)
        assert spread.quantile(0.95) == pytest.approx(p50 * ratio)
        assert spread.mean >= p50 * (1 - 1e-12)

    @given(times, st.floats(0.01, 3))
    def test_gives_back_the_mean_it_was_made_from(self, mean: float, variation: float) -> None:
        spread = Lognormal.from_mean(mean, variation)
        assert spread.mean == pytest.approx(mean)
        assert spread.share_above(spread.quantile(0.9)) == pytest.approx(0.1)

    def test_draws_have_its_percentiles(self) -> None:
        draws = Lognormal.from_percentiles(1.0, 2.0).at(latency.uniform_stream(1, "x", 40_000))
        # standard error of a quantile share: sqrt(p (1 - p) / n) = 0.0011 at p95
        assert (draws <= 2.0).mean() == pytest.approx(0.95, abs=4 * 0.0011)

    def test_without_variation_every_draw_is_the_median(self) -> None:
        fixed = Lognormal.from_percentiles(2.0, 2.0)
        assert fixed.at([0.01, 0.5, 0.99]).tolist() == pytest.approx([2.0, 2.0, 2.0])
        assert (fixed.share_above(1.9), fixed.share_above(2.1)) == (1.0, 0.0)

    @pytest.mark.parametrize(("p50", "p95"), [(0, 1), (2, 1), (-1, 1)])
    def test_impossible_percentiles_are_an_error(self, p50: float, p95: float) -> None:
        with pytest.raises(InvalidCostInput, match="p95"):
            Lognormal.from_percentiles(p50, p95)


def test_a_stream_depends_on_its_name_and_seed_alone() -> None:
    first = latency.uniform_stream(1, "volume", 100)
    latency.uniform_stream(1, "another", 100)
    assert (latency.uniform_stream(1, "volume", 100) == first).all()
    assert (latency.uniform_stream(1, "another", 100) != first).any()
    assert (latency.uniform_stream(2, "volume", 100) != first).any()


class TestSpeeds:
    @given(st.integers(0, 100_000), st.integers(0, 100_000), st.integers(0, 10_000))
    def test_a_cached_token_is_never_slower_than_a_fresh_one(
        self, plain: int, cached: int, output: int
    ) -> None:
        speeds = latency.scenario_speeds(SCENARIO)
        with_cache = latency.call_seconds(speeds, plain, output, cached)
        assert with_cache <= latency.call_seconds(speeds, plain + cached, output)

    @pytest.mark.parametrize("field", ["prefill_tokens_per_second", "decode_tokens_per_second"])
    def test_a_speed_of_zero_is_an_error_that_names_it(self, field: str) -> None:
        known = {
            "network_seconds": 0.05,
            "first_token_seconds": 0.3,
            "prefill_tokens_per_second": 8000.0,
            "decode_tokens_per_second": 80.0,
        }
        with pytest.raises(InvalidCostInput, match=field):
            Speeds(**(known | {field: 0.0}))

    def test_retries_add_a_call_and_a_pause_for_each_extra_attempt(self) -> None:
        # 1 + 0.5 attempts on average: half a call of 2 s and half a pause of 1 s
        assert latency.retry_seconds(2.0, 0.5, 2, backoff_seconds=1.0) == pytest.approx(1.5)
        assert latency.retry_seconds(2.0, 0.0, 3) == 0


def tokens(*values: float) -> np.ndarray:
    return np.array(values, float)


PLAIN_PLAN = UsagePlan("prompting", (Call(((Part.QUESTION, tokens(800, 1600)),), tokens(100, 200), 0.0),), 2)


def tool_plan(share: float) -> UsagePlan:
    """One tool round for `share` of the requests, as the function calling strategy plans it."""
    asked, grown = tokens(800, 800), tokens(1200, 1200)
    return UsagePlan(
        "tools",
        (
            Call(((Part.QUESTION, asked),), tokens(100, 100), 0.0, Part.OUTPUT, None, 1 - share),
            Call(((Part.QUESTION, asked),), tokens(30, 30), 0.0, Part.CALLS, None, share),
            Call(((Part.QUESTION, grown),), tokens(100, 100), 0.0, Part.OUTPUT, asked, share),
        ),
        2,
    )


class TestPlans:
    def test_a_request_takes_its_calls_one_after_the_other(self) -> None:
        # 0.05 network, 0.6 first token, 8,000 read and 100 written tokens a second, 0.4 a tool run
        calling = 0.65 + 800 / 8000 + 30 / 100 + 0.4 + 0.65 + 1200 / 8000 + 100 / 100
        answering = 0.65 + 800 / 8000 + 100 / 100
        expected = 0.25 * calling + 0.75 * answering
        assert latency.latency_seconds(tool_plan(0.25), SCENARIO, 0.0) == pytest.approx(expected)

    def test_a_person_sees_the_first_token_before_the_answer_is_written(self) -> None:
        total = latency.latency_seconds(PLAIN_PLAN, SCENARIO, 0.0)
        visible = latency.visible_after_seconds(PLAIN_PLAN, SCENARIO, 0.0)
        assert total - visible == pytest.approx(tokens(100, 200) / 100)

    def test_searching_comes_on_top(self) -> None:
        searching = UsagePlan("rag", PLAIN_PLAN.calls, 2, embedding_tokens=tokens(10, 10))
        extra = latency.latency_seconds(searching, SCENARIO, 0.0) - latency.latency_seconds(
            PLAIN_PLAN, SCENARIO, 0.0
        )
        assert extra == pytest.approx(SCENARIO.value("search_seconds"))

    def test_a_cached_prefix_is_read_faster(self) -> None:
        call = Call(((Part.INSTRUCTIONS, tokens(2000)),), tokens(100), 1600.0)
        plan = UsagePlan("prompting", (call,), 1)
        saved = latency.latency_seconds(plan, SCENARIO, 0.0) - latency.latency_seconds(plan, SCENARIO, 1.0)
        assert saved == pytest.approx(1600 * 0.9 / 8000)


class TestSimulation:
    def test_equal_seeds_give_equal_seconds(self) -> None:
        once, again = (latency.simulated_latency_seconds(PLAIN_PLAN, SCENARIO, 0.0, seed=5) for _ in "ab")
        assert (once == again).all()
        other = latency.simulated_latency_seconds(PLAIN_PLAN, SCENARIO, 0.0, seed=6)
        assert (once != other).any()

    def test_a_plan_without_samples_has_no_seconds(self) -> None:
        empty = UsagePlan("prompting", (Call(((Part.QUESTION, tokens()),), tokens(), 0.0),), 0)
        assert latency.simulated_latency_seconds(empty, SCENARIO, 0.0, seed=5).size == 0

    @pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
    def test_as_many_requests_call_a_tool_as_the_plan_says(self, share: float) -> None:
        """Equal luck leaves the requests without a tool round exactly as they were."""
        seconds = latency.simulated_latency_seconds(tool_plan(share), SCENARIO, 0.0, seed=5)
        without = latency.simulated_latency_seconds(tool_plan(0.0), SCENARIO, 0.0, seed=5)
        # four standard errors of a share of 10,000 draws
        assert (seconds != without).mean() == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / 1e4))

    def test_the_mean_of_many_draws_exceeds_the_expected_time_by_the_skew_alone(self) -> None:
        """A lognormal's mean lies above its median, so the draws average above the typical request."""
        drawn = latency.simulated_latency_seconds(tool_plan(0.25), SCENARIO, 0.0, seed=5)
        typical = float(latency.latency_seconds(tool_plan(0.25), SCENARIO, 0.0)[0])
        assert typical < drawn.mean() < 1.5 * typical

    def test_the_median_is_near_the_likely_value_and_the_tail_is_longer(self) -> None:
        one = UsagePlan("prompting", (Call(((Part.QUESTION, tokens(800)),), tokens(100), 0.0),), 1)
        drawn = latency.simulated_latency_seconds(one, SCENARIO, 0.0, seed=5)
        likely = float(latency.latency_seconds(one, SCENARIO, 0.0)[0])
        assert np.median(drawn) == pytest.approx(likely, rel=0.1)
        assert np.quantile(drawn, 0.95) - likely > likely - np.quantile(drawn, 0.05)

    def test_percentiles_of_two_calls_do_not_add(self) -> None:
        one = UsagePlan("a", (Call(((Part.QUESTION, tokens(800)),), tokens(100), 0.0),), 1)
        drawn = latency.simulated_latency_seconds(tool_plan(1.0), SCENARIO, 0.0, seed=5)
        single = latency.simulated_latency_seconds(one, SCENARIO, 0.0, seed=5)
        asking = drawn - latency.simulated_latency_seconds(tool_plan(0.0), SCENARIO, 0.0, seed=5)
        assert np.quantile(drawn, 0.95) < np.quantile(asking, 0.95) + np.quantile(single, 0.95)


class TestTimingLog:
    def test_finds_the_speeds_a_log_was_made_with(self) -> None:
        generator = np.random.default_rng(4)
        read, written = generator.integers(100, 20_000, 200), generator.integers(20, 800, 200)
        speeds = Speeds(0.0, 0.4, 9000.0, 70.0)
        first = latency.time_to_first_token_seconds(speeds, read)
        found = latency.fit_speeds(read, written, first, first + latency.decode_seconds(speeds, written))
        assert found is not None
        assert found.first_token_seconds == pytest.approx(0.4)
        assert found.prefill_tokens_per_second == pytest.approx(9000)
        assert found.decode_tokens_per_second == pytest.approx(70)
        assert found.n == 200

    def test_a_wait_that_does_not_grow_with_the_prompt_leaves_the_reading_speed_unknown(self) -> None:
        found = latency.fit_speeds([100, 200, 300, 400, 500], [10] * 5, [0.5, 0.4, 0.4, 0.3, 0.3], [1.0] * 5)
        assert found is not None
        assert found.prefill_tokens_per_second is None

    def test_fewer_than_five_calls_are_not_fitted(self) -> None:
        assert latency.fit_speeds([100] * 4, [10] * 4, [0.5] * 4, [1.0] * 4) is None

    def test_a_call_that_ends_before_it_starts_is_an_error(self) -> None:
        with pytest.raises(InvalidCostInput, match="ttft_seconds"):
            latency.fit_speeds([100] * 5, [10] * 5, [0.5] * 5, [0.4] * 5)


class TestLimits:
    def test_an_unknown_limit_gives_no_verdict(self) -> None:
        verdict = latency.LimitVerdict(100, None)
        assert verdict.fits is None
        assert verdict.headroom_share is None

    def test_headroom_is_the_share_of_the_limit_that_is_left(self) -> None:
        assert latency.LimitVerdict(100, 400).headroom_share == 0.75
        assert latency.LimitVerdict(500, 400).headroom_share == -0.25

    @given(st.floats(0.01, 1e5))
    def test_the_need_is_exceeded_in_at_most_one_of_a_thousand_minutes(self, mean: float) -> None:
        needed = latency.needed_calls_per_minute(mean)
        arrivals = np.random.default_rng(1).poisson(mean, 20_000)
        # four standard errors above 0.001 with 20,000 minutes
        assert (arrivals > needed).mean() <= 0.001 + 4 * np.sqrt(0.001 / 20_000)
