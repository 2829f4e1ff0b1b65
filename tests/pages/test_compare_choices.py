"""The Compare page with more than the four: each choice acts, and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from crossover.strategies import MORE_STRATEGIES

ROOT = Path(__file__).resolve().parents[2]
LABELS = {strategy.id: strategy.label for strategy in MORE_STRATEGIES}


@pytest.fixture
def app():
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()


def strategies(app):
    """Labels on the cards, in order."""
    return [text.value.split(". ", 1)[-1] for text in app.markdown if text.value.startswith("#### ")]


def pills(app, label):
    return next(group for group in app.button_group if group.label == label)


@pytest.mark.parametrize("strategy", LABELS)
def test_each_further_strategy_is_one_click_away_and_leaves_again(app, strategy):
    pills(app, "Compare also").set_value([LABELS[strategy]]).run()
    assert not app.exception
    assert any(LABELS[strategy] in label for label in strategies(app))
    pills(app, "Compare also").set_value([]).run()
    assert not any(LABELS[strategy] in label for label in strategies(app))


def test_all_of_them_at_once_leave_the_page_whole(app):
    pills(app, "Compare also").set_value(list(LABELS.values())).run()
    assert not app.exception
    assert len(strategies(app)) == 14


def test_another_model_for_one_strategy_is_said_in_the_verdict(app):
    chosen = ("openai", "gpt-6-luna")
    app.selectbox(key="scenario.model.rag").set_value(chosen).run()
    assert not app.exception
    assert any("is the model and where it runs" in text.value for text in app.markdown)
    app.selectbox(key="scenario.model.rag").set_value(("", "")).run()
    assert not any("is the model and where it runs" in text.value for text in app.markdown)


@pytest.mark.parametrize(
    ("toggle", "widget"), [("batch", "toggle"), ("cache_tail", "toggle"), ("keep_passages", "toggle")]
)
def test_ways_to_buy_leave_the_page_whole(app, toggle, widget):
    getattr(app, widget)(key=f"scenario.{toggle}").set_value(True).run()
    assert not app.exception


def test_turns_of_a_conversation_make_requests_dearer(app):
    def per_thousand():
        return next(text.value for text in app.markdown if "Per 1,000 requests" in text.value)

    before = per_thousand()
    app.number_input(key="scenario.turns_per_conversation").set_value(6).run()
    assert not app.exception
    assert per_thousand() != before


def test_the_spread_of_requests_is_shown_when_asked_for(app):
    app.toggle(key="show-spread").set_value(True).run()
    assert not app.exception
    assert any("resampled 2,000 times" in caption.value for caption in app.caption)


def test_the_leading_assumptions_act_once_they_are_opened(app):
    assert not [field for field in app.number_input if field.key.startswith("assumption.")]
    app.session_state["leading-assumptions"] = True
    app.run()
    before = app.header[0].value
    app.number_input(key="assumption.day_rate_usd").set_value(900.0).run()
    assert not app.exception
    assert app.header[0].value != before
