"""The What-if page: what moves the difference, and how sure the answer is."""

from __future__ import annotations

import streamlit as st

from crossover.charts import (
    about_usd,
    chance,
    cheapest_shares_chart,
    difference_tornado,
    standings_frame,
    tornado_frame,
    total_bands_chart,
)
from crossover.numbers import usd
from crossover.uncertainty import sobol_of
from crossover.uncertainty.words import in_sentence
from crossover.whatif import rivals
from ui.text import counted
from ui.what_if_cached import Decision

_CHART = {"displayModeBar": False}


def tornado_section(found: Decision) -> None:
    """What the rival costs more, one input at a time at its low and high."""
    pair = rivals(found.sure)
    if pair is None or not found.bars:
        return
    leader, other = pair
    st.subheader("What moves the difference most", anchor=False)
    today = float(leader.total_usd(found.sure.today)) - float(other.total_usd(found.sure.today))
    frame = tornado_frame(found.bars, today)
    chart = difference_tornado(frame, leader.label, other.label)
    st.plotly_chart(chart, key="chart-tornado", config=_CHART, alt=_tornado_in_words(found))
    turning = int(frame["turns"].sum())
    marked = "None of them crosses zero, where the other strategy would be the cheaper one."
    if turning:
        marked = f"◆ marks the {counted(turning, 'input')} whose bar crosses zero, where the order turns."
    st.caption(
        "One input at a time goes to its low and its high, the others stay as they are: what "
        f"{in_sentence(other.label)} then costs more than {in_sentence(leader.label)}. {marked}"
    )
    with st.expander("Which input the uncertainty comes from"):
        _sobol(found)


def _tornado_in_words(found: Decision) -> str:
    return "; ".join(
        f"{bar.input.label}: moves the difference by {usd(bar.swing_usd)}" for bar in found.bars[:5]
    )


def _sobol(found: Decision) -> None:
    """Shares of the variance, computed only when asked for."""
    pair, sure = rivals(found.sure), found.sure
    if pair is None or not any(bar.input.distribution for bar in found.bars):
        st.markdown("No input of this difference is drawn.")
        return
    if not st.toggle("Compute Sobol indices", key="what-if-sobol"):
        st.markdown("The tornado moves one input at a time; Sobol indices move all of them at once.")
        return
    labels = {bar.input.name: bar.input.label for bar in found.bars}
    indices = sobol_of(*pair, found.bars, sure.today, sure.comparison.scenario.seed)
    rows = [
        {
            "Input": labels[each.name],
            "Alone": f"{each.first:.2f} ({each.first_interval[0]:.2f} to {each.first_interval[1]:.2f})",
            "With all it takes part in": f"{each.total:.2f} ({each.total_interval[0]:.2f} to "
            f"{each.total_interval[1]:.2f})",
        }
        for each in indices
    ]
    st.dataframe(rows, hide_index=True, width="stretch", height="content")
    st.caption("Share of the variance of the difference, with its 95 % interval.")


def chances_section(found: Decision) -> None:
    """Who is cheapest how often, what a wrong choice costs, and between which totals runs lie."""
    if not found.sure.standings:
        return
    st.subheader("How sure it is", anchor=False)
    labels = {each.strategy.id: each.strategy.label for each in found.comparison.ranked}
    frame = standings_frame(found.sure, labels)
    left, right = st.columns(2, gap="large")
    with left:
        st.plotly_chart(
            cheapest_shares_chart(frame),
            key="chart-chances",
            config=_CHART,
            alt=_chances_in_words(found, labels),
        )
    with right:
        bands = total_bands_chart(frame)
        st.plotly_chart(bands, key="chart-bands", config=_CHART, alt=_bands_in_words(found, labels))
    st.dataframe(
        {
            "Strategy": list(frame["strategy"]),
            "Cheapest in": [chance(value) for value in frame["cheapest_share"]],
            "Expected regret": [about_usd(value) for value in frame["regret_usd"]],
            "p5": [about_usd(value) for value in frame["p5_usd"]],
            "p50": [about_usd(value) for value in frame["p50_usd"]],
            "p95": [about_usd(value) for value in frame["p95_usd"]],
        },
        hide_index=True,
        width="stretch",
        height="content",
    )
    st.caption(
        f"{found.sure.draws:,} runs with the same draws for every strategy. Expected regret is what "
        "choosing a strategy costs on average beyond the best choice in hindsight. Strategies behind a "
        "failing gate take no part."
    )


def _chances_in_words(found: Decision, labels: dict[str, str]) -> str:
    return "Cheapest in: " + "; ".join(
        f"{labels[each.strategy]} {chance(each.cheapest_share)}" for each in found.sure.standings
    )


def _bands_in_words(found: Decision, labels: dict[str, str]) -> str:
    return "Totals of nine runs in ten: " + "; ".join(
        f"{labels[each.strategy]} {about_usd(each.total.p5)} to {about_usd(each.total.p95)}"
        for each in found.sure.standings
    )
