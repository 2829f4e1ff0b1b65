"""The sentences of the decision in German: plurals, order and branches; and the same numbers in each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crossover.criteria import TieWeight, tie_sentence
from crossover.figure import Kind
from crossover.uncertainty import (
    Flip,
    Standing,
    UncertainInput,
    flip_sentence,
    measure_next_sentence,
    standing_sentences,
)
from crossover.uncertainty.cheapest import Spread
from crossover.uncertainty.tornado import Bar
from crossover.verdict import verdict
from crossover.whatif import gap_sentence, gap_splits, sureness
from crossover.words import in_language

DAYS = UncertainInput(
    "person_days.rag", "Tage", "person-days", 4.0, 2.0, 8.0, Kind.ASSUMPTION, "", (0.0, 80.0)
)


@pytest.fixture
def german():
    with in_language("de"):
        yield


def test_the_verdict_names_the_winner_and_what_the_others_cost(demo, german):
    found = verdict(demo.comparison, demo.sure)
    assert found.headline.startswith("Prompt-Engineering kostet am wenigsten: ")
    assert found.headline.endswith(" über 12 Monate bei 50.000 Anfragen pro Monat.")
    dearer = found.reasons[0]
    assert dearer.count(" kostet das ") == 3 and dearer.count("\u2011Fache") == 3
    assert dearer.count(", ") == 1 and dearer.count(" und ") == 1
    assert any("Arbeitszeit" in each for each in found.reasons)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("agent", "tuned_rag"), " und 1 weitere Strategie kostet noch mehr."),
        (("agent", "tuned_rag", "tuned_tools"), " und 2 weitere kosten noch mehr."),
    ],
)
def test_strategies_beyond_those_named_are_counted(more, words, demo, german):
    assert verdict(demo.at(extra_strategies=more)).reasons[0].endswith(words)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (6.0, "RAG kostet nicht mehr als Fine-Tuning, sobald „Tage“ auf 6 Personentage steigt"),
        (3.0, "RAG kostet nicht mehr als Fine-Tuning, sobald „Tage“ auf 3 Personentage sinkt"),
        (20.0, "Nötig wären 20 Personentage (heute 4, das 5,0\u2011Fache, eine Annahme)."),
        (None, "Kein Wert für „Tage“ zwischen 0 und 80 Personentage macht RAG günstiger als Fine-Tuning."),
    ],
)
def test_a_turning_point_reads_in_german(value, words, german):
    assert words in flip_sentence(Flip(DAYS, "Fine-Tuning", "RAG", value))


def test_how_often_one_is_cheapest_counts_its_points(german):
    spread = Spread(1.0, 1.0, 1.0, 1.0)
    one, two = (
        standing_sentences(Standing("rag", spread, 0.5, width, 0.5), "RAG", 10_000)[0]
        for width in (0.012, 0.02)
    )
    assert (
        one
        == "In 10.000 Durchläufen war RAG in 50\u00a0% der Fälle am günstigsten (auf 1 Prozentpunkt genau)."
    )
    assert two.endswith("(auf 2 Prozentpunkte genau).")


def test_the_next_measurement_names_its_range(german):
    sentence = measure_next_sentence((Bar(DAYS, 100.0, 1_500.0, True),))
    assert "Zwischen 2 und 8 Personentage verschiebt dieser Wert den Abstand um 1.400\u00a0$" in sentence


def test_a_weight_that_turns_the_order_says_which_way(german):
    tie = TieWeight("RAG", "Agent", "Kosten", 0.5, 0.25)
    assert (
        tie_sentence(tie)
        == "Agent überholt RAG bei einem Gewicht von weniger als 25\u00a0% für Kosten (heute 50\u00a0%)."
    )
    assert "mehr als 75\u00a0%" in tie_sentence(replace(tie, weight=0.75))


def test_a_gap_between_models_is_split_in_german(demo, german):
    own = demo.scenario.with_strategy_model("rag", "openai", "gpt-6-luna")
    (split,) = gap_splits(demo.under(own))
    sentence = gap_sentence(split)
    assert "auf Modell und Anbieter (gpt-6-luna bei OpenAI statt gpt-oss-20b bei " in sentence


def test_the_language_changes_no_number_and_no_order(demo_with_all):
    english = demo_with_all.sure
    with in_language("de"):
        german = sureness(demo_with_all.under(demo_with_all.scenario))
    assert [each.strategy for each in german.models] == [each.strategy for each in english.models]
    assert [each.moved_by for each in german.models] == [each.moved_by for each in english.models]
    assert (german.totals.usd == english.totals.usd).all()
