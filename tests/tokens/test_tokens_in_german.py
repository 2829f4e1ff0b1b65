"""Figures and refusals of the token stage say in German what they say in English."""

import pytest

from crossover.tokens import Basis, NotUsage, model_facts, read_usage
from crossover.tokens.output import reasoning_tokens
from crossover.words import in_language, say


def test_the_source_of_a_reasoning_range_is_said_when_the_figure_is_made():
    english = reasoning_tokens("gpt-5")
    with in_language("de"):
        german = reasoning_tokens("gpt-5")
    assert english is not None
    assert german is not None
    assert (german.value, german.unit, german.ci) == (english.value, english.unit, english.ci)
    bills = model_facts("gpt-5").reasoning_tokens.bills
    assert german.source.startswith(f"Annahme: der Median von {bills} Abrechnungen für gpt-5;")


def test_how_sure_a_count_is_stays_an_id_and_is_said_where_shown():
    with in_language("de"):
        assert model_facts("gpt-4o").basis is Basis.EXACT
        assert [say(basis.value) for basis in Basis] == ["exakt", "geschätzt", "grob geschätzt"]


def test_a_file_without_a_bill_is_refused_in_german():
    with in_language("de"), pytest.raises(NotUsage, match="Keine Abrechnung gefunden"):
        read_usage("{}")
