"""One card per strategy: the four numbers people ask for first, and what stands in the way."""

from __future__ import annotations

import streamlit as st

from crossover.comparison import Comparison, Outcome
from crossover.cost.estimate import CostEstimate
from crossover.gates import Gate, Status
from crossover.numbers import usd
from crossover.prices import host_label
from crossover.report import headline_figures
from crossover.words import say, say_count
from ui import session
from ui.figures import explain
from ui.text import plain, strategy_words

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
    label = outcome.strategy.label
    title = f"{place}. {label}" if outcome.is_ranked else say("Not ranked: {name}", name=label)
    st.markdown(f"#### {title}")
    st.caption(strategy_words(outcome.strategy.id))
    _own_model(comparison, outcome)
    if outcome.cost is None:
        st.markdown(say("**No cost yet**"))
    else:
        _numbers(comparison, outcome)
    if outcome.cost is not None and outcome.status is Status.PASS:
        st.badge(say("✓ Can be built and bought"), color="green")
    for gate in outcome.gates:
        _gate(gate)
    if outcome.cost is not None:
        with st.popover(say("Where these numbers come from"), width="stretch"):
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
    span = say_count("{n} month", "{n} months", comparison.scenario.horizon_months)
    st.metric(say("Total over {span}", span=span), usd(cost.total.value), label_visibility="visible")
    rows = (
        (say("Per 1,000 requests"), _per_thousand(cost)),
        (say("First month"), usd(cost.monthly.value)),
        (say("One-off"), usd(cost.one_off.value)),
    )
    st.markdown("\n".join(f"- {name}: **{plain(value)}**" for name, value in rows))


def _per_thousand(cost: CostEstimate) -> str:
    """The price of requests, or what is paid instead where nobody bills a request."""
    if cost.classes.machines is not None:
        return say("none, GPUs are paid by the month")
    return usd(1000 * (cost.per_request.value or 0.0))


def _gate(gate: Gate) -> None:
    st.badge(f"{_BADGE_SIGNS[gate.status]} {gate.label}", color=_BADGE_COLOURS[gate.status])
    st.caption(plain(f"{gate.reason} {gate.remedy}".strip()))
