"""The Scenarios page: what is saved comes back, what is deleted too, and a difference adds up."""

from __future__ import annotations

import json
import os
import re
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from crossover.comparison import compare
from crossover.demo import load_demo
from crossover.evidence import file_problems
from crossover.own_prices import OwnPrice
from crossover.prices import load_price_book
from crossover.report.brief_languages import SpokenBriefs
from crossover.samples import QaTable
from crossover.scenario import Scenario
from crossover.scenario_url import read_link, scenario_link
from crossover.store import Opened, Shelf, list_scenarios, load_draft, open_share, open_store
from crossover.words import in_language
from ui import cached, scenarios_share, store_cookie, store_draft, store_session
from ui.scenarios_address import base_url, link_to
from ui.scenarios_exports import Source, absent, answers, trials

ROOT = Path(__file__).resolve().parents[2]
KEY = "k" * 32
HOSTILE = "<script>alert(1)</script> **b** $x$"


@pytest.fixture(autouse=True)
def own_database(tmp_path, monkeypatch):
    """A database of this test's own, and a browser that keeps a key."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("CROSSOVER_DB", str(tmp_path / "saved.sqlite3"))
    monkeypatch.setattr(store_session, "browser_key", lambda: KEY)
    monkeypatch.setattr(store_draft, "PAUSE_SECONDS", 0.05)
    st.cache_resource.clear()
    return tmp_path / "saved.sqlite3"


def opened(path="pages/scenarios.py", language="en", **parameters) -> AppTest:
    app = AppTest.from_file(ROOT / path, default_timeout=60)
    app.session_state["crossover.language"] = language
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def shelf() -> Shelf:
    return Shelf(open_store(os.environ), KEY)


def scenario_of(app) -> Scenario:
    return app.session_state["crossover.scenario"]


def with_scenario(app, **changes) -> AppTest:
    app.session_state["crossover.scenario"] = replace(scenario_of(app), **changes)
    return app.run()


def save(app, name, note="") -> AppTest:
    app.text_input(key="save-name").set_value(name)
    app.text_area(key="save-note").set_value(note)
    app.button(key="save-now").click().run()
    assert not app.exception, app.exception
    return app


def words(app) -> str:
    return "\n".join(block.value for block in (*app.markdown, *app.warning, *app.caption, *app.text))


def button(app, start):
    return next(each for each in app.button if (each.key or "").startswith(start))


def test_nothing_is_written_by_looking_at_the_page(own_database):
    opened()
    assert not own_database.exists()


def test_a_saved_scenario_is_on_the_list_after_a_reload():
    save(with_scenario(opened(), chunks_per_request=9), HOSTILE, "We take nine.\nAnd so on.")
    app = opened()
    (saved,) = list_scenarios(shelf())
    assert (saved.name, saved.note) == (HOSTILE, "We take nine.\nAnd so on.")
    assert saved.scenario.chunks_per_request == 9
    assert r"\<script\>" in words(app)
    assert HOSTILE not in words(app)
    assert any(metric.value.startswith("$") for metric in app.metric)


def test_a_save_without_a_name_says_so_and_keeps_the_note():
    app = save(opened(), "  ", "not lost")
    assert "Give it a name" in words(app)
    assert app.text_area(key="save-note").value == "not lost"
    assert list_scenarios(shelf()) == ()


def test_open_brings_the_settings_back():
    app = save(with_scenario(opened(), horizon_months=36), "Three years")
    with_scenario(app, horizon_months=6)
    button(app, "open-").click().run()
    assert scenario_of(app).horizon_months == 36
    assert "Saved as" in words(app)


def test_changes_are_saved_under_the_same_name():
    app = save(opened(), "Plan")
    with_scenario(app, few_shot_examples=7)
    app.button(key="save-over").click().run()
    (saved,) = list_scenarios(shelf())
    assert (saved.name, saved.scenario.few_shot_examples) == ("Plan", 7)


def test_duplicate_and_rename():
    app = save(opened(), "Plan", "old note")
    button(app, "duplicate-").click().run()
    copy = next(each for each in list_scenarios(shelf()) if each.name == "Plan (copy)")
    app.text_input(key=f"rename-name-{copy.id}").set_value("Plan B")
    app.text_area(key=f"rename-note-{copy.id}").set_value("new note")
    app.button(key=f"rename-now-{copy.id}").click().run()
    assert {(each.name, each.note) for each in list_scenarios(shelf())} == {
        ("Plan", "old note"),
        ("Plan B", "new note"),
    }


def test_what_was_deleted_can_be_brought_back():
    app = save(opened(), "Plan")
    button(app, "delete-").click().run()
    assert list_scenarios(shelf()) == ()
    app.button(key="undo-delete").click().run()
    assert [each.name for each in list_scenarios(shelf())] == ["Plan"]
    assert "Deleted" not in words(app)


def test_somebody_else_sees_none_of_it(monkeypatch):
    save(opened(), "Plan")
    monkeypatch.setattr(store_session, "browser_key", lambda: "o" * 32)
    assert "Plan" not in words(opened()).replace("Plan, plan B", "")


def test_without_a_key_the_page_says_how_long_a_save_can_be_found(monkeypatch):
    monkeypatch.setattr(store_session, "browser_key", lambda: None)
    app = save(opened(), "Plan")
    assert "until this tab is closed" in words(app)
    assert "Plan" in words(app)


def test_the_parts_of_a_difference_add_up_to_the_whole():
    app = save(opened(), "Before")
    with_scenario(app, chunks_per_request=9, requests_per_month=90_000.0, few_shot_examples=8)
    app.selectbox(key="pair.strategy").set_value("rag").run()
    shown = words(app).replace("\\", "")
    whole = re.search(r"\*\*([+-]\$[\d,.]+) over 12 months: (\$[\d,.]+) became (\$[\d,.]+)\.", shown)
    parts = re.findall(r"- ([+-]\$[\d,.]+) over 12 months because", shown)
    assert whole
    assert len(parts) >= 2
    rounding = 0.51 * (len(parts) + 1)
    assert abs(sum(map(dollars, parts)) - dollars(whole[1])) <= rounding
    assert abs(dollars(whole[3]) - dollars(whole[2]) - dollars(whole[1])) <= 1.5
    assert "requests per month went from 50,000 to 90,000" in shown
    assert "demo company" in shown


def dollars(text: str) -> float:
    return float(text.rstrip(".").replace("$", "").replace(",", ""))


def test_the_draft_is_offered_at_the_next_visit_and_taken():
    app = opened()
    with_scenario(app, requests_per_month=123_000.0)
    deadline = time.monotonic() + 10
    while load_draft(shelf()) is None and time.monotonic() < deadline:
        time.sleep(0.02)
    later = opened()
    assert "You left off" in words(later)
    assert scenario_of(later).requests_per_month == 50_000
    later.button(key="draft-take").click().run()
    assert scenario_of(later).requests_per_month == 123_000
    assert "You left off" not in words(later)


def test_the_last_of_several_quick_edits_is_the_draft():
    keeper = store_draft.DraftKeeper(START)
    for volume in (1.0, 2.0, 3.0):
        keeper.keep(shelf(), replace(START, requests_per_month=volume), lambda: datetime.now(UTC))
    deadline = time.monotonic() + 10
    while load_draft(shelf()) is None and time.monotonic() < deadline:
        time.sleep(0.02)
    found = load_draft(shelf())
    assert found is not None
    assert found.scenario.requests_per_month == 3.0


def test_a_link_opens_its_scenario_and_later_edits_win():
    start = Scenario(price_date=date(2025, 5, 5), chunks_per_request=11)
    app = opened(**scenario_link(start).parameters)
    assert scenario_of(app) == start
    with_scenario(app, chunks_per_request=4)
    assert app.run() and scenario_of(app).chunks_per_request == 4


def test_a_damaged_link_opens_with_what_could_be_read_and_says_what_could_not():
    link = dict(scenario_link(Scenario(price_date=date(2025, 5, 5), chunks_per_request=11)).parameters)
    app = opened(**(link | {"s.horizon_months": "<b>twelve</b>"}))
    assert scenario_of(app).chunks_per_request == 11
    assert r"horizon\_months\=\<b\>twelve\<\/b\>" in words(app)
    app.button(key="link-problems-read").click().run()
    assert "could not be read" not in words(app)


START = Scenario(price_date=date(2026, 11, 22))


def test_the_link_to_copy_gives_the_scenario_back():
    start = replace(START, chunks_per_request=8, horizon_months=24)
    address, link = link_to(start)
    assert link.left_out == ()
    assert read_link(address.partition("?")[2], START.price_date) == (start, ())


def test_the_link_to_copy_names_no_file():
    price = OwnPrice(
        (("host", "openai"), ("model", "gpt-4o-mini"), ("input_mtok", "1")), "Secret.csv", START.price_date
    )
    start = replace(
        START, own_prices=(price,), token_correction=1.1, token_correction_source="Secret bills.csv"
    )
    assert "Secret" not in link_to(start)[0]


@pytest.mark.parametrize(
    ("public", "expected"),
    [("https://costs.example.com/team", "https://costs.example.com/team/"), ("", "/")],
)
def test_links_begin_where_the_dashboard_does(public, expected):
    assert base_url({"PUBLIC_BASE_URL": public}) == expected


def test_a_cookie_of_another_shape_is_no_key():
    assert store_cookie.key_in(f"a=b; {store_cookie.COOKIE}={KEY}") == KEY
    for text in ("", f"{store_cookie.COOKIE}=short", f"{store_cookie.COOKIE}={'x' * 31}%0a", "=;=;;"):
        assert store_cookie.key_in(text) is None


def test_the_page_says_so_when_the_database_cannot_be_used(tmp_path, monkeypatch):
    (tmp_path / "a-file").write_text("")
    monkeypatch.setenv("CROSSOVER_DB", str(tmp_path / "a-file" / "x.sqlite3"))
    app = save(opened(), "Plan")
    assert "cannot be used" in words(app)


def test_every_export_is_a_file_of_its_kind():
    comparison = compare(load_demo("en"), START, load_price_book())
    source = Source(comparison, START.price_date)
    made = {
        each.file_name: each.made()
        for each in (*answers(source), *trials(comparison))
        if ".pdf" not in each.file_name
    }
    starts = {
        ".html": b"<!DOCTYPE html>",
        ".xlsx": b"PK",
        ".json": b"{",
        ".csv": b"\xef\xbb\xbf",
        ".zip": b"PK",
        ".jsonl": b'{"messages": ',
    }
    assert {Path(name).suffix for name in made} == set(starts)
    for name, content in made.items():
        assert content.startswith(starts[Path(name).suffix]), name


def test_the_page_offers_every_export():
    offered = {button.label for button in opened().get("download_button")}
    assert {"Brief (HTML)", "Workbook (XLSX)", "Comparison (JSON)", "Figures (CSV)"} <= offered
    assert "Fine-tuning file (JSONL)" in offered


def test_the_fine_tuning_file_holds_each_row_once_and_a_job_would_take_it():
    samples = load_demo("en")
    twice = QaTable(samples.qa.questions * 2, samples.qa.answers * 2, ())
    comparison = compare(replace(samples, qa=twice, chats=()), START, load_price_book())
    (file,) = (each for each in trials(comparison) if each.file_name.endswith(".jsonl"))
    text = file.made().decode()
    asked = [json.loads(line)["messages"][0]["content"] for line in text.splitlines()]
    assert len(asked) == len(set(asked))
    assert set(asked) <= set(samples.qa.questions)
    assert file_problems(text) == ()


def test_without_answers_there_is_a_reason_in_place_of_the_fine_tuning_file():
    samples = load_demo("en")
    asked = QaTable(samples.qa.questions, ("",) * len(samples.qa.questions), ())
    comparison = compare(replace(samples, qa=asked, chats=()), START, load_price_book())
    assert not any(each.file_name.endswith(".jsonl") for each in trials(comparison))
    assert any("add answers" in reason for reason in absent(comparison))
    assert absent(compare(samples, START, load_price_book())) == []


def test_where_the_counting_was_stopped_the_page_says_so_once(monkeypatch):
    def stopped(_samples, _settings):
        raise cached.CountingCancelled

    monkeypatch.setattr(cached, "profile", stopped)
    app = opened()
    assert [each.value for each in app.info if "cancelled" in each.value] == [
        "Counting these samples was cancelled."
    ]
    assert app.get("download_button") == []


def test_in_german_the_page_tells_days_amounts_and_states_the_german_way():
    app = save(opened(language="de"), "Plan")
    button(app, "duplicate-").click().run()
    assert {each.name for each in list_scenarios(shelf())} == {"Plan", "Plan (Kopie)"}
    shown = words(app)
    now = datetime.now(UTC)
    assert f"{now:%d.%m.%Y}, " in shown
    assert "50.000 Anfragen pro Monat, 12 Monate" in shown.replace("\\", "")


def test_the_problems_of_a_link_are_told_in_the_language_of_now():
    app = opened(**(dict(scenario_link(START).parameters) | {"s.horizon_months": "many"}))
    assert "could not be read" in words(app)
    app.session_state["crossover.language"] = "de"
    app.run()
    assert "could not be read" not in words(app)
    assert "war nicht zu lesen" in words(app)


def test_a_shared_brief_can_be_read_in_both_languages_and_counts_nothing_twice(monkeypatch):
    app = opened()
    counted = []
    count = cached.build_profile
    monkeypatch.setattr(cached, "build_profile", lambda *given: counted.append(given) or count(*given))
    app.text_input(key="share-title").set_value("What we take")
    app.button(key="share-now").click().run()
    assert not app.exception, app.exception
    assert counted == []
    found = open_share(
        open_store(os.environ), app.session_state["crossover.share.new"].token, datetime.now(UTC)
    )
    assert isinstance(found, Opened)
    briefs = SpokenBriefs.from_mapping(found.brief)
    english, german = briefs.spoken("en"), briefs.spoken("de")
    assert english.headline != german.headline
    assert [each.id for each in english.strategies] == [each.id for each in german.strategies]
    assert english.requests_per_month == german.requests_per_month
    assert {each.value for each in english.inputs} == {each.value for each in german.inputs}


def test_a_brief_in_the_other_language_is_as_if_it_had_been_made_in_it():
    samples, book = load_demo("en"), load_price_book()
    start = replace(START, extra_strategies=("agent", "classifier"), chunks_per_request=7)
    shown = compare(samples, start, book)
    wish = scenarios_share.Wish("What we take", "", "", 30, "", show_file_names=True)
    with in_language("de"):
        retold = scenarios_share.frozen(scenarios_share.again(shown), wish, START.price_date)
        anew = scenarios_share.frozen(compare(samples, start, book), wish, START.price_date)
    assert retold.to_mapping() == anew.to_mapping()
    assert retold.headline != scenarios_share.frozen(shown, wish, START.price_date).headline
