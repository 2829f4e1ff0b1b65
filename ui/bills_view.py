"""Our counts against the person's own bills, and the correction that follows from them."""

from __future__ import annotations

import hashlib

import pandas as pd
import streamlit as st

from crossover.comparison import NothingToCompare
from crossover.numbers import share
from crossover.tokens.calibrate import Comparison, compare_bills, correction_from_totals
from crossover.tokens.usage import NotUsage, ReportedUsage, read_usage
from ui import cached, session
from ui.text import counted, escaped, plain

_KINDS = {"all": "All requests", "text": "Plain text"}


def bills_section() -> None:
    """A drop zone for bills; the comparison, and a button that applies the measured correction."""
    with st.expander("Check our token counts against your bills", key="bills"):
        st.markdown(
            "Drop API answers with their `usage` field and the request they are for (JSON or JSON Lines), "
            "or a usage export (CSV or JSON). OpenAI, Azure, Anthropic and Gemini."
        )
        dropped = st.file_uploader("Bills", key="bills-file", label_visibility="collapsed")
        if dropped is not None:
            _compared(dropped.name, dropped.getvalue())
        _current_correction()


def _compared(name: str, data: bytes) -> None:
    source = f"{name} [{hashlib.sha256(data).hexdigest()[:8]}]"
    try:
        bills = read_usage(data.decode("utf-8-sig", errors="replace"))
    except NotUsage as error:
        st.error(str(error))
        return
    found = compare_bills(bills, source)
    if found:
        _table(found)
        _left_out(len(bills) - found[0].bills)
        _offer(found[0].correction.value, source, found[0].correction.ci)
    else:
        _from_totals(bills, source)


def _left_out(bills: int) -> None:
    if bills > 0:
        st.caption(
            f"{counted(bills, 'bill')} not compared: without their request, or with images, files or "
            "hosted tools in it, which no count of text covers."
        )


def _table(found: tuple[Comparison, ...]) -> None:
    rows = [
        {
            "Kind": _KINDS.get(each.kind, each.kind.capitalize()),
            "Bills": each.bills,
            "Our count": each.estimated_tokens,
            "Billed": each.billed_tokens,
            "Together off by": f"{100 * each.error_share:+.2f} %",
            "Each off by, mean": share(each.mean_error_share),
            "Exact": share(each.exact / each.bills),
            "Within our ±": share(each.within / each.bills),
        }
        for each in found
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")


def _from_totals(bills: tuple[ReportedUsage, ...], source: str) -> None:
    """An export has no requests in it: compare its mean with that of the strategy it is for."""
    try:
        comparison = cached.comparison(session.scenario())
    except NothingToCompare as error:
        st.info(str(error))
        return
    labels = {outcome.strategy.label: outcome for outcome in comparison.outcomes if not outcome.plan.missing}
    chosen = st.selectbox("These bills are for", list(labels), key="bills-strategy")
    plan = labels[chosen].plan
    uncorrected = float(plan.expected_input_tokens().mean()) / session.scenario().token_correction
    correction = correction_from_totals(bills, uncorrected, source)
    requests = sum(bill.requests for bill in bills)
    if correction.value is None:
        st.info("The export does not say how many requests it covers, so it cannot be compared.")
        return
    billed = correction.value * uncorrected
    st.markdown(
        f"{counted(requests, 'request')} in the export, on average {billed:,.0f} input tokens; "
        f"we count {uncorrected:,.0f} for {chosen.lower()} on your samples."
    )
    _offer(correction.value, source, None)


def _offer(value: float | None, source: str, interval: tuple[float, float] | None) -> None:
    if value is None:
        return
    between = f" (90 % of resamples: {interval[0]:.3f} to {interval[1]:.3f})" if interval else ""
    st.markdown(plain(f"Billed tokens are **{value:.3f}** times our count{between}."))
    st.button(
        "Apply this correction to every input count",
        key="apply-correction",
        on_click=session.edit,
        kwargs={"token_correction": round(value, 4), "token_correction_source": source},
        disabled=not 0.1 <= value <= 10,
    )


def _current_correction() -> None:
    scenario = session.scenario()
    if scenario.token_correction == 1:
        return
    st.success(
        f"Input counts are multiplied by {scenario.token_correction:g}, "
        f"measured in {escaped(scenario.token_correction_source)}."
    )
    st.button(
        "Remove the correction",
        key="remove-correction",
        on_click=session.edit,
        kwargs={"token_correction": 1.0, "token_correction_source": ""},
    )
