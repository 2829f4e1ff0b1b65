"""A scenario survives the address; a damaged or an old one is read as far as it goes, and says so."""

from __future__ import annotations

import json
import random
from dataclasses import fields, replace
from datetime import date
from functools import partial
from typing import Any, get_type_hints
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.assumptions import default_assumptions
from crossover.own_prices import OwnPrice
from crossover.scenario import InvalidScenario, Scenario, StrategyModel
from crossover.scenario_url import (
    MOST_LINK_CHARACTERS,
    PREFIX,
    read_content,
    read_link,
    read_parameters,
    scenario_link,
)
from crossover.scenario_url.labels import FIELD_WORDS
from crossover.words import CATALOGUES, in_language

TODAY = date(2026, 11, 22)
KINDS = get_type_hints(Scenario)
NAMES = list(default_assumptions())
SHORT = st.text(max_size=12)
SHARES = st.floats(0, 1)
PRICES = st.builds(
    OwnPrice,
    cells=st.dictionaries(SHORT, SHORT, max_size=3).map(lambda cells: tuple(cells.items())),
    origin=SHORT,
    entered_on=st.dates(),
)
NAMED_NUMBERS = st.dictionaries(SHORT, SHARES, max_size=3).map(lambda named: tuple(sorted(named.items())))
OVERRIDES = st.dictionaries(st.sampled_from(NAMES), st.floats(0.01, 1), max_size=4)
BY_KIND: dict[object, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.integers(0, 20) | st.integers(0, 8000),
    float: SHARES | st.floats(0, 1e10),
    float | None: st.none() | SHARES | st.floats(0, 1e12),
    str: SHORT,
    date: st.dates(),
    tuple[str, ...]: st.lists(SHORT, max_size=3).map(tuple),
    tuple[tuple[str, float], ...]: NAMED_NUMBERS,
    tuple[OwnPrice, ...]: st.lists(PRICES, max_size=3).map(tuple),
    tuple[StrategyModel, ...]: st.lists(st.builds(StrategyModel, SHORT, SHORT, SHORT), max_size=3).map(tuple),
}
BY_NAME = {"overrides": OVERRIDES.map(lambda chosen: tuple(sorted(chosen.items())))}


@st.composite
def scenarios(draw):
    """Any scenario: every field may vary; a value that no formula allows leaves the field as it was."""
    scenario = Scenario(price_date=draw(st.dates()))
    for field in fields(Scenario):
        if not draw(st.booleans()):
            continue
        value = ranges_for(draw, scenario) if field.name == "ranges" else draw(candidates(field.name))
        try:
            scenario = replace(scenario, **{field.name: value})
        except InvalidScenario:
            continue
    return scenario


def candidates(name):
    return BY_NAME[name] if name in BY_NAME else BY_KIND[KINDS[name]]


def ranges_for(draw, scenario):
    """Own ranges of some assumptions, each round its value."""
    chosen = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=3))
    return tuple(
        (name, scenario.value(name) * draw(SHARES), scenario.value(name) + draw(SHARES)) for name in chosen
    )


FULL = Scenario(
    price_date=date(2024, 7, 16),
    host="openai",
    model="gpt-4o-mini",
    requests_per_month=123_456.5,
    horizon_months=24,
    few_shot_examples=7,
    chunks_per_request=9,
    chunk_tokens=1000,
    chunk_overlap_tokens=500,
    prompt_caching=False,
    embedding_model="text-embedding-3-large",
    token_correction=1.25,
    token_correction_source="12 bills, October & November",
    overrides=(("day_rate_usd", 700.0), ("team_people", 3.0), ("tool_rounds", 1.5)),
    ranges=(("day_rate_usd", 500.0, 900.0), ("evaluation_days", 1.0, 9.0)),
    extra_strategies=("long_context", "rag_rerank"),
    strategy_models=(StrategyModel("rag", "azure", "gpt-oss-20b"),),
    weights=(("cost", 3.0), ("latency", 1.0)),
    budget_usd=5000.0,
    own_prices=tuple(
        OwnPrice((("host", "openai"), ("model", f"m{n}"), ("input_usd_per_mtok", "0.1")), "deal", TODAY)
        for n in range(3)
    ),
)


@given(scenarios())
def test_a_scenario_comes_back_from_its_link(scenario):
    link = scenario_link(scenario)
    assert len(link.text) <= MOST_LINK_CHARACTERS
    assert link.left_out == ()
    assert read_link(link.text, TODAY) == (scenario, ())
    assert read_parameters(dict(link.parameters), TODAY) == (scenario, ())


@given(scenarios())
def test_a_scenario_comes_back_from_its_saved_json(scenario):
    assert read_content(json.loads(scenario.to_json()), TODAY) == (scenario, ())


def allowed(before, name, value):
    """The scenario with that value, None where no formula allows it."""
    try:
        return replace(before, **{name: value})
    except InvalidScenario:
        return None


@pytest.mark.parametrize("name", [field.name for field in fields(Scenario)])
def test_every_field_travels(name):
    """None is left behind, however new: one that no candidate can change fails here."""
    tries = {
        bool: [True, False],
        int: [7, 600],
        float: [0.3, 7.5],
        float | None: [0.5],
        str: ["x & y=é"],
        date: [date(2025, 2, 3)],
        tuple[str, ...]: [("a", "b,c")],
    }
    before = Scenario(price_date=TODAY)
    values = tries.get(KINDS[name]) or [getattr(replace(FULL, success_shares=(("rag", 0.5),)), name)]
    changed = [each for each in map(partial(allowed, before, name), values) if each not in (None, before)]
    assert changed
    assert [read_link(scenario_link(each).text, TODAY) for each in changed] == [
        (each, ()) for each in changed
    ]


def test_a_link_names_only_what_differs_and_is_readable():
    link = scenario_link(Scenario(price_date=TODAY, horizon_months=24, overrides=(("day_rate_usd", 700.0),)))
    assert link.text.partition("&")[2] == (
        "s.price_date=2026-11-22&s.horizon_months=24&s.assumption.day_rate_usd=700"
    )


def carried_by(parameter):
    """The fields that a parameter of the link carries."""
    name = parameter.removeprefix(PREFIX)
    if name.startswith("assumption."):
        return {"overrides", "ranges"}
    special = {"chunking": {"chunk_tokens", "chunk_overlap_tokens"}, "own_price": {"own_prices"}, "v": set()}
    first = name.partition(".")[0]
    return special.get(first, {first})


def mutated(chance, text):
    """The text with one to three slips: letters changed, dropped, added, or the rest cut away."""
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text) + 1)
        letter = chance.choice("0123456789abcxyz&=%+;,.:-_?#/\\\"'<>[]{} \x00\n\u202eéß中😀")
        text = chance.choice(
            [
                text[:at] + letter + text[at + 1 :],
                text[:at] + text[at + 1 :],
                text[:at] + letter + text[at:],
                text[:at],
            ]
        )
    return text


def test_a_thousand_mutated_links_never_raise_and_never_change_more_than_they_touch():
    chance = random.Random(7)
    pieces = scenario_link(FULL).text.split("&")
    changed = 0
    for _ in range(1000):
        place = chance.randrange(len(pieces))
        text = "&".join([*pieces[:place], mutated(chance, pieces[place]), *pieces[place + 1 :]])
        found, problems = read_link(text, TODAY)
        touched = carried_by(pieces[place].partition("=")[0])
        for field in fields(Scenario):
            before, after = getattr(FULL, field.name), getattr(found, field.name)
            if field.name not in touched:
                assert after == before, text
            elif isinstance(before, tuple) and field.name in ("overrides", "ranges", "own_prices", "weights"):
                assert len(set(before) - set(after)) <= 1, text
                assert len(set(after) - set(before)) <= 1, text
        if found != FULL:
            changed += 1
            assert problems, text
    assert changed > 500


@given(st.text(max_size=300) | st.text(alphabet="s.v=&1%,:ahost_price[{\"'", max_size=300))
def test_any_text_is_read_without_an_error(text):
    scenario, _ = read_link(text, TODAY)
    assert isinstance(scenario, Scenario)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([field.name for field in fields(Scenario)]) | SHORT, JSON, max_size=6))
def test_any_saved_json_is_read_without_an_error(content):
    scenario, _ = read_content(content, TODAY)
    assert isinstance(scenario, Scenario)


def test_a_link_cut_anywhere_is_read_and_says_so():
    text = scenario_link(FULL).text
    for length in range(len(PREFIX) + 1, len(text)):
        _, problems = read_link(text[:length], TODAY)
        assert problems, text[:length]


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (("horizon_months=24", "horizon_months=2x"), "“horizon_months=2x” could not be read"),
        (("horizon_months=24", "horizon_months=999"), "must lie between 0 and 120, not 999"),
        (("horizon_months=24", f"horizon_months={'9' * 400}"), "“horizon_months=999"),
        (
            ("requests_per_month=123456.5", "requests_per_month=NaN"),
            "“requests_per_month=NaN” could not be read",
        ),
        (("prompt_caching=false", "prompt_caching=maybe"), "“prompt_caching=maybe” could not be read"),
        (("chunking=1000,500", "chunking=100,500"), "chunk_overlap_tokens must lie between 0 and 99"),
        (("chunking=1000,500", "chunking=1000"), "it needs 2 values"),
        (("price_date=2024-07-16", "price_date=16.7.2024"), "today's prices are used"),
        (("s.price_date=2024-07-16", "s.nothing=1"), "names no price date"),
        (("s.price_date=2024-07-16", "s.nothing=1"), "“nothing=1” could not be read"),
        (("assumption.team_people=3", "assumption.team_people=0"), "must be more than 0"),
        (("assumption.team_people", "assumption.cheese"), "no assumption called 'cheese'"),
        (
            ("assumption.day_rate_usd=700,500,900", "assumption.day_rate_usd=700,800,900"),
            "must hold its likely",
        ),
        (("own_price.2=2026-11-22", "own_price.2=soon"), "it is left out"),
        (("own_price.2", "own_price.x"), "an own price needs a number"),
        (("s.v=1.", "s.v=9."), "Another version of Crossover"),
        (("s.host=openai", "s.host=openai&s.host=azure"), "“host” stands in the link twice"),
        (("s.horizon_months=24", "s.horizon_months=12"), "cut or changed"),
    ],
)
def test_what_could_not_be_read_is_said_by_name(damage, says):
    before, after = damage
    text = scenario_link(FULL).text
    assert before in text
    _, problems = read_link(text.replace(before, after), TODAY)
    assert any(says in problem for problem in problems), problems


def test_a_link_says_that_the_defaults_it_left_unsaid_have_changed():
    first, _, rest = scenario_link(FULL).text.partition("&")
    seal, _, checksum = first.rsplit(".", 2)
    _, problems = read_link(f"{seal}.000000.{checksum}&{rest}", TODAY)
    assert problems == (
        "Defaults have changed since this link was made; what it does not name takes today's.",
    )


def test_own_prices_that_do_not_fit_are_named_and_the_newest_stay():
    many = tuple(
        OwnPrice((("host", "openai"), ("model", f"model-{n}"), ("note", "x" * 300)), "deal", TODAY)
        for n in range(60)
    )
    scenario = replace(FULL, own_prices=many)
    link = scenario_link(scenario)
    kept = 60 - len(link.left_out)
    assert 10 < kept < 30
    assert len(link.text) <= MOST_LINK_CHARACTERS
    assert link.left_out[0] == f"your price for model-{kept} at openai"
    assert read_link(link.text, TODAY) == (replace(scenario, own_prices=many[:kept]), ())


def test_a_newer_price_that_does_not_fit_leaves_no_older_one_in_its_place():
    cells = (("host", "openai"), ("model", "m"))
    newer, older = OwnPrice((*cells, ("note", "x" * 9000)), "deal", TODAY), OwnPrice(cells, "deal", TODAY)
    found, _ = read_link(scenario_link(replace(FULL, own_prices=(newer, older))).text, TODAY)
    assert found.own_prices == ()


def test_a_text_too_long_for_a_link_is_named():
    link = scenario_link(replace(FULL, token_correction_source="x" * 9000))
    assert link.left_out == ("token correction source",)
    assert read_link(link.text, TODAY) == (replace(FULL, token_correction_source=""), ())


def test_a_link_that_is_too_long_is_read_up_to_the_limit():
    text = scenario_link(FULL).text + "&s.host=" + "x" * MOST_LINK_CHARACTERS
    found, problems = read_link(text, TODAY)
    assert found == FULL
    assert "too long" in problems[0]


def test_other_parameters_of_the_page_are_none_of_its_business():
    assert read_link("?share=abc&lang=de&model=x", TODAY) == (Scenario(price_date=TODAY), ())
    assert read_link(scenario_link(FULL).text + "&lang=de", TODAY) == (FULL, ())


def test_half_a_character_breaks_nothing():
    link = scenario_link(replace(FULL, model="a\ud800b"))
    found, problems = read_link(link.text, TODAY)
    assert found == replace(FULL, model="a?b")
    assert "cut or changed" in problems[0]


def test_keys_stand_far_enough_apart_that_no_single_slip_spells_another():
    keys = [key for key, _ in parse_qsl(scenario_link(FULL).text)] + [PREFIX + name for name in KINDS]
    for key in set(keys):
        slips = {key[:at] + key[at + 1 :] for at in range(len(key))} - {key}
        assert slips.isdisjoint(set(keys) - {key} - {f"s.own_price.{n}" for n in range(10)})


def test_a_saved_scenario_of_another_version_opens_with_what_this_one_knows():
    content = json.loads(FULL.to_json()) | {"version": 99, "wind": "north", "horizon_months": "long"}
    content["overrides"]["cheese"] = 1
    found, problems = read_content(content, TODAY)
    assert found == replace(FULL, horizon_months=12)
    assert [next(word for word in ("wind", "horizon", "cheese") if word in each) for each in problems] == [
        "cheese",
        "horizon",
        "wind",
    ]


ENGLISH_LINK = scenario_link(FULL).text


def test_every_field_of_a_link_has_words_in_every_language():
    travelling = {
        name for name in (key.removeprefix("s.") for key in scenario_link(FULL).parameters) if "." not in name
    } - {"v"}
    assert travelling <= set(FIELD_WORDS)
    for name, words in FIELD_WORDS.items():
        assert words == name.replace("_", " ")
        assert CATALOGUES["de"].gettext(words) != words


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (
            "s.horizon_months=viele",
            "„horizon_months=viele“ war nicht zu lesen (weder eine Zahl noch eine der ",
        ),
        ("s.price_date=gestern", "; es gelten die heutigen Preise."),
        ("s.own_price.1=x", " und bleibt weg."),
    ],
)
def test_what_is_used_instead_is_said_in_german(damage, says):
    with in_language("de"):
        scenario, problems = read_link(damage, TODAY)
    assert scenario == Scenario(price_date=TODAY)
    assert any(says in problem for problem in problems)


def test_a_link_is_the_same_in_every_language():
    with in_language("de"):
        assert scenario_link(FULL).text == ENGLISH_LINK
        assert read_link(ENGLISH_LINK, TODAY) == (FULL, ())
