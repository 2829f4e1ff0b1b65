import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.retrieval import (
    WRAPPER_TOKENS,
    Chunks,
    Hits,
    build_index,
    chunk_documents,
    context_tokens,
    measured_context,
)
from crossover.samples.types import Document

unhurried = settings(deadline=None)  # other work on the machine must not fail a law


def chunks_with(*tokens: int) -> Chunks:
    return Chunks(
        tuple(f"chunk {position}" for position in range(len(tokens))),
        np.array(tokens, dtype=np.int64),
        np.zeros(len(tokens), dtype=np.int64),
        1,
    )


def hits_on(*chunk_ids: list[int]) -> Hits:
    ids = np.array(chunk_ids, dtype=np.int64)
    return Hits(ids, np.zeros(ids.shape, dtype=np.float32))


def test_context_worked_by_hand():
    # chunks of 100, 40 and 7 tokens, 8 around each: 7+8, then +100+8, then +40+8
    context = context_tokens(chunks_with(100, 40, 7), hits_on([2, 0, 1], [1, 2, 0]))
    assert context.cumulative.tolist() == [[15, 123, 171], [48, 63, 171]]
    assert context.for_k(2).tolist() == [123, 63]


def test_where_fewer_chunks_exist_the_context_stays_at_what_there_is():
    context = context_tokens(chunks_with(100), hits_on([0, -1, -1]))
    assert context.cumulative.tolist() == [[108, 108, 108]]


def test_no_chunk_sent_is_no_context():
    assert context_tokens(chunks_with(100), hits_on([0], [0])).for_k(0).tolist() == [0, 0]


@pytest.mark.parametrize("k", [-1, 4])
def test_a_k_that_was_not_measured_is_refused(k):
    context = context_tokens(chunks_with(1, 2, 3), hits_on([0, 1, 2]))
    with pytest.raises(ValueError, match="0 to 3"):
        context.for_k(k)


@unhurried
@given(
    st.lists(st.text("abc \n", max_size=80), max_size=6),
    st.lists(st.text("abc ", max_size=20), max_size=4),
    st.integers(1, 12),
)
def test_each_further_chunk_adds_its_wrapper_and_its_tokens(texts, questions, k_max):
    documents = [Document(f"{position}", text) for position, text in enumerate(texts)]
    chunks = chunk_documents(documents, 5, 1, lambda text: len(text.split()))
    context = measured_context(build_index(chunks, None), questions, k_max)
    found = min(k_max, len(chunks))
    added = np.diff(context.cumulative, axis=1, prepend=0)
    assert (added[:, :found] > WRAPPER_TOKENS).all()
    assert (added[:, found:] == 0).all()
    if k_max >= len(chunks):
        everything = chunks.embedded_tokens + WRAPPER_TOKENS * len(chunks)
        assert (context.for_k(k_max) == everything).all()
