"""Numbers of examples: enough by simulation, and no more than enough by the power they are solved for."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import norm

from crossover.cost import InvalidCostInput, rows_for_precision
from crossover.evidence.sample_size import rows_bounding_quantile, rows_paired, rows_per_arm

shares = st.floats(0.02, 0.98)
powers = st.floats(0.5, 0.99)


def power_unpaired(one: float, other: float, n: int) -> float:
    """Chance that the two-sided 95 % test of two proportions sees the gap, by its own definition."""
    pooled, gap = (one + other) / 2, abs(one - other)
    critical = norm.isf(0.025) * np.sqrt(2 * pooled * (1 - pooled) / n)
    return float(norm.sf((critical - gap) / np.sqrt((one * (1 - one) + other * (1 - other)) / n)))


def power_paired(gap: float, discordant: float, n: int) -> float:
    """The same for the McNemar test: the spread under no gap is that of the discordant share alone."""
    critical = norm.isf(0.025) * np.sqrt(discordant / n)
    return float(norm.sf((critical - gap) / np.sqrt((discordant - gap**2) / n)))


class TestUnpaired:
    @given(shares, shares, powers)
    def test_is_the_least_number_with_that_power(self, one: float, other: float, power: float) -> None:
        assume(abs(one - other) > 0.01)
        n = rows_per_arm(one, other, power)
        assert power_unpaired(one, other, n) >= power - 1e-9
        assert power_unpaired(one, other, n - 1) < power + 1e-9 or n == 1

    @given(shares, shares)
    def test_does_not_ask_which_comes_first_and_treats_failures_as_successes(
        self, one: float, other: float
    ) -> None:
        assume(abs(one - other) > 0.01)
        n = rows_per_arm(one, other)
        assert n == rows_per_arm(other, one)
        assert abs(n - rows_per_arm(1 - one, 1 - other)) <= 1

    def test_a_simulated_evaluation_finds_the_gap_in_four_of_five_cases(self) -> None:
        n, evaluations = rows_per_arm(0.70, 0.85), 20_000
        one, other = (np.random.default_rng(7).binomial(n, share, evaluations) / n for share in (0.70, 0.85))
        pooled = (one + other) / 2
        seen = np.abs(one - other) > norm.isf(0.025) * np.sqrt(2 * pooled * (1 - pooled) / n)
        # the normal approximation is good to two points at n = 121
        assert seen.mean() == pytest.approx(0.80, abs=0.02)

    def test_equals_cannot_be_told_apart(self) -> None:
        with pytest.raises(InvalidCostInput, match="no number tells equals apart"):
            rows_per_arm(0.8, 0.8)


class TestPaired:
    @given(st.floats(0.01, 0.5), st.floats(0.01, 1.0), powers)
    def test_is_the_least_number_with_that_power(self, gap: float, discordant: float, power: float) -> None:
        assume(discordant > gap + 1e-6)
        n = rows_paired(gap, discordant, power)
        assert power_paired(gap, discordant, n) >= power - 1e-9
        assert power_paired(gap, discordant, n - 1) < power + 1e-9 if n > 1 else n == 1

    def test_a_simulated_evaluation_finds_the_gap_in_four_of_five_cases(self) -> None:
        gap, discordant = 0.05, 0.25
        n, evaluations = rows_paired(gap, discordant), 20_000
        chances = [(discordant + gap) / 2, (discordant - gap) / 2, 1 - discordant]
        only_first, only_second, _ = np.random.default_rng(7).multinomial(n, chances, evaluations).T
        differing = np.maximum(1, only_first + only_second)
        seen = np.abs(only_first - only_second) / np.sqrt(differing) > norm.isf(0.025)
        # 196 of 783 answers differ: enough for the normal approximation to hold to a point
        assert seen.mean() == pytest.approx(0.80, abs=0.01)

    @given(st.floats(0.01, 0.2), st.floats(0.2, 0.5), st.floats(0.5, 1.0))
    def test_grows_with_the_answers_that_differ(self, gap: float, fewer: float, more: float) -> None:
        assert rows_paired(gap, fewer) <= rows_paired(gap, more)

    def test_the_sign_of_the_gap_does_not_matter(self) -> None:
        assert rows_paired(-0.05, 0.15) == rows_paired(0.05, 0.15)

    @pytest.mark.parametrize(("gap", "discordant"), [(0.2, 0.1), (0.1, 1.1), (0.0, 0.1)])
    def test_the_answers_that_differ_make_up_the_gap(self, gap: float, discordant: float) -> None:
        with pytest.raises(InvalidCostInput, match=r"discordant_share|difference_share"):
            rows_paired(gap, discordant)


class TestQuantile:
    @given(st.floats(0.05, 0.999), st.floats(0.05, 0.999))
    def test_is_the_least_number_whose_largest_row_exceeds_the_quantile_that_surely(
        self, quantile: float, confidence: float
    ) -> None:
        n = rows_bounding_quantile(quantile, confidence)
        assert 1 - quantile**n >= confidence - 1e-9
        assert 1 - quantile ** (n - 1) < confidence + 1e-9

    def test_the_median_of_two_tosses_needs_no_third(self) -> None:
        # 1 - 0.5^2 = 0.75 exactly
        assert rows_bounding_quantile(0.5, 0.75) == 2

    @pytest.mark.parametrize("quantile", [0.0, 1.0])
    def test_the_extremes_are_never_bounded(self, quantile: float) -> None:
        with pytest.raises(InvalidCostInput, match="quantile_share"):
            rows_bounding_quantile(quantile)


def test_a_mean_known_that_closely_has_that_standard_error() -> None:
    # 1.96 x 0.5 / sqrt(n) = 0.05, so that n = (1.96 x 0.5 / 0.05)^2 = 384.1
    assert rows_for_precision(0.5, 0.05) == 385
