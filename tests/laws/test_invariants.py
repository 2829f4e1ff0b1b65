"""Invariants of MODEL.md 9.3 on whole comparisons: all strategies, small uploads, any scenario."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_worlds import (
    BOOK,
    PRICES_BY_ASSUMPTION,
    PRICES_BY_FIELD,
    TODAY,
    WORLDS,
    Repriced,
    compared,
    measured,
    scenarios,
    totals,
    with_prices,
    worlds,
)

from crossover.comparison import compare
from crossover.samples import QaTable
from crossover.strategies import ALL_STRATEGIES
from crossover.whatif import sureness

few = settings(max_examples=25)
factors = st.floats(1.0, 20.0)


def assert_none_falls(before, after):
    """No total of `before` is higher than its namesake of `after`, rounding apart."""
    assert set(before) == set(after)
    for name, usd in before.items():
        assert usd <= after[name] * (1 + 1e-12) + 1e-12, name


def dearer(field, factor):
    return lambda name, price: price * factor if name == field else price


class TestTotals:
    @few
    @given(worlds, scenarios(), st.sampled_from(PRICES_BY_FIELD), factors)
    def test_never_fall_when_a_listed_price_rises(self, world, scenario, field, factor):
        before = totals(compared(world, scenario))
        assert_none_falls(before, totals(compared(world, scenario, Repriced(dearer(field, factor)))))

    @few
    @given(worlds, scenarios(), st.sampled_from(PRICES_BY_ASSUMPTION), factors)
    def test_never_fall_when_an_assumed_price_or_the_day_rate_rises(self, world, scenario, name, factor):
        raised = scenario.with_override(name, scenario.value(name) * factor)
        assert_none_falls(totals(compared(world, scenario)), totals(compared(world, raised)))

    @few
    @given(worlds, scenarios(prompt_caching=False), st.integers(0, 1_000_000))
    def test_never_fall_with_more_requests_while_caching_is_off(self, world, scenario, more):
        busier = replace(scenario, requests_per_month=scenario.requests_per_month + more)
        assert_none_falls(totals(compared(world, scenario)), totals(compared(world, busier)))

    @few
    @given(
        worlds,
        scenarios(prompt_caching=False),
        st.sampled_from(["question_tokens", "answer_tokens", "instruction_tokens", "search_tool_tokens"]),
        st.integers(1, 5_000),
    )
    def test_never_fall_with_longer_texts_while_caching_is_off(self, world, scenario, field, more):
        def longer(_, counted):
            profile = measured(world, counted)
            return replace(profile, **{field: getattr(profile, field) + more})

        after = compare(WORLDS[world], scenario, BOOK, ALL_STRATEGIES, longer)
        assert_none_falls(totals(compared(world, scenario)), totals(after))

    @few
    @given(worlds, scenarios())
    def test_are_not_higher_with_caching_where_writing_costs_what_plain_input_does(self, world, scenario):
        """cached <= uncached when w = p; a missing write price falls back to the plain one."""

        class WritingIsPlain(Repriced):
            def __getattr__(self, name):
                def looked_up(*args, **named):
                    row = getattr(BOOK, name)(*args, **named)
                    if name != "inference" or row is None:
                        return row
                    plain = replace(row.price, cache_write_mtok=None, long_cache_write_mtok=None)
                    return replace(row, price=plain)

                return looked_up

        book = WritingIsPlain(lambda _, price: price)
        on, off = (
            totals(compared(world, replace(scenario, prompt_caching=switch), book))
            for switch in (True, False)
        )
        assert_none_falls(on, off)

    @few
    @given(worlds, scenarios(), st.floats(0.01, 100))
    def test_scale_with_all_prices_together_and_the_order_stays(self, world, scenario, factor):
        """Also another currency: each amount times its rate, the same strategies in the same order."""

        def scaled(_, price):
            return price * factor

        before = compared(world, scenario)
        after = compared(world, with_prices(scenario, scaled), Repriced(scaled))
        for name, usd in totals(before).items():
            assert totals(after)[name] == pytest.approx(factor * usd, rel=1e-9)
        apart = [each.total_usd for each in before.ranked]
        if all(two > one * (1 + 1e-9) for one, two in pairwise(apart)):
            order = [each.strategy.id for each in before.ranked]
            assert [each.strategy.id for each in after.ranked] == order

    @few
    @given(worlds, scenarios(count_people=False), st.floats(0.1, 10))
    def test_without_people_the_day_rate_does_not_matter(self, world, scenario, factor):
        paid = scenario.with_override("day_rate_usd", scenario.value("day_rate_usd") * factor)
        assert totals(compared(world, paid)) == totals(compared(world, scenario))

    @few
    @given(worlds, scenarios())
    def test_are_their_lines_and_their_requests(self, world, scenario):
        """Parts add up to a request; one-off, monthly, retrained, machines and requests to the total."""
        months = scenario.horizon_months
        requests = scenario.requests_per_month * (1 + scenario.growth_per_month_share) ** np.arange(months)
        for outcome in compared(world, scenario).outcomes:
            if outcome.cost is None:
                continue
            cost = outcome.cost
            assert sum(cost.by_part.values()) == pytest.approx(cost.per_request.value, rel=1e-9, abs=1e-15)
            due = dict.fromkeys(("one-off", "monthly", "each retraining"), 0.0)
            for line in cost.lines:
                if line.cadence in due:
                    due[line.cadence] += line.figure.value
            retrained = sum(1 for month in range(1, months) if month % 6 == 0) if outcome.plan.tuned else 0
            total = due["one-off"] + months * due["monthly"] + retrained * due["each retraining"]
            total += float(requests.sum()) * cost.per_request.value
            if cost.classes.machines is not None:
                each = cost.classes.machines
                replicas = np.ceil(np.round(requests * each.replicas_per_request, 9))
                total += float((np.maximum(1, replicas) * each.usd_per_replica_month).sum())
            assert cost.total.value == pytest.approx(total, rel=1e-9)
            assert cost.cumulative[-1] == cost.total.value
            assert cost.cumulative[0] == pytest.approx(cost.one_off.value, rel=1e-12)


class TestOrder:
    @settings(max_examples=10)
    @given(scenarios(), st.permutations(range(30)))
    def test_of_the_samples_changes_nothing(self, scenario, order):
        """Every quantity is a mean; ties of example length go by file order, so examples are left out."""
        scenario = replace(scenario, few_shot_examples=0)
        table = WORLDS["shop"].qa
        shuffled = QaTable(
            tuple(table.questions[row] for row in order),
            tuple(table.answers[row] for row in order),
            tuple(range(2, 32)),
        )
        after = compare(replace(WORLDS["shop"], qa=shuffled), scenario, BOOK, ALL_STRATEGIES)
        assert totals(after) == pytest.approx(totals(compared("shop", scenario)), rel=1e-9)
        assert {each.strategy.id: each.status for each in after.outcomes} == {
            each.strategy.id: each.status for each in compared("shop", scenario).outcomes
        }

    @few
    @given(worlds, scenarios())
    def test_is_cheapest_first_and_what_cannot_be_chosen_comes_last(self, world, scenario):
        comparison = compared(world, scenario)
        usd = [each.total_usd for each in comparison.ranked]
        assert usd == sorted(usd)
        assert [each.is_ranked for each in comparison.outcomes] == sorted(
            (each.is_ranked for each in comparison.outcomes), reverse=True
        )


class TestDraws:
    @settings(max_examples=10)
    @given(worlds, scenarios(horizon_months=6), st.integers(0, 2**31))
    def test_have_a_cheapest_strategy_each_and_no_negative_regret(self, world, scenario, seed):
        sure = sureness(compared(world, replace(scenario, seed=seed)), draws=1_000)
        if not sure.standings:
            return
        assert sum(each.cheapest_share for each in sure.standings) == pytest.approx(1, rel=1e-12)
        assert all(0 <= each.cheapest_share <= 1 and each.regret_usd >= 0 for each in sure.standings)
        assert (sure.totals.usd >= 0).all() and np.isfinite(sure.totals.usd).all()

    def test_of_one_seed_are_the_same_bits_and_of_another_are_not(self):
        comparison = compared("shop")
        one, again = (sureness(comparison, draws=1_000).totals.usd for _ in range(2))
        other = sureness(compared("shop", replace(TODAY, seed=2)), draws=1_000).totals.usd
        assert one.tobytes() == again.tobytes()
        assert one.tobytes() != other.tobytes()

    def test_of_a_strategy_do_not_change_when_another_one_joins(self):
        """What it adds to the inputs are streams of their own (MODEL.md 5.2)."""
        four = sureness(compared("shop", ids=("prompting", "rag", "tools", "tuning")), draws=1_000).totals
        everyone = sureness(compared("shop"), draws=1_000).totals
        assert len(everyone.strategies) > len(four.strategies)
        for name in four.strategies:
            assert four.of(name).tobytes() == everyone.of(name).tobytes()
