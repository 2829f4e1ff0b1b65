"""A small calculator: how many examples tell two strategies apart."""

from __future__ import annotations

import streamlit as st

from crossover.cost.errors import InvalidCostInput
from crossover.evidence import rows_paired, rows_per_arm, zero_failures_upper_share
from crossover.numbers import share as percent
from crossover.words import say, say_count
from ui.evidence_cached import Found
from ui.text import escaped

_POWER = 0.8


def power_details(found: Found) -> None:
    """Rows needed for a difference, by how often two strategies differ."""
    with st.container(border=True, key="power"):
        st.markdown(say("#### How many examples do I need?"))
        _calculator(found.evidence.measured.different_rows)


@st.fragment
def _calculator(rows: int) -> None:
    left, right = st.columns(2)
    with left:
        gap = st.number_input(
            say("Difference to see, in points"), 1.0, 50.0, 5.0, 1.0, format="%g", key="power-gap"
        )
    with right:
        differ = st.number_input(
            say("Questions on which the two differ, in %"),
            1.0,
            100.0,
            15.0,
            1.0,
            format="%g",
            key="power-differ",
            help=say(
                "One is right where the other is wrong. Nobody knows it before a test; 15 to 25 is usual."
            ),
        )
    try:
        paired = rows_paired(gap / 100, differ / 100, _POWER)
    except InvalidCostInput:
        st.info(say("Two strategies cannot be further apart than the questions on which they differ."))
        return
    st.markdown(escaped(_needed(rows, paired, gap, differ)))
    st.caption(escaped(_beside(gap)))


def _needed(rows: int, paired: int, gap: float, differ: float) -> str:
    needed = say_count(
        "{paired:,} questions that both answer show a difference of {gap:g} point four times out of five, if "
        "the two differ on {differ:g} % of them.",
        "{paired:,} questions that both answer show a difference of {gap:g} points four times out of five, "
        "if the two differ on {differ:g} % of them.",
        1 if gap == 1 else 2,
        paired=paired,
        gap=gap,
        differ=differ,
    )
    if rows >= paired:
        had = say("You have {rows:,} different ones: enough.", rows=rows)
    else:
        had = say_count(
            "You have {n} different one: collect {more:,} more.",
            "You have {n} different ones: collect {more:,} more.",
            rows,
            more=paired - rows,
        )
    return f"{needed} {had}"


def _beside(gap: float) -> str:
    half = gap / 200
    apart = rows_per_arm(0.5 - half, 0.5 + half, _POWER)
    return say(
        "With different questions for each of the two it would be {apart:,} each, around a success of one "
        "half. And 100 answers without a fault still allow {faults} faults.",
        apart=apart,
        faults=percent(zero_failures_upper_share(100)),
    )
