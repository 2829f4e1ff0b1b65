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
from crossover.verdict import FROM_THE_START_MONTHS, Verdict
from ui import cached, session
from ui.figures import explain
from ui.spread_view import spread_section
from ui.text import counted, escaped, plain

_CHART = {"displayModeBar": False}


def verdict_section(found: Verdict) -> None:
    """The sentence everybody can repeat, and what supports it."""
    with st.container(key="verdict"):
        st.header(escaped(found.headline), anchor=False)
        st.markdown("\n".join(f"- {escaped(reason)}" for reason in found.reasons))
        st.caption("This is cost. Which strategy answers better has to be measured with your own evaluation.")


def request_chart(comparison: Comparison) -> None:
    """Cost of a request, by part."""
    st.subheader("What one request is made of", anchor=False)
    st.plotly_chart(
        cost_by_part(comparison), key="chart-parts", config=_CHART, alt=_parts_in_words(comparison)
    )
    st.caption(
        f"Mean over {len(comparison.profile):,} requests from your data. Tokens are counted with "
        f"{comparison.facts.encoding} ({comparison.facts.basis.value} for this model)."
    )


def cumulative_chart(comparison: Comparison) -> None:
    """Spending over the horizon with its crossings, the last one named."""
    st.subheader("What is spent by when", anchor=False)
    st.plotly_chart(
        cumulative_cost(comparison), key="chart-cumulative", config=_CHART, alt=_totals_in_words(comparison)
    )
    st.caption(plain(_crossings_in_words(comparison)))


def trade_off_chart(comparison: Comparison) -> None:
    """Cost against a criterion the person picks, and beside it how each value came about."""
    st.subheader("What it gives up or gains", anchor=False)
    by_label = {criterion.label: criterion for criterion in CRITERIA}
    chosen = st.pills(
        "Compare cost with", list(by_label), default=CRITERIA[0].label, key="criterion", required=True
    )
    criterion = by_label[chosen]
    chart, values = st.columns([3, 2], gap="large", vertical_alignment="center")
    with chart:
        st.plotly_chart(
            trade_off(comparison, criterion),
            key="chart-trade-off",
            config=_CHART,
            alt=f"Total cost against {criterion.label}",
        )
    with values:
        st.markdown(
            f"**{criterion.label}: {criterion.unit}.** {criterion.explanation} "
            f"{'Top' if criterion.more_is_better else 'Bottom'} left is better on both."
        )
        if criterion.is_measured_only and not comparison.scenario.success_shares:
            st.info(
                "Not measured yet. Quality is never guessed here: drop the results of your own evaluation "
                "on the Evidence page."
            )
        with st.popover("Where these values come from", width="stretch"):
            explain(_named_criteria(comparison, criterion.id), session.today())


def _named_criteria(comparison: Comparison, criterion_id: str) -> tuple[Figure, ...]:
    """The criterion's figure of each strategy, under the strategy's name."""
    return tuple(
        replace(outcome.criteria[criterion_id], name=outcome.strategy.label)
        for outcome in comparison.outcomes
    )


def table_section(comparison: Comparison) -> None:
    """The same figures as a table, and everything with its sources as CSV."""
    st.subheader("The figures", anchor=False)
    st.dataframe(_table(comparison), hide_index=True, width="stretch")
    spread_section(comparison)
    sure = cached.sure(comparison)  # here, because the file is made outside the run of the page
    st.download_button(
        "Download every figure with its source (CSV)",
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
                "Strategy": outcome.strategy.label,
                "Per 1,000 requests": usd(1000 * (cost.per_request.value or 0.0)) if cost else "–",
                "First month": usd(cost.monthly.value) if cost else "–",
                "One-off": usd(cost.one_off.value) if cost else "–",
                "Total": usd(cost.total.value) if cost else "–",
                **_present_value(comparison, outcome),
                "All-in per request": _all_in(cost.all_in_per_request.value) if cost else "–",
                "People's share": share(cost.people_share) if cost else "–",
                **{
                    each.label: _amount(outcome.criteria[each.id].value, each.short_unit) for each in CRITERIA
                },
                "Gates": "; ".join(gate.label for gate in outcome.gates) or "none",
            }
        )
    return pd.DataFrame(rows)


def _present_value(comparison: Comparison, outcome: Outcome) -> dict[str, str]:
    """The discounted total, once a discount rate is set."""
    if not comparison.scenario.discount_per_year_share:
        return {}
    return {"Present value": usd(outcome.cost.present_value.value) if outcome.cost else "–"}


def _amount(value: float | None, unit: str) -> str:
    """A value with its unit: 1 day, 184 days, 0.8 s, 4."""
    one = value == 1 and unit == "days"
    return f"{count(value)} {'day' if one else unit}".strip()


def _all_in(value: float | None) -> str:
    return "n/a" if value is None else usd(value)


def _parts_in_words(comparison: Comparison) -> str:
    costs = [
        (outcome.strategy.label, outcome.cost.per_request.value)
        for outcome in comparison.outcomes
        if outcome.cost
    ]
    return "Cost per 1,000 requests: " + "; ".join(
        f"{label} {usd(1000 * (value or 0))}" for label, value in costs
    )


def _totals_in_words(comparison: Comparison) -> str:
    return "Spent over the horizon: " + "; ".join(
        f"{outcome.strategy.label} {usd(outcome.total_usd)}"
        for outcome in comparison.outcomes
        if outcome.cost
    )


def _crossings_in_words(comparison: Comparison) -> str:
    if not comparison.crossings:
        return "The lines do not cross within the horizon: what is cheaper at the start stays cheaper."
    names = {outcome.strategy.id: outcome.strategy.label for outcome in comparison.outcomes}
    last = comparison.crossings[-1]
    others = len(comparison.crossings) - 1
    before = f"{counted(others, 'earlier crossing')} marked with circles. " if others else ""
    is_early = last.crossing.month < FROM_THE_START_MONTHS
    when = "the first day" if is_early else f"month {month(last.crossing.month)}"
    return (
        f"{before}The last crossing: from {when} {names[last.after]} has cost less than "
        f"{names[last.before]}, for good within the months shown."
    )
