"""Chances, regret and bands from totals over draws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from crossover.figure import Figure, Kind, derived
from crossover.uncertainty import (
    SampledTotals,
    cheapest_shares,
    difference,
    expected_regret_usd,
    half_width,
    is_clear,
    kind_shares,
    standing_sentences,
    standings,
)

money = st.floats(0, 1e9)
totals = st.tuples(st.integers(1, 6), st.integers(1, 30)).flatmap(
    lambda shape: arrays(float, shape, elements=money)
)


@given(totals)
def test_the_chances_of_being_cheapest_add_up_to_one(usd):
    assert cheapest_shares(usd).sum() == pytest.approx(1)


@given(totals)
def test_regret_is_never_negative_and_nobody_regrets_what_is_always_cheapest(usd):
    regrets, shares = expected_regret_usd(usd), cheapest_shares(usd)
    assert (regrets >= 0).all()
    assert all(
        regret <= 1e-9 * usd.max() for regret, share in zip(regrets, shares, strict=True) if share == 1
    )


@given(totals, st.floats(0.001, 1000))
def test_money_in_another_currency_changes_no_chance(usd, rate):
    assert cheapest_shares(usd * rate) == pytest.approx(cheapest_shares(usd), abs=1 / usd.shape[1])


def test_equal_totals_share_the_draw():
    """Draw 1: a alone (1); draw 2: a and b (1/2 each); draw 3: all three (1/3 each); draw 4: c."""
    usd = np.array([[1.0, 2, 3, 9], [2, 2, 3, 9], [5, 5, 3, 1]])
    assert cheapest_shares(usd) == pytest.approx(np.array([1 + 1 / 2 + 1 / 3, 1 / 2 + 1 / 3, 1 / 3 + 1]) / 4)


def test_identical_strategies_are_equally_likely_the_cheapest():
    """MODEL.md E16."""
    draws = np.random.default_rng(1).random(2_000)
    found = standings(SampledTotals(("a", "b"), np.stack([draws, draws])))
    assert [(each.cheapest_share, each.regret_usd) for each in found] == [(0.5, 0.0), (0.5, 0.0)]
    assert [each.strategy for each in found] == ["a", "b"]


def test_regret_is_the_mean_distance_to_the_best_in_hindsight():
    """a: 0, 2, 0 above the lowest; b: 3, 0, 1."""
    usd = np.array([[1.0, 4, 2], [4, 2, 3]])
    assert expected_regret_usd(usd) == pytest.approx([2 / 3, 4 / 3])


def test_below_a_thousand_draws_no_probability_is_shown():
    """MODEL.md E31."""
    usd = np.random.default_rng(2).random((2, 999))
    assert {each.cheapest_share for each in standings(SampledTotals(("a", "b"), usd))} == {None}
    enough = np.random.default_rng(2).random((2, 1_000))
    assert None not in {each.cheapest_share for each in standings(SampledTotals(("a", "b"), enough))}


def test_shared_luck_cancels_out_of_a_difference():
    luck = np.random.default_rng(3).random(1_000) * 1e6
    found = difference(SampledTotals(("a", "b"), np.stack([luck + 50, luck])), "a", "b")
    assert (found.p5, found.p50, found.p95) == pytest.approx((50, 50, 50), rel=1e-6)


def test_without_strategies_there_are_no_standings():
    assert standings(SampledTotals((), np.zeros((0, 1_000)))) == ()


@pytest.mark.parametrize(
    ("share", "lead", "clear"),
    [(0.8, 0.05, True), (0.79, 0.5, False), (0.99, 0.049, False), (None, 0.2, True), (0.9, None, True)],
)
def test_a_winner_needs_four_in_five_draws_and_a_lead_of_five_percent(share, lead, clear):
    assert is_clear(share, lead) is clear


def test_more_draws_make_the_interval_narrower_by_the_square_root():
    assert half_width(0.3, 40_000) == pytest.approx(half_width(0.3, 10_000) / 2)


def test_the_standing_reads_as_a_sentence():
    usd = np.stack([np.full(10_000, 100.0), np.where(np.arange(10_000) < 2_900, 90.0, 110.0)])
    found = standings(SampledTotals(("prompting", "tuning"), usd))[0]
    often, regret = standing_sentences(found, "Prompt engineering", 10_000)
    assert often == "In 10,000 runs prompt engineering was cheapest in 71 % (give or take less than 1 point)."
    assert regret == "Choosing it costs on average $2.90 more than the best choice in hindsight."


def test_a_sum_of_nothing_has_no_provenance_shares():
    assert kind_shares([]) is None
    unknown = Figure(None, "USD", Kind.PRICE_LIST, "page")
    known = derived(2.0, "USD", "", Figure(1.0, "USD", Kind.MEASURED, "file"))
    assert kind_shares([unknown, known]) == {
        Kind.MEASURED: 1.0,
        Kind.PRICE_LIST: 0.0,
        Kind.LITERATURE: 0.0,
        Kind.ASSUMPTION: 0.0,
    }
