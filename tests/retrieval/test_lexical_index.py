import logging
import math
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.retrieval import Chunks, build_index, search

unhurried = settings(deadline=None)  # other work on the machine must not fail a law


def chunks_of(*texts: str) -> Chunks:
    tokens = np.array([len(text.split()) for text in texts], dtype=np.int64)
    return Chunks(texts, tokens, np.arange(len(texts), dtype=np.int64), len(texts))


corpora = st.lists(
    st.lists(st.sampled_from(["ab", "cd", "ef", "gh"]), max_size=6).map(" ".join), min_size=1, max_size=25
)
some_questions = st.lists(
    st.lists(st.sampled_from(["ab", "cd", "ef", "zz"]), max_size=4).map(" ".join), max_size=5
)


def test_a_score_worked_by_hand():
    # lucene's BM25, k1 1.5, b 0.75: "red" stands in one of two chunks, idf = ln(1 + 1.5/1.5) = ln 2;
    # lengths 3 and 1, mean 2; tf 1: 1 / (1 + 1.5 (0.25 + 0.75 x 3/2)) = 1/3.0625
    hits = search(build_index(chunks_of("red blue green", "blue"), None), ["red"], 2)
    assert hits.chunk_ids.tolist() == [[0, 1]]
    assert hits.scores[0] == pytest.approx([math.log(2) / 3.0625, 0], rel=1e-6)


@unhurried
@given(corpora, some_questions, st.integers(1, 30))
def test_hits_fall_in_score_and_ties_stand_in_document_order(texts, questions, k_max):
    hits = search(build_index(chunks_of(*texts), None), questions, k_max)
    found = min(k_max, len(texts))
    assert hits.chunk_ids.shape == hits.scores.shape == (len(questions), k_max)
    for ids, scores in zip(hits.chunk_ids[:, :found], hits.scores[:, :found], strict=True):
        assert len(set(ids)) == found
        assert [(-score, id_) for score, id_ in zip(scores, ids, strict=True)] == sorted(
            (-score, id_) for score, id_ in zip(scores, ids, strict=True)
        )
    assert (hits.chunk_ids[:, found:] == -1).all()
    assert np.isnan(hits.scores[:, found:]).all()


@unhurried
@given(corpora, some_questions, st.integers(1, 10), st.integers(0, 10))
def test_asking_for_more_chunks_only_adds_at_the_end(texts, questions, k, more):
    index = build_index(chunks_of(*texts), None)
    few, many = search(index, questions, k), search(index, questions, k + more)
    assert np.array_equal(few.chunk_ids, many.chunk_ids[:, :k])
    assert np.array_equal(few.scores, many.scores[:, :k], equal_nan=True)


@unhurried
@given(corpora, some_questions)
def test_no_better_chunk_is_left_out(texts, questions):
    index = build_index(chunks_of(*texts), None)
    everything, best = search(index, questions, len(texts)), search(index, questions, 1)
    assert np.array_equal(best.scores[:, 0], everything.scores.max(axis=1))


def test_among_hundreds_of_equal_chunks_the_first_are_found():
    index = build_index(chunks_of(*["other"] * 5, *["same words"] * 500), None)
    assert search(index, ["same"], 20).chunk_ids[0].tolist() == list(range(5, 25))


def test_the_stemmer_finds_other_forms_of_a_word():
    chunks = chunks_of("Die Lieferung kommt morgen", "Mehrere Rechnungen liegen bei")
    assert search(build_index(chunks, "german"), ["Rechnung"], 1).chunk_ids.tolist() == [[1]]
    assert search(build_index(chunks, None), ["Rechnung"], 1).scores.tolist() == [[0]]


def test_stop_words_do_not_count():
    index = build_index(chunks_of("der die das", "Vertrag"), "german")
    assert search(index, ["Was ist der Vertrag"], 2).chunk_ids.tolist() == [[1, 0]]


def test_an_unknown_language_is_an_error():
    with pytest.raises(KeyError, match="klingon"):
        build_index(chunks_of("text"), "klingon")


@pytest.mark.parametrize("language", [None, "english", "finnish"])
def test_chunks_without_words_score_nothing(language):
    hits = search(build_index(chunks_of("!!!", "…"), language), ["what is this"], 3)
    assert hits.chunk_ids.tolist() == [[0, 1, -1]]
    assert hits.scores[0, :2].tolist() == [0, 0]


def test_an_index_without_chunks_finds_nothing():
    hits = search(build_index(chunks_of(), "german"), ["was", ""], 2)
    assert hits.chunk_ids.tolist() == [[-1, -1], [-1, -1]]


def test_no_questions_give_no_rows():
    assert search(build_index(chunks_of("text"), None), [], 3).chunk_ids.shape == (0, 3)


def test_fewer_than_one_chunk_cannot_be_asked_for():
    with pytest.raises(ValueError, match="at least 1"):
        search(build_index(chunks_of("text"), None), ["text"], 0)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Kündigungsfrist", "ku\u0308ndigungsfrist"),  # decomposed, as file names and some PDFs have it
        ("of\ufb01ce", "office"),  # the ligature fi
        ("東京都の人口は千四百万人", "人口"),  # no blanks between words
        ("Gate 7", "7"),  # a single digit is a word
    ],
)
def test_the_same_word_written_differently_is_found(text, question):
    hits = search(build_index(chunks_of("nothing of the kind", text), None), [question], 1)
    assert hits.chunk_ids.tolist() == [[1]]
    assert hits.scores[0, 0] > 0


def test_text_that_is_not_valid_unicode_is_searched_like_any_other():
    hits = search(build_index(chunks_of("\ud800 \x00 word"), "english"), ["word \udfff \x00"], 1)
    assert hits.scores[0, 0] > 0


def test_building_and_searching_write_nothing(capfd):
    handler = logging.StreamHandler(sys.stderr)
    logging.getLogger().addHandler(handler)
    try:
        search(build_index(chunks_of("one", "two"), "english"), ["one", "", "none"], 2)
    finally:
        logging.getLogger().removeHandler(handler)
    assert capfd.readouterr() == ("", "")


def test_scores_do_not_depend_on_the_hash_seed():
    program = """
import numpy as np
from crossover.retrieval import Chunks, build_index, search
texts = tuple(" ".join(f"word{(7 * i + j * j) % 50}" for j in range(12)) for i in range(60))
index = build_index(Chunks(texts, np.ones(60, int), np.arange(60), 60), "english")
hits = search(index, [f"word{i} word{2 * i} word{3 * i}" for i in range(20)], 10)
print(hits.chunk_ids.tolist(), hits.scores.tobytes().hex())
"""
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
