"""The sections of the Compare page, in reading order."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from crossover.charts import cost_by_part, cumulative_cost, trade_off
from crossover.comparison import Comparison, Outcome
from crossover.criteria import CRITERIA
from crossover.figure import Figure
from crossover.numbers import count, month, share, usd
from crossover.report import csv_text
from crossover.tokens.models import Basis
from crossover.verdict import FROM_THE_START_MONTHS, Verdict
from crossover.words import mark, say, say_count
from ui import cached, session
from ui.figures import explain
from ui.spread_view import spread_section
from ui.text import escaped, plain

_CHART = {"displayModeBar": False}
_AMOUNTS = {
    "": "{amount}",
    "days": mark("{amount} days"),
    "s": mark("{amount} s"),
    "of 3": mark("{amount} of 3"),
    "examples": mark("{amount} examples"),
    "kinds": mark("{amount} kinds"),
    "h": mark("{amount} h"),
}
"""An amount with each short unit of a criterion."""
_ONE = {"days": mark("1 day"), "examples": mark("1 example"), "kinds": mark("1 kind")}
_BASIS = {
    Basis.EXACT: mark("exact for this model"),
    Basis.ESTIMATE: mark("estimate for this model"),
    Basis.ROUGH: mark("rough for this model"),
}


def verdict_section(found: Verdict) -> None:
    """The sentence everybody can repeat, and what supports it."""
    with st.container(key="verdict"):
        st.header(escaped(found.headline), anchor=False)
        st.markdown("\n".join(f"- {escaped(reason)}" for reason in found.reasons))
        st.caption(
            say("This is cost. Which strategy answers better has to be measured with your own evaluation.")
        )


def request_chart(comparison: Comparison) -> None:
    """Cost of a request, by part."""
    st.subheader(say("What one request is made of"), anchor=False)
    st.plotly_chart(
        cost_by_part(comparison), key="chart-parts", config=_CHART, alt=_parts_in_words(comparison)
    )
    st.caption(
        say(
            "Mean over {requests:,} requests from your data. Tokens are counted with {encoding} ({basis}).",
            requests=len(comparison.profile),
            encoding=comparison.facts.encoding,
            basis=say(_BASIS[comparison.facts.basis]),
        )
    )


def cumulative_chart(comparison: Comparison) -> None:
    """Spending over the horizon with its crossings, the last one named."""
    st.subheader(say("What is spent by when"), anchor=False)
    st.plotly_chart(
        cumulative_cost(comparison), key="chart-cumulative", config=_CHART, alt=_totals_in_words(comparison)
    )
    st.caption(plain(_crossings_in_words(comparison)))


def trade_off_chart(comparison: Comparison) -> None:
    """Cost against a criterion the person picks, and beside it how each value came about."""
    st.subheader(say("What it gives up or gains"), anchor=False)
    by_id = {criterion.id: criterion for criterion in CRITERIA}
    chosen = st.pills(
        say("Compare cost with"),
        list(by_id),
        default=CRITERIA[0].id,
        key="criterion",
        required=True,
        format_func=lambda each: by_id[each].label,
    )
    criterion = by_id[chosen]
    chart, values = st.columns([3, 2], gap="large", vertical_alignment="center")
    with chart:
        st.plotly_chart(
            trade_off(comparison, criterion),
            key="chart-trade-off",
            config=_CHART,
            alt=say("Total cost against {criterion}", criterion=criterion.label),
        )
    with values:
        up, down = say("Top left is better on both."), say("Bottom left is better on both.")
        st.markdown(
            f"**{criterion.label}: {criterion.unit}.** {criterion.explanation} "
            f"{up if criterion.more_is_better else down}"
        )
        if criterion.is_measured_only and not comparison.scenario.success_shares:
            st.info(
                say(
                    "Not measured yet. Quality is never guessed here: drop the results of your own "
                    "evaluation on the Evidence page."
                )
            )
        with st.popover(say("Where these values come from"), width="stretch"):
            explain(_named_criteria(comparison, criterion.id), session.today())


def _named_criteria(comparison: Comparison, criterion_id: str) -> tuple[Figure, ...]:
    """The criterion's figure of each strategy, under the strategy's name."""
    return tuple(
        replace(outcome.criteria[criterion_id], name=outcome.strategy.label)
        for outcome in comparison.outcomes
    )


def table_section(comparison: Comparison) -> None:
    """The same figures as a table, and everything with its sources as CSV."""
    st.subheader(say("The figures"), anchor=False)
    st.dataframe(_table(comparison), hide_index=True, width="stretch")
    spread_section(comparison)
    sure = cached.sure(comparison)  # here, because the file is made outside the run of the page
    st.download_button(
        say("Download every figure with its source (CSV)"),
        lambda: csv_text(comparison, sure).encode("utf-8-sig"),
        file_name="crossover.csv",
        mime="text/csv",
        on_click="ignore",
        key="download-csv",
    )


def _table(comparison: Comparison) -> pd.DataFrame:
    rows = []
    for outcome in comparison.outcomes:
        cost = outcome.cost
        rows.append(
            {
                say("Strategy"): outcome.strategy.label,
                say("Per 1,000 requests"): usd(1000 * (cost.per_request.value or 0.0)) if cost else "–",
                say("First month"): usd(cost.monthly.value) if cost else "–",
                say("One-off"): usd(cost.one_off.value) if cost else "–",
                say("Total"): usd(cost.total.value) if cost else "–",
                **_present_value(comparison, outcome),
                say("All-in per request"): _all_in(cost.all_in_per_request.value) if cost else "–",
                say("People's share"): share(cost.people_share) if cost else "–",
                **{
                    each.label: _amount(outcome.criteria[each.id].value, each.short_unit) for each in CRITERIA
                },
                say("Gates"): "; ".join(gate.label for gate in outcome.gates) or say("none"),
            }
        )
    return pd.DataFrame(rows)


def _present_value(comparison: Comparison, outcome: Outcome) -> dict[str, str]:
    """The discounted total, once a discount rate is set."""
    if not comparison.scenario.discount_per_year_share:
        return {}
    return {say("Present value"): usd(outcome.cost.present_value.value) if outcome.cost else "–"}


def _amount(value: float | None, unit: str) -> str:
    """A value with its unit: 1 day, 184 days, 0.8 s, 4."""
    if value == 1 and unit in _ONE:
        return say(_ONE[unit])
    return say(_AMOUNTS[unit], amount=count(value))


def _all_in(value: float | None) -> str:
    return say("n/a") if value is None else usd(value)


def _parts_in_words(comparison: Comparison) -> str:
    costs = [
        f"{outcome.strategy.label} {usd(1000 * (outcome.cost.per_request.value or 0))}"
        for outcome in comparison.outcomes
        if outcome.cost
    ]
    return say("Cost per 1,000 requests: {costs}", costs="; ".join(costs))


def _totals_in_words(comparison: Comparison) -> str:
    totals = [
        f"{outcome.strategy.label} {usd(outcome.total_usd)}"
        for outcome in comparison.outcomes
        if outcome.cost
    ]
    return say("Spent over the horizon: {totals}", totals="; ".join(totals))


def _crossings_in_words(comparison: Comparison) -> str:
    if not comparison.crossings:
        return say("The lines do not cross within the horizon: what is cheaper at the start stays cheaper.")
    names = {outcome.strategy.id: outcome.strategy.label for outcome in comparison.outcomes}
    last = comparison.crossings[-1]
    turn = {"after": names[last.after], "before": names[last.before]}
    if last.crossing.month < FROM_THE_START_MONTHS:
        words = say(
            "The last crossing: from the first day {after} has cost less than {before}, for good within the "
            "months shown.",
            **turn,
        )
    else:
        words = say(
            "The last crossing: from month {month} {after} has cost less than {before}, for good within the "
            "months shown.",
            month=month(last.crossing.month),
            **turn,
        )
    return f"{_earlier(len(comparison.crossings) - 1)} {words}".lstrip()


def _earlier(crossings: int) -> str:
    if not crossings:
        return ""
    return say_count(
        "{n} earlier crossing marked with circles.", "{n} earlier crossings marked with circles.", crossings
    )
