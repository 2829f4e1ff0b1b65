"""Intervals of counted shares and the paired test, against scipy and by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from crossover.cost import InvalidCostInput
from crossover.evidence.intervals import (
    ShareInterval,
    mcnemar_p_value,
    mean_interval,
    two_sided_z,
    wilson_interval,
    zero_failures_upper_share,
)

trials = st.integers(1, 100_000)
confidences = st.floats(0.5, 0.999)
counts = trials.flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


class TestWilson:
    @given(counts, confidences)
    def test_agrees_with_scipy(self, count: tuple[int, int], confidence: float) -> None:
        theirs = binomtest(*count).proportion_ci(confidence, method="wilson")
        ours = wilson_interval(*count, confidence)
        assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), rel=1e-9, abs=1e-12)

    @given(counts, confidences)
    def test_lies_within_0_and_1_and_contains_the_share(
        self, count: tuple[int, int], confidence: float
    ) -> None:
        interval = wilson_interval(*count, confidence)
        assert 0 <= interval.low <= count[0] / count[1] <= interval.high <= 1

    @given(counts, confidences)
    def test_of_failures_is_that_of_successes_mirrored(
        self, count: tuple[int, int], confidence: float
    ) -> None:
        successes, n = count
        ours, mirrored = (
            wilson_interval(successes, n, confidence),
            wilson_interval(n - successes, n, confidence),
        )
        assert (ours.low, ours.high) == pytest.approx((1 - mirrored.high, 1 - mirrored.low), abs=1e-12)

    @given(counts, confidences)
    def test_is_wider_with_more_confidence_and_narrower_with_more_trials(
        self, count: tuple[int, int], confidence: float
    ) -> None:
        successes, n = count
        assert width(wilson_interval(successes, n, confidence)) <= width(
            wilson_interval(successes, n, 0.9995)
        )
        assert width(wilson_interval(2 * successes, 2 * n)) < width(wilson_interval(successes, n))

    @pytest.mark.parametrize(("successes", "n"), [(0, 0), (5, 4), (-1, 4)])
    def test_needs_trials_and_no_more_successes_than_those(self, successes: int, n: int) -> None:
        with pytest.raises(InvalidCostInput, match=r"trials|successes"):
            wilson_interval(successes, n)

    @pytest.mark.parametrize("confidence", [0.0, 1.0, math.nan])
    def test_has_a_confidence_between_0_and_1(self, confidence: float) -> None:
        with pytest.raises(InvalidCostInput, match="confidence_share"):
            wilson_interval(1, 2, confidence)


def width(interval: ShareInterval) -> float:
    return interval.high - interval.low


def test_1_96_standard_errors_hold_95_percent() -> None:
    assert two_sided_z(0.95) == pytest.approx(1.959964, abs=1e-6)


class TestWithoutFailures:
    @given(trials, confidences)
    def test_the_bound_is_where_no_failure_becomes_that_unlikely(self, n: int, confidence: float) -> None:
        bound = zero_failures_upper_share(n, confidence)
        assert binom.pmf(0, n, bound) == pytest.approx(1 - confidence)

    @given(st.integers(1, 10_000))
    def test_the_bound_is_that_of_clopper_and_pearson_one_sided(self, n: int) -> None:
        theirs = binomtest(0, n, alternative="less").proportion_ci(0.95, method="exact")
        assert zero_failures_upper_share(n) == pytest.approx(theirs.high)

    def test_the_rule_of_three_is_near(self) -> None:
        # 3 / n, as statisticians remember it
        assert zero_failures_upper_share(1000) == pytest.approx(3 / 1000, rel=0.01)

    def test_without_trials_there_is_no_bound(self) -> None:
        with pytest.raises(InvalidCostInput, match="trials"):
            zero_failures_upper_share(0)


class TestMcNemar:
    def test_is_the_chance_of_so_uneven_tosses_of_a_coin(self) -> None:
        # 5 or fewer of 20 heads, and as many tails: 2 (1 + 20 + 190 + 1140 + 4845 + 15504) / 2^20
        assert mcnemar_p_value(15, 5) == pytest.approx(2 * 21_700 / 2**20)

    @given(st.integers(0, 500), st.integers(0, 500))
    def test_doubles_the_smaller_tail_and_does_not_ask_which_came_first(
        self, first: int, second: int
    ) -> None:
        found = mcnemar_p_value(first, second)
        assert found == mcnemar_p_value(second, first)
        assert found == pytest.approx(min(1.0, 2 * binom.cdf(min(first, second), first + second, 0.5)))

    def test_strategies_that_never_differ_say_nothing(self) -> None:
        assert mcnemar_p_value(0, 0) == 1

    def test_a_count_cannot_be_negative(self) -> None:
        with pytest.raises(InvalidCostInput, match="only_second"):
            mcnemar_p_value(1, -1)


SHARES = st.lists(st.sampled_from([0.0, 0.1, 0.25, 1 / 3, 0.5, 1.0]), min_size=1, max_size=40).map(np.array)


class TestMean:
    def test_by_hand(self) -> None:
        """1, 1/2, 0 and with one 0 and one 1 more: mean 2.5 / 5, variance 2.25 / 5 - 0.25 = 0.2."""
        interval = mean_interval(np.array([1.0, 0.5, 0.0]))
        half = two_sided_z(0.95) * math.sqrt(0.2 / 5)
        assert (interval.low, interval.high) == pytest.approx((0.5 - half, 0.5 + half))

    @given(counts.filter(lambda count: count[1] <= 1_000))
    def test_of_zeros_and_ones_is_wilsons(self, count: tuple[int, int]) -> None:
        successes, n = count
        assert mean_interval(np.repeat([1.0, 0.0], [successes, n - successes])) == wilson_interval(*count)

    @given(SHARES)
    def test_contains_the_mean_and_stays_within_0_and_1(self, shares: np.ndarray) -> None:
        interval = mean_interval(shares)
        assert 0 <= interval.low <= shares.mean() + 1e-12
        assert shares.mean() - 1e-12 <= interval.high <= 1

    @given(SHARES)
    def test_is_narrower_with_more_of_the_same_and_wide_for_few_that_agree(self, shares: np.ndarray) -> None:
        assert width(mean_interval(np.tile(shares, 4))) < width(mean_interval(shares)) + 1e-12
        assert width(mean_interval(np.full(2, 0.5))) > 0.4

    def test_agrees_with_the_bootstrap_where_there_are_many(self) -> None:
        random = np.random.default_rng(5)
        ranks = 1 / random.integers(1, 12, 800)
        means = random.choice(ranks, (4_000, 800)).mean(axis=1)
        interval = mean_interval(ranks)
        assert (interval.low, interval.high) == pytest.approx(np.quantile(means, [0.025, 0.975]), abs=0.004)

    @pytest.mark.parametrize("n", [8, 30, 200])
    def test_covers_the_true_mean_in_about_19_of_20_samples(self, n: int) -> None:
        """Reciprocal ranks: 1 in 0.6 of the cases, 1/2 in 0.2, 0 in 0.2; the mean is 0.7."""
        random = np.random.default_rng(11)
        drawn = random.choice([1.0, 0.5, 0.0], (2_000, n), p=[0.6, 0.2, 0.2])
        found = [mean_interval(sample) for sample in drawn]
        covered = np.mean([interval.low <= 0.7 <= interval.high for interval in found])
        assert 0.93 <= covered <= 0.985
