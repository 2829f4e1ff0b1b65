"""What the rows hold against a strategy: contradictions, broken formats, personal data."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.profile import requests_of
from crossover.profile.contradictions import (
    MOST_CHARACTERS_SEARCHED,
    agreement,
    answer_format,
    normalised,
    personal_data_in,
)
from crossover.samples import Chat, Document, QaTable, SampleSet

ANYTHING = st.text(max_size=60)


def asked(pairs, contexts=None):
    """A table of (question, answer) pairs."""
    questions, answers = zip(*pairs, strict=True) if pairs else ((), ())
    return SampleSet(qa=QaTable(questions, answers, tuple(range(2, len(pairs) + 2)), contexts))


def agreement_of(pairs, contexts=None):
    samples = asked(pairs, contexts)
    return agreement(requests_of(samples), samples.qa.contexts)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  Where is it?\n", "where is it"),
        ("WHERE—is (it)", "where is it"),
        ("It costs 1,200.50 $.", "it costs 1,200.50"),
        ("snake_case", "snake case"),
        ("ＡＢＣ straße", "abc strasse"),
        ("👍", "👍"),
        ("", ""),
    ],
)
def test_texts_are_matched_without_case_and_punctuation_outside_numbers(text, plain):
    assert normalised(text) == plain


@given(ANYTHING)
def test_normalising_twice_changes_nothing(text):
    once = normalised(text)
    assert normalised(once) == once


def test_the_ceiling_is_what_the_majority_of_each_question_allows():
    """Five of six rows can be right: "Where?" has 2 A against 1 B, the others agree (W28: 0.8333)."""
    found = agreement_of(
        [("Where?", "A"), ("where", "a!"), ("WHERE", "B"), ("Who?", "C"), ("Why?", "C"), ("How", "D")]
    )
    assert found.ceiling_share == pytest.approx(5 / 6)
    assert (found.contradicted_questions, found.n) == (1, 6)


def test_rows_without_an_answer_neither_agree_nor_contradict():
    found = agreement_of([("Where?", "A"), ("Where?", ""), ("Who?", " ")])
    assert (found.ceiling_share, found.contradicted_questions, found.n) == (1.0, 0, 1)
    assert agreement_of([("Where?", "")]).ceiling_share is None


def test_one_question_about_two_texts_is_two_questions():
    pairs = [("What is it about?", "Dogs"), ("What is it about?", "Cats")]
    assert agreement_of(pairs, ("A text on dogs.", "A text on cats.")).contradicted_questions == 0
    assert agreement_of(pairs).contradicted_questions == 1


def test_one_question_after_different_turns_is_two_questions():
    def chat(opening, answer):
        return Chat(
            (
                {"role": "user", "content": opening},
                {"role": "assistant", "content": "Yes?"},
                {"role": "user", "content": "And then?"},
                {"role": "assistant", "content": answer},
            ),
            line=1,
        )

    apart = SampleSet(chats=(chat("About dogs", "Woof"), chat("About cats", "Meow")))
    alike = SampleSet(chats=(chat("About dogs", "Woof"), chat("About dogs", "Meow")))
    assert [agreement(requests_of(each)).contradicted_questions for each in (apart, alike)] == [0, 1]


questions = st.sampled_from(
    ["a", "A?", "b", "a b", "ab", "", "a long question that goes on and on and on", "x" * 60]
)


@given(st.lists(st.tuples(questions, st.sampled_from(["yes", "Yes.", "no", "maybe", ""])), max_size=30))
def test_the_ceiling_is_that_of_counting_every_row(pairs):
    answers = defaultdict(Counter)
    for question, answer in pairs:
        if answer:
            answers[normalised(question)][normalised(answer)] += 1
    n = sum(counts.total() for counts in answers.values())
    found = agreement_of(pairs)
    assert found.n == n
    if n:
        right = sum(max(counts.values()) for counts in answers.values())
        assert found.ceiling_share == pytest.approx(right / n)
        assert found.contradicted_questions == sum(len(counts) > 1 for counts in answers.values())


def test_json_answers_off_the_commonest_keys_are_irregular():
    """Eight of ten share their keys; one lacks a key, one is not JSON."""
    answers = ['{"a": 1, "b": 2}'] * 7 + ['{"b": 0, "a": 0}', '{"a": 1}', "a is 1"]
    found = answer_format(answers, ())
    assert (found.name, found.n) == ("JSON", 10)
    assert found.irregular_share == pytest.approx(0.2)


def test_labels_few_rows_share_are_irregular():
    """Three of forty-three labels stand alone."""
    found = answer_format(["yes"] * 20 + ["no"] * 20 + ["yess", "nno", "n/a"], ("yes", "no"))
    assert (found.name, found.irregular_share) == ("labels", pytest.approx(3 / 43))


@pytest.mark.parametrize(
    "answers", [[], ["", " "], ["It depends.", "On the day."], ["{not json", "[nor this"]]
)
def test_free_text_has_no_format_to_break(answers):
    assert answer_format(answers, ()).irregular_share is None


def test_personal_data_is_counted_where_it_would_leave_from():
    samples = SampleSet(
        qa=QaTable(("I am a@b.org", "Hello"), ("Ask c@d.org or e@f.org", "Hi"), (2, 3)),
        documents=(Document("d.txt", "Server 192.168.0.1"),),
    )
    found = personal_data_in(samples, requests_of(samples))
    assert found.questions == {"e-mail addresses": 1}
    assert found.training == {"e-mail addresses": 3}
    assert found.documents == {"IP addresses": 1}
    assert found.looked_at_share == 1


def test_of_very_long_uploads_a_sample_is_searched_and_said():
    texts = tuple("a@b.org " + "x" * 992 for _ in range(2 * MOST_CHARACTERS_SEARCHED // 1000))
    samples = SampleSet(qa=QaTable(texts, ("",) * len(texts), tuple(range(len(texts)))))
    found = personal_data_in(samples, requests_of(samples))
    assert found.looked_at_share == pytest.approx(0.5)
    assert found.questions["e-mail addresses"] == len(texts) // 2
