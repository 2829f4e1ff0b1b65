"""Which texts contain an answer: hand-worked cases, laws, and the same rule written the slow way."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.retrieval.text_matching import (
    _words_by_pattern,
    normalised,
    stop_words,
    texts_containing,
    word_table,
    words_of,
)

WORDS = ["the", "is", "red", "bike", "brake", "12", "1,250.50", "2024", "of"]
phrases = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)


def contains(text: str, answer: str, language: str | None = "english") -> bool:
    return bool(texts_containing(word_table([text], language), [answer])[0, 0])


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("  The  BRAKES, (front)! ", "the brakes front"),
        ("costs 1,250.50 €.", "costs 1,250.50"),  # punctuation stays inside a number and goes at its end
        ("in 1998.", "in 1998"),
        ("Straße", "strasse"),  # case folding, not lower case
        ("ﬁve \u00a0½", "five 1 2"),  # NFKC takes the ligature and the fraction apart
        ("snake_case state-of-the-art", "snake case state of the art"),
        ("自転車 bike", "自 転 車 bike"),  # written without blanks: each character is a word
        ("", ""),
    ],
)
def test_texts_are_normalised_as_the_model_says(text, normal):
    assert normalised(text) == normal


@given(st.text(st.characters(max_codepoint=0x2FF)) | st.text("ab9.,_ -\n", max_size=12))
def test_plain_text_has_the_same_words_the_quick_way(text):
    assert words_of(text) == _words_by_pattern(text)


@pytest.mark.parametrize(
    ("text", "answer", "is_there"),
    [
        ("It costs 35 euros a month.", "35", True),
        ("It was built in 1835.", "35", False),  # words, not characters
        ("The front brake, the rear light and the bell.", "front brake rear light bell", True),
        # five content words, four of them there: 80 %
        ("The front brake and the rear light.", "front brake rear light bell", True),
        ("The front brake and the rear.", "front brake rear light bell", False),
        # the number is one of five words, but all numbers have to be there
        ("The front brake and the rear light.", "front brake rear light 12", False),
        ("The front brake and rear light, 12 years.", "front brake rear lamp 12", True),
        # stop words alone count only side by side
        ("To be or not to be.", "not to be", True),
        ("It is not easy to be so.", "not to be", False),
        ("anything", "", False),
        ("anything", "?!", False),
    ],
)
def test_a_text_contains_an_answer_or_not(text, answer, is_there):
    assert contains(text, answer) is is_there


def test_words_are_counted_in_one_text_not_over_all():
    table = word_table(["front brake", "rear light"], "english")
    assert texts_containing(table, ["front brake rear light"]).nnz == 0


@given(st.lists(phrases, min_size=1, max_size=5), st.lists(phrases, min_size=1, max_size=5))
def test_the_table_says_what_the_rule_says_text_by_text(texts, answers):
    small = stop_words("english")

    def slow(text: str, answer: str) -> bool:
        asked, held = words_of(answer), words_of(text)
        content = set(asked) - small
        if not content:
            return bool(asked) and f" {' '.join(asked)} " in f" {' '.join(held)} "
        numbers = {word for word in content if word[0].isdigit()}
        return len(content & set(held)) >= math.ceil(0.8 * len(content) - 1e-9) and numbers <= set(held)

    found = texts_containing(word_table(texts, "english"), answers).toarray()
    np.testing.assert_array_equal(found, [[slow(text, answer) for text in texts] for answer in answers])


@given(phrases, phrases, phrases)
def test_what_stands_word_for_word_is_contained(before, answer, after):
    assert contains(f"{before} {answer} {after}", answer) is bool(answer)


@given(st.lists(phrases, min_size=1, max_size=4), st.lists(phrases, max_size=4))
def test_a_table_for_these_answers_says_the_same_of_them(texts, answers):
    every, these = (texts_containing(word_table(texts, None, only), answers) for only in (None, answers))
    np.testing.assert_array_equal(every.toarray(), these.toarray())


def test_a_language_without_stop_words_counts_every_word():
    assert stop_words(None) == stop_words("finnish") == frozenset()
    assert {"der", "die"} <= stop_words("german")
