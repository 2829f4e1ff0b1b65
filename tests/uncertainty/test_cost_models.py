"""A cost model is the cost stage with names for its inputs: both must agree wherever both can be asked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossover.assumptions import default_assumptions
from crossover.cost.estimate import estimate
from crossover.figure import Kind
from crossover.uncertainty import (
    cost_model,
    draw,
    flips,
    quote_at,
    sampled_totals,
    scenario_inputs,
    today_values,
)
from crossover.uncertainty.levers import ANSWER_LENGTH, GROWTH, VOLUME, today_of

FIELDS = {VOLUME, GROWTH, ANSWER_LENGTH}
SHARED_FIXTURE = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def total_usd(subject, values):
    """The total of the cost stage with these values in the scenario and on the price list."""
    scenario = replace(subject.scenario, **{name: values[name] for name in FIELDS & set(values)})
    for name in set(values) & set(default_assumptions()):
        scenario = scenario.with_override(name, values[name])
    plan = subject.strategy.plan(subject.profile, scenario)
    return estimate(plan, quote_at(subject.quote, values), scenario).total.value


def anywhere(each):
    """A value of the input's plausible range, as the cost stage would use it."""
    whole = each.is_whole or each.name == VOLUME
    return st.integers(int(each.low), int(each.high)) if whole else st.floats(each.low, each.high)


def test_at_todays_values_every_model_gives_todays_total(everywhere):
    assert set(everywhere.models) == {
        outcome.strategy.id for outcome in everywhere.comparison.outcomes if outcome.cost
    }
    for name, model in everywhere.models.items():
        total = everywhere.comparison.outcome(name).total_usd
        assert float(model.total_usd(everywhere.today)) == pytest.approx(total, rel=1e-12)


@SHARED_FIXTURE
@given(data=st.data())
def test_with_any_values_the_model_gives_what_the_cost_stage_gives(everywhere, data):
    movable = [each for each in everywhere.inputs if each.name != "price_decline_per_year_share"]
    changed = data.draw(
        st.lists(st.sampled_from(movable), min_size=1, max_size=4, unique_by=lambda i: i.name)
    )
    values = {each.name: float(data.draw(anywhere(each))) for each in changed}
    for name, model in everywhere.models.items():
        found = float(model.total_usd({**everywhere.today, **values}))
        assert found == pytest.approx(total_usd(everywhere.subjects[name], values), rel=1e-9)


def test_every_assumption_behind_a_bill_moves_its_model(everywhere):
    """Read from the provenance of the total, so that a new line of the bill cannot be forgotten here."""
    by_label = {each.label: name for name, each in default_assumptions().items()}
    for name, model in everywhere.models.items():
        leaves = everywhere.comparison.outcome(name).cost.total.leaves()
        behind = {
            by_label[leaf.name] for leaf in leaves if leaf.kind is Kind.ASSUMPTION and leaf.name in by_label
        }
        assert behind <= model.moved_by


def test_an_input_a_model_does_not_name_does_not_move_it(azure):
    for model in azure.models.values():
        for each in azure.inputs:
            if each.name not in model.moved_by:
                moved = {**azure.today, each.name: each.high}
                assert model.total_usd(moved) == model.total_usd(azure.today)


def test_totals_over_draws_are_the_totals_of_each_draw(everywhere):
    """Exact but for what is tabulated: tokens are whole and caches count in steps, the table does not.

    A step of 128 tokens more or less in each request is the most that can be off.
    """
    draws = 40
    drawn = draw(everywhere.inputs, seed=4, draws=draws)
    totals = sampled_totals(list(everywhere.models.values()), drawn, draws)
    quote = everywhere.comparison.quote
    step_usd = 128 * quote.inference.price.input_mtok / 1e6
    for name, model in everywhere.models.items():
        single = [
            float(
                model.total_usd({key: float(np.broadcast_to(each, draws)[i]) for key, each in drawn.items()})
            )
            for i in range(draws)
        ]
        tabulated = [key for key in model.one_by_one if np.ndim(drawn[key])]
        requests = 12 * drawn[VOLUME] * 1.5
        slack = step_usd * requests if tabulated else 1e-9 * np.array(single)
        assert (np.abs(totals.of(name) - single) <= slack).all()


def test_equal_seeds_give_the_same_bits_and_shared_inputs_the_same_draws(azure):
    models = list(azure.models.values())
    one, again = (sampled_totals(models, draw(azure.inputs, 9, 1_000), 1_000).usd for _ in range(2))
    assert np.array_equal(one, again)
    alone = sampled_totals(models[1:2], draw(azure.inputs, 9, 1_000), 1_000).usd
    assert np.array_equal(alone[0], one[1])


@pytest.mark.parametrize("name", ["day_rate_usd", "requests_per_month", "base price"])
def test_a_dearer_day_a_request_more_or_a_dearer_token_never_makes_anything_cheaper(everywhere, name):
    quote = everywhere.comparison.quote
    name = f"price.base.{quote.host}/{quote.model}.input_mtok" if name == "base price" else name
    each = everywhere.input(name)
    for model in everywhere.models.values():
        curve = model.curve_usd(name, np.linspace(each.low, each.high, 5), everywhere.today)
        assert (np.diff(curve) >= -1e-9 * curve[0]).all()


def test_falling_prices_lower_a_total_and_only_its_requests(azure):
    model, values = azure.models["prompting"], {**azure.today, "price_decline_per_year_share": 0.5}
    costs, cheaper = model.classes(azure.today), model.classes(values)
    assert (costs.one_time_usd, costs.monthly_usd) == (cheaper.one_time_usd, cheaper.monthly_usd)
    saved = model.total_usd(azure.today) - model.total_usd(values)
    # month t is billed at 0.5^(t/12) of the price
    expected = costs.per_request_usd * 50_000 * (12 - sum(0.5 ** (month / 12) for month in range(12)))
    assert float(saved) == pytest.approx(float(expected), rel=1e-9)


def test_a_strategy_without_a_price_has_no_model(everywhere):
    for outcome in everywhere.comparison.outcomes:
        assert (outcome.strategy.id in everywhere.models) == (outcome.cost is not None)


def test_at_no_traffic_a_total_is_what_is_fixed_and_nothing_divides_by_zero(azure):
    values = {**azure.today, VOLUME: 0.0}
    for model in azure.models.values():
        costs = model.classes(values)
        events = sum(float(usd) for usd in costs.events_usd.values())
        expected = float(costs.one_time_usd) + 12 * float(costs.monthly_usd) + events
        assert float(model.total_usd(values)) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    "changes", [{"horizon_months": 0}, {"requests_per_month": 0.0}, {"count_people": False}]
)
def test_a_scenario_at_its_edge_has_models_draws_and_flips(azure, changes):
    scenario = replace(azure.comparison.scenario, **changes)
    inputs = scenario_inputs(scenario, azure.comparison.quote)
    models = [cost_model(replace(subject, scenario=scenario)) for subject in azure.subjects.values()]
    totals = sampled_totals(models, draw(inputs, 1, 100), 100).usd
    assert np.isfinite(totals).all()
    assert (totals >= 0).all()
    found = flips(models[0], models[1:], inputs, today_values(inputs))
    assert all(flip.value is None or np.isfinite(flip.value) for flip in found)


def test_an_own_value_is_where_the_model_starts_from(azure):
    scenario = azure.comparison.scenario.with_override("day_rate_usd", 1_000.0)
    inputs = scenario_inputs(scenario, azure.comparison.quote)
    subject = replace(azure.subjects["rag"], scenario=scenario)
    expected = total_usd(azure.subjects["rag"], {"day_rate_usd": 1_000.0})
    assert float(cost_model(subject).total_usd(today_values(inputs))) == pytest.approx(expected, rel=1e-12)


@SHARED_FIXTURE
@given(st.sampled_from(["day_rate_usd", "tool_rounds"]), st.floats(1, 6), st.floats(1, 1e6))
def test_the_short_way_to_the_values_of_today_gives_those_of_the_inputs(azure, name, own, volume):
    scenario = replace(azure.comparison.scenario, requests_per_month=volume).with_override(name, own)
    quote = azure.subjects["tuning"].quote
    inputs = today_values(scenario_inputs(scenario, quote))
    assert list(today_of(scenario, quote).items()) == list(inputs.items())
