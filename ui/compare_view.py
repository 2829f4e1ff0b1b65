"""The sections of the Compare page, in reading order."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crossover.charts import cost_by_part, cumulative_cost, trade_off
from crossover.comparison import Comparison
from crossover.criteria import CRITERIA
from crossover.numbers import count, month, share, usd
from crossover.prices import TuningState, host_label
from crossover.report import csv_text
from crossover.verdict import Verdict
from ui import cached, session
from ui.text import plain

_CHART = {"displayModeBar": False}
_WAYS_OUT = (
    ("azure", "gpt-oss-20b"),
    ("azure", "gpt-4.1-mini"),
    ("google-vertex", "gemini-3.5-flash"),
    ("together", "qwen3.5-9b"),
    ("fireworks", "gpt-oss-20b"),
)


def verdict_section(found: Verdict) -> None:
    """The sentence everybody can repeat, and what supports it."""
    with st.container(key="verdict"):
        st.header(plain(found.headline), anchor=False)
        st.markdown("\n".join(f"- {plain(reason)}" for reason in found.reasons))


def request_chart(comparison: Comparison) -> None:
    """Cost of a request, by part."""
    st.subheader("What one request is made of", anchor=False)
    st.plotly_chart(cost_by_part(comparison), key="chart-parts", config=_CHART, alt=_parts_in_words(comparison))
    st.caption(
        f"Mean over {len(comparison.profile):,} requests from your data. Tokens are counted with "
        f"{comparison.facts.encoding} ({comparison.facts.basis.value} for this model)."
    )


def cumulative_chart(comparison: Comparison) -> None:
    """Spending over the horizon with its crossings, the last one named."""
    st.subheader("What is spent by when", anchor=False)
    st.plotly_chart(cumulative_cost(comparison), key="chart-cumulative", config=_CHART, alt=_totals_in_words(comparison))
    st.caption(plain(_crossings_in_words(comparison)))


def trade_off_chart(comparison: Comparison) -> None:
    """Cost against a criterion the person picks."""
    st.subheader("What it gives up or gains", anchor=False)
    by_label = {criterion.label: criterion for criterion in CRITERIA}
    chosen = st.segmented_control(
        "Compare cost with", list(by_label), default=CRITERIA[0].label, key="criterion", required=True
    )
    criterion = by_label[chosen]
    st.plotly_chart(trade_off(comparison, criterion), key="chart-trade-off", config=_CHART, alt=f"Total cost against {criterion.label}")
    st.caption(f"{criterion.explanation} Bottom left is better on both.")


def table_section(comparison: Comparison) -> None:
    """The same figures as a table, and everything with its sources as CSV."""
    st.subheader("The figures", anchor=False)
    st.dataframe(_table(comparison), hide_index=True, width="stretch")
    st.download_button(
        "Download every figure with its source (CSV)",
        lambda: csv_text(comparison).encode("utf-8-sig"),
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
                "All-in per request": _all_in(cost.all_in_per_request.value) if cost else "–",
                "People's share": share(cost.people_share) if cost else "–",
                **{each.label: f"{count(outcome.criteria[each.id].value)} {each.short_unit}".strip() for each in CRITERIA},
                "Gates": "; ".join(gate.label for gate in outcome.gates) or "none",
            }
        )
    return pd.DataFrame(rows)


def _all_in(value: float | None) -> str:
    return "n/a" if value is None else usd(value)


def tuning_section(comparison: Comparison) -> None:
    """Where a model can be tuned on the price date: the closed doors, and the open ones."""
    scenario = comparison.scenario
    st.subheader(f"Where tuning can be bought on {scenario.price_date.isoformat()}", anchor=False)
    pairs = dict.fromkeys([(scenario.host, scenario.model), ("openai", "gpt-4o-mini"), ("openai", "gpt-3.5-turbo"), *_WAYS_OUT])
    st.dataframe(pd.DataFrame([_tuning_row(host, model) for host, model in pairs]), hide_index=True, width="stretch")
    st.caption("Or tune an open-weights model on machines of your own: no provider can close that, and the GPU hours are yours.")


def _tuning_row(host: str, model: str) -> dict[str, str]:
    day = session.scenario().price_date
    status, offers = cached.price_book().tuning_status(host, model, day), cached.price_book().tuning(host, model, day)
    offer = offers[0] if offers else None
    tuned = offer.tuned if offer else None
    return {
        "Model": model,
        "At": host_label(host),
        "For a new customer": _STATE_WORDS[status.state] + (f" since {status.since}" if status.since and status.state is not TuningState.OPEN else ""),
        "Ends": str(status.closes_on or status.shutdown_on or "–"),
        "Training, USD/M tokens": _price(offer.training_usd_per_mtok if offer else None),
        "Tuned in / out, USD/M": f"{_price(tuned.input_mtok)} / {_price(tuned.output_mtok)}" if tuned else "unknown",
        "Hosting, USD/h": _price(offer.hosting_usd_per_hour if offer else None),
        "Longest example": count(offer.max_example_tokens) if offer and offer.max_example_tokens else "unknown",
        "Takes": "text only" if offer and offer.text_only else "–",
        "Free tokens": f"{offer.free_tokens_per_day:,} a day through {offer.free_until}" if offer and offer.free_tokens_per_day and offer.free_until and day <= offer.free_until else "none",
        "Price read on": str(offer.source.as_of) if offer and offer.source.as_of else "–",
    }


_STATE_WORDS = {
    TuningState.OPEN: "open",
    TuningState.CLOSED_TO_NEW: "closed to new customers",
    TuningState.NO_NEW_JOBS: "no new jobs",
    TuningState.SHUT_DOWN: "shut down",
    TuningState.NOT_TUNABLE: "cannot be tuned",
    TuningState.UNKNOWN: "unknown",
}


def _price(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.2f}".rstrip("0").rstrip(".") if value >= 1 else f"{value:g}"


def _parts_in_words(comparison: Comparison) -> str:
    costs = [(outcome.strategy.label, outcome.cost.per_request.value) for outcome in comparison.outcomes if outcome.cost]
    return "Cost per 1,000 requests: " + "; ".join(f"{label} {usd(1000 * (value or 0))}" for label, value in costs)


def _totals_in_words(comparison: Comparison) -> str:
    return "Spent over the horizon: " + "; ".join(
        f"{outcome.strategy.label} {usd(outcome.total_usd)}" for outcome in comparison.outcomes if outcome.cost
    )


def _crossings_in_words(comparison: Comparison) -> str:
    if not comparison.crossings:
        return "The lines do not cross within the horizon: what is cheaper at the start stays cheaper."
    names = {outcome.strategy.id: outcome.strategy.label for outcome in comparison.outcomes}
    last = comparison.crossings[-1]
    others = len(comparison.crossings) - 1
    before = f"{others} earlier crossing{'s' if others > 1 else ''} marked with circles. " if others else ""
    return (
        f"{before}The last crossing: from month {month(last.crossing.month)} {names[last.after]} has cost less than "
        f"{names[last.before]}, for good within the months shown."
    )
