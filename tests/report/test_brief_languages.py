"""A decision frozen in every language: the same numbers, other words, and old links still open."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from brief_samples import BOOK, EVERYTHING, IN_NAME, IN_TEXT, PLANTED, PLANTED_SCENARIO, SCENARIO, demo, made
from lxml import html

from crossover.figure import Kind
from crossover.report import brief_languages
from crossover.report.brief import MOST_BYTES, InvalidBrief
from crossover.report.brief_charts import cumulative_svg
from crossover.report.brief_html import brief_html
from crossover.report.brief_html_words import long_day, measured_words, total_heading
from crossover.report.brief_languages import SpokenBriefs, spoken_briefs
from crossover.report.brief_provenance import quantity
from crossover.report.brief_today import as_of
from crossover.report.brief_today_words import standing_words
from crossover.words import LANGUAGES, in_language, language, say

BRIEFS = spoken_briefs(lambda: demo()[1])
ENGLISH, GERMAN = BRIEFS.spoken("en"), BRIEFS.spoken("de")


def numbers(content):
    """Everything of a mapping but its words, in order."""
    if isinstance(content, dict):
        return {key: numbers(value) for key, value in content.items()}
    if isinstance(content, list):
        return [numbers(value) for value in content]
    return None if isinstance(content, str) else content


def test_every_language_has_its_brief_and_only_the_words_differ():
    assert set(BRIEFS.briefs) == set(LANGUAGES)
    assert numbers(GERMAN.to_mapping()) == numbers(ENGLISH.to_mapping())
    assert GERMAN.headline != ENGLISH.headline
    assert GERMAN.scenario == ENGLISH.scenario
    assert [row.id for row in GERMAN.strategies] == [row.id for row in ENGLISH.strategies]


def test_a_word_that_is_no_sentence_stays_what_it_is_in_every_language():
    for one, other in zip(ENGLISH.inputs, GERMAN.inputs, strict=True):
        assert (one.unit, one.kind, one.is_own) == (other.unit, other.kind, other.is_own)


def test_what_is_stored_opens_in_both_languages():
    content = json.loads(json.dumps(BRIEFS.to_mapping()))
    found = SpokenBriefs.from_mapping(content)
    assert (content["version"], found.maker) == (2, "en")
    assert (found.spoken("en"), found.spoken("de")) == (ENGLISH, GERMAN)


def test_a_brief_of_one_language_is_read_by_everybody():
    found = SpokenBriefs.from_mapping(json.loads(json.dumps(ENGLISH.to_mapping())))
    assert found.spoken("de") == found.spoken("en") == ENGLISH


def test_the_maker_of_a_brief_is_who_speaks():
    asked = []

    def make():
        asked.append(language())
        return GERMAN

    with in_language("de"):
        found = spoken_briefs(make)
    assert (found.maker, asked) == ("de", ["de", "en"])
    assert language() == "en"


def test_a_brief_in_a_language_of_tomorrow_is_read_in_its_makers():
    content = BRIEFS.to_mapping()
    content["briefs"] = {"en": content["briefs"]["en"], "xx": "a brief this version cannot read"}
    assert SpokenBriefs.from_mapping(content).spoken("de") == ENGLISH


@pytest.mark.parametrize(
    "damage",
    [
        {"language": "fr"},
        {"language": None},
        {"briefs": []},
        {"briefs": {"en": None}},
        {"briefs": {"en": {"version": 2}}},
        {"version": 3},
    ],
)
def test_damaged_briefs_are_refused_in_one_sentence(damage):
    with pytest.raises(InvalidBrief) as refused:
        SpokenBriefs.from_mapping(BRIEFS.to_mapping() | damage)
    assert "\n" not in str(refused.value)


def test_all_strategies_in_every_language_fit_into_a_link():
    _, brief = demo(replace(SCENARIO, extra_strategies=EVERYTHING, horizon_months=60), note="ß" * 4000)
    whole = SpokenBriefs("en", dict.fromkeys(LANGUAGES, brief))
    assert len(json.dumps(whole.to_mapping())) < MOST_BYTES


def test_where_all_together_are_too_large_the_makers_goes_out(monkeypatch):
    monkeypatch.setattr(brief_languages, "MOST_BYTES", 100_000)
    assert len(json.dumps(ENGLISH.to_mapping())) < 100_000
    long = replace(ENGLISH, flips=("x" * 4000,) * 8)
    assert set(spoken_briefs(lambda: long).briefs) == {"en"}


@pytest.mark.parametrize("upload", PLANTED)
def test_no_uploaded_text_and_no_file_name_leaves_in_german(upload):
    with in_language("de"):
        _, brief = made(PLANTED[upload], PLANTED_SCENARIO)
        for text in (json.dumps(brief.to_mapping()), brief_html(brief)):
            assert IN_TEXT not in text
            assert IN_NAME not in text
    assert {given.source for given in brief.prices if given.is_own} == {"eigene Preise"}


def test_the_parts_of_a_request_are_told_apart_in_german_as_well():
    for one, other in zip(ENGLISH.ranked, GERMAN.ranked, strict=True):
        units = [(each.price, each.units) for each in other.cost.unit_costs]
        assert units == [(each.price, each.units) for each in one.cost.unit_costs]
        assert [line.days for line in other.cost.lines] == [line.days for line in one.cost.lines]
    assert sum(each.price is not None for each in GERMAN.ranked[0].cost.unit_costs) >= 2
    assert any(line.days for line in GERMAN.ranked[0].cost.lines)


def test_own_values_are_told_from_shipped_ones_in_german():
    with in_language("de"):
        _, brief = demo(replace(SCENARIO, overrides=(("day_rate_usd", 750.0),)))
    own = [given for given in brief.assumptions if given.is_own]
    assert {given.unit for given in own} == {"USD per person-day", "requests per month", "share per month"}


def test_the_page_names_its_language_and_speaks_it():
    with in_language("de"):
        page = html.document_fromstring(brief_html(GERMAN))
    assert page.get("lang") == "de"
    assert html.document_fromstring(brief_html(ENGLISH)).get("lang") == "en"
    assert page.xpath("//h2[@id='totals']")[0].text_content() == "Summe über 12 Monate"
    assert "22. November 2026" in page.xpath("//header")[0].text_content()
    total = page.xpath("//table[1]/tbody/tr[1]/td[2]")[0].text_content()
    assert total.endswith("\u00a0$")


def test_amounts_are_counted_as_german_counts():
    one = replace(GERMAN, horizon_months=1, tokens=replace(GERMAN.tokens, requests=1))
    many = replace(GERMAN, tokens=replace(GERMAN.tokens, requests=1200))
    with in_language("de"):
        assert total_heading(one) == "Summe über 1 Monat"
        assert measured_words(one).startswith("1 Anfrage. ")
        assert measured_words(many).startswith("1.200 Anfragen. ")
        assert long_day(date(2026, 3, 1)) == "1. März 2026"


def test_dollars_at_an_axis_have_no_cents_they_do_not_need():
    with in_language("de"):
        picture = html.fragment_fromstring(cumulative_svg(GERMAN))
    ticks = [text for text in picture.xpath(".//text/text()") if text.endswith("$")]
    assert ticks[0] == "0\u00a0$"
    assert not any(",00" in tick for tick in ticks)


def test_a_unit_is_said_beside_its_number():
    units = {
        "USD per month": "12,50\u00a0$ pro Monat",
        "share per month": "1250\u00a0% pro Monat",
        "days": "12,5 Tage",
    }
    figure = ENGLISH.ranked[0].cost.figures[0]
    with in_language("de"):
        assert {unit: quantity(replace(figure, value=12.5, unit=unit)) for unit in units} == units


def test_every_unit_of_every_figure_has_its_german():
    _, brief = demo(replace(SCENARIO, extra_strategies=EVERYTHING))
    costs = [row.cost.figures for row in brief.strategies if row.cost]
    figures = [each for row in (*costs, *(row.criteria for row in brief.strategies)) for each in row]
    units = {each.unit for each in (*brief.inputs, *figures)} - {"USD"}
    assert len(units) > 20
    with in_language("de"):
        assert {unit for unit in units if say(unit) == unit} <= {"labels"}


def test_whether_a_decision_stands_is_said_in_german():
    with in_language("de"):
        words = standing_words(GERMAN, as_of(GERMAN, BOOK, SCENARIO.price_date))
    assert words.sentence.startswith(("Die Entscheidung", "Damals"))
    assert words.standing is standing_words(ENGLISH, as_of(ENGLISH, BOOK, SCENARIO.price_date)).standing


def test_every_price_of_the_book_names_the_address_of_its_page():
    """A person's own price is told by naming none, whatever the language of its words."""
    _, brief = demo(replace(SCENARIO, extra_strategies=EVERYTHING))
    prices = [given for given in brief.inputs if given.kind is Kind.PRICE_LIST]
    assert prices
    assert not any(given.is_own for given in prices)
