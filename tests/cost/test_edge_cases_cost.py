"""Cases at the edge of the cost formulas, by the names of MODEL.md 8.3 where they have one."""

import math
from datetime import date

import numpy as np
import pytest

from crossover import cost
from crossover.cost import CostClasses, InputTokens, InvalidCostInput, Traffic
from crossover.prices.types import CachePolicy, CacheRule, Source, TokenPrice, TuningPrice

COSTS = CostClasses(100.0, 10.0, 0.001)
MARKED = CacheRule(CachePolicy.BREAKPOINT, 1024, 1, (30.0, 30.0), ttl_restarts=False)


def tuning_price(**terms: object) -> TuningPrice:
    known: dict[str, object] = {"training_usd_per_mtok": 3.0, "training_usd_per_hour": None} | terms
    source = Source("https://example.com", None)
    return TuningPrice(
        "host", "model", "standard", tuned=None, hosting_usd_per_hour=0.0, source=source, **known
    )  # type: ignore[arg-type]


class TestTraffic:
    def test_e03_no_requests_cost_nothing_and_have_no_cost_per_request(self) -> None:
        idle = Traffic(0)
        assert cost.total_usd(COSTS, idle) == 100 + 12 * 10
        assert cost.all_in_usd_per_request(COSTS, idle) is None
        assert cost.expected_hit_rate(CacheRule(CachePolicy.INCREMENT), 0) == 0
        dearer_start = CostClasses(200.0, 5.0, 0.0)
        # 100 more at the start, 5 less a month: 100 / 5 = 20 months
        assert cost.break_even_month(COSTS, dearer_start, 0).month == pytest.approx(20)

    @pytest.mark.parametrize("volume", [1e10 + 1e4, math.inf, math.nan, -1])
    def test_e04_e14_impossible_volumes_are_named(self, volume: float) -> None:
        with pytest.raises(InvalidCostInput, match="requests_per_month"):
            Traffic(volume)

    def test_e05_a_horizon_of_no_months_costs_the_start_only(self) -> None:
        now = Traffic(1000, horizon_months=0)
        assert cost.cumulative_usd(COSTS, now).tolist() == [100.0]
        assert cost.all_in_usd_per_request(COSTS, now) is None
        assert cost.all_crossings(COSTS, CostClasses(0, 0, 0), now) == ()

    @pytest.mark.parametrize("months", [-1, 121, 1.5, True])
    def test_e05_a_horizon_is_a_whole_number_of_months(self, months: int) -> None:
        with pytest.raises(InvalidCostInput, match="horizon_months"):
            Traffic(1000, horizon_months=months)

    @pytest.mark.parametrize("growth", [-1.0, -1.5, math.nan])
    def test_e06_traffic_cannot_shrink_by_everything(self, growth: float) -> None:
        with pytest.raises(InvalidCostInput, match="growth_per_month_share"):
            Traffic(1000, growth)

    def test_e06_traffic_may_shrink(self) -> None:
        assert cost.monthly_volumes(Traffic(1000, -0.5, 3)).tolist() == [1000, 500, 250]

    def test_a_cap_holds_before_the_season_is_applied(self) -> None:
        traffic = Traffic(1000, 1.0, 4, cap_requests_per_month=3000, season_factors=(1.0, 2.0))
        assert cost.monthly_volumes(traffic).tolist() == [1000, 4000, 3000, 6000]

    def test_tiny_growth_sums_like_none(self) -> None:
        assert cost.growth_sum(1e-15, 12) == pytest.approx(12, rel=1e-12)


class TestCostClasses:
    @pytest.mark.parametrize("field", ["one_time_usd", "monthly_usd", "per_request_usd"])
    def test_e14_a_negative_price_is_an_error_that_names_it(self, field: str) -> None:
        with pytest.raises(InvalidCostInput, match=field) as raised:
            CostClasses(**({"one_time_usd": 0, "monthly_usd": 0, "per_request_usd": 0} | {field: -1}))
        assert raised.value.field == field

    def test_e14_a_negative_event_is_an_error_that_names_its_month(self) -> None:
        with pytest.raises(InvalidCostInput, match="month 4"):
            CostClasses(0, 0, 0, {4: -1.0})

    def test_a_yearly_price_decline_halves_the_price_after_twelve_months(self) -> None:
        costs = CostClasses(0, 0, 1.0, price_decline_per_year_share=0.5)
        by_month = cost.variable_usd_by_month(costs, Traffic(100, 0, 13))
        assert by_month[0] == 100
        assert by_month[12] == pytest.approx(50)

    def test_an_event_after_the_horizon_is_not_paid(self) -> None:
        costs = CostClasses(0, 0, 0, {0: 1.0, 11: 2.0, 12: 4.0})
        assert cost.total_usd(costs, Traffic(0)) == 3.0

    def test_retraining_less_often_than_the_horizon_never_happens(self) -> None:
        assert cost.retrain_months(12, 12) == ()
        with pytest.raises(InvalidCostInput, match="every_months"):
            cost.retrain_months(0, 12)

    def test_draws_and_grids_broadcast(self) -> None:
        draws = np.random.default_rng(1).random((3, 1_000))
        assert cost.total_usd(CostClasses(*draws), Traffic(1e5 * draws[0], 0.01, 120)).shape == (1_000,)
        grid = CostClasses(0.0, 0.0, np.array([0.1, 0.2, 0.3]))
        totals = cost.total_usd(grid, Traffic(np.array([[1.0], [10.0]]), 0.0, 2))
        assert totals == pytest.approx(np.array([[0.2, 0.4, 0.6], [2.0, 4.0, 6.0]]))

    def test_draws_of_the_start_alone_broadcast_too(self) -> None:
        starts = CostClasses(np.array([100.0, 200.0]), 10.0, 0.0)
        # 100 or 200 at the start, then 10 at the end of each of two months
        by_month = cost.cumulative_usd(starts, Traffic(0, horizon_months=2))
        assert by_month.tolist() == [[100, 110, 120], [200, 210, 220]]
        assert cost.cumulative_usd(starts, Traffic(0, horizon_months=0)).tolist() == [[100], [200]]
        assert cost.total_usd(starts, Traffic(0)).tolist() == [220, 320]


class TestCrossings:
    def test_e16_equal_prices_are_a_tie_without_a_crossing(self) -> None:
        assert cost.break_even_month(COSTS, COSTS, 1000).status is cost.MonthStatus.IDENTICAL
        assert cost.steady_break_even_volume(COSTS, COSTS).status is cost.VolumeStatus.TIE

    def test_parallel_costs_never_meet(self) -> None:
        dearer = CostClasses(200.0, 10.0, 0.001)
        assert cost.break_even_month(COSTS, dearer, 1000).status is cost.MonthStatus.PARALLEL
        answer = cost.steady_break_even_volume(COSTS, CostClasses(100, 11.0, 0.001))
        assert answer == cost.BreakEvenVolume(cost.VolumeStatus.A_ALWAYS_CHEAPER, None)

    def test_a_strategy_cheaper_in_everything_wins_at_every_volume(self) -> None:
        cheaper = CostClasses(50.0, 5.0, 0.0005)
        for answer in (
            cost.steady_break_even_volume(COSTS, cheaper),
            cost.horizon_break_even_volume(COSTS, cheaper, Traffic(0)),
        ):
            assert answer == cost.BreakEvenVolume(cost.VolumeStatus.B_ALWAYS_CHEAPER, None)

    def test_a_tie_that_resolves_to_the_same_side_is_no_crossing(self) -> None:
        # 1 behind, level after one month, and an event throws it back by 1 at once
        a, b = CostClasses(0, 1, 0), CostClasses(1, 0, 0, {1: 1.0})
        assert cost.all_crossings(a, b, Traffic(0, 0, 2)) == ()

    def test_a_crossing_exactly_at_a_month_s_end_is_found_once(self) -> None:
        crossings = cost.all_crossings(CostClasses(0, 1, 0), CostClasses(3, 0, 0), Traffic(0, 0, 6))
        assert crossings == (cost.Crossing(3.0, cost.CrossingKind.CROSS, cost.Side.B),)

    def test_a_crossing_by_an_event_carries_the_month_it_falls_due(self) -> None:
        a, b = CostClasses(0, 0, 0, {2: 10.0}), CostClasses(5, 0, 0)
        assert cost.all_crossings(a, b, Traffic(0, 0, 6)) == (
            cost.Crossing(2.0, cost.CrossingKind.EVENT, cost.Side.B),
        )

    def test_rounding_noise_is_no_crossing(self) -> None:
        # 3 x 0.1 and 0.3 differ in floating point, not in money
        crossings = cost.all_crossings(CostClasses(0, 0.1, 0), CostClasses(0.3, 0, 0), Traffic(0, 0, 3))
        assert crossings == ()

    def test_e16_prices_that_differ_by_rounding_alone_are_a_tie(self) -> None:
        one, other = CostClasses(10.0, 1.0, 0.1 + 0.2), CostClasses(10.0, 1.0, 0.3)
        assert cost.steady_break_even_volume(one, other).status is cost.VolumeStatus.TIE
        assert cost.break_even_month(one, other, 1e6).status is cost.MonthStatus.IDENTICAL
        assert cost.all_crossings(one, other, Traffic(1e6)) == ()


class TestCalls:
    price = TokenPrice(1.0, 2.0, cached_input_mtok=0.1, cache_write_mtok=1.25)

    def test_a_missing_cached_price_bills_cached_tokens_as_plain(self) -> None:
        price = TokenPrice(1.0, 2.0)
        assert cost.call_usd(InputTokens(1000.0, 500.0, 500.0), 0, price) == pytest.approx(0.001)

    def test_a_prompt_of_exactly_the_long_context_limit_is_billed_short_with_any_cache(
        self,
    ) -> None:
        """Expected shares of tokens must not add up to a hair more than the prompt."""
        price = TokenPrice(1.0, 0.0, cached_input_mtok=0.1, long_from_tokens=272_000, long_input_mtok=2.0)
        rule = CacheRule(CachePolicy.INCREMENT)
        for hit_rate in np.linspace(0, 1, 101):
            tokens = cost.expected_input_tokens(rule, 272_000, 200_000, hit_rate)
            assert cost.call_usd(tokens, 0, price) <= 0.272

    def test_a_missing_long_price_keeps_the_short_one(self) -> None:
        price = TokenPrice(1.0, 2.0, long_from_tokens=10, long_output_mtok=3.0)
        # 20 x $1/M + 10 x $3/M
        assert cost.call_usd(InputTokens(20.0), 10, price) == pytest.approx(50e-6)

    def test_a_batch_discount_that_does_not_stack_forgoes_the_cache(self) -> None:
        tokens = InputTokens(1000.0, 900.0)
        stacked = cost.call_usd(tokens, 0, self.price, 0.5)
        forgone = cost.call_usd(tokens, 0, self.price, 0.5, batch_stacks_with_cache=False)
        assert stacked == pytest.approx((100 * 1.0 + 900 * 0.1) * 0.5e-6)
        assert forgone == pytest.approx(1000 * 0.5e-6)

    def test_e13_a_price_of_zero_is_allowed(self) -> None:
        assert cost.call_usd(InputTokens(1000.0), 1000, TokenPrice(0.0, 0.0)) == 0

    def test_e14_a_discount_is_a_share(self) -> None:
        with pytest.raises(InvalidCostInput, match="batch_discount_share"):
            cost.call_usd(InputTokens(1.0), 1, self.price, 50)

    def test_e10_a_call_overflows_the_window_by_its_first_token_too_many(self) -> None:
        # 90 + 10 fill a window of 100, 91 + 10 do not fit
        assert cost.overflow_share([90, 91], 10, 100) == 0.5
        assert cost.overflow_share([90, 91], [10, 9], 100) == 0

    def test_overflow_is_unknown_without_a_window_or_calls(self) -> None:
        assert cost.overflow_share([90], 10, None) is None
        assert cost.overflow_share([], 10, 100) is None
        with pytest.raises(InvalidCostInput, match="input_tokens"):
            cost.overflow_share([-1], 10, 100)


class TestCaching:
    def test_e35_one_token_below_the_minimum_nothing_is_cacheable(self) -> None:
        rule = CacheRule(CachePolicy.INCREMENT)
        assert cost.cacheable_tokens(rule, [1023, 1024, 1151, 1152], 2000).tolist() == [0, 1024, 1024, 1152]
        assert cost.cacheable_tokens(MARKED, [1023, 1025], 2000).tolist() == [0, 1025]

    def test_a_stored_prefix_is_cacheable_at_any_length(self) -> None:
        assert cost.cacheable_tokens(CacheRule(CachePolicy.STORED), 10, 20) == 10

    def test_without_a_policy_nothing_is_cached(self) -> None:
        assert cost.expected_hit_rate(CacheRule(CachePolicy.NONE), 1e6) == 0
        assert cost.expected_input_tokens(CacheRule(), 5000, 4000, 1.0).cache_read_tokens == 0

    def test_marking_never_pays_where_reading_is_not_cheaper(self) -> None:
        assert cost.break_even_hit_rate(TokenPrice(1.0, 1.0)) is None
        assert cost.break_even_hit_rate(TokenPrice(1.0, 1.0, cached_input_mtok=1.0)) is None

    def test_marking_always_pays_where_writing_costs_nothing_extra(self) -> None:
        assert cost.break_even_hit_rate(TokenPrice(1.0, 1.0, cached_input_mtok=0.1)) == 0

    def test_a_tail_too_short_to_cache_is_not_written(self) -> None:
        tokens = cost.expected_input_tokens(MARKED, 1000, 500, 0.5, writes_tail=True)
        assert (tokens.plain_tokens, tokens.cache_write_tokens) == (1000, 0)

    def test_the_trap_of_single_turns_writes_everything_and_reads_nothing(self) -> None:
        tokens = cost.expected_input_tokens(MARKED, 1700, 0, 0.9, writes_tail=True)
        assert (tokens.cache_read_tokens, tokens.cache_write_tokens) == (0, 1700)

    def test_hour_shares_must_add_up(self) -> None:
        with pytest.raises(InvalidCostInput, match="hour_shares"):
            cost.profile_hit_rate(1000, (0.5, 0.4), lambda rate: cost.sliding_hit_rate(rate, 5))

    def test_best_effort_takes_its_share_of_the_hits(self) -> None:
        rule = CacheRule(CachePolicy.INCREMENT)
        full, partly = (cost.expected_hit_rate(rule, 50_000, alpha) for alpha in (1.0, 0.6))
        assert partly == pytest.approx(0.6 * full)

    def test_a_lifetime_range_must_run_from_short_to_long(self) -> None:
        with pytest.raises(InvalidCostInput, match="ttl_minutes"):
            cost.uncertain_ttl_hit_rate(1.0, 10, 5)

    def test_storage_is_billed_by_token_and_hour(self) -> None:
        # 100,000 tokens x $1/M/h x 730 h
        assert cost.stored_cache_usd(100_000, 1.0) == pytest.approx(73)


class TestTraining:
    day = date(2024, 9, 20)

    def test_e12_an_unknown_training_price_stays_unknown(self) -> None:
        price = tuning_price(training_usd_per_mtok=None)
        assert cost.tuning_usd([cost.TrainingJob(self.day, 1e6)], price) is None

    def test_e36_without_a_known_last_day_nothing_is_free(self) -> None:
        price = tuning_price(free_tokens_per_day=2_000_000)
        assert cost.tuning_usd([cost.TrainingJob(self.day, 1e6)], price) == pytest.approx(3.0)

    def test_unused_allowance_does_not_carry_over_to_the_next_day(self) -> None:
        days = [date(2024, 9, 20), date(2024, 9, 21)]
        jobs = [cost.TrainingJob(days[0], 500_000), cost.TrainingJob(days[1], 3_000_000)]
        assert cost.billed_tokens(jobs, 2_000_000, days[1]) == (0, 1_000_000)

    def test_a_minimum_fee_applies_to_each_job(self) -> None:
        price = tuning_price(minimum_fee_usd=4.0)
        assert cost.tuning_usd([cost.TrainingJob(self.day, 1_000_000)] * 2, price) == 8.0

    def test_training_by_the_hour_needs_the_hours(self) -> None:
        price = tuning_price(training_usd_per_mtok=None, training_usd_per_hour=50.0)
        assert cost.tuning_usd([cost.TrainingJob(self.day, 0, hours=1.5)], price) == 75.0
        assert cost.tuning_usd([cost.TrainingJob(self.day, 1e6)], price) is None


class TestRetriesAndQuality:
    def test_e28_a_call_that_always_fails_has_no_price_per_success(self) -> None:
        for billed in (0.0, 1.0):
            assert cost.retry_cost_per_success(1.0, 3, billed) == math.inf
        assert cost.usd_per_success(0.01, 0.0) == math.inf

    def test_success_that_was_not_measured_leaves_the_cost_per_success_unknown(self) -> None:
        assert cost.usd_per_success(0.01, None) is None
        assert cost.usd_with_failures(0.01, None, 4.0) is None

    def test_no_gap_in_success_flips_anything_when_failures_are_free(self) -> None:
        assert cost.success_gap_that_flips(0.02, 0.01, 0.0) is None

    @pytest.mark.parametrize(("failure", "attempts"), [(1.1, 3), (-0.1, 3), (0.5, 0)])
    def test_e14_impossible_retries_are_named(self, failure: float, attempts: int) -> None:
        with pytest.raises(InvalidCostInput, match=r"failure_share|max_attempts"):
            cost.retry_cost_multiplier(failure, attempts)


class TestSolves:
    def test_none_when_no_value_in_the_range_makes_it_true(self) -> None:
        assert cost.solve_for(lambda x: x + 1, 0, 100) is None
        assert cost.solve_for(lambda x: x * x + 1, -5, 5) is None

    def test_none_for_identical_strategies(self) -> None:
        assert cost.solve_for(lambda x: 0.0, 0, 1) is None

    def test_an_end_of_the_range_can_be_the_answer(self) -> None:
        assert cost.solve_for(lambda x: x, 0, 10) == 0
        assert cost.solve_for(lambda x: x - 10, 0, 10) == 10
        assert cost.solve_for(lambda x: x * x - 100, 0, 10) == 10

    def test_the_answer_nearest_to_today_is_given(self) -> None:
        def difference(x: float) -> float:
            return (x - 2) * (x - 7)

        assert cost.solve_for(difference, 0, 10) == pytest.approx(2)
        assert cost.solve_for(difference, 0, 10, today=6.0) == pytest.approx(7)

    def test_an_affine_difference_takes_few_evaluations(self) -> None:
        asked: list[float] = []

        def difference(x: float) -> float:
            asked.append(x)
            return 3 * x - 1.5

        assert cost.solve_for(difference, 0, 1e6) == pytest.approx(0.5, rel=1e-12)
        assert len(asked) < 12

    def test_a_staircase_has_every_change_of_sides_found(self) -> None:
        # a machine of 100 per started 1,000 requests, against 0.11 a request: the k-th machine is
        # paid for at 100 k / 0.11 requests, and the next one is needed at 1,000 k
        def difference(volume: float) -> float:
            return 0.11 * volume - 100 * math.ceil(volume / 1000)

        by_hand = [volume for k in range(1, 6) for volume in (100 * k / 0.11, 1000.0 * k)]
        assert cost.crossing_volumes(difference, 500, 5_400) == pytest.approx(by_hand)

    def test_a_long_answer_makes_tuning_lose_at_any_prompt_length(self) -> None:
        # answer alone: 400 x $1.20/M = $0.00048, more than the base request's $0.000345
        assert cost.largest_tuned_input_tokens(0.000345, 400, TokenPrice(0.3, 1.2)) is None

    def test_change_from_nothing_has_no_percentage(self) -> None:
        assert cost.relative_change(5, 0) is None
        assert cost.relative_change(5, 4) == 0.25


class TestSelfHosted:
    serving = cost.GpuServing(20_000, 2_500, 2.5, 0.6)

    def test_an_idle_replica_is_still_paid_for(self) -> None:
        assert cost.replicas(self.serving, 0.0, 0.075) == 1

    @pytest.mark.parametrize(
        "field", ["prefill_tokens_per_second", "decode_tokens_per_second", "target_utilisation_share"]
    )
    def test_a_speed_of_zero_is_named(self, field: str) -> None:
        given = {
            "prefill_tokens_per_second": 1.0,
            "decode_tokens_per_second": 1.0,
            "gpu_usd_per_hour": 1.0,
            "target_utilisation_share": 0.5,
        }
        with pytest.raises(InvalidCostInput, match=field):
            cost.GpuServing(**(given | {field: 0.0}))


class TestSummary:
    def test_nothing_has_no_summary(self) -> None:
        assert cost.summarise([], seed=1) is None

    @pytest.mark.parametrize(
        ("rows", "method"),
        [(4, None), (5, "normal"), (19, "normal"), (20, "bootstrap"), (200, "bootstrap")],
    )
    def test_the_interval_depends_on_the_number_of_rows(self, rows: int, method: str | None) -> None:
        summary = cost.summarise(np.arange(rows), seed=1)
        assert summary is not None
        assert (summary.interval and summary.interval.method) == method
        assert summary.p95_is_indicative == (rows < 59)
        if summary.interval:
            assert summary.interval.low < summary.mean < summary.interval.high

    def test_e34_the_same_seed_gives_the_same_interval_bit_for_bit(self) -> None:
        values = np.random.default_rng(3).lognormal(size=500)
        assert cost.mean_interval(values, seed=7) == cost.mean_interval(values, seed=7)
        assert cost.mean_interval(values, seed=7) != cost.mean_interval(values, seed=8)

    def test_the_bootstrap_agrees_with_the_normal_interval_on_many_rows(self) -> None:
        values = np.random.default_rng(3).normal(10, 2, size=2_000)
        found = cost.mean_interval(values, seed=7)
        assert found is not None
        half = 1.96 * cost.standard_error(values)
        assert found.high - found.low == pytest.approx(2 * half, rel=0.1)

    def test_resamples_drawn_in_blocks_are_those_drawn_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        costs = np.random.default_rng(3).lognormal(size=(100, 2))
        at_once = cost.bootstrap_means(costs, seed=1)
        monkeypatch.setattr("crossover.cost.summary.RESAMPLED_COUNTS_AT_ONCE", 1_300)
        assert cost.bootstrap_means(costs, seed=1) == pytest.approx(at_once, rel=1e-12)

    def test_e29_weights_must_count(self) -> None:
        with pytest.raises(InvalidCostInput, match="weights"):
            cost.weighted_mean([1.0, 2.0], [0.0, 0.0])

    def test_equal_weights_change_no_standard_error(self) -> None:
        values = [1.0, 2.0, 4.0, 8.0]
        assert cost.standard_error(values, [3, 3, 3, 3]) == pytest.approx(cost.standard_error(values))


class TestMap:
    def test_e16_equal_totals_go_to_the_first_name_and_are_a_tie(self) -> None:
        found = cost.cheapest_map({"rag": np.array([1.0]), "prompt": np.array([1.0])})
        assert found.names[found.winner[0]] == "prompt"
        assert found.margin_share[0] == 0
        assert found.is_tie[0]

    def test_a_single_strategy_has_no_margin(self) -> None:
        found = cost.cheapest_map({"prompt": np.array([1.0])})
        assert math.isnan(found.margin_share[0])
        assert not found.is_tie[0]

    def test_a_free_winner_has_an_infinite_margin(self) -> None:
        found = cost.cheapest_map({"free": np.array([0.0]), "paid": np.array([1.0])})
        assert found.margin_share[0] == math.inf

    def test_no_strategy_at_all_is_an_error(self) -> None:
        with pytest.raises(InvalidCostInput, match="total_usd"):
            cost.cheapest_map({})


class TestConversation:
    def test_turns_need_an_answer_each(self) -> None:
        with pytest.raises(InvalidCostInput, match="answer_tokens"):
            cost.Conversation(100, np.ones(3), np.ones(2))

    def test_without_history_every_turn_is_a_first_one(self) -> None:
        alone = cost.Conversation(100, np.full(3, 10.0), np.full(3, 20.0), window_turns=0)
        # 100 + 4, 10 + 4 and 3 to prime the reply
        assert cost.conversation_prompts(alone).prompt_tokens.tolist() == [121, 121, 121]
        assert cost.conversation_prompts(alone).sequence_prefix_tokens.tolist() == [104, 104, 104]

    def test_gaps_that_were_measured_are_counted(self) -> None:
        assert cost.measured_gap_hit_rate([1, 4, 6, 20], 5) == 0.5
        assert cost.measured_gap_hit_rate([], 5) is None


def test_the_present_value_is_the_total_until_a_discount_is_set():
    """12 monthly payments of 1,213 and one-off 0 at 10 % a year: 1,213 x sum of 1.1^-(k/12)."""
    flat = CostClasses(one_time_usd=0.0, monthly_usd=1_213.0, per_request_usd=0.0)
    traffic = Traffic(0.0, 0.0, 12)
    by_hand = 1_213 * sum(1.1 ** -(month / 12) for month in range(1, 13))
    assert float(cost.net_present_usd(flat, traffic, 0.10)) == pytest.approx(by_hand, rel=1e-12)
    assert float(cost.net_present_usd(flat, traffic, 0.0)) == pytest.approx(12 * 1_213, rel=1e-12)
