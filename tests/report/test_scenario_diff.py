"""What changed between two scenarios, shared out so that the parts are the whole."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.comparison import compare
from crossover.demo import load_demo
from crossover.own_prices import OwnPrice
from crossover.prices import load_price_book
from crossover.report.scenario_diff import (
    FIELD_LABELS,
    MOST_EXACT,
    SAMPLED_ORDERS,
    Method,
    differences,
)
from crossover.scenario import Scenario, StrategyModel

START = Scenario(price_date=date(2026, 11, 22), requests_per_month=1000, chunks_per_request=4)
CHANGES = {
    "requests_per_month": 2000.0,
    "chunks_per_request": 8,
    "horizon_months": 24,
    "few_shot_examples": 9,
    "prompt_caching": False,
    "host": "openai",
    "model": "gpt-4o-mini",
    "growth_per_month_share": 0.05,
    "output_length_factor": 1.5,
}


def by_field(diff):
    return {change.field: part for part in diff.contributions for change in part.changes}


def test_every_field_has_a_label_and_every_label_a_field():
    assert set(FIELD_LABELS) == {field.name for field in fields(Scenario)}
    assert len(set(FIELD_LABELS.values())) == len(FIELD_LABELS)


def test_two_changes_of_a_product_share_what_they_brought_together():
    # 1,000 x 4 x $0.01 = $40 becomes 2,000 x 8 x $0.01 = $160. Volume first brings 40, second 80: on
    # average 60. The passages likewise.
    after = replace(START, requests_per_month=2000, chunks_per_request=8)
    diff = differences(START, after, lambda s: s.requests_per_month * s.chunks_per_request / 100)
    assert [part.usd for part in diff.contributions] == [60.0, 60.0]
    assert (diff.before_usd, diff.after_usd, diff.usd) == (40.0, 160.0, 120.0)
    assert diff.method is Method.EXACT
    assert diff.headline == "+$120 over 12 months: $40.00 became $160."
    assert set(diff.sentences) == {
        "+$60.00 over 12 months because requests per month went from 1,000 to 2,000.",
        "+$60.00 over 12 months because passages per request went from 4 to 8.",
    }


def test_three_changes_by_hand():
    # Worth of a set: A 6, B 0, C 0, AB 18, AC 6, BC 12, ABC 30.
    # A: (2x6 + 18 + 6 + 2x18)/6 = 12; B: (2x0 + 12 + 12 + 2x24)/6 = 12; C: (2x0 + 0 + 12 + 2x12)/6 = 6.
    names = ["few_shot_examples", "chunks_per_request", "turns_per_conversation"]
    worth = {"": 0, "A": 6, "B": 0, "C": 0, "AB": 18, "AC": 6, "BC": 12, "ABC": 30}
    after = replace(START, **dict.fromkeys(names, 7))

    def total(scenario):
        made = "".join(
            letter for letter, name in zip("ABC", names, strict=True) if getattr(scenario, name) == 7
        )
        return float(worth[made])

    found = by_field(differences(START, after, total))
    assert [found[name].usd for name in names] == [12.0, 12.0, 6.0]


@given(st.integers(0, 2**32), st.sets(st.sampled_from(list(CHANGES)), min_size=1))
def test_the_parts_add_up_exactly_whatever_the_total_does(seed, names):
    after = replace(START, **{name: CHANGES[name] for name in names})

    def total(scenario):
        return random.Random(f"{seed}{scenario}").uniform(-1, 1) * 10 ** random.Random(seed).uniform(-6, 9)

    diff = differences(START, after, total)
    assert sum(part.exact_usd for part in diff.contributions) == Fraction(total(after)) - Fraction(
        total(START)
    )
    assert sum(part.usd for part in diff.contributions) == pytest.approx(
        total(after) - total(START), abs=1e-9 * max(abs(part.usd) for part in diff.contributions)
    )
    assert by_field(diff).keys() == names
    assert diff.method is (Method.EXACT if len(names) <= MOST_EXACT else Method.SAMPLED)
    assert differences(START, after, total) == diff


@given(st.sets(st.sampled_from(list(CHANGES)), min_size=2))
def test_a_change_without_effect_gets_nothing_and_one_alone_gets_all_of_its_own(names):
    """A total that is a sum gives each change its own term, whichever way the orders were chosen."""
    after = replace(START, **{name: CHANGES[name] for name in names})

    def total(scenario):
        return 3.0 * scenario.chunks_per_request + 5.0 * scenario.few_shot_examples

    found = by_field(differences(START, after, total))
    own = {"chunks_per_request": 3.0 * (8 - 4), "few_shot_examples": 5.0 * (9 - 3)}
    assert {name: part.usd for name, part in found.items()} == {name: own.get(name, 0.0) for name in names}


def test_a_total_is_asked_once_for_each_mix():
    asked = []
    after = replace(START, **dict(list(CHANGES.items())[:MOST_EXACT]))
    differences(START, after, lambda s: asked.append(s) or float(s.chunks_per_request))
    assert len(asked) == len(set(asked)) == 2**MOST_EXACT


def test_many_changes_ask_for_no_more_mixes_than_the_drawn_orders_need():
    asked = []
    after = replace(START, **CHANGES)
    diff = differences(START, after, lambda s: asked.append(s) or float(s.chunks_per_request))
    assert len(asked) <= SAMPLED_ORDERS * (len(CHANGES) - 1) + 2
    assert f"{SAMPLED_ORDERS} drawn orders" in diff.method
    assert diff.method.words == diff.method


def test_a_provider_and_its_model_that_have_a_price_only_together_make_one_contribution():
    known = {("azure", "gpt-oss-20b"): 100.0, ("openai", "gpt-4o-mini"): 70.0}
    after = replace(START, host="openai", model="gpt-4o-mini", chunks_per_request=8)

    def total(scenario):
        price = known.get((scenario.host, scenario.model))
        return None if price is None else price * scenario.chunks_per_request

    diff = differences(START, after, total)
    # 100 x 4 = 400 becomes 70 x 8 = 560. Model first: -30 x 4, second: -30 x 8, mean -180.
    # Passages first: 4 x 100, second: 4 x 70, mean 340.
    assert [part.usd for part in diff.contributions] == [340.0, -180.0]
    assert diff.sentences[1] == (
        "-$180 over 12 months because the provider went from azure to openai "
        "and the model went from gpt-oss-20b to gpt-4o-mini."
    )


def test_many_changes_of_which_some_go_only_together_still_add_up():
    after = replace(START, **CHANGES)

    def total(scenario):
        known = (scenario.host == "openai") == (scenario.model == "gpt-4o-mini")
        return scenario.requests_per_month * scenario.chunks_per_request if known else None

    diff = differences(START, after, total)
    assert sum(part.exact_usd for part in diff.contributions) == 2000 * 8 - 1000 * 4
    assert [len(part.changes) for part in diff.contributions].count(2) == 1


def test_values_that_no_formula_allows_apart_are_not_taken_apart():
    before = replace(START, chunk_tokens=100, chunk_overlap_tokens=50)
    after = replace(START, chunk_tokens=1000, chunk_overlap_tokens=500)
    diff = differences(before, after, lambda s: float(s.chunk_tokens))
    assert [part.usd for part in diff.contributions] == [900.0]
    assert len(diff.contributions[0].changes) == 2


@pytest.mark.parametrize("unknown", [4, 8])
def test_without_a_cost_on_one_side_the_changes_are_named_and_nothing_is_made_up(unknown):
    after = replace(START, chunks_per_request=8)
    diff = differences(START, after, lambda s: None if s.chunks_per_request == unknown else 1.0)
    assert [part.usd for part in diff.contributions] == [None]
    assert diff.usd is None
    assert diff.sentences == ("Passages per request went from 4 to 8.",)
    assert "unknown" in diff.headline


def test_the_same_scenario_has_no_differences():
    diff = differences(START, START, lambda _: 5.0)
    assert diff.contributions == ()
    assert diff.headline == "The two scenarios are the same."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"chunks_per_request": 8}, "+$420 over 12 months because passages per request went from 4 to 8."),
        ({"prompt_caching": False}, "+$420 over 12 months because prompt caching went from on to off."),
        ({"budget_usd": 5000.0}, "+$420 over 12 months because the budget went from none to $5,000."),
        ({"growth_per_month_share": 0.05}, "because growth per month went from 0 % to 5.0 %."),
        (
            {"horizon_months": 24},
            "+$420 over the whole horizon because the horizon in months went from 12 to 24.",
        ),
        ({"price_date": date(2024, 7, 16)}, "because the price date went from 2026-11-22 to 2024-07-16."),
        ({"requests_per_month": 1000.25}, "because requests per month went from 1000 to 1000.25."),
        ({"overrides": (("day_rate_usd", 700.0),)}, "because “Day rate” went from $600 to $700."),
        ({"overrides": (("tool_call_share", 0.5),)}, "went from 100 % to 50 %."),
        ({"weights": (("cost", 2.0),)}, "because the weight of cost went from none to 2."),
        (
            {"success_shares": (("rag", 0.9),)},
            "because the share of correct answers of RAG went from none to 90 %.",
        ),
        ({"extra_strategies": ("router",)}, "because the further strategies went from none to router."),
        ({"strategy_models": (StrategyModel("rag", "a", "m"),)}, "went from none to RAG with m at a."),
        ({"ranges": (("day_rate_usd", 500, 900),)}, "went from none to Day rate 500 to 900."),
        ({"own_prices": (OwnPrice((("host", "a"), ("model", "m")), "x", date.min),)}, "none to m at a."),
    ],
)
def test_a_sentence_says_how_much_and_why(change, sentence):
    after = replace(START, **change)
    (found,) = differences(START, after, lambda s: 0.0 if s == START else 420.0).sentences
    assert found.endswith(sentence)


def test_each_assumption_and_each_weight_is_a_change_of_its_own():
    before = replace(START, overrides=(("day_rate_usd", 700.0), ("team_people", 3.0)))
    after = replace(START, overrides=(("team_people", 4.0), ("tool_rounds", 2.0)), weights=(("cost", 2.0),))
    diff = differences(before, after, lambda s: s.value("day_rate_usd") * s.value("team_people"))
    # (700 x 3 = 2,100) becomes (600 x 4 = 2,400); rate: -100 x 3.5, team: 1 x 650
    assert {part.changes[0].entry: part.usd for part in diff.contributions} == {
        "team_people": 650.0,
        "day_rate_usd": -350.0,
        "tool_rounds": 0.0,
        "cost": 0.0,
    }
    assert "No change in cost because the weight of cost went from none to 2." in diff.sentences


def test_the_real_comparison_is_taken_apart_to_the_cent():
    book, samples = load_price_book(), load_demo("en")
    after = replace(START, chunks_per_request=8, requests_per_month=5000.0, count_people=False)

    def total(scenario):
        return compare(samples, scenario, book).outcome("rag").total_usd

    diff = differences(START, after, total)
    found = {name: part.usd for name, part in by_field(diff).items()}
    assert sum(part.exact_usd for part in diff.contributions) == Fraction(total(after)) - Fraction(
        total(START)
    )
    assert found["chunks_per_request"] > 0
    assert found["requests_per_month"] > 0
    assert found["count_people"] < 0
