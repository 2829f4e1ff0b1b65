"""AmelieChatelain/long-context-surely-killed-RAG: its numbers, and what each difference is worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from long_context import (
    DEFAULT,
    HUGE,
    PEER,
    SMALL,
    Setting,
    cached,
    cached_until_idle,
    grep,
    long_context,
    month,
    rag,
)

from crossover.cost import overflow_share


@pytest.mark.parametrize("row", PEER.rows, ids=lambda row: f"{row.what}, {row.unit}")
def test_our_number_is_theirs_but_for_the_stated_reason(row):
    assert abs(row.unexplained) <= row.tolerance


@pytest.mark.parametrize(
    ("costs", "usd"),
    [
        (long_context(DEFAULT), (600_050 * 6 + 1_000 * 22.5) / 1e6),  # above 200,000 tokens
        (long_context(SMALL), (60_050 * 3 + 1_000 * 15) / 1e6),
        (cached(DEFAULT), (600_000 * 0.6 + 50 * 6 + 1_000 * 22.5) / 1e6),
        (grep(DEFAULT), (4 * 50 + 6_000 * (1 + 2 + 3 + 4)) * 3 / 1e6 + 4 * 1_000 * 15 / 1e6),
        (rag(DEFAULT), (2_450 * 3 + 1_000 * 15) / 1e6 + 4 * 0.002),
    ],
)
def test_a_request_costs_its_tokens_at_the_price_of_its_size(costs, usd):
    assert costs.per_request_usd == pytest.approx(usd, rel=1e-12)


@given(pages=st.integers(1, 1_600), a_day=st.integers(1, 100_000))
def test_a_cache_that_never_expires_is_never_dearer_than_one_that_does(pages, a_day):
    """Apart from the writes at each update, which the expiring cache pays as misses."""
    setting = Setting(pages=pages, requests_per_day=a_day)
    assert cached(setting).per_request_usd <= cached_until_idle(setting).per_request_usd * (1 + 1e-12)


@pytest.mark.parametrize(
    ("setting", "order"),
    [
        (DEFAULT, ["RAG", "grep", "cached", "long"]),
        (SMALL, ["cached", "RAG", "long", "grep"]),
        (HUGE, ["RAG", "grep", "cached", "long"]),
    ],
)
def test_the_strategies_stand_in_the_same_order(setting, order):
    arms = {"long": long_context, "cached": cached, "grep": grep, "RAG": rag}
    assert sorted(arms, key=lambda name: month(arms[name](setting), setting)) == order


def test_ten_thousand_pages_do_not_fit_and_we_say_so():
    assert overflow_share([HUGE.knowledge_tokens + 50], [1_000], 1_000_000) == 1.0
    assert overflow_share([DEFAULT.knowledge_tokens + 50], [1_000], 1_000_000) == 0.0
