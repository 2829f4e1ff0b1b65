"""Draws: one stream per name, inverse distribution functions, a person's own values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.assumptions import Assumption, default_assumptions
from crossover.cost import InvalidCostInput
from crossover.uncertainty import Triangular, assumption_input, draw, draw_scenario_inputs

ASSUMPTIONS = default_assumptions()
numbers = st.floats(-1e6, 1e6)
ordered = st.tuples(numbers, numbers, numbers).map(sorted)


def test_equal_seeds_give_equal_bits():
    one, again = (draw_scenario_inputs(ASSUMPTIONS, {}, seed=7, draws=500) for _ in range(2))
    assert all(np.array_equal(one[name], again[name]) for name in ASSUMPTIONS)


def test_another_seed_gives_other_draws():
    one, other = (draw_scenario_inputs(ASSUMPTIONS, {}, seed=seed, draws=500) for seed in (1, 2))
    assert not np.array_equal(one["day_rate_usd"], other["day_rate_usd"])


def test_one_more_input_leaves_every_other_stream_as_it_was():
    extra = Assumption("new_input", 0.0, 1.0, 2.0, "things", "New", "assumed")
    before = draw_scenario_inputs(ASSUMPTIONS, {}, seed=3, draws=200)
    after = draw_scenario_inputs({"new_input": extra, **ASSUMPTIONS}, {}, seed=3, draws=200)
    assert "new_input" in after
    assert all(np.array_equal(before[name], after[name]) for name in before)


def test_inputs_of_different_names_are_not_correlated():
    drawn = draw_scenario_inputs(ASSUMPTIONS, {}, seed=11, draws=10_000)
    correlation = np.corrcoef(drawn["person_days.rag"], drawn["person_days.tools"])[0, 1]
    assert abs(correlation) < 4 / np.sqrt(10_000)


def test_an_own_value_becomes_the_mode_and_stretches_the_range_if_it_lies_outside():
    inside, outside = (assumption_input(ASSUMPTIONS["day_rate_usd"], value) for value in (500.0, 1_200.0))
    assert (inside.low, inside.today, inside.high) == (400, 500, 900)
    assert (outside.low, outside.today, outside.high) == (400, 1_200, 1_200)


def test_an_own_range_replaces_the_default_one_and_may_be_a_certain_value():
    certain = assumption_input(ASSUMPTIONS["day_rate_usd"], (650.0, 650.0, 650.0))
    assert set(draw([certain], seed=1, draws=50)["day_rate_usd"]) == {650.0}


def test_a_range_out_of_order_is_refused_by_name():
    with pytest.raises(InvalidCostInput, match="low, likely and high must stand in this order"):
        assumption_input(ASSUMPTIONS["day_rate_usd"], (900.0, 600.0, 400.0))


def test_numbers_the_model_only_uses_whole_are_drawn_whole():
    drawn = draw_scenario_inputs(ASSUMPTIONS, {}, seed=5, draws=2_000)["training_trials"]
    assert set(drawn) == {1, 2, 3, 4, 5, 6}


@given(ordered, st.floats(0, 1, exclude_max=True))
def test_a_triangular_draw_stays_in_its_range(span, uniform):
    low, _, high = span
    slack = 1e-9 * max(1.0, abs(low), abs(high))
    assert low - slack <= float(Triangular(*span).at(uniform)) <= high + slack


@given(ordered, st.lists(st.floats(0, 1, exclude_max=True), min_size=2, max_size=9))
def test_a_larger_uniform_never_gives_a_smaller_draw(span, uniforms):
    draws = Triangular(*span).at(sorted(uniforms))
    assert (np.diff(draws) >= -1e-9 * max(1.0, *map(abs, span))).all()


@given(st.floats(0, 100), st.floats(0.1, 100), st.floats(0.1, 100), st.floats(0.001, 0.999))
def test_the_inverse_undoes_the_distribution_function(low, below, above, uniform):
    """F(x) is (x-low)²/((high-low)(mode-low)) below the mode, 1 - (high-x)²/((high-low)(high-mode)) above."""
    mode, high = low + below, low + below + above
    x = float(Triangular(low, mode, high).at(uniform))
    if x < mode:
        share = (x - low) ** 2 / ((high - low) * (mode - low))
    else:
        share = 1 - (high - x) ** 2 / ((high - low) * (high - mode))
    assert share == pytest.approx(uniform, abs=1e-6)
