"""The scenario survives as JSON, and refuses what no formula allows by the field's name."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.assumptions import default_assumptions
from crossover.own_prices import OwnPrice
from crossover.scenario import InvalidScenario, Scenario, StrategyModel
from crossover.words import in_language

DAY = date(2026, 11, 22)


def _most(name):
    return 1.0 if default_assumptions()[name].unit == "share" else 1e6


scenarios = st.builds(
    Scenario,
    price_date=st.dates(date(2023, 1, 1), date(2030, 1, 1)),
    model=st.text(max_size=20),
    requests_per_month=st.floats(0, 1e10),
    growth_per_month_share=st.floats(-0.9, 5),
    horizon_months=st.integers(0, 120),
    few_shot_examples=st.integers(0, 100),
    count_people=st.booleans(),
    own_prices=st.lists(
        st.builds(
            OwnPrice,
            cells=st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=3).map(
                lambda cells: tuple(cells.items())
            ),
            origin=st.text(max_size=10),
            entered_on=st.dates(),
        ),
        max_size=3,
    ).map(tuple),
    overrides=st.lists(
        st.sampled_from(list(default_assumptions())).flatmap(
            lambda name: st.tuples(st.just(name), st.floats(0.01, _most(name)))
        ),
        max_size=4,
    ).map(lambda chosen: tuple(sorted(dict(chosen).items()))),
    strategy_models=st.lists(
        st.builds(StrategyModel, st.text(max_size=8), st.text(max_size=8), st.text(max_size=8)), max_size=2
    ).map(tuple),
    extra_strategies=st.lists(st.text(max_size=8), max_size=3).map(tuple),
    turns_per_conversation=st.integers(1, 30),
    latency_limit_seconds=st.none() | st.floats(0, 1e6),
    target_success_share=st.none() | st.floats(0, 1),
    weights=st.dictionaries(st.text(max_size=8), st.floats(0, 10), max_size=3).map(
        lambda weights: tuple(sorted(weights.items()))
    ),
)


@given(scenarios)
def test_a_scenario_comes_back_from_its_json(scenario):
    assert Scenario.from_json(scenario.to_json()) == scenario


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("requests_per_month", -1),
        ("requests_per_month", 2e10),
        ("requests_per_month", float("nan")),
        ("requests_per_month", float("inf")),
        ("requests_per_month", "1,5"),
        ("requests_per_month", True),
        ("horizon_months", 1.5),
        ("horizon_months", 121),
        ("growth_per_month_share", -1.0),
        ("chunk_overlap_tokens", 400),
        ("few_shot_examples", -3),
        ("turns_per_conversation", 0),
        ("budget_usd", -1),
        ("target_success_share", 1.5),
        ("batch", "yes"),
        ("extra_strategies", (1,)),
        ("success_shares", (("rag", 1.2),)),
        ("ranges", (("day_rate_usd", 700, 800),)),
    ],
)
def test_a_value_no_formula_allows_is_refused_by_name(field, value):
    with pytest.raises(InvalidScenario, match=field.removesuffix("s")):
        Scenario(price_date=DAY, **{field: value})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"nonsense": 1}',
        '{"price_date": "yesterday"}',
        '{"price_date": 5}',
        '{"overrides": {"x": 1}}',
    ],
)
def test_a_broken_scenario_text_is_an_error_with_a_reason(text):
    with pytest.raises(InvalidScenario):
        Scenario.from_json(text)


def test_an_override_equal_to_the_default_is_no_override():
    changed = Scenario(price_date=DAY).with_override("day_rate_usd", 900)
    assert changed.value("day_rate_usd") == 900
    assert changed.with_override("day_rate_usd", 600) == Scenario(price_date=DAY)
    assert changed.with_override("day_rate_usd", None) == Scenario(price_date=DAY)


def test_what_other_figures_are_divided_by_is_never_zero():
    with pytest.raises(InvalidScenario, match="decode_tokens_per_second must be more than 0"):
        Scenario(price_date=DAY).with_override("decode_tokens_per_second", 0.0)


def test_every_assumption_is_a_range_around_its_likely_value_with_a_reason():
    for assumption in default_assumptions().values():
        assert assumption.low <= assumption.likely <= assumption.high
        assert assumption.reason.startswith("assumed")
        assert assumption.unit and assumption.label


def test_a_value_outside_an_own_range_widens_it_and_the_range_can_be_taken_back():
    ranged = Scenario(price_date=DAY).with_range("day_rate_usd", 500, 700)
    assert ranged.assumption("day_rate_usd").ci == (500, 700)
    assert ranged.with_override("day_rate_usd", 900).assumption("day_rate_usd").ci == (500, 900)
    assert ranged.with_range("day_rate_usd", None, None) == Scenario(price_date=DAY)


def test_one_strategy_may_have_a_model_of_its_own():
    mixed = Scenario(price_date=DAY).with_strategy_model("rag", "openai", "gpt-6-luna")
    assert (mixed.for_strategy("rag").host, mixed.for_strategy("rag").model) == ("openai", "gpt-6-luna")
    assert mixed.for_strategy("prompting").model == Scenario(price_date=DAY).model
    assert mixed.with_strategy_model("rag", None, None) == Scenario(price_date=DAY)


@pytest.mark.parametrize(
    "content",
    [
        {"requests_per_month": 10**400},
        {"horizon_months": -(10**400)},
        {"seed": 10**400},
        {"budget_usd": 10**400},
        {"ranges": [["day_rate_usd", 1, 10**400]]},
    ],
)
def test_a_whole_number_of_hundreds_of_digits_is_refused_and_not_printed_in_full(content):
    given = {"price_date": "2026-11-22", **content}
    for read in (Scenario.from_mapping, lambda each: Scenario.from_json(json.dumps(each))):
        with pytest.raises(InvalidScenario) as refused:
            read(given)
        assert next(iter(content)) in str(refused.value) or "day_rate_usd" in str(refused.value)
        assert len(str(refused.value)) < 200


def test_what_no_formula_allows_is_refused_in_the_language_spoken():
    with in_language("de"), pytest.raises(InvalidScenario) as refused:
        Scenario(price_date=DAY, growth_per_month_share=-2.5)
    assert str(refused.value) == "growth_per_month_share muss zwischen -0,9999 und 10 liegen, nicht bei -2,5."


def test_the_stored_scenario_is_the_same_in_every_language():
    scenario = Scenario(price_date=DAY, requests_per_month=1_234_567.5).with_override("day_rate_usd", 812.5)
    in_english = scenario.to_json()
    with in_language("de"):
        assert scenario.to_json() == in_english
        assert Scenario.from_json(in_english) == scenario
