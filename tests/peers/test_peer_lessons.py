"""CodeTreatise and theneuralbase: from which volume tuning is the cheaper one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lessons import PEERS, YEAR, code_treatise

from crossover.cost import CostClasses, Traffic, VolumeStatus, horizon_break_even_volume

ROWS = [(peer.name, row) for peer in PEERS for row in peer.rows]
usd = st.floats(0, 10_000)
more_usd = st.floats(1, 10_000)
unit_usd = st.integers(1, 10_000).map(lambda micro: micro / 1e6)


@pytest.mark.parametrize(("peer", "row"), ROWS, ids=lambda one: getattr(one, "what", one))
def test_our_number_is_theirs_but_for_the_stated_reason(peer, row):
    assert abs(row.unexplained) <= row.tolerance, peer


@given(rag=st.tuples(usd, usd), more=st.tuples(more_usd, more_usd), unit=unit_usd, saving=unit_usd)
def test_the_break_even_volume_is_the_lessons_for_any_costs(rag, more, unit, saving):
    """CodeTreatise: q* = ((S_F - S_R) + (F_F - F_R) n) / ((P_R - P_F) n); n = 12 months.

    `rag` holds S_R and F_R, `more` what tuning costs beyond them, `saving` is P_R - P_F.
    """
    (setup, fixed), (more_setup, more_fixed) = rag, more
    retrieval = CostClasses(setup, fixed, unit + saving)
    tuned = CostClasses(setup + more_setup, fixed + more_fixed, unit)
    found = horizon_break_even_volume(tuned, retrieval, Traffic(0.0, horizon_months=YEAR))
    assert found.status is VolumeStatus.A_CHEAPER_ABOVE
    assert found.volume == pytest.approx((more_setup + more_fixed * YEAR) / (saving * YEAR), rel=1e-6)


def test_above_the_lessons_volume_tuning_is_the_cheaper_one():
    rag, tuned = code_treatise()
    found = horizon_break_even_volume(tuned, rag, Traffic(0.0, horizon_months=YEAR))
    assert found.status is VolumeStatus.A_CHEAPER_ABOVE
