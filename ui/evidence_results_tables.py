"""Tables under the measured results: cost per correct answer, latency, tokens."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crossover.comparison import Comparison
from crossover.evidence.correct_answer_cost import CorrectAnswerCosts
from crossover.evidence.measured_latency import MeasuredTokens, input_tokens, output_tokens
from crossover.evidence.measured_results import MeasuredResults
from crossover.evidence.words_results import cost_sentence, usd_range
from crossover.numbers import count, share
from crossover.words import localised, say, say_as, say_count
from ui import results_session
from ui.evidence_results_files import strategy_label
from ui.text import escaped


def answer_costs(found: MeasuredResults, comparison: Comparison | None) -> None:
    """Cost per correct answer: as billed in the results, else the comparison's cost per request."""
    costs = results_session.answer_costs(_usd_per_request(comparison))
    if not costs.costs:
        return
    st.markdown(say("**Cost per correct answer**"))
    if sentence := cost_sentence(costs, strategy_label):
        st.markdown(escaped(sentence))
    st.dataframe(_cost_table(costs), hide_index=True, width="stretch")
    unpriced = len(found.strategies) - len(costs.costs)
    notes = [
        say(
            "Intervals hold 95 % of resamples; every resample gives all strategies the same samples. "
            "One-off and monthly costs are not in it."
        )
    ]
    if unpriced:
        notes.append(say_count("No cost is known for {n} name.", "No cost is known for {n} names.", unpriced))
    st.caption(" ".join(notes))


def _usd_per_request(comparison: Comparison | None) -> dict[str, float]:
    outcomes = comparison.outcomes if comparison else ()
    return {
        outcome.strategy.id: outcome.cost.per_request.value
        for outcome in outcomes
        if outcome.cost is not None and outcome.cost.per_request.value is not None
    }


def _cost_table(costs: CorrectAnswerCosts) -> pd.DataFrame:
    rows = [
        {
            say("Strategy"): strategy_label(each.strategy),
            say("Per correct answer (95 % interval)"): usd_range(each),
            say("Per 1,000 of them"): usd_range(each, answers=1000),
            say_as("amount", "Samples"): count(each.n),
            say("Cost from"): say("your results") if each.is_billed else say("the comparison"),
        }
        for each in costs.costs
    ]
    return pd.DataFrame(rows)


def latency(found: MeasuredResults) -> None:
    """How long answers took, as a fitted curve and as observed."""
    timed = [(each, each.latency) for each in found.strategies if each.latency]
    if not timed:
        return
    st.markdown(say("**Latency**"))
    rows = [
        {
            say("Strategy"): strategy_label(each.strategy),
            say("Half within"): f"{count(fit.p50_seconds)} s",
            say("19 of 20 within (fitted)"): f"{count(fit.p95_seconds)} s",
            say("As observed"): f"{count(fit.observed_p95_seconds)} s",
            say("Answers"): say("{n:,}, indicative", n=fit.n) if fit.is_indicative else count(fit.n),
        }
        for each, fit in timed
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")
    notes = [say("A lognormal curve is fitted to the times in your results.")]
    if any(fit.is_indicative for _, fit in timed):
        notes.append(say("Below 59 answers the slow end is indicative only."))
    st.caption(" ".join(notes))


def tokens(found: MeasuredResults, comparison: Comparison | None) -> None:
    """Tokens as billed beside our counts for the samples of this session."""
    plans = {outcome.strategy.id: outcome.plan for outcome in comparison.outcomes} if comparison else {}
    rows = []
    for each in found.strategies:
        plan = plans.get(each.strategy)
        read = written = None
        if plan is not None and not plan.missing and plan.requests > 0:
            read = float(plan.expected_input_tokens().mean())
            written = float(plan.expected_output_tokens().mean())
        used = input_tokens(each.rows, read), output_tokens(each.rows, written)
        if any(each_kind.measured is not None for each_kind in used):
            rows.append({say("Strategy"): strategy_label(each.strategy)} | _token_cells(*used))
    if not rows:
        return
    st.markdown(say("**Tokens per answer**"))
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")
    st.caption(
        say(
            "Yours as the results say, ours as counted on the samples of this session. They agree only if "
            "both are the same samples, prompts and model."
        )
    )


def _token_cells(read: MeasuredTokens, written: MeasuredTokens) -> dict[str, str]:
    return {
        say("Input, yours"): _whole(read.measured),
        say("Input, ours"): _whole(read.ours),
        say("Output, yours"): _whole(written.measured),
        say("Output, ours"): _whole(written.ours),
        say("Input, yours to ours"): share(read.ratio) if read.ratio is not None else "–",
    }


def _whole(amount: float | None) -> str:
    return "–" if amount is None else localised(f"{amount:,.0f}")
