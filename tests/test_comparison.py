"""compare(): ranking, gates, crossings and the sentence, on the demo data and at the edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.charts import cumulative_cost, cumulative_frame
from crossover.comparison import NothingToCompare, compare
from crossover.demo import load_demo
from crossover.figure import Kind
from crossover.gates import Status, usable_months
from crossover.own_prices import OwnPrice
from crossover.prices import load_price_book
from crossover.samples import Chat, QaTable, SampleSet, Tool
from crossover.scenario import Scenario
from crossover.verdict import verdict

TODAY = Scenario(price_date=date(2026, 11, 22))
JULY_2024 = Scenario(
    price_date=date(2024, 7, 23), host="openai", model="gpt-4o-mini", prompt_caching=False, preset="july_2024"
)
BOOK = load_price_book()
DEMO = load_demo("en")


@pytest.fixture(scope="module")
def profile():
    return compare(DEMO, TODAY, BOOK).profile


@pytest.fixture(scope="module")
def again(profile):
    """compare() on the demo data without measuring it again."""

    def run(scenario=TODAY, **changes):
        return compare(DEMO, replace(scenario, **changes), BOOK, profiler=lambda *_: profile)

    return run


def test_today_all_four_strategies_have_a_cost_and_can_be_bought(again):
    assert [outcome.is_ranked for outcome in again().outcomes] == [True] * 4


def test_the_parts_of_a_request_add_up_to_its_cost(again):
    for outcome in again().outcomes:
        assert sum(outcome.cost.by_part.values()) == pytest.approx(outcome.cost.per_request.value, rel=1e-12)


def test_the_lines_of_the_bill_add_up_to_the_total(again):
    comparison = again(growth_per_month_share=0.05)
    requests = sum(50_000 * 1.05**month for month in range(12))
    for outcome in comparison.outcomes:
        lines = {"one-off": 0.0, "monthly": 0.0, "each retraining": 0.0}
        for line in outcome.cost.lines:
            lines[line.cadence] += line.figure.value
        retrainings = (
            1 if outcome.strategy.id == "tuning" else 0
        )  # every 6 of 12 months, the first is one-off
        total = lines["one-off"] + 12 * lines["monthly"] + retrainings * lines["each retraining"]
        total += requests * outcome.cost.per_request.value
        assert outcome.cost.total.value == pytest.approx(total, rel=1e-12)


def test_outcomes_are_cheapest_first_and_gated_ones_last(again):
    comparison = again(host="openai", model="gpt-6-luna")
    assert [outcome.is_ranked for outcome in comparison.outcomes] == [True, True, True, False]
    totals = [outcome.total_usd for outcome in comparison.ranked]
    assert totals == sorted(totals)
    assert comparison.outcomes[-1].strategy.id == "tuning"
    assert "cannot be fine-tuned" in comparison.outcomes[-1].gates[0].reason


def test_gpt_4o_mini_is_closed_to_new_customers_and_stops_inside_the_horizon(again):
    gates = again(host="openai", model="gpt-4o-mini").outcome("tuning").gates
    reasons = " ".join(gate.reason for gate in gates)
    assert "closed to new customers since 2026-05-07" in reasons
    assert "stops on 2027-01-14: 1 of the 12 months" in reasons
    assert "Azure" in gates[0].remedy


def test_a_line_ends_where_its_model_stops_answering(again):
    """From 2026-11-22 one whole month fits before 2027-01-14: month 0 and month 1 are drawn."""
    comparison = again(host="openai", model="gpt-4o-mini")
    assert {outcome.usable_months for outcome in comparison.outcomes} == {1}
    assert set(cumulative_frame(comparison)["month"]) == {0, 1}
    assert all(len(line.x) == 2 for line in cumulative_cost(comparison).data)
    assert {outcome.usable_months for outcome in again().outcomes} == {12}


def test_the_july_2024_prices_are_the_ones_billed(again):
    """A prompt of x tokens and y of answer: (0.15 x + 0.60 y) / 1e6; tuned (0.30 x + 1.20 y) / 1e6."""
    comparison = again(JULY_2024)
    for strategy, (input_usd, output_usd) in {"prompting": (0.15, 0.60), "tuning": (0.30, 1.20)}.items():
        outcome = comparison.outcome(strategy)
        tokens_in, tokens_out = outcome.plan.expected_input_tokens(), outcome.plan.expected_output_tokens()
        expected = np.mean(tokens_in * input_usd + tokens_out * output_usd) / 1e6
        assert outcome.cost.per_request.value == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("day", "free_runs"),
    [(date(2024, 9, 20), 3), (date(2024, 9, 22), 2), (date(2024, 9, 23), 1), (date(2024, 9, 24), 0)],
)
def test_training_runs_inside_the_free_window_cost_nothing(again, day, free_runs):
    """Three trial runs, one a day; the demo file is far below two million tokens."""
    lines = {
        line.name: line.figure.value for line in again(JULY_2024, price_date=day).outcome("tuning").cost.lines
    }
    assert lines["Training, 3 runs"] == pytest.approx((3 - free_runs) * lines["Training again"])
    assert lines["Training again"] > 0


def test_gpt_35_turbo_training_costs_eight_dollars_against_three(again):
    def training_usd(model):
        comparison = compare(DEMO, replace(JULY_2024, model=model), BOOK)
        lines = {line.name: line.figure for line in comparison.outcome("tuning").cost.lines}
        prices = [leaf.value for leaf in lines["Training again"].leaves() if leaf.name == "Training price"]
        return prices[0]

    assert (training_usd("gpt-4o-mini"), training_usd("gpt-3.5-turbo")) == (3.0, 8.0)


def test_a_date_before_any_sourced_price_leaves_every_strategy_unranked_and_never_free(again):
    comparison = again(price_date=date(2023, 1, 1))
    assert comparison.leader is None
    assert all(outcome.cost is None for outcome in comparison.outcomes)
    assert all(outcome.status in (Status.UNKNOWN, Status.FAIL) for outcome in comparison.outcomes)
    assert "Nothing can be recommended" in verdict(comparison).headline


def test_no_documents_and_no_tools_gate_two_strategies_with_the_reason():
    qa = QaTable(("Where is my order?",) * 12, ("On its way.",) * 12, tuple(range(2, 14)))
    comparison = compare(SampleSet(qa=qa), TODAY, BOOK)
    labels = {outcome.strategy.id: [gate.label for gate in outcome.gates] for outcome in comparison.outcomes}
    assert "No documents" in labels["rag"]
    assert "No tools" in labels["tools"]
    assert [outcome.strategy.id for outcome in comparison.ranked] == ["prompting", "tuning"]


def test_a_leader_that_never_reads_the_documents_is_named_with_that(again):
    comparison = again()
    told = {outcome.strategy.id: [gate.id for gate in outcome.gates] for outcome in comparison.outcomes}
    assert "documents" in told["prompting"]
    assert "documents" not in told["rag"]
    assert comparison.leader.strategy.id == "prompting"
    assert any("never reads your documents" in reason for reason in verdict(comparison).reasons)


def test_nothing_uploaded_is_said_and_not_computed():
    with pytest.raises(NothingToCompare, match="Add questions or chats"):
        compare(SampleSet(), TODAY, BOOK)


def test_nine_rows_are_too_few_to_tune():
    qa = QaTable(("Q?",) * 9, ("A.",) * 9, tuple(range(2, 11)))
    gates = compare(SampleSet(qa=qa), TODAY, BOOK).outcome("tuning").gates
    assert any(gate.id == "G1" and gate.status is Status.FAIL for gate in gates)


def test_an_over_long_example_is_listed_with_its_line_and_billed_cut():
    qa = QaTable(("word " * 70_000, *("Q?",) * 30), ("A.",) * 31, tuple(range(2, 33)))
    outcome = compare(SampleSet(qa=qa), JULY_2024, BOOK).outcome("tuning")
    gate = next(gate for gate in outcome.gates if gate.id == "G3")
    assert gate.status is Status.WARN
    assert "65,536" in gate.reason


def test_a_request_beyond_the_window_fails_and_is_not_cut():
    qa = QaTable(("word " * 140_000,), ("A.",), (2,))
    outcome = compare(SampleSet(qa=qa), replace(JULY_2024, few_shot_examples=0), BOOK).outcome("prompting")
    gate = next(gate for gate in outcome.gates if gate.id == "G2")
    assert gate.status is Status.FAIL
    assert outcome.cost.per_request.value > 140_000 * 0.15 / 1e6


def test_more_tools_than_a_request_takes_and_names_the_api_refuses_are_said():
    qa = QaTable(("Where is my order?",), ("On its way.",), (2,))
    many = tuple(Tool(f"tool_{number}", "Looks something up.", {}) for number in range(129))
    gates = compare(SampleSet(qa=qa, tools=many), TODAY, BOOK).outcome("tools").gates
    assert [(gate.id, gate.status) for gate in gates] == [("G9", Status.FAIL)]
    odd = (Tool("shop.order", "Looks an order up.", {}),)
    gates = compare(SampleSet(qa=qa, tools=odd), TODAY, BOOK).outcome("tools").gates
    assert [(gate.id, gate.status, gate.label) for gate in gates] == [
        ("G9", Status.WARN, "Tool names to change")
    ]


def test_images_in_training_chats_fail_text_only_tuning():
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64,xx"}}
    chat = Chat(
        (
            {"role": "user", "content": [{"type": "text", "text": "What is this?"}, image]},
            {"role": "assistant", "content": "A cat."},
        ),
        line=1,
    )
    gates = compare(SampleSet(chats=(chat,) * 12), JULY_2024, BOOK).outcome("tuning").gates
    assert any(gate.id == "G10" and gate.status is Status.FAIL for gate in gates)


def test_an_own_price_acts_in_the_comparison_and_says_whose_it_is(again):
    """Half the list price of input and output halves what requests cost; people's time stays."""
    cells = (("host", "azure"), ("model", "gpt-oss-20b"), ("input_mtok", "0.035"), ("output_mtok", "0.15"))
    own = OwnPrice(cells, "typed on the Prices page", date(2026, 11, 22))
    before, after = again(), again(own_prices=(own,))
    for strategy in ("prompting", "tools"):
        list_usd, own_usd = (each.outcome(strategy).cost.per_request.value for each in (before, after))
        assert own_usd == pytest.approx(list_usd / 2, rel=1e-9)
    sources = {leaf.source for leaf in after.outcome("prompting").cost.per_request.leaves()}
    assert any("typed on the Prices page" in source for source in sources)


def test_no_volume_costs_nothing_per_month_but_keeps_the_fixed_cost(again):
    comparison = again(requests_per_month=0.0)
    for outcome in comparison.outcomes:
        assert outcome.cost.all_in_per_request.value is None
        assert outcome.cost.total.value > 0


def test_a_horizon_of_no_months_costs_the_one_off_part(again):
    for outcome in again(horizon_months=0).outcomes:
        assert outcome.cost.total.value == outcome.cost.one_off.value


def test_the_same_inputs_give_the_same_figures_bit_for_bit():
    one, two = (compare(DEMO, TODAY, BOOK) for _ in range(2))
    assert [outcome.total_usd for outcome in one.outcomes] == [outcome.total_usd for outcome in two.outcomes]


def test_every_leaf_of_every_figure_says_where_it_comes_from(again):
    for scenario in (TODAY, JULY_2024):
        for outcome in again(scenario).outcomes:
            for leaf in outcome.cost.total.leaves():
                assert leaf.kind is not Kind.DERIVED
                assert leaf.source
                assert leaf.name
                if leaf.kind is Kind.PRICE_LIST:
                    assert leaf.as_of is not None
                    assert leaf.source.startswith("https://")


def test_a_lead_under_five_percent_names_no_winner(again):
    """Prompt engineering and function calling are brought together by their person-days."""
    days = {f"person_days.{name}": 5.0 for name in ("prompting", "rag", "tools", "tuning")}
    hours = {f"maintenance_hours.{name}": 4.0 for name in ("prompting", "rag", "tools", "tuning")}
    comparison = again(overrides=tuple(sorted({**days, **hours}.items())))
    assert comparison.is_close
    assert verdict(comparison).headline.startswith("Too close to call")
    assert not verdict(comparison).is_decided


def test_above_the_named_volume_the_other_strategy_really_is_cheaper(again):
    """The sentence holds when its own number is plugged back in, caching off."""
    base = again(prompt_caching=False)
    reason = next(reason for reason in verdict(base).reasons if "becomes cheaper above" in reason)
    millions = float(reason.split("about ")[1].split(" million")[0])
    below, above = (
        again(prompt_caching=False, requests_per_month=millions * 1e6 * factor) for factor in (0.97, 1.03)
    )
    assert below.leader.strategy.label == base.leader.strategy.label
    assert reason.startswith(above.leader.strategy.label)


def test_below_the_named_volume_the_other_strategy_is_cheaper_too(again):
    """At fifty million requests tuning leads; the sentence then names the volume below which it does not."""
    busy = again(prompt_caching=False, requests_per_month=50e6)
    assert busy.leader.strategy.id == "tuning"
    reason = next(reason for reason in verdict(busy).reasons if "becomes cheaper below" in reason)
    millions = float(reason.split("about ")[1].split(" million")[0])
    slow = again(prompt_caching=False, requests_per_month=millions * 1e6 * 0.97)
    assert reason.startswith(slow.leader.strategy.label)


def test_months_are_usable_if_they_end_on_or_before_the_shutdown():
    assert usable_months(date(2026, 11, 22), date(2027, 1, 14), 12) == 1
    assert usable_months(date(2026, 1, 31), date(2026, 2, 28), 12) == 1


changes_of_the_scenario = st.fixed_dictionaries(
    {
        "requests_per_month": st.floats(0, 1e9),
        "horizon_months": st.integers(0, 60),
        "growth_per_month_share": st.floats(-0.5, 0.5),
        "few_shot_examples": st.integers(0, 20),
        "chunks_per_request": st.integers(1, 20),
    }
)


@settings(max_examples=25, deadline=None)
@given(changes=changes_of_the_scenario)
def test_totals_are_finite_and_cumulative_cost_never_falls(profile, changes):
    scenario = replace(TODAY, **changes)
    comparison = compare(DEMO, scenario, BOOK, profiler=lambda *_: profile)
    for outcome in comparison.outcomes:
        cumulative = outcome.cost.cumulative
        assert len(cumulative) == scenario.horizon_months + 1
        assert np.isfinite(cumulative).all()
        assert (np.diff(cumulative) >= 0).all()


def test_a_correction_from_bills_scales_what_is_sent_and_not_what_is_written():
    plain, corrected = (compare(DEMO, replace(JULY_2024, token_correction=each), BOOK) for each in (1.0, 1.1))
    for strategy in ("prompting", "rag", "tuning"):
        before, after = plain.outcome(strategy).cost.by_part, corrected.outcome(strategy).cost.by_part
        assert after["output"] == pytest.approx(before["output"])
        assert sum(after.values()) > sum(before.values())
    names = [leaf.name for leaf in corrected.outcome("rag").cost.per_request.leaves()]
    assert "Correction from your bills" in names
