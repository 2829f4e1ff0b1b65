"""The What-if page opened by itself: sentences, charts, weights, limits and assumptions."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from crossover.assumptions import default_assumptions
from crossover.criteria import SCORED
from crossover.own_prices import OwnPrice
from crossover.scenario import InvalidScenario, Scenario
from crossover.strategies import MORE_STRATEGIES
from ui.what_if_assumptions import triple, with_triple
from ui.what_if_groups import OTHER, group_of, matching
from ui.what_if_view import MOST_PER_RIVAL, MOST_SHOWN

ROOT = Path(__file__).resolve().parents[2]
TODAY = Scenario(price_date=date(2026, 11, 22))
CHARTS = {"chart-tornado", "chart-chances", "chart-bands", "chart-map", "chart-scores"}


@pytest.fixture(autouse=True)
def _nothing_cached():
    st.cache_resource.clear()


def opened(scenario: Scenario | None = None) -> AppTest:
    app = AppTest.from_file(ROOT / "pages/what_if.py", default_timeout=60)
    app.session_state["crossover.demo_language"] = "en"
    if scenario is not None:
        app.session_state["crossover.scenario"] = scenario
    return checked(app.run())


def checked(app: AppTest) -> AppTest:
    assert not app.exception, app.exception
    return app


def scenario_of(app: AppTest) -> Scenario:
    return app.session_state["crossover.scenario"]


def words(app: AppTest) -> str:
    return "\n".join(block.value for block in app.markdown).replace("\\", "")


def table(app: AppTest, column: str):
    return next(frame.value for frame in app.dataframe if column in frame.value.columns)


def test_the_page_holds_its_ten_sections_and_five_charts():
    app = opened()
    assert "costs least" in app.header[0].value or "Too close to call" in app.header[0].value
    assert [block.value for block in app.subheader] == [
        "What flips this decision",
        "What moves the difference most",
        "How sure it is",
        "Which strategy is cheapest where",
        "What the token difference is worth",
        "What counts beside cost",
        "Latency and limits",
        "Assumptions",
    ]
    charts = app.get("plotly_chart")
    assert len(charts) == len(CHARTS)
    assert all(chart.proto.alt and json.loads(chart.proto.spec)["data"] for chart in charts)


def test_eight_turning_points_and_the_required_answer_are_said():
    said = words(opened())
    turning = [line for line in said.splitlines() if "it would take" in line or "costs no more than" in line]
    assert len(turning) >= 8
    assert "Nothing in the plausible range of" in said
    assert "percentage points of success" in said


SCENARIOS = {
    "no requests": replace(TODAY, requests_per_month=0.0),
    "no months": replace(TODAY, horizon_months=0),
    "neither": replace(TODAY, requests_per_month=0.0, horizon_months=0),
    "without people": replace(TODAY, count_people=False),
    "one can be chosen": replace(TODAY, latency_limit_seconds=3.0),
    "none can be chosen": replace(TODAY, data_may_leave=False),
    "nothing has a price": replace(TODAY, host="nowhere", model="nothing"),
    "every strategy": replace(TODAY, extra_strategies=tuple(each.id for each in MORE_STRATEGIES)),
    "no weight at all": replace(TODAY, weights=(("cost", 0.0),)),
    "a batch": replace(TODAY, batch=True, host="openai", model="gpt-6-luna"),
}


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS.keys())
def test_no_scenario_breaks_the_page(scenario):
    assert opened(scenario).header[0].value


def test_with_every_strategy_no_rival_fills_the_list():
    app = opened(SCENARIOS["every strategy"])
    first = next(block.value for block in app.markdown if block.value.startswith("- "))
    lines = first.replace("\\", "").splitlines()
    rivals = [line.partition(" costs no more than")[0] for line in lines]
    assert 1 < len(lines) <= MOST_SHOWN
    assert max(map(rivals.count, rivals)) <= MOST_PER_RIVAL


def test_with_one_strategy_left_the_page_says_what_is_missing():
    app = opened(SCENARIOS["one can be chosen"])
    assert any("It takes two strategies" in note.value for note in app.info)


def test_all_weights_zero_is_an_error_that_says_so():
    app = opened(replace(TODAY, weights=tuple(sorted((each.id, 0.0) for each in SCORED))))
    assert "All weights are 0" in app.error[0].value


def test_a_weight_moves_the_scores_and_can_be_reset():
    app = opened()
    before = table(app, "TOPSIS").to_string()
    checked(app.number_input(key="weight.explainability").set_value(30.0).run())
    assert scenario_of(app).weights == (("explainability", 30.0),)
    assert table(app, "TOPSIS").to_string() != before
    checked(app.button(key="reset-weights").click().run())
    assert scenario_of(app).weights == ()
    assert table(app, "TOPSIS").to_string() == before


def test_a_limit_shows_the_room_it_leaves_and_what_it_keeps_out():
    app = opened()
    assert set(table(app, "Room to the limit")["Room to the limit"]) == {"no limit"}
    checked(app.number_input(key="limit.latency_limit_seconds").set_value(0.5).run())
    assert scenario_of(app).latency_limit_seconds == 0.5
    assert table(app, "Room to the limit")["Room to the limit"].str.endswith("over").all()
    assert "too slow" in words(app)
    checked(app.button(key="reset-limits").click().run())
    assert scenario_of(app).latency_limit_seconds is None


def test_calls_a_minute_are_held_against_the_account_s_limit():
    app = opened()
    need = int(table(app, "Room, calls")["Calls in the busiest minute"].iloc[0])
    checked(app.number_input(key="limit.requests_per_minute_limit").set_value(float(2 * need)).run())
    assert table(app, "Room, calls")["Room, calls"].iloc[0] == "50 % left"


def test_data_that_may_not_leave_keeps_a_provider_out():
    app = opened()
    checked(app.toggle(key="limit.data_may_leave").set_value(False).run())
    assert scenario_of(app).data_may_leave is False
    assert "Nothing can be recommended" in app.header[0].value


def edit(app: AppTest, name: str, low: float, likely: float, high: float) -> AppTest:
    checked(app.selectbox(key="assumption-edited").set_value(name).run())
    for end, value in (("low", low), ("likely", likely), ("high", high)):
        app.number_input(key=f"range.{name}.{end}").set_value(value)
    return checked(app.button(key=f"apply-{name}").click().run())


def test_low_likely_and_high_are_changed_together_and_reset_alone():
    app = opened()
    before = app.header[0].value
    edit(app, "day_rate_usd", 1000.0, 1500.0, 2000.0)
    assert triple(scenario_of(app), "day_rate_usd") == (1000.0, 1500.0, 2000.0)
    assert app.header[0].value != before
    checked(app.button(key="reset-assumption").click().run())
    assert triple(scenario_of(app), "day_rate_usd") == (400.0, 600.0, 900.0)
    assert app.header[0].value == before


def test_an_impossible_triple_is_refused_with_the_reason_and_changes_nothing():
    app = opened()
    edit(app, "day_rate_usd", 700.0, 600.0, 900.0)
    assert "must not fall: 700, 600, 900" in app.error[0].value
    assert "Nothing was changed" in app.error[0].value
    assert scenario_of(app).overrides == scenario_of(app).ranges == ()


def test_a_share_above_one_is_refused_by_its_label():
    app = opened(replace(TODAY, host="openai", model="gpt-6-luna"))
    edit(app, "residual_instructions_share", 0.0, 1.5, 2.0)
    assert default_assumptions()["residual_instructions_share"].label in app.error[0].value


def test_all_changed_assumptions_are_reset_at_once():
    app = opened(TODAY.with_override("day_rate_usd", 700.0).with_range("team_people", 1.0, 9.0))
    button = app.button(key="reset-assumptions")
    assert "2 assumptions changed" in button.label
    checked(button.click().run())
    assert scenario_of(app) == replace(scenario_of(app), overrides=(), ranges=())


def test_the_search_finds_by_any_word_and_says_when_nothing_matches():
    app = opened()
    checked(app.text_input(key="assumption-search").set_value("upkeep router").run())
    assert list(table(app, "Likely")["Assumption"]) == ["Upkeep: router"]
    checked(app.text_input(key="assumption-search").set_value("no such thing").run())
    assert any("No assumption matches" in note.value for note in app.info)


def test_what_moves_nothing_is_one_click_away():
    app = opened()
    assert "Upkeep: router" not in set(table(app, "Likely")["Assumption"])
    checked(app.toggle(key="assumptions-all").set_value(True).run())
    assert len(table(app, "Likely")) == len(default_assumptions())


def test_every_assumption_has_a_group_and_can_be_found_by_its_label():
    for name, each in default_assumptions().items():
        assert group_of(name) != OTHER, name
        assert each in matching(default_assumptions().values(), each.label.replace(":", ""))


@pytest.mark.parametrize("values", [(2.0, 1.0, 3.0), (0.0, 4.0, 3.0), (0.0, 0.0, 1.0)])
def test_a_triple_out_of_order_or_with_a_forbidden_zero_is_no_triple(values):
    """Other figures are divided by the number of people."""
    with pytest.raises(InvalidScenario):
        with_triple(TODAY, "team_people", values)


def test_the_shipped_triple_leaves_no_trace_in_the_scenario():
    changed = with_triple(TODAY, "day_rate_usd", (100.0, 200.0, 300.0))
    assert with_triple(changed, "day_rate_usd", (400.0, 600.0, 900.0)) == TODAY


def test_the_name_of_a_model_of_one_s_own_is_shown_as_it_was_written():
    """Unescaped, the brackets would become a link in the list of turning points."""
    name = "m[free](https://example.org)"
    cells = (("host", "acme"), ("model", name), ("input_mtok", "1"), ("output_mtok", "2"))
    own = OwnPrice(cells, "typed in", TODAY.price_date)
    app = opened(replace(TODAY, host="acme", model=name, own_prices=(own,)))
    lists = [
        block.value for block in app.markdown if block.value.startswith("- ") or "Nothing in" in block.value
    ]
    named = [text for text in lists if "example" in text]
    assert named
    assert all(name not in text for text in named)
