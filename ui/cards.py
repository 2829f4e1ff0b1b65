"""One card per strategy: the four numbers people ask for first, and what stands in the way."""

from __future__ import annotations

import streamlit as st

from crossover.comparison import Comparison, Outcome
from crossover.cost.estimate import CostEstimate
from crossover.gates import Gate, Status
from crossover.numbers import usd
from crossover.prices import host_label
from crossover.report import headline_figures
from ui import session
from ui.figures import explain
from ui.text import STRATEGY_WORDS, plain

CARDS_IN_A_ROW = 4
_BADGE_COLOURS = {Status.FAIL: "red", Status.UNKNOWN: "gray", Status.WARN: "orange", Status.PASS: "gray"}
_BADGE_SIGNS = {Status.FAIL: "✕", Status.UNKNOWN: "?", Status.WARN: "!", Status.PASS: "i"}


def strategy_cards(comparison: Comparison) -> None:
    """The cards side by side, cheapest first, gated ones last."""
    placed = list(enumerate(comparison.outcomes, start=1))
    for start in range(0, len(placed), CARDS_IN_A_ROW):
        for column, (place, outcome) in zip(
            st.columns(CARDS_IN_A_ROW), placed[start : start + CARDS_IN_A_ROW], strict=False
        ):
            with column, st.container(border=True, key=f"card-{outcome.strategy.id}", height="stretch"):
                _card(comparison, outcome, place)


def _card(comparison: Comparison, outcome: Outcome, place: int) -> None:
    rank = f"{place}." if outcome.is_ranked else "Not ranked:"
    st.markdown(f"#### {rank} {outcome.strategy.label}")
    st.caption(STRATEGY_WORDS[outcome.strategy.id])
    _own_model(comparison, outcome)
    if outcome.cost is None:
        st.markdown("**No cost yet**")
    else:
        _numbers(comparison, outcome)
    if outcome.cost is not None and outcome.status is Status.PASS:
        st.badge("✓ Can be built and bought", color="green")
    for gate in outcome.gates:
        _gate(gate)
    if outcome.cost is not None:
        with st.popover("Where these numbers come from", width="stretch"):
            explain(headline_figures(outcome), session.today())


def _own_model(comparison: Comparison, outcome: Outcome) -> None:
    """Name the model where it is not the one of the other strategies."""
    own, common = outcome.subject.quote, comparison.quote
    if (own.host, own.model) != (common.host, common.model):
        st.badge(f"{own.model} · {host_label(own.host)}", color="violet")


def _numbers(comparison: Comparison, outcome: Outcome) -> None:
    cost = outcome.cost
    if cost is None:
        return
    months = comparison.scenario.horizon_months
    st.metric(f"Total over {months} months", usd(cost.total.value), label_visibility="visible")
    rows = (
        ("Per 1,000 requests", _per_thousand(cost)),
        ("First month", usd(cost.monthly.value)),
        ("One-off", usd(cost.one_off.value)),
    )
    st.markdown("\n".join(f"- {name}: **{plain(value)}**" for name, value in rows))


def _per_thousand(cost: CostEstimate) -> str:
    """The price of requests, or what is paid instead where nobody bills a request."""
    if cost.classes.machines is not None:
        return "none, GPUs are paid by the month"
    return usd(1000 * (cost.per_request.value or 0.0))


def _gate(gate: Gate) -> None:
    st.badge(f"{_BADGE_SIGNS[gate.status]} {gate.label}", color=_BADGE_COLOURS[gate.status])
    st.caption(plain(f"{gate.reason} {gate.remedy}".strip()))
