"""Laws of MODEL.md 9.3 that concern cost; Hypothesis looks for an input that breaks one."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crossover import cost
from crossover.cost import CostClasses, InputTokens, Traffic
from crossover.prices.types import CachePolicy, CacheRule, TokenPrice

usd = st.floats(0, 1e6, allow_nan=False).map(lambda value: round(value, 2))
unit_usd = st.floats(0, 1, allow_nan=False).map(lambda value: round(value, 8))
share = st.floats(0, 1, allow_nan=False)
tokens = st.integers(0, 50_000)
volumes = st.integers(0, 10_000_000)
minutes = st.floats(0.1, 1500, allow_nan=False)
rates = st.floats(0, 100, allow_nan=False)
horizons = st.integers(0, 36)
growth = st.sampled_from([-0.2, -0.01, 0.0, 0.03, 0.1])
rules = st.builds(
    CacheRule,
    policy=st.sampled_from(list(CachePolicy)),
    minimum_tokens=st.sampled_from([512, 1024, 4096]),
    step_tokens=st.sampled_from([1, 128]),
)


@st.composite
def cost_classes(draw: st.DrawFn) -> CostClasses:
    events = draw(st.dictionaries(st.integers(0, 40), usd, max_size=4))
    return CostClasses(draw(usd), draw(usd), draw(unit_usd), events, draw(st.sampled_from([0.0, 0.3])))


@st.composite
def traffics(draw: st.DrawFn) -> Traffic:
    cap = draw(st.none() | st.integers(0, 10_000_000))
    season = draw(st.sampled_from([(), (0.5, 1.5), (2.0, 1.0, 0.0)]))
    return Traffic(draw(volumes), draw(growth), draw(horizons), cap, season)


@st.composite
def prices(draw: st.DrawFn) -> TokenPrice:
    """Prices whose cached rate is below the plain one; a long tier dearer than the short one."""
    plain, output = draw(st.floats(0.01, 20)), draw(st.floats(0.01, 60))
    limit = draw(st.none() | st.integers(0, 50_000))
    return TokenPrice(
        plain,
        output,
        cached_input_mtok=draw(st.none() | st.floats(0, 1).map(lambda part: part * plain)),
        long_from_tokens=limit,
        long_input_mtok=None if limit is None else 2 * plain,
        long_output_mtok=None if limit is None else 1.5 * output,
    )


class TestCacheableTokens:
    @given(rules, tokens, tokens)
    def test_never_exceed_the_common_prefix(self, rule: CacheRule, prefix: int, rest: int) -> None:
        assert 0 <= cost.cacheable_tokens(rule, prefix, prefix + rest) <= prefix

    @given(tokens, tokens)
    def test_above_the_minimum_come_in_steps_of_128(self, prefix: int, rest: int) -> None:
        cacheable = float(cost.cacheable_tokens(CacheRule(CachePolicy.INCREMENT), prefix, prefix + rest))
        assert cacheable == 0 or (cacheable - 1024) % 128 == 0
        assert (cacheable == 0) == (prefix < 1024)
        assert cacheable == 0 or prefix - cacheable < 128


class TestHitRates:
    @given(rates, rates, minutes)
    def test_lie_between_0_and_1_and_rise_with_traffic(self, one: float, other: float, ttl: float) -> None:
        low, high = sorted((one, other))
        for hit_rate in (cost.sliding_hit_rate, cost.fixed_ttl_hit_rate):
            assert 0 <= hit_rate(low, ttl) <= hit_rate(high, ttl) <= 1

    @given(rates, minutes, minutes)
    def test_rise_with_the_lifetime(self, rate: float, one: float, other: float) -> None:
        low, high = sorted((one, other))
        for hit_rate in (cost.sliding_hit_rate, cost.fixed_ttl_hit_rate):
            assert hit_rate(rate, low) <= hit_rate(rate, high)

    @given(rates, minutes, minutes)
    def test_of_an_uncertain_lifetime_lie_between_those_of_its_ends(
        self, rate: float, one: float, other: float
    ) -> None:
        low, high = sorted((one, other))
        between = float(cost.uncertain_ttl_hit_rate(rate, low, high))
        assert cost.sliding_hit_rate(rate, low) - 1e-12 <= between
        assert between <= cost.sliding_hit_rate(rate, high) + 1e-12

    @given(rates, minutes)
    def test_of_a_lifetime_that_never_restarts_are_not_higher(self, rate: float, ttl: float) -> None:
        assert cost.fixed_ttl_hit_rate(rate, ttl) <= cost.sliding_hit_rate(rate, ttl) + 1e-12

    @given(volumes)
    def test_at_the_mean_rate_understate_uneven_traffic(self, volume: int) -> None:
        """Concentrating a day's requests never lowers the rate a request meets, F2.3d against F2.3a."""
        in_nine_hours = cost.profile_hit_rate(
            volume, cost.BUSINESS_HOURS, lambda rate: cost.sliding_hit_rate(rate, 5)
        )
        assert in_nine_hours >= cost.sliding_hit_rate(cost.requests_per_minute(volume), 5) - 1e-12


class TestExpectedInput:
    @given(rule=rules, static=tokens, history=tokens, rest=tokens, hit=share, gap=share, tail=st.booleans())
    def test_bills_every_token_exactly_once(
        self, *, rule: CacheRule, static: int, history: int, rest: int, hit: float, gap: float, tail: bool
    ) -> None:
        prompt = float(static + history + rest)
        prompts = cost.Prompts(prompt, static, static + history)
        billed = cost.expected_sequence_tokens(rule, prompts, cost.HitRates(hit, gap), tail)
        pieces = (billed.plain_tokens, billed.cache_read_tokens, billed.cache_write_tokens)
        assert billed.total_tokens == prompt
        assert sum(pieces) == pytest.approx(prompt, abs=1e-6)
        assert min(pieces) >= -1e-6

    @given(rules, prices(), tokens, tokens, share)
    def test_costs_no_more_than_plain_input_where_writing_is_free(
        self, rule: CacheRule, price: TokenPrice, prefix: int, rest: int, hit: float
    ) -> None:
        cached = cost.expected_input_usd(rule, price, prefix + rest, prefix, hit)
        plain = cost.input_usd(InputTokens(float(prefix + rest)), price)
        assert cached <= plain * (1 + 1e-12) + 1e-15

    @given(st.integers(1024, 50_000), share, st.floats(1.01, 3), st.floats(0, 0.99))
    def test_of_a_marked_prefix_is_cheaper_exactly_above_the_break_even_hit_rate(
        self, prefix: int, hit: float, write: float, read: float
    ) -> None:
        price = TokenPrice(1.0, 1.0, cached_input_mtok=read, cache_write_mtok=write)
        needed = cost.break_even_hit_rate(price)
        assert needed is not None
        assume(abs(hit - needed) > 1e-9)
        marked = cost.expected_input_usd(CacheRule(CachePolicy.BREAKPOINT), price, prefix, prefix, hit)
        assert (marked < prefix / 1e6) == (hit > needed)


class TestCallPrice:
    @given(prices(), tokens, tokens, tokens, tokens)
    def test_never_falls_with_more_tokens(
        self, price: TokenPrice, input_tokens: int, output_tokens: int, more_in: int, more_out: int
    ) -> None:
        less = cost.call_usd(InputTokens(float(input_tokens)), output_tokens, price)
        more = cost.call_usd(InputTokens(float(input_tokens + more_in)), output_tokens + more_out, price)
        assert less <= more

    @given(prices(), tokens, tokens, st.floats(0.01, 100))
    def test_scales_with_the_prices(
        self, price: TokenPrice, input_tokens: int, output_tokens: int, factor: float
    ) -> None:
        fields = ("input_mtok", "output_mtok", "cached_input_mtok", "long_input_mtok", "long_output_mtok")
        known = {name: value * factor for name in fields if (value := getattr(price, name)) is not None}
        once = cost.call_usd(InputTokens(float(input_tokens)), output_tokens, price)
        scaled = cost.call_usd(InputTokens(float(input_tokens)), output_tokens, replace(price, **known))
        assert scaled == pytest.approx(factor * once, rel=1e-12)

    @given(prices(), st.lists(st.tuples(tokens, tokens), min_size=1, max_size=20))
    def test_of_many_calls_is_each_call_priced_alone(
        self, price: TokenPrice, calls: list[tuple[int, int]]
    ) -> None:
        inputs, outputs = np.array(calls, float).T
        together = cost.call_usd(InputTokens(inputs), outputs, price)
        alone = [cost.call_usd(InputTokens(float(i)), o, price) for i, o in calls]
        assert together.tolist() == [float(each) for each in alone]


class TestRetries:
    @given(st.floats(0, 0.99), st.integers(1, 10), share)
    def test_match_the_closed_form(self, failure: float, attempts: int, billed: float) -> None:
        success = 1 - failure**attempts
        mean_attempts = success / (1 - failure)
        multiplier = cost.retry_cost_multiplier(failure, attempts, billed)
        assert multiplier == pytest.approx(success + billed * (mean_attempts - success), rel=1e-9)
        per_success = cost.retry_cost_per_success(failure, attempts, billed)
        assert per_success == pytest.approx(1 + billed * failure / (1 - failure), rel=1e-9)


class TestSequences:
    @given(
        turns=st.integers(1, 12),
        static=tokens,
        user=tokens,
        answer=tokens,
        context=tokens,
        keeps=st.booleans(),
    )
    def test_of_equal_turns_add_up_to_the_closed_form(
        self, *, turns: int, static: int, user: int, answer: int, context: int, keeps: bool
    ) -> None:
        conversation = cost.Conversation(
            static, np.full(turns, float(user)), np.full(turns, float(answer)), context, keeps
        )
        closed = cost.constant_turns_input_tokens(turns, static, (user, answer), context, keeps)
        assert cost.conversation_prompts(conversation).prompt_tokens.sum() == pytest.approx(closed)

    @given(
        turns=st.integers(1, 12),
        static=tokens,
        user=tokens,
        context=st.integers(0, 2000),
        keeps=st.booleans(),
        window=st.none() | st.integers(0, 5),
    )
    def test_share_no_more_than_the_previous_prompt_and_no_less_than_the_static_part(
        self, *, turns: int, static: int, user: int, context: int, keeps: bool, window: int | None
    ) -> None:
        conversation = cost.Conversation(
            static, np.full(turns, float(user)), np.full(turns, 50.0), context, keeps, window
        )
        prompts = cost.conversation_prompts(conversation)
        shared = np.asarray(prompts.sequence_prefix_tokens)
        assert (shared >= prompts.static_prefix_tokens).all()
        assert (shared[1:] <= np.asarray(prompts.prompt_tokens)[:-1]).all()
        assert (shared <= prompts.prompt_tokens).all()

    @given(share, st.integers(0, 12), st.integers(0, 5000), st.integers(0, 500))
    def test_of_a_loop_weigh_every_number_of_rounds(
        self, go_on: float, cap: int, base: int, growth: int
    ) -> None:
        shares = cost.loop_round_shares(go_on, cap)
        assert shares.sum() == pytest.approx(1)
        by_hand = sum(p * ((n + 1) * base + growth * n * (n + 1) / 2) for n, p in enumerate(shares))
        expected = float(cost.expected_loop_input_tokens(base, growth, go_on, cap))
        assert expected == pytest.approx(by_hand)
        mean_rounds = cost.expected_loop_rounds(go_on, cap)
        assert cost.rounds_input_tokens(base, growth, mean_rounds) <= expected * (1 + 1e-12)


class TestTotals:
    @given(cost_classes(), traffics())
    def test_are_the_sum_of_their_pieces(self, costs: CostClasses, traffic: Traffic) -> None:
        months = traffic.horizon_months
        due = sum(usd for month, usd in costs.events_usd.items() if month < months)
        variable = cost.variable_usd_by_month(costs, traffic).sum()
        pieces = costs.one_time_usd + due + costs.monthly_usd * months + variable
        assert cost.total_usd(costs, traffic) == pytest.approx(pieces, rel=1e-9)

    @given(cost_classes(), traffics())
    def test_never_fall_from_month_to_month(self, costs: CostClasses, traffic: Traffic) -> None:
        assert (np.diff(cost.cumulative_usd(costs, traffic)) >= 0).all()

    @given(
        cost_classes(), traffics(), st.sampled_from(["one_time_usd", "monthly_usd", "per_request_usd"]), usd
    )
    def test_never_fall_when_anything_gets_dearer(
        self, costs: CostClasses, traffic: Traffic, part: str, more: float
    ) -> None:
        dearer = replace(costs, **{part: getattr(costs, part) + more})
        assert cost.total_usd(costs, traffic) <= cost.total_usd(dearer, traffic)

    @given(cost_classes(), traffics(), volumes)
    def test_never_fall_with_more_traffic(self, costs: CostClasses, traffic: Traffic, more: int) -> None:
        busier = replace(traffic, requests_per_month=traffic.requests_per_month + more)
        assert cost.total_usd(costs, traffic) <= cost.total_usd(costs, busier)

    @given(cost_classes(), traffics(), st.floats(0.01, 100))
    def test_scale_with_all_prices(self, costs: CostClasses, traffic: Traffic, factor: float) -> None:
        scaled = CostClasses(
            costs.one_time_usd * factor,
            costs.monthly_usd * factor,
            costs.per_request_usd * factor,
            {month: usd * factor for month, usd in costs.events_usd.items()},
            costs.price_decline_per_year_share,
        )
        total = cost.total_usd(costs, traffic)
        assert cost.total_usd(scaled, traffic) == pytest.approx(factor * total, rel=1e-9)

    @given(cost_classes(), traffics(), st.floats(0, 0.5))
    def test_are_not_below_their_present_value(
        self, costs: CostClasses, traffic: Traffic, discount: float
    ) -> None:
        total = cost.total_usd(costs, traffic)
        assert cost.net_present_usd(costs, traffic, discount) <= total * (1 + 1e-12)
        assert cost.net_present_usd(costs, traffic, 0.0) == pytest.approx(total, rel=1e-9)

    @given(st.lists(cost_classes(), min_size=1, max_size=5), traffics())
    def test_of_many_draws_are_each_draw_alone(self, draws: list[CostClasses], traffic: Traffic) -> None:
        together = CostClasses(
            np.array([draw.one_time_usd for draw in draws]),
            np.array([draw.monthly_usd for draw in draws]),
            np.array([draw.per_request_usd for draw in draws]),
        )
        alone = [
            cost.total_usd(replace(d, events_usd={}, price_decline_per_year_share=0.0), traffic)
            for d in draws
        ]
        assert cost.total_usd(together, traffic) == pytest.approx(np.array(alone), rel=1e-9)


class TestBreakEven:
    @given(cost_classes(), cost_classes(), growth, st.integers(1, 36))
    def test_volume_makes_both_totals_equal(
        self, a: CostClasses, b: CostClasses, grows: float, months: int
    ) -> None:
        found = cost.horizon_break_even_volume(a, b, Traffic(0, grows, months))
        assume(found.volume is not None and found.volume <= 1e10)
        at_volume = Traffic(found.volume, grows, months)
        total = float(cost.total_usd(a, at_volume))
        assert total == pytest.approx(float(cost.total_usd(b, at_volume)), rel=1e-9, abs=1e-6)

    @given(cost_classes(), cost_classes(), st.integers(1, 36), volumes)
    def test_volume_names_the_side_that_is_cheaper(
        self, a: CostClasses, b: CostClasses, months: int, volume: int
    ) -> None:
        found = cost.horizon_break_even_volume(a, b, Traffic(0, 0, months))
        at = Traffic(volume, 0, months)
        difference = float(cost.total_usd(a, at) - cost.total_usd(b, at))
        assume(abs(difference) > 1e-6 * float(cost.total_usd(a, at)) + 1e-6)
        above = found.volume is not None and volume > found.volume
        b_wins = {
            cost.VolumeStatus.A_CHEAPER_ABOVE: not above,
            cost.VolumeStatus.B_CHEAPER_ABOVE: above,
            cost.VolumeStatus.A_ALWAYS_CHEAPER: False,
            cost.VolumeStatus.B_ALWAYS_CHEAPER: True,
        }
        assert b_wins[found.status] == (difference > 0)

    @given(cost_classes(), cost_classes(), traffics())
    def test_crossings_are_odd_in_number_exactly_when_the_lead_has_changed(
        self, a: CostClasses, b: CostClasses, traffic: Traffic
    ) -> None:
        difference = cost.cumulative_usd(a, traffic) - cost.cumulative_usd(b, traffic)
        noise = 1e-9 * (cost.cumulative_usd(a, traffic)[-1] + cost.cumulative_usd(b, traffic)[-1])
        assume(abs(difference[0]) > noise and abs(difference[-1]) > noise)
        crossings = cost.all_crossings(a, b, traffic)
        assert (len(crossings) % 2 == 1) == (np.sign(difference[0]) != np.sign(difference[-1]))
        if crossings:
            assert (crossings[-1].cheaper_after is cost.Side.B) == (difference[-1] > 0)

    @given(cost_classes(), cost_classes(), traffics())
    def test_crossings_alternate_lie_in_order_and_within_the_horizon(
        self, a: CostClasses, b: CostClasses, traffic: Traffic
    ) -> None:
        crossings = cost.all_crossings(a, b, traffic)
        months = [crossing.month for crossing in crossings]
        assert months == sorted(months)
        assert all(0 <= month <= traffic.horizon_months for month in months)
        sides = [crossing.cheaper_after for crossing in crossings]
        assert all(one is not other for one, other in pairwise(sides))

    @given(cost_classes(), cost_classes(), traffics())
    def test_crossings_mirror_when_the_strategies_swap(
        self, a: CostClasses, b: CostClasses, traffic: Traffic
    ) -> None:
        there, back = cost.all_crossings(a, b, traffic), cost.all_crossings(b, a, traffic)
        assert [c.month for c in there] == [c.month for c in back]
        assert all(c.cheaper_after is not d.cheaper_after for c, d in zip(there, back, strict=True))

    @given(cost_classes(), traffics())
    def test_identical_strategies_never_cross(self, costs: CostClasses, traffic: Traffic) -> None:
        assert cost.all_crossings(costs, costs, traffic) == ()
        assert cost.horizon_break_even_volume(costs, costs, traffic).status is cost.VolumeStatus.TIE

    @given(cost_classes(), cost_classes(), volumes)
    def test_month_is_the_only_crossing_of_steady_costs(
        self, a: CostClasses, b: CostClasses, volume: int
    ) -> None:
        a, b = (replace(c, events_usd={}, price_decline_per_year_share=0.0) for c in (a, b))
        found = cost.break_even_month(a, b, volume)
        crossings = cost.all_crossings(a, b, Traffic(volume, 0.0, 120))
        assume(found.month is None or 1e-6 < found.month < 119.999)
        assume(a.one_time_usd != b.one_time_usd)
        if found.month is None:
            assert crossings == ()
        else:
            assert [(c.month, c.cheaper_after) for c in crossings] == [
                (pytest.approx(found.month, rel=1e-6), found.cheaper_after)
            ]


class TestReverseSolves:
    places = st.floats(-100, 100).map(lambda place: round(place, 4))

    @given(places, places, st.floats(0.01, 50), places)
    def test_find_the_root_of_a_curve_or_say_there_is_none(
        self, start: float, width: float, steepness: float, shift: float
    ) -> None:
        low, high = start, start + abs(width) + 0.1

        def difference(x: float) -> float:
            return steepness * float(np.tanh(x - shift)) + 0.001 * (x - shift)

        root = cost.solve_for(difference, low, high)
        assert (root is not None) == (low <= shift <= high)
        if root is not None:
            assert root == pytest.approx(shift, rel=1e-9, abs=1e-9)

    @given(st.integers(1, 100), st.integers(1, 100))
    def test_over_whole_numbers_find_the_nearest_that_flips(self, today: int, threshold: int) -> None:
        found = cost.solve_for_whole(lambda n: 1.0 if n >= threshold else -1.0, 1, 100, today)
        if today >= threshold:
            assert found == (threshold - 1 if threshold > 1 else None)
        else:
            assert found == threshold


class TestSummaries:
    @given(st.lists(unit_usd, min_size=1, max_size=40), st.randoms(use_true_random=False))
    def test_do_not_depend_on_the_order_of_samples(self, values: list[float], random: object) -> None:
        shuffled = list(values)
        random.shuffle(shuffled)  # type: ignore[attr-defined]
        assert cost.quantiles(shuffled, (0.5, 0.95)).tolist() == cost.quantiles(values, (0.5, 0.95)).tolist()
        assert cost.weighted_mean(shuffled) == pytest.approx(cost.weighted_mean(values), rel=1e-12)

    @given(st.lists(st.tuples(unit_usd, st.integers(1, 5)), min_size=1, max_size=20), share)
    def test_weigh_a_row_as_if_it_stood_there_so_often(
        self, rows: list[tuple[float, int]], part: float
    ) -> None:
        values, weights = zip(*rows, strict=True)
        repeated = np.repeat(values, weights)
        assert cost.quantiles(values, part, weights) == pytest.approx(np.quantile(repeated, part), abs=1e-12)
        assert cost.weighted_mean(values, weights) == pytest.approx(repeated.mean(), abs=1e-12)

    @given(st.lists(st.tuples(unit_usd, unit_usd), min_size=20, max_size=40), st.integers(0, 1000))
    def test_resample_all_strategies_alike_so_that_differences_are_paired(
        self, rows: list[tuple[float, float]], seed: int
    ) -> None:
        costs = np.array(rows)
        together = cost.bootstrap_means(costs, seed, resamples=50)
        difference = cost.bootstrap_means(costs[:, :1] - costs[:, 1:], seed, resamples=50)
        assert together[:, 0] - together[:, 1] == pytest.approx(difference[:, 0], abs=1e-12)
        assert (together.min(axis=0) >= costs.min(axis=0) - 1e-12).all()


class TestFreeTraining:
    jobs = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5_000_000)), max_size=8)

    @given(jobs, st.integers(0, 3_000_000), st.none() | st.integers(-1, 4))
    def test_is_counted_by_day_whatever_the_order_of_jobs(
        self, jobs: list[tuple[int, int]], allowance: int, last_free: int | None
    ) -> None:
        first = date(2024, 9, 20)
        last_day = None if last_free is None else first + timedelta(days=last_free)
        made = [cost.TrainingJob(first + timedelta(days=day), count) for day, count in jobs]
        by_formula = 0.0
        for day in {job.day for job in made}:
            total = sum(job.billable_tokens for job in made if job.day == day)
            free = allowance if last_day is not None and day <= last_day else 0
            by_formula += max(0.0, total - free)
        for order in (made, made[::-1]):
            assert sum(cost.billed_tokens(order, allowance, last_day)) == pytest.approx(by_formula)


@given(
    st.dictionaries(st.sampled_from("abcde"), st.lists(usd, min_size=3, max_size=3), min_size=1, max_size=5)
)
def test_the_map_names_a_cheapest_strategy_in_every_cell(totals: dict[str, list[float]]) -> None:
    grid = {name: np.array(values) for name, values in totals.items()}
    found = cost.cheapest_map(grid)
    for cell in range(3):
        winner = found.names[found.winner[cell]]
        least = min(values[cell] for values in totals.values())
        assert totals[winner][cell] == least
        assert winner == min(name for name, values in totals.items() if values[cell] == least)
