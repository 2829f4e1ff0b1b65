"""How far a ranking hangs on its weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from crossover.criteria import (
    InvalidCriteria,
    RankInterval,
    TieWeight,
    exact_first_place_shares,
    first_place_shares,
    rank_intervals,
    tie_sentence,
    tie_weight,
    weighted_sum,
)

row = arrays(float, 4, elements=st.floats(0, 1))
positive = arrays(float, 4, elements=st.floats(0.01, 1))
triples = st.integers(1, 5).flatmap(
    lambda n: arrays(float, (n, 3), elements=st.floats(0, 1).map(lambda x: round(x, 3)))
)


def reweighted(weights, criterion, weight):
    """The weights with one of them set, the others scaled to what is left."""
    rest = np.delete(weights, criterion)
    return np.insert(rest / rest.sum() * (1 - weight), criterion, weight)


@given(row, row, positive, st.integers(0, 3))
def test_at_the_tie_weight_both_score_the_same(one, other, weights, criterion):
    found = tie_weight(one, other, weights, criterion)
    if found is not None:
        scores = weighted_sum(np.stack([one, other]), reweighted(weights, criterion, found))
        assert scores[0] == pytest.approx(scores[1], abs=1e-6)


@given(row, row, positive, st.integers(0, 3))
def test_without_a_tie_weight_the_same_one_leads_at_either_end(one, other, weights, criterion):
    if tie_weight(one, other, weights, criterion) is None:
        ends = [
            weighted_sum(np.stack([one, other]), reweighted(weights, criterion, end)) for end in (0.0, 1.0)
        ]
        leads = [scores[0] - scores[1] for scores in ends]
        assert leads[0] * leads[1] >= -1e-9


def test_equal_alternatives_have_no_tie_weight_of_their_own():
    assert tie_weight([0.5, 0.5], [0.5, 0.5], [1, 1], 0) is None


def test_a_criterion_that_has_all_the_weight_leaves_none_to_shift():
    assert tie_weight([0.9, 0.1], [0.1, 0.9], [1, 0], 0) is None


def test_a_hand_worked_tie():
    """Leads of 0.4 and -0.2: w * 0.4 = (1 - w) * 0.2 at w = 1/3."""
    assert tie_weight([0.9, 0.3], [0.5, 0.5], [0.7, 0.3], 0) == pytest.approx(1 / 3)


@given(triples)
def test_exact_shares_add_up_to_one(matrix):
    shares = exact_first_place_shares(matrix)
    assert shares.sum() == pytest.approx(1)
    assert (shares >= 0).all()


@pytest.mark.parametrize("seed", range(5))
def test_random_weights_agree_with_exact_areas_within_four_standard_errors(seed):
    matrix = np.random.default_rng(seed).random((4, 3))
    exact, draws = exact_first_place_shares(matrix), 20_000
    found = first_place_shares(matrix, seed=seed, draws=draws)
    assert (np.abs(found - exact) <= 4 * np.sqrt(exact * (1 - exact) / draws) + 1e-12).all()


def test_three_specialists_share_the_triangle_evenly():
    assert exact_first_place_shares(np.eye(3)) == pytest.approx([1 / 3] * 3)


def test_twins_share_one_area():
    """First and last are the same, and best wherever the first weight is the largest of three."""
    assert exact_first_place_shares([*np.eye(3), [1, 0, 0]]) == pytest.approx([1 / 6, 1 / 3, 1 / 3, 1 / 6])


def test_exact_areas_need_three_criteria():
    with pytest.raises(InvalidCriteria, match="exactly three"):
        exact_first_place_shares([[0.1, 0.2]])


def test_equal_seeds_give_equal_shares():
    matrix = np.random.default_rng(1).random((5, 6))
    assert (first_place_shares(matrix, seed=3) == first_place_shares(matrix, seed=3)).all()


def test_weights_near_the_persons_own_favour_the_persons_winner():
    matrix = [[1.0, 0.0], [0.0, 1.0]]
    anywhere, nearby = (
        first_place_shares(matrix, seed=1),
        first_place_shares(matrix, seed=1, weights=[0.7, 0.3]),
    )
    assert anywhere[0] == pytest.approx(0.5, abs=0.02)
    assert nearby[0] > 0.9


def test_a_criterion_without_weight_stays_without():
    """The second would win on the last criterion, which counts for nothing in any draw."""
    matrix = [[0.6, 0.6, 0.0], [0.5, 0.5, 1.0]]
    assert first_place_shares(matrix, seed=2, weights=[1, 1, 0]) == pytest.approx([1, 0])


def test_an_unknown_value_widens_the_places_and_a_known_one_does_not():
    """Known scores 0.8 and 0.2; the third is (0.9 + ?)/2: between 0.45 and 0.95."""
    matrix = [[0.8, 0.8], [0.2, 0.2], [0.9, np.nan]]
    assert rank_intervals(matrix, [1, 1]) == (RankInterval(1, 2), RankInterval(3, 3), RankInterval(1, 2))


@pytest.mark.parametrize(
    ("weight", "sentence"),
    [
        (0.28, "RAG overtakes prompt engineering if cost weighs less than 28 % (now 40 %)."),
        (0.55, "RAG overtakes prompt engineering if cost weighs more than 55 % (now 40 %)."),
        (None, "No weight of cost puts RAG ahead of prompt engineering."),
    ],
)
def test_a_tie_weight_reads_as_a_sentence(weight, sentence):
    assert tie_sentence(TieWeight("prompt engineering", "RAG", "cost", 0.4, weight)) == sentence
