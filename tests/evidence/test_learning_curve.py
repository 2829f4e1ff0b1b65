"""The power law of the error: found again where it was planted, and read no further than it holds."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import linregress

from crossover.cost import InvalidCostInput
from crossover.evidence.learning_curve import LearningCurve, fit_learning_curve

SIZES = [20, 40, 60, 80, 100]
PLANTED = LearningCurve(0.9, 0.25, 400)


def accuracies(curve: LearningCurve, sizes: list[int]) -> list[float]:
    return [1 - curve.error_at_one_share / n**curve.decay_exponent for n in sizes]


@given(st.floats(0.2, 1.0), st.floats(0.05, 1.0), st.lists(st.integers(2, 10_000), min_size=2, unique=True))
def test_a_planted_law_is_found_again(at_one: float, decay: float, sizes: list[int]) -> None:
    planted = LearningCurve(at_one, decay, max(sizes))
    found = fit_learning_curve(sizes, accuracies(planted, sizes))
    assert found is not None
    assert found.error_at_one_share == pytest.approx(at_one, rel=1e-6)
    assert found.decay_exponent == pytest.approx(decay, rel=1e-6)
    assert found.measured_rows == max(sizes)


@given(st.lists(st.floats(0.1, 0.99), min_size=5, max_size=5))
def test_noisy_points_are_fitted_as_scipy_does(measured: list[float]) -> None:
    found = fit_learning_curve(SIZES, measured)
    line = linregress(np.log(SIZES), np.log(1 - np.array(measured)))
    assert found is not None
    assert found.decay_exponent == pytest.approx(-line.slope, rel=1e-9, abs=1e-9)
    assert math.log(found.error_at_one_share) == pytest.approx(line.intercept, rel=1e-9, abs=1e-9)


@given(st.integers(1, 800))
def test_rows_needed_and_accuracy_undo_each_other(rows: int) -> None:
    accuracy = PLANTED.accuracy_share_at(rows)
    assert accuracy is not None
    assert PLANTED.rows_needed(accuracy) == pytest.approx(rows)


def test_it_is_read_up_to_twice_the_largest_size_and_no_further() -> None:
    assert PLANTED.reach_rows == 800
    assert PLANTED.accuracy_share_at(800) is not None
    assert PLANTED.accuracy_share_at(801) is None
    # 0.9 / n^0.25 = 0.1 at n = 9^4 = 6,561: more than 800
    assert PLANTED.rows_needed(0.9) is None
    assert PLANTED.rows_on_the_curve(0.9) == pytest.approx(6561)


@pytest.mark.parametrize("decay", [0.0, -0.1])
def test_a_curve_that_does_not_rise_never_gets_there(decay: float) -> None:
    flat = LearningCurve(0.4, decay, 100)
    assert flat.rows_on_the_curve(0.9) is None
    assert flat.rows_needed(0.9) is None


def test_a_nearly_flat_curve_gets_there_beyond_any_number() -> None:
    flat = LearningCurve(0.4, 1e-9, 100)
    assert flat.rows_on_the_curve(0.9) == math.inf
    assert flat.rows_needed(0.9) is None


def test_an_error_above_1_is_an_accuracy_of_0() -> None:
    assert LearningCurve(1.5, 0.3, 100).accuracy_share_at(1) == 0


def test_what_is_perfect_or_measured_once_is_not_extrapolated() -> None:
    assert fit_learning_curve([10, 20], [0.9, 1.0]) is None
    assert fit_learning_curve([10, 10], [0.8, 0.9]) is None
    assert fit_learning_curve([10], [0.8]) is None
    assert fit_learning_curve([], []) is None


@pytest.mark.parametrize(
    ("sizes", "measured", "field"),
    [
        ([0, 10], [0.5, 0.6], "rows"),
        ([10, 20], [0.5, 1.2], "accuracy_shares"),
        ([10, 20], [0.5], "accuracy_shares"),
    ],
)
def test_impossible_points_are_named(sizes: list[int], measured: list[float], field: str) -> None:
    with pytest.raises(InvalidCostInput, match=field):
        fit_learning_curve(sizes, measured)


def test_perfection_is_never_reached() -> None:
    with pytest.raises(InvalidCostInput, match="accuracy_share"):
        PLANTED.rows_needed(1.0)
