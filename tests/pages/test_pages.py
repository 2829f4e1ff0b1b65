"""Every page is opened through app.py and by itself, and widgets are found by key."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from crossover.prices import load_price_book

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "pages/compare.py",
    "pages/samples.py",
    "pages/evidence.py",
    "pages/what_if.py",
    "pages/prices.py",
    "pages/scenarios.py",
    "pages/brief.py",
    "pages/methodology.py",
)


def opened(path: str) -> AppTest:
    app = AppTest.from_file(ROOT / path, default_timeout=60).run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize("path", ("app.py", *PAGES))
def test_a_page_opens_by_itself_without_a_fault(path):
    opened(path)


def test_the_first_page_shows_a_verdict_and_a_card_for_each_strategy():
    app = opened("app.py")
    assert "costs least" in app.header[0].value or "Too close to call" in app.header[0].value
    labels = [block.value for block in app.markdown if block.value.startswith("#### ")]
    assert len(labels) == 4


def test_moving_the_volume_changes_the_sentence():
    app = opened("app.py")
    before = app.header[0].value
    app.select_slider(key="scenario.requests_per_month").set_value(10_000_000.0).run()
    assert app.header[0].value != before
    assert "10 million requests" in app.header[0].value


def test_the_july_2024_preset_shows_the_prices_of_the_article():
    app = opened("app.py")
    app.segmented_control(key="scenario.preset").set_value("July 2024").run()
    prices = app.table[0].value.to_string()
    for fact in (
        "0.15 / 0.60",
        "0.30 / 1.20",
        "3.00",
        "8.00",
        "2,000,000 a day through 2024-09-23",
        "65,536",
        "text only",
    ):
        assert fact in prices


def test_today_shows_gpt_4o_mini_tuning_as_closed_with_its_date():
    app = opened("app.py")
    prices = app.table[0].value.to_string()
    assert "closed to new customers since 2026-05-07" in prices


def test_every_toggle_and_slider_leaves_the_page_whole():
    app = opened("app.py")
    app.toggle(key="scenario.count_people").set_value(False).run()
    assert not app.exception
    app.toggle(key="scenario.prompt_caching").set_value(False).run()
    app.slider(key="scenario.chunks_per_request").set_value(20).run()
    app.slider(key="scenario.few_shot_examples").set_value(0).run()
    app.selectbox(key="scenario.horizon_months").set_value(60).run()
    app.number_input(key="scenario.requests_per_month.exact").set_value(0.0)
    app.button(key="set-exact-volume").click().run()
    assert not app.exception
    assert app.header[0].value


def test_every_model_that_can_be_picked_leaves_the_page_whole():
    app = opened("app.py")
    for host, model in _models():
        app.selectbox(key="scenario.model").set_value((host, model)).run()
        assert not app.exception, (host, model)


def _models():
    """One model of each host: what differs between hosts is what can break a page."""
    priced = load_price_book().models(datetime.now(UTC).date())
    return {entry.host: (entry.host, entry.model) for entry in priced}.values()


def test_a_scenario_value_survives_a_visit_to_another_page():
    app = opened("app.py")
    app.select_slider(key="scenario.requests_per_month").set_value(1_000_000.0).run()
    app.switch_page("pages/samples.py").run()
    app.switch_page("pages/compare.py").run()
    assert app.select_slider(key="scenario.requests_per_month").value == 1_000_000.0
