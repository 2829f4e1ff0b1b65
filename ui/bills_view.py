"""Our counts against the person's own bills, and the correction that follows from them."""

from __future__ import annotations

import hashlib

import pandas as pd
import streamlit as st

from crossover.comparison import NothingToCompare
from crossover.numbers import share
from crossover.tokens.calibrate import Comparison, compare_bills, correction_from_totals
from crossover.tokens.usage import NotUsage, ReportedUsage, read_usage
from crossover.words import in_sentence, listed, localised, mark, say, say_count
from ui import cached, session
from ui.text import escaped, plain

_ALL, _TEXT = "all", "text"
_CARRIED = {"tools": mark("tools"), "calls": mark("calls"), "schema": mark("schema")}


def bills_section() -> None:
    """A drop zone for bills; the comparison, and a button that applies the measured correction."""
    with st.expander(say("Check our token counts against your bills"), key="bills"):
        st.markdown(
            say(
                "Drop API answers with their `usage` field and the request they are for (JSON or JSON "
                "Lines), or a usage export (CSV or JSON). OpenAI, Azure, Anthropic and Gemini."
            )
        )
        dropped = st.file_uploader(say("Bills"), key="bills-file", label_visibility="collapsed")
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
            say_count(
                "{n} bill not compared: without their request, or with images, files or hosted tools in it, "
                "which no count of text covers.",
                "{n} bills not compared: without their request, or with images, files or hosted tools in it, "
                "which no count of text covers.",
                bills,
            )
        )


def _table(found: tuple[Comparison, ...]) -> None:
    rows = [
        {
            say("Kind"): _kind_words(each.kind),
            say("Bills"): each.bills,
            say("Our count"): each.estimated_tokens,
            say("Billed"): each.billed_tokens,
            say("Together off by"): localised(f"{100 * each.error_share:+.2f} %"),
            say("Each off by, mean"): share(each.mean_error_share),
            say("Exact"): share(each.exact / each.bills),
            say("Within our ±"): share(each.within / each.bills),
        }
        for each in found
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")


def _kind_words(kind: str) -> str:
    """The kind of requests a row is about, from what they carry besides text."""
    if kind in (_ALL, _TEXT):
        return say("All requests") if kind == _ALL else say("Plain text")
    words = listed([say(_CARRIED[part]) for part in kind.split(" and ")])
    return words[0].upper() + words[1:]


def _from_totals(bills: tuple[ReportedUsage, ...], source: str) -> None:
    """An export has no requests in it: compare its mean with that of the strategy it is for."""
    try:
        comparison = cached.comparison(session.scenario())
    except NothingToCompare as error:
        st.info(str(error))
        return
    by_id = {outcome.strategy.id: outcome for outcome in comparison.outcomes if not outcome.plan.missing}
    chosen = st.selectbox(
        say("These bills are for"),
        list(by_id),
        format_func=lambda each: by_id[each].strategy.label,
        key="bills-strategy",
    )
    plan = by_id[chosen].plan
    uncorrected = float(plan.expected_input_tokens().mean()) / session.scenario().token_correction
    correction = correction_from_totals(bills, uncorrected, source)
    requests = sum(bill.requests for bill in bills)
    if correction.value is None:
        st.info(say("The export does not say how many requests it covers, so it cannot be compared."))
        return
    billed = correction.value * uncorrected
    st.markdown(
        say_count(
            "{n} request in the export, on average {billed:,.0f} input tokens; we count {counted:,.0f} for "
            "{strategy} on your samples.",
            "{n} requests in the export, on average {billed:,.0f} input tokens; we count {counted:,.0f} for "
            "{strategy} on your samples.",
            requests,
            billed=billed,
            counted=uncorrected,
            strategy=in_sentence(by_id[chosen].strategy.label),
        )
    )
    _offer(correction.value, source, None)


def _offer(value: float | None, source: str, interval: tuple[float, float] | None) -> None:
    if value is None:
        return
    words = say("Billed tokens are **{factor:.3f}** times our count.", factor=value)
    if interval:
        words = say(
            "Billed tokens are **{factor:.3f}** times our count "
            "(90 % of resamples: {low:.3f} to {high:.3f}).",
            factor=value,
            low=interval[0],
            high=interval[1],
        )
    st.markdown(plain(words))
    st.button(
        say("Apply this correction to every input count"),
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
        say(
            "Input counts are multiplied by {factor:g}, measured in {source}.",
            factor=scenario.token_correction,
            source=escaped(scenario.token_correction_source),
        )
    )
    st.button(
        say("Remove the correction"),
        key="remove-correction",
        on_click=session.edit,
        kwargs={"token_correction": 1.0, "token_correction_source": ""},
    )
