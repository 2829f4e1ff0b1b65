"""A small calculator: how many examples tell two strategies apart."""

from __future__ import annotations

import streamlit as st

from crossover.cost.errors import InvalidCostInput
from crossover.evidence import rows_paired, rows_per_arm, zero_failures_upper_share
from crossover.numbers import share as percent
from ui.evidence_cached import Found
from ui.text import counted, escaped

_POWER = 0.8


def power_details(found: Found) -> None:
    """Rows needed for a difference, by how often two strategies differ."""
    with st.container(border=True, key="power"):
        st.markdown("#### How many examples do I need?")
        _calculator(found.evidence.measured.different_rows)


@st.fragment
def _calculator(rows: int) -> None:
    left, right = st.columns(2)
    with left:
        gap = st.number_input("Difference to see, in points", 1.0, 50.0, 5.0, 1.0, key="power-gap")
    with right:
        differ = st.number_input(
            "Questions on which the two differ, in %",
            1.0,
            100.0,
            15.0,
            1.0,
            key="power-differ",
            help="One is right where the other is wrong. Nobody knows it before a test; 15 to 25 is usual.",
        )
    try:
        paired = rows_paired(gap / 100, differ / 100, _POWER)
    except InvalidCostInput:
        st.info("Two strategies cannot be further apart than the questions on which they differ.")
        return
    st.markdown(escaped(_needed(rows, paired, gap, differ)))
    st.caption(escaped(_beside(gap)))


def _needed(rows: int, paired: int, gap: float, differ: float) -> str:
    text = (
        f"{paired:,} questions that both answer show a difference of {gap:g} points four times out of five, "
        f"if the two differ on {differ:g} % of them."
    )
    if rows >= paired:
        return f"{text} You have {rows:,} different ones: enough."
    return f"{text} You have {counted(rows, 'different one')}: collect {paired - rows:,} more."


def _beside(gap: float) -> str:
    half = gap / 200
    apart = rows_per_arm(0.5 - half, 0.5 + half, _POWER)
    return (
        f"With different questions for each of the two it would be {apart:,} each, around a success of one "
        f"half. And 100 answers without a fault still allow {percent(zero_failures_upper_share(100))} faults."
    )
