"""vikramguptaone, hakaru and calcbold: RAG against tuning."""

from __future__ import annotations

import pytest
from tuning_or_rag import PEERS, calcbold_rag, calcbold_tuned

from crossover.cost import MonthStatus, Side, break_even_month

ROWS = [(peer.name, row) for peer in PEERS for row in peer.rows]


@pytest.mark.parametrize(("peer", "row"), ROWS, ids=lambda one: getattr(one, "what", one))
def test_our_number_is_theirs_but_for_the_stated_reason(peer, row):
    assert abs(row.unexplained) <= row.tolerance, peer


def test_calcbolds_training_has_paid_off_within_the_first_month():
    """(45 - 0.10) / (186.25 - 94.50) = 0.489."""
    found = break_even_month(calcbold_tuned(), calcbold_rag(), 150_000)
    assert (found.status, found.cheaper_after) == (MonthStatus.CROSSES, Side.A)
    assert found.month == pytest.approx(44.90 / 91.75, rel=1e-12)
