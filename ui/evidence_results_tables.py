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
from ui import results_session
from ui.evidence_results_files import strategy_label
from ui.text import counted, escaped


def answer_costs(found: MeasuredResults, comparison: Comparison | None) -> None:
    """Cost per correct answer: as billed in the results, else the comparison's cost per request."""
    costs = results_session.answer_costs(_usd_per_request(comparison))
    if not costs.costs:
        return
    st.markdown("**Cost per correct answer**")
    if sentence := cost_sentence(costs, strategy_label):
        st.markdown(escaped(sentence))
    st.dataframe(_cost_table(costs), hide_index=True, width="stretch")
    unpriced = len(found.strategies) - len(costs.costs)
    more = f" No cost is known for {counted(unpriced, 'name')}." if unpriced else ""
    st.caption(
        "Intervals hold 95 % of resamples; every resample gives all strategies the same samples. "
        f"One-off and monthly costs are not in it.{more}"
    )


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
            "Strategy": strategy_label(each.strategy),
            "Per correct answer (95 % interval)": usd_range(each),
            "Per 1,000 of them": usd_range(each, answers=1000),
            "Samples": f"{each.n:,}",
            "Cost from": "your results" if each.is_billed else "the comparison",
        }
        for each in costs.costs
    ]
    return pd.DataFrame(rows)


def latency(found: MeasuredResults) -> None:
    """How long answers took, as a fitted curve and as observed."""
    timed = [(each, each.latency) for each in found.strategies if each.latency]
    if not timed:
        return
    st.markdown("**Latency**")
    rows = [
        {
            "Strategy": strategy_label(each.strategy),
            "Half within": f"{count(fit.p50_seconds)} s",
            "19 of 20 within (fitted)": f"{count(fit.p95_seconds)} s",
            "As observed": f"{count(fit.observed_p95_seconds)} s",
            "Answers": f"{fit.n:,}{', indicative' if fit.is_indicative else ''}",
        }
        for each, fit in timed
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")
    few = (
        " Below 59 answers the slow end is indicative only." if any(t.is_indicative for _, t in timed) else ""
    )
    st.caption(f"A lognormal curve is fitted to the times in your results.{few}")


def tokens(found: MeasuredResults, comparison: Comparison | None) -> None:
    """Tokens as billed beside our counts for the samples of this session."""
    plans = {outcome.strategy.id: outcome.plan for outcome in comparison.outcomes} if comparison else {}
    rows = []
    for each in found.strategies:
        plan = plans.get(each.strategy)
        counts = plan is not None and not plan.missing and plan.requests > 0
        read = float(plan.expected_input_tokens().mean()) if counts else None
        written = float(plan.expected_output_tokens().mean()) if counts else None
        used = input_tokens(each.rows, read), output_tokens(each.rows, written)
        if any(each_kind.measured is not None for each_kind in used):
            rows.append({"Strategy": strategy_label(each.strategy)} | _token_cells(*used))
    if not rows:
        return
    st.markdown("**Tokens per answer**")
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")
    st.caption(
        "Yours as the results say, ours as counted on the samples of this session. They agree only if both "
        "are the same samples, prompts and model."
    )


def _token_cells(read: MeasuredTokens, written: MeasuredTokens) -> dict[str, str]:
    return {
        "Input, yours": _whole(read.measured),
        "Input, ours": _whole(read.ours),
        "Output, yours": _whole(written.measured),
        "Output, ours": _whole(written.ours),
        "Input, yours to ours": share(read.ratio) if read.ratio is not None else "–",
    }


def _whole(amount: float | None) -> str:
    return "–" if amount is None else f"{amount:,.0f}"
