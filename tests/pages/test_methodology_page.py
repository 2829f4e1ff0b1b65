"""The Methodology page shows each document in the reader's language, and says where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from crossover.words import in_language
from ui.methodology_view import _number

ROOT = Path(__file__).resolve().parents[2]
ONLY_ENGLISH = "Dieses Dokument gibt es nur auf Englisch."


def opened(language: str) -> AppTest:
    app = AppTest.from_file(ROOT / "pages/methodology.py", default_timeout=60)
    app.session_state["crossover.language"] = language
    app.run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize(
    ("language", "shown", "hidden"),
    [
        ("en", ["## A number and its source", "## Order of precedence"], ["## Eine Zahl", "## Was vorgeht"]),
        ("de", ["## Eine Zahl und ihre Quelle", "## Was vorgeht"], ["## A number", "## Order of"]),
    ],
)
def test_documents_are_shown_in_the_language_of_the_page(language, shown, hidden):
    text = "\n".join(each.value for each in opened(language).markdown)
    assert all(each in text for each in shown)
    assert not any(each in text for each in hidden)


def test_a_document_nobody_has_put_into_german_is_shown_in_english_and_says_so():
    app = opened("de")
    assert [each.value for each in app.info] == [ONLY_ENGLISH, ONLY_ENGLISH]
    assert any("Others have published calculators" in each.value for each in app.markdown)
    assert [*opened("en").info] == []


def test_the_assumptions_are_named_and_written_in_the_language_of_the_page():
    (english,), (german,) = opened("en").dataframe, opened("de").dataframe
    assert list(english.value.columns) == ["Assumption", "Low", "Likely", "High", "Unit", "Reason"]
    assert [german.value.columns[place] for place in (0, 2)] == ["Annahme", "Wahrscheinlich"]
    assert (english.value["Likely"].to_numpy() == german.value["Wahrscheinlich"].to_numpy()).all()
    with in_language("de"):
        assert [_number(value) for value in (0.5, 600.0, 25_000.0)] == ["0,5", "600", "25000"]
