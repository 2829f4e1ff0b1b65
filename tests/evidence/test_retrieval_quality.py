"""Hit, recall and MRR by hand (W27), the choice of k, and chance as its mean over many draws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from crossover.evidence.answerability import answerability
from crossover.evidence.relevance import Relevance, relevance
from crossover.evidence.retrieval_quality import Against, recommended_chunks, retrieval_quality

GRIDS = st.integers(1, 12).flatmap(
    lambda n: st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=n, max_size=n)
)


def found_at(*ranks: int | None, relevant: int = 1, items: int = 50) -> Relevance:
    """One question per rank, found there (1 is best) or nowhere."""
    found = np.zeros((len(ranks), 20), np.bool_)
    for row, rank in enumerate(ranks):
        if rank is not None:
            found[row, rank - 1] = True
    return Relevance(found, np.full(len(ranks), relevant), items)


def test_w27_four_questions_by_hand():
    # ranked d1 d7 d3 / d4 d2 d9 / d5 d6 d8 / d2 d1 d4; gold d1 / d9 / d1 / d1 and d4
    ranked = np.array([[1, 7, 3], [4, 2, 9], [5, 6, 8], [2, 1, 4]])
    gold = sparse.csr_matrix((np.ones(5, np.bool_), ([0, 1, 2, 3, 3], [1, 9, 1, 1, 4])), (4, 10))
    quality = retrieval_quality(relevance(ranked, gold), Against.DOCUMENTS)
    assert quality is not None and quality.n == 4
    assert (quality.hit(1).share, quality.recall(1), quality.reciprocal_rank(1)) == (0.25, 0.25, 0.25)
    assert (quality.hit(3).share, quality.recall(3)) == (0.75, 0.75)
    assert quality.reciprocal_rank(3) == pytest.approx((1 + 1 / 3 + 0 + 1 / 2) / 4)
    interval = quality.hit(3).interval
    assert interval is not None and interval.low == pytest.approx(0.300642, abs=1e-6)


def test_a_document_found_by_two_chunks_is_found_once():
    ranked = np.array([[3, 3, 3, 8]])
    gold = sparse.csr_matrix(np.array([[i in (3, 8) for i in range(10)]]))
    quality = retrieval_quality(relevance(ranked, gold), Against.DOCUMENTS)
    assert quality is not None
    assert [quality.recall(k) for k in (1, 2, 3, 4)] == [0.5, 0.5, 0.5, 1.0]


def test_questions_without_anything_to_find_are_left_out_and_counted():
    found = Relevance(np.zeros((3, 20), np.bool_), np.array([0, 1, 0]), 9)
    quality = retrieval_quality(found, Against.CHUNKS)
    assert quality is not None and (quality.n, quality.left_out, quality.hit(20).share) == (1, 2, 0.0)
    assert retrieval_quality(found.of(found.relevant == 0), Against.CHUNKS) is None


@pytest.mark.parametrize(
    ("ranks", "k"),
    [
        ([1] * 90 + [2] * 8 + [9] * 2, 2),  # 98 of 100 within two points of 100
        ([1] * 90 + [2] * 7 + [9] * 3, 9),  # 97 of 100 is not
        ([1] * 10, 1),
        ([1] * 18 + [20] + [None], 1),  # 18 of 20; 19 at k = 20 is one question more: 5 points, but one
        ([3] * 5 + [None] * 5, 3),
    ],
)
def test_k_is_the_smallest_within_two_points_or_one_question_of_the_best(ranks, k):
    quality = retrieval_quality(found_at(*ranks), Against.CHUNKS)
    assert quality is not None
    best = recommended_chunks(quality)
    assert best.k == k and str(k) in best.reason


@given(GRIDS)
def test_curves_never_fall_and_stay_below_the_hits(grid):
    marks = np.array(grid, np.bool_)
    found = Relevance(marks, np.maximum(marks.sum(axis=1), 1), 10)
    quality = retrieval_quality(found, Against.CHUNKS)
    assert quality is not None
    hits = [count / quality.n for count in quality.hit_counts]
    for curve in (hits, quality.recall_shares, quality.mrr):
        assert all(np.diff(curve) >= -1e-12)
    assert all(np.array(quality.mrr) <= np.array(hits) + 1e-12)
    assert all(np.array(quality.recall_shares) <= np.array(hits) + 1e-12)


def test_recall_and_mrr_carry_an_interval_and_recall_of_one_item_that_of_the_hits():
    """Ranks 1, 2, 2 and none: recall is 0 or 1, so it is Wilson's; reciprocal ranks 1, 1/2, 1/2, 0."""
    quality = retrieval_quality(found_at(1, 2, 2, None), Against.DOCUMENTS)
    figures = {figure.name: figure for figure in quality.figures("q.csv")}
    assert figures["recall@10"].ci == figures["hit@10"].ci
    low, high = figures["MRR@10"].ci
    assert low < quality.reciprocal_rank(10) == 0.5 < high
    assert figures["MRR@10"].ci != figures["hit@10"].ci


def test_chance_is_what_random_chunks_hold_on_average():
    holding, chunks, k = [0, 1, 7, 30], 30, 3
    found = Relevance(np.zeros((4, 20), np.bool_), np.array(holding), chunks)
    expected = answerability(found)
    assert expected is not None
    random = np.random.default_rng(7)
    drawn = np.array([random.permutation(chunks)[:k] for _ in range(20_000)])
    simulated = np.mean([(drawn < count).any(axis=1).mean() for count in holding])
    # the standard error of the simulated mean is below 0.002
    assert expected.at_random(k) == pytest.approx(simulated, abs=0.008)


def test_chance_with_fewer_chunks_than_k_takes_them_all():
    found = Relevance(np.zeros((2, 20), np.bool_), np.array([1, 0]), 2)
    answers = answerability(found)
    assert answers is not None
    assert [answers.at_random(k) for k in (1, 2, 20)] == [0.25, 0.5, 0.5]  # one of two answers is there


def test_answers_in_the_corpus_and_in_the_best_k():
    answers = answerability(found_at(1, 4, None))
    assert answers is not None
    assert (answers.in_corpus.share, answers.within(3).share) == (1.0, pytest.approx(1 / 3))
    assert answers.within(4).successes == 2
