"""The page behind a shared link: everything in it for whoever may read it, nothing for anybody else."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from crossover.comparison import compare
from crossover.demo import load_demo
from crossover.prices import load_price_book
from crossover.report.brief import brief
from crossover.report.brief_languages import spoken_briefs
from crossover.scenario import Scenario
from crossover.store import Offer, Shelf, create_share, list_shares, open_store, revoke_share
from crossover.verdict import verdict
from crossover.whatif import sureness
from crossover.words import in_language

ROOT = Path(__file__).resolve().parents[2]
SCENARIO = Scenario(price_date=date(2026, 11, 1))
TITLE, NOTE, CONTACT = "Which way <b>we</b> go", "Read the table first.", "Ada, extension 12"
PHRASE = "correct horse"


@pytest.fixture(autouse=True)
def own_database(tmp_path, monkeypatch):
    """A database of this test's own."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("CROSSOVER_DB", str(tmp_path / "saved.sqlite3"))
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def spoken():
    """A brief about the demo company in every language, made by an English speaker."""
    return spoken_briefs(frozen)


@pytest.fixture(scope="module")
def made(spoken):
    """The English one."""
    return spoken.spoken("en")


def frozen():
    comparison = compare(load_demo("en"), SCENARIO, load_price_book())
    sure = sureness(comparison)
    words = verdict(comparison, sure)
    return brief(comparison, sure, words, title=TITLE, note=NOTE, contact=CONTACT, made_on=date(2026, 11, 1))


def shelf() -> Shelf:
    return Shelf(open_store(os.environ), "k" * 32)


def shared(made, phrase="", lifetime=timedelta(days=30), now=None) -> str:
    offer = Offer(TITLE, SCENARIO, made.to_mapping(), lifetime, phrase)
    return create_share(shelf(), offer, now or datetime.now(UTC)).token


def opened(token, language=None) -> AppTest:
    app = AppTest.from_file(ROOT / "pages/brief.py", default_timeout=60)
    if language is not None:
        app.query_params["lang"] = language
    if token is not None:
        app.query_params["t"] = token
    app.run()
    assert not app.exception, app.exception
    return app


def words(app) -> str:
    blocks = (*app.header, *app.subheader, *app.markdown, *app.caption, *app.text, *app.info)
    return "\n".join(block.value for block in blocks).replace("\\", "")


def tables(app) -> str:
    """The tables of the page as HTML; the style beside them is no table."""
    found = [block.value for block in app.html if "<table" in block.value]
    assert found
    return "".join(found)


def assert_reveals_nothing(app):
    assert not [block for block in app.html if "<table" in block.value]
    assert not app.header
    assert not app.get("imgs")
    assert not app.select_slider
    for secret in (TITLE, NOTE, CONTACT, "$", "Prompt engineering"):
        assert secret not in words(app)


def test_a_link_shows_the_decision_and_whom_to_ask(made):
    app = opened(shared(made))
    assert app.header[0].value.replace("\\", "") == made.headline
    for told in (TITLE, NOTE, CONTACT, *made.flips, *made.reasons):
        assert told in words(app)


def test_a_reader_can_move_two_things_and_the_language_only(made):
    app = opened(shared(made))
    assert [each.key for each in app.select_slider] == ["brief-volume"]
    assert [each.key for each in app.get("button_group")] == ["language", "brief-mode"]
    for kind in ("button", "text_input", "file_uploader", "selectbox", "number_input", "checkbox"):
        assert not app.get(kind)


def test_a_brief_is_read_in_the_language_of_its_reader(spoken):
    german = spoken.spoken("de")
    app = opened(shared(spoken), "de")
    assert app.header[0].value.replace("\\", "") == german.headline != spoken.spoken("en").headline
    assert {"Die Strategien", "Was im Weg steht", "Summe über 12 Monate"} <= {
        each.value for each in app.subheader
    }
    for told in (TITLE, NOTE, CONTACT, *german.flips, *german.reasons):
        assert told in words(app)
    for row in german.strategies:
        assert row.label in tables(app)
    app.segmented_control(key="language").set_value("en").run()
    assert app.header[0].value.replace("\\", "") == spoken.spoken("en").headline
    assert "The strategies" in words(app)


def test_a_link_from_before_there_were_languages_still_opens(made):
    app = opened(shared(made), "de")
    assert app.header[0].value.replace("\\", "") == made.headline
    assert "Die Strategien" in words(app)


def test_a_reader_in_another_language_moves_the_same_two_things(spoken):
    app = opened(shared(spoken), "de")
    with in_language("de"):  # the test's own thread names the stops of the slider, as the browser does
        app.select_slider(key="brief-volume").set_value(10_000_000.0).run()
        assert "Bei 10 Mio. Anfragen pro Monat" in words(app)
        app.segmented_control(key="brief-mode").set_value("As of today").run()
    assert not app.exception
    assert "Was sich seit 01.11.2026 bewegt hat" in words(app)


def test_a_slider_stays_where_it_is_when_the_language_changes(spoken):
    app = opened(shared(spoken))
    app.select_slider(key="brief-volume").set_value(10_000_000.0).run()
    app.segmented_control(key="language").set_value("de").run()
    assert "Bei 10 Mio. Anfragen pro Monat" in words(app)
    assert app.select_slider(key="brief-volume").value == 10_000_000.0


def test_every_strategy_is_in_the_table_with_its_total(made):
    table = tables(opened(shared(made)))
    for row in made.strategies:
        assert row.label in table
        assert f"${row.cost.total_usd:,.0f}" in table


def test_another_volume_is_worked_out_without_the_data(made):
    app = opened(shared(made))
    app.select_slider(key="brief-volume").set_value(10_000_000.0).run()
    busy = replace(SCENARIO, requests_per_month=10_000_000.0, prompt_caching=False)
    truth = compare(load_demo("en"), busy, load_price_book())
    table = tables(app)
    assert "At 10 million requests a month" in words(app)
    assert all(f"${row.cost.total_usd:,.0f}" not in table for row in made.strategies)
    assert truth.leader is not None
    assert truth.leader.strategy.label in words(app)


def test_as_of_today_tells_whether_the_decision_stands(made):
    app = opened(shared(made))
    app.segmented_control(key="brief-mode").set_value("As of today").run()
    assert not app.exception
    assert any(start in words(app) for start in ("The decision", "too close to call then"))
    assert "What moved since 2026-11-01" in words(app)
    assert "Kept as decided" in words(app)


def test_moving_the_slider_counts_no_second_view(made):
    app = opened(shared(made))
    app.select_slider(key="brief-volume").set_value(1000.0).run()
    assert [share.view_count for share in list_shares(shelf())] == [1]


@pytest.mark.parametrize("token", [None, "", "nonsense", "x" * 5000, "' or 1=1 --"])
def test_a_link_that_never_was_says_so_and_no_more(made, token):
    shared(made)
    app = opened(token)
    assert "not available" in words(app)
    assert_reveals_nothing(app)


def test_an_expired_link_shows_nothing_any_more(made):
    long_ago = datetime.now(UTC) - timedelta(days=3)
    app = opened(shared(made, lifetime=timedelta(days=2), now=long_ago))
    assert "not available any more" in words(app)
    assert_reveals_nothing(app)


def test_a_revoked_link_goes_away_at_the_next_move_and_at_the_next_visit(made):
    token = shared(made)
    app = opened(token)
    revoke_share(shelf(), list_shares(shelf())[0].id, datetime.now(UTC))
    app.select_slider(key="brief-volume").set_value(1000.0).run()
    for page in (app, opened(token)):
        assert "not available any more" in words(page)
        assert_reveals_nothing(page)


def test_a_pass_phrase_is_asked_for_and_nothing_is_said_before(made):
    app = opened(shared(made, PHRASE))
    assert_reveals_nothing(app)
    app.text_input(key="phrase").set_value("wrong horse")
    app.button(key="phrase-open").click().run()
    assert "not the pass phrase" in words(app)
    assert_reveals_nothing(app)
    app.text_input(key="phrase").set_value(PHRASE)
    app.button(key="phrase-open").click().run()
    assert app.header[0].value.replace("\\", "") == made.headline
    app.select_slider(key="brief-volume").set_value(1000.0).run()
    assert "At 1,000 requests a month" in words(app)
