"""Mithril, buzzi, gera, forg.pro and the cost of a correct answer."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from single_requests import PEERS

from crossover.cost import usd_per_success

ROWS = [(peer.name, row) for peer in PEERS for row in peer.rows]
share = st.integers(1, 1000).map(lambda one: one / 1000)


@pytest.mark.parametrize(("peer", "row"), ROWS, ids=lambda one: getattr(one, "what", one))
def test_our_number_is_theirs_but_for_the_stated_reason(peer, row):
    assert abs(row.unexplained) <= row.tolerance, peer


@given(cost_share=share, tuned=share, rag=share)
def test_tuning_wins_per_correct_answer_below_the_ratio_of_the_two_accuracies(cost_share, tuned, rag):
    assume(abs(cost_share - tuned / rag) > 1e-9)
    wins = usd_per_success(cost_share * 0.01, tuned) < usd_per_success(0.01, rag)
    assert wins == (cost_share < tuned / rag)
