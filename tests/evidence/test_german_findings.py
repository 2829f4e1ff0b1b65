"""What the evidence says in German: the same findings and numbers, plural and order as German has them."""

import re
from dataclasses import replace

import pytest

from crossover.demo import load_demo
from crossover.evidence.classifier import Skipped, classifier_baseline
from crossover.evidence.findings import EvidenceSettings, banner, evidence, told
from crossover.evidence.measured_results import measured_results
from crossover.evidence.retrieval_quality import RecommendedChunks
from crossover.evidence.shares import MeasuredShare
from crossover.evidence.words_languages import language_name
from crossover.evidence.words_results import decision_sentences, pair_sentence
from crossover.profile import ProfileSettings, build_profile
from crossover.retrieval.language import _FUNCTION_WORDS
from crossover.samples.results_types import ResultRow, ResultSet
from crossover.words import in_language

ENGLISH = re.compile(r"\b(the|of|and|is|are|that|which|none|with|for|you|your|among)\b", re.IGNORECASE)
FIRST_ALSO_RIGHT = 30


@pytest.fixture(scope="module")
def demo():
    profile = build_profile(load_demo("en"), ProfileSettings())
    settings = EvidenceSettings(shots=3)
    return evidence(profile.samples, profile, settings), profile, settings


def test_every_finding_of_the_demo_is_told_in_german(demo):
    found, profile, settings = demo
    with in_language("de"):
        german = told(found.measured, profile, settings)
    assert [each.id for each in german.findings] == [each.id for each in found.findings]
    for before, after in zip(found.findings, german.findings, strict=True):
        assert not ENGLISH.search(after.sentence), after.sentence
        assert not ENGLISH.search(after.label), after.label
        assert [each.value for each in before.figures] == [each.value for each in after.figures]
        for figure in after.figures:
            assert not ENGLISH.search(f"{figure.name} {figure.note}"), figure.name


def test_the_number_of_chunks_sent_alone_changes_the_number_in_the_words(demo):
    found, profile, settings = demo
    with in_language("de"):
        one = told(found.measured, profile, replace(settings, chunks=1)).finding("hit_answers").sentence
        five = told(found.measured, profile, replace(settings, chunks=5)).finding("hit_answers").sentence
    assert "im besten Abschnitt." in one
    assert "in den 5 besten Abschnitten." in five


def test_one_and_several_chunks_and_shares_are_written_the_german_way():
    best = RecommendedChunks(1, MeasuredShare(19, 200), 4, MeasuredShare(41, 200))
    with in_language("de"):
        assert best.reason.startswith("1 Abschnitt findet 9,5\u00a0%; 4 finden 20\u00a0%")
        assert replace(best, k=3, best_k=3).reason.startswith("3 Abschnitte finden 9,5\u00a0%")
        assert str(MeasuredShare(19, 200)) == "9,5\u00a0% (6,2–14\u00a0%)"
        assert banner(19).startswith("19 Beispiele")


def test_what_is_remembered_in_one_language_is_told_in_the_other():
    with in_language("de"):
        skipped = classifier_baseline(["a"] * 20, [0] * 20, list(range(20)))
    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith("All rows carry the same label")
    with in_language("de"):
        assert skipped.reason.startswith("Alle Zeilen")


def test_every_language_that_can_be_recognised_has_a_name():
    for language in _FUNCTION_WORDS:
        assert language_name(language) == language.title()
        with in_language("de"):
            assert language_name(language).endswith("isch") or language == "german"


def results(only_first, only_second):
    """Two strategies on the same samples; on FIRST_ALSO_RIGHT of them both are right."""
    scores = [(1, 0)] * only_first + [(0, 1)] * only_second + [(1, 1)] * FIRST_ALSO_RIGHT
    rows = tuple(
        ResultRow(sample=str(place), strategy=name, score=score, line=place)
        for place, pair in enumerate(scores)
        for name, score in zip(("rag", "tuning"), pair, strict=True)
    )
    return measured_results(ResultSet(rows, (("rag", "rag"), ("tuning", "tuning")), source="r.csv"))


@pytest.mark.parametrize(
    ("only_first", "only_second", "words"),
    [
        (20, 2, "rag antwortet am besten: "),
        (6, 4, "Kein Sieger: rag liegt bei 40 Beispielen, die beide beantwortet haben, "),
        (5, 5, "gleich oft richtig (nur rag richtig: 5, nur tuning: 5)"),
        (0, 0, "unterscheiden sich bei 30 Beispielen, die beide beantwortet haben, nie"),
    ],
)
def test_who_wins_or_that_nobody_does_is_said_in_german(only_first, only_second, words):
    found = results(only_first, only_second)
    with in_language("de"):
        sentences = " ".join(decision_sentences(found, str))
        pair = pair_sentence(found.pairs[0], str)
    assert words in sentences
    assert not ENGLISH.search(f"{sentences} {pair}")
