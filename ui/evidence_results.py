"""The part of the Evidence page where a person's own evaluation results come in and decide."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from crossover.charts.results import accuracy_bars
from crossover.comparison import Comparison, NothingToCompare
from crossover.evidence.measured_results import OUR_IDS, MeasuredResults, StrategyResult
from crossover.evidence.words_results import (
    accuracy_sentence,
    decision_sentences,
    pair_sentence,
    share_range,
)
from crossover.figure import Figure
from crossover.numbers import count, share
from crossover.words import say, say_as, say_count
from ui import cached, results_session, session
from ui.evidence_results_files import strategy_label, uploads_and_names
from ui.evidence_results_tables import answer_costs, latency, tokens
from ui.figures import explain
from ui.text import escaped

_CHART = {"displayModeBar": False}


def results_section() -> None:
    """Drop zone, what was read, and once there are results: the decision and what it rests on."""
    st.subheader(say("Measured results"), anchor=False)
    st.markdown(
        say(
            "Did you try strategies on your own samples? Drop the results: who was right, how surely, and "
            "what a correct answer costs. Quality is never guessed here, only counted."
        )
    )
    uploads_and_names()
    if not results_session.results():
        _forget_earlier()
        return
    _threshold(results_session.measured())
    found = results_session.measured()
    comparison = _comparison()
    _decision(found)
    _use_buttons(found, comparison)
    _accuracy(found)
    _pairs(found)
    answer_costs(found, comparison)
    latency(found)
    tokens(found, comparison)


def _forget_earlier() -> None:
    """Shares that entered the comparison before can be taken back without their file, too."""
    shares = session.scenario().success_shares
    if shares:
        listed = ", ".join(f"{strategy_label(name)} {share(value)}" for name, value in shares)
        still = say("The comparison still uses measured shares of right answers: {shares}.", shares=listed)
        st.markdown(escaped(still))
        _forget_button()


def _forget_button() -> None:
    st.button(say("Forget them"), key="results-forget", on_click=results_session.forget_in_comparison)


def _comparison() -> Comparison | None:
    """The comparison, which knows a cost where the results have none; None while there is nothing to cost."""
    try:
        return cached.comparison(session.scenario())
    except (NothingToCompare, cached.CountingCancelled):
        return None


def _threshold(found: MeasuredResults) -> None:
    """Where scores are graded: from which one on an answer is right."""
    if not found.is_graded:
        return
    key = "results-correct-from"
    session.show(key, results_session.correct_from())
    st.slider(
        say("A score counts as right from"),
        key=key,
        min_value=0.05,
        max_value=1.0,
        step=0.05,
        help=say("Some results are graded between 0 and 1. Choose what your users would accept."),
        on_change=lambda: results_session.set_correct_from(float(session.taken(key))),
    )


def _decision(found: MeasuredResults) -> None:
    first, *others = decision_sentences(found, strategy_label)
    st.markdown(f"#### {escaped(first)}")
    repeats = found.table.repeats
    if repeats:
        others.append(
            say_count(
                "{n} answer to samples a strategy had answered before: each sample counts once, with the "
                "mean of its answers.",
                "{n} answers to samples a strategy had answered before: each sample counts once, with the "
                "mean of its answers.",
                repeats,
            )
        )
    if others:
        st.markdown("\n".join(f"- {escaped(sentence)}" for sentence in others))


def _use_buttons(found: MeasuredResults, comparison: Comparison | None) -> None:
    """Take the accuracies over into the scenario, or take them back."""
    names = [each.strategy for each in found.strategies]
    ours = [name for name in names if name in OUR_IDS]
    if not ours:
        st.info(say("None of these names is a strategy of the comparison. Say above whose results they are."))
        return
    with st.container(horizontal=True, vertical_alignment="center", key="results-use-row"):
        if results_session.is_used():
            st.badge(say("✓ Used in the comparison"), color="green")
        else:
            st.button(
                say("Use these in the comparison"),
                key="results-use",
                on_click=results_session.use_in_comparison,
            )
        if session.scenario().success_shares:
            _forget_button()
    st.caption(
        say(
            "They become the quality criterion and the cost per correct answer of the comparison. "
            "Only the shares enter the scenario, never the file."
        )
    )
    compared = {outcome.strategy.id for outcome in comparison.outcomes} if comparison else set(ours)
    missing = [strategy_label(name) for name in ours if name not in compared]
    if missing:
        hint = say("Not in the comparison yet, switch on there: {strategies}.", strategies=", ".join(missing))
        st.caption(escaped(hint))


def _accuracy(found: MeasuredResults) -> None:
    st.plotly_chart(
        accuracy_bars(found, strategy_label),
        key="chart-results",
        config=_CHART,
        alt=" ".join(accuracy_sentence(each, strategy_label) for each in found.strategies),
    )
    rows = [
        {
            say("Strategy"): strategy_label(each.strategy),
            say("Right answers (95 % interval)"): share_range(each),
            say_as("amount", "Samples"): count(each.samples),
            say("Answers"): count(each.answers),
        }
        for each in found.strategies
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")
    with st.popover(say("Where these numbers come from")):
        figures = (_named(each, found.source) for each in found.strategies)
        explain(tuple(figures), session.today())


def _named(result: StrategyResult, source: str) -> Figure:
    return replace(result.figure(source), name=escaped(strategy_label(result.strategy)))


def _pairs(found: MeasuredResults) -> None:
    if not found.pairs:
        return
    st.markdown(say("**Two at a time, on the samples both answered**"))
    st.markdown("\n".join(f"- {escaped(pair_sentence(pair, strategy_label))}" for pair in found.pairs))
    notes = [
        say(
            "p: how often two equally good strategies would differ as unevenly (exact McNemar test; below "
            "0.05 counts as shown)."
        )
    ]
    if len(found.pairs) > 1:
        notes.append(
            say(
                "Each pair is judged by itself: of twenty pairs of equals, one looks different by chance. "
                "To win, a strategy has to beat every other one."
            )
        )
    st.caption(" ".join(notes))
