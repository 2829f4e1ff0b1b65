"""Values against fixed anchors, weighted sums, TOPSIS and the Pareto front: laws and edge cases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from crossover.criteria import (
    ANCHORS,
    CRITERIA,
    Anchor,
    InvalidCriteria,
    Scale,
    cost_anchor,
    dominators,
    latency_anchor,
    methods_disagree,
    normalised_weights,
    pareto_front,
    ranking,
    ranks,
    relative_values,
    score_parts,
    topsis,
    values,
    weighted_sum,
)

ALTERNATIVES, COLUMNS = 5, 3
quantities = arrays(float, (ALTERNATIVES, COLUMNS), elements=st.floats(0, 1e6, width=32))
unit_values = arrays(float, (ALTERNATIVES, COLUMNS), elements=st.floats(0, 1))
weights = arrays(float, COLUMNS, elements=st.floats(0, 1e3)).filter(lambda each: each.sum() > 1e-3)
directions = st.lists(st.sampled_from([1, -1]), min_size=COLUMNS, max_size=COLUMNS)


@given(quantities)
def test_a_value_lies_between_zero_and_one(matrix):
    anchors = [Anchor(1e5, 10.0), Anchor(1e5, 10.0, Scale.LOG), Anchor(120.0, 0.0, Scale.LOG1P)]
    found = values(matrix, anchors)
    assert ((found >= 0) & (found <= 1)).all()


@pytest.mark.parametrize("scale", Scale)
def test_the_anchors_are_worth_nothing_and_everything_on_every_scale(scale):
    assert Anchor(200.0, 2.0, scale).value([200.0, 2.0, 1_000.0, 1.0]) == pytest.approx([0, 1, 0, 1])


def test_on_a_log_scale_equal_factors_are_worth_the_same():
    """From 20,000 (0) to 2,000 (1) is a factor of ten: the square root of it is worth a half."""
    assert Anchor(20_000, 2_000, Scale.LOG).value(20_000 / np.sqrt(10)) == pytest.approx(0.5)


def test_days_are_judged_by_factors_yet_zero_days_have_a_value():
    """ln(121/11) / ln(121) of the way from 120 days to none lies 10 days."""
    assert ANCHORS["freshness"].value([0.0, 10.0]) == pytest.approx([1, np.log(11) / np.log(121)])


def test_unknown_stays_unknown():
    assert np.isnan(Anchor(10.0, 0.0).value([np.nan, 5.0])).tolist() == [True, False]


@pytest.mark.parametrize(
    ("worst", "best", "scale", "message"),
    [
        (3.0, 3.0, Scale.LINEAR, "must differ; both are 3"),
        (0.0, 3.0, Scale.LOG, "log scale needs larger values than 0"),
        (-1.0, 3.0, Scale.LOG1P, "log1p scale needs larger values than -1"),
        (float("nan"), 3.0, Scale.LINEAR, "finite"),
    ],
)
def test_anchors_nothing_can_be_judged_by_are_refused(worst, best, scale, message):
    """MODEL.md E30."""
    with pytest.raises(InvalidCriteria, match=message):
        Anchor(worst, best, scale)


def test_default_anchors_name_existing_criteria():
    assert set(ANCHORS) < {criterion.id for criterion in CRITERIA}
    assert cost_anchor(4_000.0).value([4_000.0, 40_000.0]) == pytest.approx([1, 0])
    assert latency_anchor(5.0).value([10.0, 1.0, 5.5]) == pytest.approx([0, 1, 0.5])


@given(unit_values, weights)
def test_a_weighted_sum_lies_between_zero_and_one_and_is_the_sum_of_its_pieces(matrix, given_weights):
    scores = weighted_sum(matrix, given_weights)
    assert ((scores >= -1e-12) & (scores <= 1 + 1e-12)).all()
    assert score_parts(matrix, given_weights).sum(axis=1) == pytest.approx(scores)


@given(unit_values, weights, st.floats(1e-3, 1e3))
def test_only_the_ratios_of_weights_count(matrix, given_weights, scale):
    assert weighted_sum(matrix, given_weights * scale) == pytest.approx(weighted_sum(matrix, given_weights))


@given(quantities, weights)
def test_dropping_an_alternative_changes_no_other_score(matrix, given_weights):
    anchors = [Anchor(1e6, 1.0, Scale.LOG), Anchor(0.0, 1e6), Anchor(1e5, 0.0, Scale.LOG1P)]
    whole, without = weighted_sum(values(matrix, anchors), given_weights), values(matrix[:-1], anchors)
    assert (weighted_sum(without, given_weights) == whole[:-1]).all()


@given(quantities, directions, weights)
def test_a_dominated_alternative_is_never_strictly_first(matrix, signs, given_weights):
    dominated = [index for index, by in enumerate(dominators(matrix, signs)) if by is not None]
    for scores in (
        weighted_sum(relative_values(matrix, signs), given_weights),
        topsis(matrix, signs, given_weights),
    ):
        best = np.flatnonzero(scores > np.delete(scores, np.argmax(scores)).max() + 1e-9)
        assert not set(best.tolist()) & set(dominated)


@given(quantities, directions)
def test_somebody_is_always_on_the_front_and_dominators_stand_on_it(matrix, signs):
    front, by = pareto_front(matrix, signs), dominators(matrix, signs)
    assert front
    assert {index for index in by if index is not None} <= set(front)


@given(quantities, directions, weights, st.permutations(range(ALTERNATIVES)))
def test_the_order_of_the_alternatives_does_not_matter(matrix, signs, given_weights, order):
    shuffled = topsis(matrix[list(order)], signs, given_weights)
    assert shuffled == pytest.approx(topsis(matrix, signs, given_weights)[list(order)], abs=1e-9)


def test_a_dominated_strategy_names_the_one_that_beats_it():
    """Cheaper and faster beats dearer and slower; the cheap slow one and the dear fast one both stand."""
    matrix = [[100, 2], [150, 3], [50, 9], [100, 2]]
    assert dominators(matrix, [-1, -1]) == (None, 0, None, None)


def test_one_criterion_alone_gives_the_plain_order():
    """MODEL.md E29."""
    found = weighted_sum(relative_values([[3.0], [1.0], [2.0]], [-1]), [5.0])
    assert ranks(found) == (3, 1, 2)


def test_alternatives_that_are_all_equal_tie_under_both_methods():
    """MODEL.md E29."""
    matrix = [[4.0, 2.0]] * 3
    assert ranks(weighted_sum(relative_values(matrix, [-1, 1]), [1, 1])) == (1, 1, 1)
    assert ranks(topsis(matrix, [-1, 1], [1, 1])) == (1, 1, 1)


def test_a_column_of_zeros_decides_nothing():
    found = topsis([[0.0, 1.0], [0.0, 2.0]], [-1, 1], [0.9, 0.1])
    assert found == pytest.approx([0, 1])


@pytest.mark.parametrize(
    ("given_weights", "message"),
    [
        ([0, 0], "All weights are 0"),
        ([1, -1], "at least 0"),
        ([float("nan"), 1], "at least 0"),
        ([], "at least 0"),
    ],
)
def test_weights_nobody_can_use_are_refused(given_weights, message):
    """MODEL.md E29."""
    with pytest.raises(InvalidCriteria, match=message):
        normalised_weights(given_weights)


def test_a_missing_weight_or_anchor_is_refused_and_not_guessed():
    with pytest.raises(InvalidCriteria, match="1 weights"):
        weighted_sum([[0.1, 0.2]], [1.0])
    with pytest.raises(InvalidCriteria, match="2 criteria but 1 anchors"):
        values([[0.1, 0.2]], [Anchor(0, 1)])
    with pytest.raises(InvalidCriteria, match="at least one strategy"):
        values(np.zeros((0, 2)), [Anchor(0, 1)] * 2)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_the_highest_score_has_rank_one_and_equal_scores_equal_ranks(scores):
    found = ranks(scores)
    assert found[int(np.argmax(scores))] == 1
    assert all(found[i] == found[j] for i, a in enumerate(scores) for j, b in enumerate(scores) if a == b)


def test_a_gated_strategy_comes_last_whatever_its_score():
    assert ranking([0.9, 0.5, 0.5], ("tuning", "tools", "rag"), frozenset({"tuning"})) == (
        "rag",
        "tools",
        "tuning",
    )


def test_methods_disagree_only_when_they_share_no_winner():
    assert methods_disagree([0.9, 0.1], [0.2, 0.8])
    assert not methods_disagree([0.5, 0.5], [0.2, 0.8])


@given(unit_values, weights)
def test_better_on_one_criterion_never_lowers_the_score(matrix, given_weights):
    assume(matrix[0, 0] < 1)
    raised = matrix.copy()
    raised[0, 0] = 1.0
    assert weighted_sum(raised, given_weights)[0] >= weighted_sum(matrix, given_weights)[0]
