"""A cost model is the estimate with names for its inputs, for all strategies, hosts and ways to buy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_worlds import BOOK, DAY, TODAY, compared, scenarios, worlds

from crossover.assumptions import default_assumptions
from crossover.cost.call_prices import call_prices
from crossover.cost.estimate import estimate
from crossover.cost.quote import quote
from crossover.cost.request import request_cost
from crossover.cost.request_mean import StackedPlan
from crossover.prices import vector_store_products
from crossover.uncertainty import cost_model, draw, quote_at, scenario_inputs, today_values
from crossover.whatif import sureness

STORES = tuple(
    product.name for product in vector_store_products(BOOK.vector_stores(DAY), DAY) if not product.reason
)
FIELDS = {"requests_per_month", "growth_per_month_share", "output_length_factor"}
SITUATIONS = {
    "today": {},
    "cached": {"host": "openai", "model": "gpt-6-luna", "cache_tail": True},
    "conversation": {"turns_per_conversation": 5, "keep_passages": True},
    "cached conversation": {"host": "openai", "model": "gpt-6-luna", "turns_per_conversation": 3},
    "batch": {"host": "azure", "model": "gpt-4o-mini", "batch": True},
    "own store": {"vector_store": "Pinecone Standard (AWS us-east-1)"},
    "self-hosted": {"host": "self-hosted", "growth_per_month_share": 0.2, "requests_per_month": 5e6},
    "on-device": {"host": "on-device"},
    "no people": {"count_people": False},
    "july 2024": {"host": "openai", "model": "gpt-4o-mini", "price_date": DAY.replace(2024, 7, 23)},
    "free training tokens": {
        "host": "openai",
        "model": "gpt-4o-mini",
        "price_date": DAY.replace(2024, 9, 22),
    },
}


def agrees(subject, cost):
    values = today_values(scenario_inputs(subject.scenario, subject.quote))
    model = cost_model(subject)
    assert float(model.total_usd(values)) == pytest.approx(cost.total.value, rel=1e-9)
    assert float(model.classes(values).per_request_usd) == pytest.approx(cost.per_request.value, rel=1e-9)


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("world", ["shop", "intents", "chats"])
def test_at_todays_values_every_model_gives_the_estimate(world, situation):
    comparison = compared(world, replace(TODAY, **SITUATIONS[situation]))
    costed = [outcome for outcome in comparison.outcomes if outcome.cost is not None]
    assert costed
    for outcome in comparison.outcomes:
        if outcome.cost is None:
            assert cost_model(outcome.subject) is None
        else:
            agrees(outcome.subject, outcome.cost)


@settings(max_examples=25)
@given(worlds, scenarios())
def test_anywhere_in_the_space_of_scenarios_too(world, scenario):
    for outcome in compared(world, scenario).outcomes:
        if outcome.cost is not None:
            agrees(outcome.subject, outcome.cost)


def anywhere(each):
    whole = each.is_whole or each.name == "requests_per_month"
    return st.integers(int(each.low), int(each.high)) if whole else st.floats(each.low, each.high)


@settings(max_examples=25)
@given(worlds, st.sampled_from([name for name in SITUATIONS if name != "free training tokens"]), st.data())
def test_with_other_values_the_model_gives_what_the_estimate_then_gives(world, situation, data):
    comparison = compared(world, replace(TODAY, **SITUATIONS[situation]))
    outcome = data.draw(st.sampled_from([each for each in comparison.outcomes if each.cost is not None]))
    subject, model = outcome.subject, cost_model(outcome.subject)
    inputs = scenario_inputs(subject.scenario, subject.quote)
    moving = [each for each in inputs if each.name in model.moved_by and "decline" not in each.name]
    changed = data.draw(
        st.lists(st.sampled_from(moving), min_size=1, max_size=4, unique_by=lambda each: each.name)
    )
    values = {each.name: float(data.draw(anywhere(each))) for each in changed}
    scenario = replace(subject.scenario, **{name: values[name] for name in FIELDS & set(values)})
    for name in set(values) & set(default_assumptions()):
        scenario = scenario.with_override(name, values[name])
    at = replace(subject, scenario=scenario, quote=quote_at(subject.quote, values))
    expected = estimate(at.plan, at.quote, scenario).total.value
    assert float(model.total_usd({**today_values(inputs), **values})) == pytest.approx(expected, rel=1e-9)


@settings(max_examples=25)
@given(worlds, scenarios(), st.floats(0, 1), st.floats(0, 1))
def test_a_stacked_plan_costs_on_average_what_its_parts_add_up_to(world, scenario, hit, later):
    for outcome in compared(world, scenario).outcomes:
        prices = call_prices(outcome.plan, outcome.subject.quote, outcome.subject.scenario)
        if prices is None:
            continue
        prices = replace(prices, hit_share=hit, sequence_hit_share=later)
        by_part = float(np.mean(request_cost(outcome.plan, prices).total))
        assert StackedPlan.of(outcome.plan).mean_usd(prices) == pytest.approx(by_part, rel=1e-12, abs=1e-18)


@pytest.mark.parametrize("situation", ["no people", "cached"])
def test_totals_over_draws_are_on_average_those_of_each_draw_within_a_percent(situation):
    """What draws change in a plan is read from a table; without people an agent's curve shows most."""
    scenario = replace(TODAY, **SITUATIONS[situation] | {"count_people": False})
    sure = sureness(compared("shop", scenario), draws=1_000)
    values = {**sure.today, **draw(sure.inputs, sure.comparison.scenario.seed, 1_000)}
    for model in sure.models:
        found = sure.totals.of(model.strategy)[:25]
        each = np.array(
            [
                float(
                    model.total_usd({name: float(np.broadcast_to(v, 1_000)[i]) for name, v in values.items()})
                )
                for i in range(25)
            ]
        )
        assert abs(float((found / each - 1).mean())) < 0.01, model.strategy
        assert (np.abs(found / each - 1) < 0.05).all(), model.strategy


def test_the_chosen_store_is_one_that_can_be_worked_out():
    assert quote(BOOK, replace(TODAY, vector_store=STORES[0])).vector_store is not None
