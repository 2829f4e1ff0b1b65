import random
import time

import numpy as np
import pytest
import semchunk.semchunk
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crossover.retrieval import ChunkCount, InvalidChunking, chunk_count, chunk_documents
from crossover.samples.types import Document
from crossover.tokens import count_tokens

unhurried = settings(deadline=None)  # other work on the machine must not fail a law


def words_in(text: str) -> int:
    return len(text.split())


def without_blanks(text: str) -> str:
    return "".join(text.split())


def documents(*texts: str) -> list[Document]:
    return [Document(f"{position}.txt", text) for position, text in enumerate(texts)]


sizes_and_overlaps = st.integers(1, 60).flatmap(
    lambda size: st.tuples(st.just(size), st.integers(0, size - 1))
)
prose = st.lists(
    st.tuples(
        st.text("abcäß", min_size=1, max_size=12), st.sampled_from([" ", "\n", "\n\n", ". ", ", ", "! "])
    ),
    max_size=120,
).map(lambda parts: "".join(word + gap for word, gap in parts))


# --- the closed form (MODEL.md F1.8) ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("tokens", "size", "overlap", "expected"),
    [
        (10_000, 800, 400, ChunkCount(24, 19_200, 800)),  # 1 + 9200/400 = 24; + 23 x 400; 10000 - 23 x 400
        (10_050, 800, 400, ChunkCount(25, 19_650, 450)),  # 1 + ceil(23.1) = 25; 10050 - 24 x 400
        (800, 800, 400, ChunkCount(1, 800, 800)),
        (801, 800, 400, ChunkCount(2, 1_201, 401)),  # one token more: a second chunk of 400 + 1
        (0, 800, 400, ChunkCount(0, 0, 0)),
        (1_200, 500, 0, ChunkCount(3, 1_200, 200)),  # 500 + 500 + 200
        (1_250_000, 400, 50, ChunkCount(3_572, 1_428_550, 150)),  # 1 + ceil(1249600/350 = 3570.29)
    ],
)
def test_chunk_counts_worked_by_hand(tokens, size, overlap, expected):
    assert chunk_count(tokens, size, overlap) == expected


def test_ten_documents_have_fewer_chunks_than_one_document_of_their_length():
    # 10 x (1 + ceil(124600/350 = 356)) = 3570, while the one long document needs 3572
    assert sum(chunk_count(125_000, 400, 50).n for _ in range(10)) == 3_570


@unhurried
@given(st.integers(0, 2_000), sizes_and_overlaps)
def test_the_closed_form_counts_what_a_sliding_window_cuts(tokens, size_and_overlap):
    size, overlap = size_and_overlap
    windows, start = [], 0
    while tokens and (not windows or start + overlap < tokens):
        windows.append(min(size, tokens - start))
        start += size - overlap
    assert chunk_count(tokens, size, overlap) == ChunkCount(
        len(windows), sum(windows), windows[-1] if windows else 0
    )


@pytest.mark.parametrize(
    ("size", "overlap", "says"),
    [
        (400, 400, "smaller overlap"),
        (400, 500, "smaller overlap"),
        (0, 0, "at least 1"),
        (10, -1, "0 or more"),
    ],
)
def test_impossible_sizes_are_refused_with_what_to_do(size, overlap, says):
    with pytest.raises(InvalidChunking, match=says):
        chunk_count(1_000, size, overlap)
    with pytest.raises(InvalidChunking, match=says):
        chunk_documents([], size, overlap, count_tokens)


def test_a_negative_document_is_refused():
    with pytest.raises(ValueError, match="-1"):
        chunk_count(-1, 10, 0)


# --- real chunks ------------------------------------------------------------------------------------


@unhurried
@given(st.integers(1, 300), sizes_and_overlaps)
def test_text_without_structure_gives_exactly_the_closed_form(word_count, size_and_overlap):
    size, overlap = size_and_overlap
    chunks = chunk_documents(documents(" ".join(f"w{i}" for i in range(word_count))), size, overlap, words_in)
    expected = chunk_count(word_count, size, overlap)
    assert (len(chunks), chunks.embedded_tokens, chunks.tokens[-1]) == (
        expected.n,
        expected.embedded_tokens,
        expected.last,
    )


@unhurried
@given(st.lists(prose, max_size=4), st.integers(4, 60), st.data())
def test_no_chunk_is_above_the_size_and_every_count_is_true(texts, size, data):
    overlap = data.draw(st.integers(0, size - 1))
    chunks = chunk_documents(documents(*texts), size, overlap, count_tokens)
    assert (chunks.tokens <= size).all()
    assert chunks.tokens.tolist() == [count_tokens(text) for text in chunks.texts]
    assert chunks.embedded_tokens == sum(count_tokens(text) for text in chunks.texts)


@unhurried
@given(st.text(max_size=300), st.integers(4, 30))
def test_without_overlap_the_chunks_are_the_text_and_nothing_else(text, size):
    assume(without_blanks(text))
    chunks = chunk_documents(documents(text), size, 0, count_tokens)
    assert without_blanks("".join(chunks.texts)) == without_blanks(text)
    assert (chunks.tokens <= size).all()


@unhurried
@given(st.lists(st.sampled_from([" ", "\n", "\n\n", ". ", "! "]), max_size=200), sizes_and_overlaps)
def test_overlapping_chunks_cover_the_text_and_share_no_more_than_asked(gaps, size_and_overlap):
    size, overlap = size_and_overlap
    text = "".join(f"{number}{gap}" for number, gap in enumerate(gaps))
    chunks = chunk_documents(documents(text), size, overlap, words_in)
    numbers = [[int(word.strip(".!")) for word in chunk.split()] for chunk in chunks.texts]
    covered = 0
    for chunk in numbers:
        assert chunk == list(range(chunk[0], chunk[-1] + 1))
        assert covered - overlap <= chunk[0] <= covered
        assert chunk[-1] >= covered
        covered = chunk[-1] + 1
    assert covered == len(gaps)


@unhurried
@given(st.lists(prose, max_size=4), sizes_and_overlaps)
def test_documents_are_cut_one_by_one(texts, size_and_overlap):
    together = chunk_documents(documents(*texts), *size_and_overlap, words_in)
    alone = [chunk_documents(documents(text), *size_and_overlap, words_in) for text in texts]
    assert together.texts == tuple(text for chunks in alone for text in chunks.texts)
    assert together.document_index.tolist() == [
        position for position, chunks in enumerate(alone) for _ in chunks.texts
    ]


def test_an_overlap_gives_way_when_a_text_has_more_tokens_than_its_words_apart():
    def words_and_gaps(text: str) -> int:
        return 2 * len(text.split()) - 1  # "a b" is 3, "a" and "b" apart are 2

    chunks = chunk_documents(documents(" ".join(f"w{i}" for i in range(200))), 20, 8, words_and_gaps)
    # blocks of 6 words (11 tokens of 12); 4 words more make 19 tokens, 8 more would make 27
    assert chunks.texts[0].split() == [f"w{i}" for i in range(10)]
    assert (chunks.tokens <= 20).all()


def test_blank_documents_give_no_chunk_and_are_named():
    chunks = chunk_documents(documents("", "one word", " \n\t "), 10, 2, count_tokens)
    assert chunks.texts == ("one word",)
    assert chunks.document_index.tolist() == [1]
    assert chunks.empty_documents == (0, 2)


def test_no_documents_give_no_chunks():
    chunks = chunk_documents([], 10, 2, count_tokens)
    assert (len(chunks), chunks.embedded_tokens, chunks.empty_documents) == (0, 0, ())


def test_paragraphs_stay_whole_when_they_fit():
    text = "First paragraph, five words.\n\nSecond one has six words here."
    assert chunk_documents(documents(text), 6, 0, words_in).texts == tuple(text.split("\n\n"))


def test_an_overlap_ends_with_a_sentence_when_one_ends_near():
    text = "a b c d e f g h\n\nOne two three. Four five six seven eight"
    first = chunk_documents(documents(text), 12, 4, words_in).texts[0]
    assert first == "a b c d e f g h\n\nOne two three."  # 3 of the 4 words of room: "Four" is left out


def test_a_character_with_more_tokens_than_a_chunk_still_ends():
    chunks = chunk_documents(documents("😵‍💫" * 20), 1, 0, count_tokens)
    assert "".join(chunks.texts) == "😵‍💫" * 20


def test_nothing_of_a_document_stays_in_memory_the_process_shares():
    chunk_documents(documents("private words " * 200), 20, 5, count_tokens)
    assert not semchunk.semchunk._memoized_token_counters


def test_chunk_arrays_cannot_be_changed_by_a_reader():
    chunks = chunk_documents(documents("some words"), 10, 0, count_tokens)
    with pytest.raises(ValueError, match="read-only"):
        chunks.tokens[0] = 0


def test_a_long_text_is_not_counted_over_and_over():
    asked = []
    text = " ".join(f"word{i}." for i in range(20_000))

    def count(part: str) -> int:
        asked.append(len(part))
        return words_in(part)

    chunk_documents(documents(text), 200, 20, count)
    assert sum(asked) < 12 * len(text)


HOSTILE = {
    "one letter": "a" * 1_000_000,
    "no blanks": "".join(random.Random(1).choices("ABCdefghij0123456789+/", k=1_000_000)),
    "blanks only inside": "a" + " " * 1_000_000 + "b",
    "runs of every length": "".join("a" + "\n" * run for run in range(1, 1_400)),
    "blanks of every kind": "".join(
        "word" + "".join(random.Random(seed).choices("\r\n\t ", k=11)) for seed in range(30_000)
    ),
    "brackets": "(" * 300_000 + ")" * 300_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_megabyte_of_anything_is_cut_in_seconds(kind):
    started = time.perf_counter()
    chunks = chunk_documents(documents(HOSTILE[kind]), 512, 64, count_tokens)
    assert time.perf_counter() - started < 10
    assert 0 < chunks.tokens.max() <= 512
    assert set(without_blanks("".join(chunks.texts))) == set(without_blanks(HOSTILE[kind]))


@settings(max_examples=25, deadline=None)
@given(st.integers(101, 130), st.sampled_from([" ", "\n", "\r\n", "\t"]))
def test_tables_laid_out_with_blanks_keep_every_word(columns, blank):
    text = "".join(f"cell{width}{blank * width}" for width in range(1, columns))
    chunks = chunk_documents(documents(text), 20, 0, count_tokens)
    assert without_blanks("".join(chunks.texts)) == without_blanks(text)
    assert np.all(chunks.tokens <= 20)
