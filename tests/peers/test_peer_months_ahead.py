"""aidevdayindia.org: totals of a year and the months in which the curves cross."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from months_ahead import BASE, EXAMPLES, MONTHS, PEER, TWICE, first_cheaper_month, prompting, tuned, year

from crossover.cost import Traffic, VolumeStatus, all_crossings, horizon_break_even_volume


@pytest.mark.parametrize("row", PEER.rows, ids=lambda row: row.what)
def test_our_number_is_theirs_but_for_the_stated_reason(row):
    assert abs(row.unexplained) <= row.tolerance


def test_at_100_000_requests_tuned_and_prompt_are_equal_at_the_end_of_the_third_month():
    """45 + 3 x (22.50 + 7.50) = 135 = 3 x 45, so that tuned leads from month 4 on."""
    (crossing,) = all_crossings(tuned(), prompting(), Traffic(100_000, horizon_months=MONTHS))
    assert crossing.month == pytest.approx(3.0)
    assert first_cheaper_month(tuned(), prompting(), 100_000) == 4


def test_tuned_at_twice_the_price_is_dearer_at_every_volume():
    """A tuned request then costs (300 x 0.30 + 300 x 1.20) / 1e6 = 0.00045, as much as the prompt's."""
    assert tuned(TWICE).per_request_usd == pytest.approx(prompting().per_request_usd, rel=1e-12)
    found = horizon_break_even_volume(tuned(TWICE), prompting(), Traffic(0.0, horizon_months=MONTHS))
    assert found.status is VolumeStatus.B_ALWAYS_CHEAPER


@given(requests=st.integers(1, 10_000_000), price=st.sampled_from([BASE, TWICE]))
def test_a_crossing_is_the_first_month_with_the_lower_total(requests, price):
    """The page's own definition, held against our crossings: no events, so each curve is straight."""
    model, prompt = tuned(price), prompting()
    saved = 12 * (prompt.per_request_usd - model.per_request_usd) * requests - 12 * model.monthly_usd
    month = first_cheaper_month(model, prompt, requests)
    if month is None:
        assert saved <= model.one_time_usd * (1 + 1e-9)
    else:
        by_month = saved / 12
        assert month * by_month >= model.one_time_usd * (1 - 1e-9)
        assert (month - 1) * by_month <= model.one_time_usd * (1 + 1e-9)


@pytest.mark.parametrize(("cached_mtok", "usd"), [(0.15, 540.0), (0.075, 405.0), (0.015, 297.0)])
def test_caching_takes_the_discount_off_the_examples_alone(cached_mtok, usd):
    """540 less 100,000 x 12 x 1,500 x (0.15 - cached) / 1e6."""
    assert year(prompting(EXAMPLES, cached_mtok), 100_000) == pytest.approx(usd, rel=1e-12)
