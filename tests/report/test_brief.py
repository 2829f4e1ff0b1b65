"""The brief carries the decision and not the data, survives storage, and answers for another volume."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date

import pytest
from brief_samples import BOOK, IN_NAME, IN_TEXT, PLANTED, SCENARIO, demo, planted
from hypothesis import given
from hypothesis import strategies as st

from crossover.comparison import compare
from crossover.cost import CostClasses
from crossover.demo import load_demo
from crossover.figure import Kind
from crossover.report.brief import MOST_BYTES, Brief, InvalidBrief
from crossover.report.brief_html import brief_html
from crossover.report.brief_parts import MOST_FLIPS, BriefCosts
from crossover.report.brief_volume import at_volume
from crossover.report.workbook import workbook

COMPARISON, BRIEF = demo(contact="Ann")
MAPPING = BRIEF.to_mapping()
# without caching and with a fixed fee of the vector store nothing but the requests changes with volume
PLAIN = replace(SCENARIO, prompt_caching=False, growth_per_month_share=0.03, horizon_months=18)
PLAIN_COMPARISON, PLAIN_BRIEF = demo(PLAIN)


def whole_text(data):
    """Every part of a workbook as one text."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.mark.parametrize("upload", PLANTED)
def test_no_uploaded_text_and_no_file_name_leaves_with_the_brief(upload):
    comparison, brief = planted(upload)
    assert comparison.ranked, "a comparison in which nothing is costed would hide nothing"
    for text in (json.dumps(brief.to_mapping()), brief_html(brief), whole_text(workbook(brief))):
        assert IN_TEXT not in text
        assert IN_NAME not in text


def test_the_planted_words_are_where_the_comparison_could_have_taken_them_from():
    comparison, _ = planted("everything")
    sources = {leaf.source for each in comparison.ranked for leaf in each.cost.total.leaves()}
    assert any(IN_NAME in source for source in sources)


def test_file_names_travel_only_when_they_were_ticked():
    _, brief = planted("everything", show_file_names=True)
    assert any(IN_NAME in given.source for given in brief.inputs if given.kind is Kind.MEASURED)


def test_a_measurement_names_the_upload_by_what_it_is():
    sources = {given.source for given in BRIEF.inputs if given.kind is Kind.MEASURED and given.n}
    assert {"your questions (60 rows)", "your tools (6)", "your documents (12)"} <= sources


def test_only_the_own_prices_that_were_used_travel_without_words():
    _, brief = planted("everything")
    [price] = brief.scenario["own_prices"]
    names = {"host", "model", "input_mtok", "output_mtok"}
    assert (set(price["cells"]), price["origin"]) == (names, "your own prices")


def test_the_brief_survives_storage_as_json():
    assert Brief.from_mapping(json.loads(json.dumps(MAPPING))) == BRIEF


def test_it_says_what_the_comparison_says():
    assert [row.id for row in BRIEF.ranked] == [outcome.strategy.id for outcome in COMPARISON.ranked]
    assert [row.cost.total_usd for row in BRIEF.ranked] == [each.total_usd for each in COMPARISON.ranked]
    assert [row.rank for row in BRIEF.ranked] == list(range(1, len(BRIEF.ranked) + 1))
    assert BRIEF.price_date == SCENARIO.price_date
    assert 0 < len(BRIEF.flips) <= MOST_FLIPS


def test_every_figure_says_what_it_rests_on():
    for row in BRIEF.ranked:
        total = row.cost.figures[0]
        kinds = {BRIEF.inputs[place].kind for place in total.inputs}
        assert (total.id, total.value) == ("total", row.cost.total_usd)
        assert total.kind in kinds
    assert all(given.source.startswith("https://") and given.as_of for given in BRIEF.prices)


def test_own_values_are_told_from_shipped_ones():
    _, brief = demo(replace(SCENARIO, overrides=(("day_rate_usd", 750.0),)))
    own = {given.name for given in brief.assumptions if given.is_own}
    assert own == {"Day rate", "Requests per month", "Growth"}


def test_words_of_the_person_lose_control_characters_and_direction_overrides():
    _, brief = demo(title="A\u202eb\x00 \n c" + "x" * 500, note="one\r\ntwo\x07", contact="\u2066me\u2069")
    assert brief.title.startswith("Ab c")
    assert len(brief.title) <= 120
    assert (brief.note, brief.contact) == ("one\ntwo", "me")


DAMAGE = {
    "another version": {"version": 2},
    "no version": {"version": None},
    "a number as text": {"requests_per_month": "50000"},
    "a negative volume": {"requests_per_month": -1},
    "not a number": {"requests_per_month": float("nan")},
    "a horizon without end": {"horizon_months": 100_000},
    "a day that is none": {"made_on": "yesterday"},
    "rows that are none": {"strategies": [1]},
    "a growth that ends everything": {"growth_per_month_share": -1},
    "something that is no JSON": {"note": {1, 2}},
    "too many flips": {"flips": ["x"] * 9},
    "too much text": {"note": "x" * 5000},
    "too large": {"scenario": {"x": "y" * MOST_BYTES}},
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_brief_is_refused_in_one_sentence(what):
    with pytest.raises(InvalidBrief) as refused:
        Brief.from_mapping(MAPPING | DAMAGE[what])
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", [name for name in MAPPING if name != "version"])
def test_a_brief_without_one_of_its_parts_is_refused(name):
    with pytest.raises(InvalidBrief, match=name):
        Brief.from_mapping({key: value for key, value in MAPPING.items() if key != name})


def test_a_figure_that_names_an_input_that_is_not_there_is_refused():
    with pytest.raises(InvalidBrief, match="names an input it lacks"):
        Brief.from_mapping(MAPPING | {"inputs": MAPPING["inputs"][:3]})


JUNK = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.integers()))


@given(st.data())
def test_whatever_stands_in_a_place_it_is_read_or_refused(data):
    content = json.loads(json.dumps(MAPPING))
    place = content
    while isinstance(place, dict | list) and place:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            place[key] = data.draw(JUNK)
            break
        place = place[key]
    with suppress(InvalidBrief):
        assert isinstance(Brief.from_mapping(content), Brief)


def test_the_cost_classes_are_all_there():
    # a class of cost that a brief does not carry would be missing at every other volume
    assert {field.name for field in fields(BriefCosts)} == {field.name for field in fields(CostClasses)}


@pytest.mark.parametrize("volume", [0.0, 1.0, 12_345.0, 50_000.0, 30_000_000.0])
def test_another_volume_gives_the_totals_of_a_comparison_at_that_volume(volume):
    again = compare(load_demo("en"), replace(PLAIN, requests_per_month=volume), BOOK)
    rows = at_volume(PLAIN_BRIEF, volume)
    assert [row.id for row in rows if row.rank] == [outcome.strategy.id for outcome in again.ranked]
    for row in rows:
        cost = again.outcome(row.id).cost
        if row.cost and cost:
            assert row.cost.cumulative_usd == pytest.approx(cost.cumulative.tolist(), rel=1e-9)
            assert row.cost.first_month_usd == pytest.approx(cost.monthly.value, rel=1e-9)
            assert row.cost.people_share == pytest.approx(cost.people_share, rel=1e-9)


def test_at_the_volume_decided_for_nothing_changes():
    assert [replace(row, cost=None) for row in at_volume(BRIEF, BRIEF.requests_per_month)] == [
        replace(row, cost=None) for row in BRIEF.strategies
    ]


def test_elsewhere_no_chance_is_claimed_that_was_drawn_for_another_volume():
    assert all(row.standing is None for row in at_volume(BRIEF, 1.0))


def test_a_request_falls_apart_by_price_into_tokens_times_price():
    for row in PLAIN_BRIEF.ranked:
        parts = row.cost.unit_costs
        assert sum(part.usd_per_request for part in parts) == pytest.approx(row.cost.costs.per_request_usd)
        for part in parts:
            if part.price is not None:
                price = PLAIN_BRIEF.inputs[part.price]
                assert part.units * price.value == pytest.approx(part.usd_per_request)
                assert part.name == price.name


def test_the_units_billed_are_the_tokens_of_the_plan():
    # prompt engineering makes one call: all its input tokens are billed at the input price
    plan = PLAIN_COMPARISON.outcome("prompting").plan
    row = next(row for row in PLAIN_BRIEF.strategies if row.id == "prompting")
    units = {part.name: part.units for part in row.cost.unit_costs}
    assert units["Input price, model"] == pytest.approx(plan.expected_input_tokens().mean() / 1e6)
    assert units["Output price, model"] == pytest.approx(plan.expected_output_tokens().mean() / 1e6)


def test_days_are_dates_again():
    assert BRIEF.made_on == date(2026, 11, 22)
