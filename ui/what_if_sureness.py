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
from crossover.whatif import rivals
from crossover.words import in_sentence, say, say_as, say_count
from ui.what_if_cached import Decision

_CHART = {"displayModeBar": False}


def tornado_section(found: Decision) -> None:
    """What the rival costs more, one input at a time at its low and high."""
    pair = rivals(found.sure)
    if pair is None or not found.bars:
        return
    leader, other = pair
    st.subheader(say("What moves the difference most"), anchor=False)
    today = float(leader.total_usd(found.sure.today)) - float(other.total_usd(found.sure.today))
    frame = tornado_frame(found.bars, today)
    chart = difference_tornado(frame, leader.label, other.label)
    st.plotly_chart(chart, key="chart-tornado", config=_CHART, alt=_tornado_in_words(found))
    turning = int(frame["turns"].sum())
    words = say(
        "One input at a time goes to its low and its high, the others stay as they are: what {other} then "
        "costs more than {leader}.",
        other=in_sentence(other.label),
        leader=in_sentence(leader.label),
    )
    st.caption(f"{words} {_crossing_zero(turning)}")
    with st.expander(say("Which input the uncertainty comes from")):
        _sobol(found)


def _crossing_zero(turning: int) -> str:
    if not turning:
        return say("None of them crosses zero, where the other strategy would be the cheaper one.")
    return say_count(
        "◆ marks the {n} input whose bar crosses zero, where the order turns.",
        "◆ marks the {n} inputs whose bar crosses zero, where the order turns.",
        turning,
    )


def _tornado_in_words(found: Decision) -> str:
    return "; ".join(
        say("{input}: moves the difference by {usd}", input=bar.input.label, usd=usd(bar.swing_usd))
        for bar in found.bars[:5]
    )


def _sobol(found: Decision) -> None:
    """Shares of the variance, computed only when asked for."""
    pair, sure = rivals(found.sure), found.sure
    if pair is None or not any(bar.input.distribution for bar in found.bars):
        st.markdown(say("No input of this difference is drawn."))
        return
    if not st.toggle(say("Compute Sobol indices"), key="what-if-sobol"):
        st.markdown(say("The tornado moves one input at a time; Sobol indices move all of them at once."))
        return
    labels = {bar.input.name: bar.input.label for bar in found.bars}
    indices = sobol_of(*pair, found.bars, sure.today, sure.comparison.scenario.seed)
    rows = [
        {
            say_as("of a total", "Input"): labels[each.name],
            say("Alone"): _with_interval(each.first, each.first_interval),
            say("With all it takes part in"): _with_interval(each.total, each.total_interval),
        }
        for each in indices
    ]
    st.dataframe(rows, hide_index=True, width="stretch", height="content")
    st.caption(say("Share of the variance of the difference, with its 95 % interval."))


def _with_interval(index: float, interval: tuple[float, float]) -> str:
    return say("{index:.2f} ({low:.2f} to {high:.2f})", index=index, low=interval[0], high=interval[1])


def chances_section(found: Decision) -> None:
    """Who is cheapest how often, what a wrong choice costs, and between which totals runs lie."""
    if not found.sure.standings:
        return
    st.subheader(say("How sure it is"), anchor=False)
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
            say("Strategy"): list(frame["strategy"]),
            say("Cheapest in"): [chance(value) for value in frame["cheapest_share"]],
            say("Expected regret"): [about_usd(value) for value in frame["regret_usd"]],
            "p5": [about_usd(value) for value in frame["p5_usd"]],
            "p50": [about_usd(value) for value in frame["p50_usd"]],
            "p95": [about_usd(value) for value in frame["p95_usd"]],
        },
        hide_index=True,
        width="stretch",
        height="content",
    )
    st.caption(
        say(
            "{draws:,} runs with the same draws for every strategy. Expected regret is what choosing a "
            "strategy costs on average beyond the best choice in hindsight. Strategies behind a failing gate "
            "take no part.",
            draws=found.sure.draws,
        )
    )


def _chances_in_words(found: Decision, labels: dict[str, str]) -> str:
    shares = [f"{labels[each.strategy]} {chance(each.cheapest_share)}" for each in found.sure.standings]
    return say("Cheapest in: {shares}", shares="; ".join(shares))


def _bands_in_words(found: Decision, labels: dict[str, str]) -> str:
    bands = [
        say(
            "{name} {low} to {high}",
            name=labels[each.strategy],
            low=about_usd(each.total.p5),
            high=about_usd(each.total.p95),
        )
        for each in found.sure.standings
    ]
    return say("Totals of nine runs in ten: {bands}", bands="; ".join(bands))
