"""How much requests differ, and how exactly the sample pins down what one costs."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from crossover.comparison import Comparison
from crossover.cost.summary import IntervalMethod, Summary
from crossover.numbers import usd
from crossover.whatif.intervals import RequestSpread, request_spreads
from ui.text import counted


def spread_section(comparison: Comparison) -> None:
    """How much requests differ and how exactly the sample pins the mean down, when somebody asks."""
    if not st.toggle("How much do requests differ, and how exact is the mean?", key="show-spread"):
        return
    spreads = request_spreads(comparison)
    if not spreads:
        st.info("No strategy has a price on this day.")
        return
    st.dataframe(_spread_table(comparison, spreads), hide_index=True, width="stretch")
    first = spreads[0].summary
    st.caption(_spread_words(first))


def _spread_table(comparison: Comparison, spreads: Sequence[RequestSpread]) -> pd.DataFrame:
    rows = []
    for each in spreads:
        summary, interval = each.summary, each.summary.interval
        between = (interval.low, interval.high) if interval else None
        rows.append(
            {
                "Strategy": comparison.outcome(each.strategy).strategy.label,
                "Mean per 1,000 requests": usd(1000 * summary.mean),
                "95 % interval": _per_thousand_range(between),
                "Typical request, per 1,000": usd(1000 * summary.p50),
                "1 in 20 costs more than, per 1,000": usd(1000 * summary.p95),
                "Dearer than the cheapest total, per 1,000": _per_thousand_range(each.dearer_than_leader),
            }
        )
    return pd.DataFrame(rows)


def _per_thousand_range(interval: tuple[float, float] | None) -> str:
    return "–" if interval is None else f"{usd(1000 * interval[0])} to {usd(1000 * interval[1])}"


def _spread_words(summary: Summary) -> str:
    requests = counted(summary.n, "request")
    if summary.interval is None:
        return f"{requests}: too few for an interval. Five give a first one, 20 a sound one."
    how = "resampled 2,000 times, the same rows for every strategy"
    if summary.interval.method is IntervalMethod.NORMAL:
        how = "a rough interval, since there are fewer than 20 requests"
    few = " The last but one column is an indication below 59 requests." if summary.p95_is_indicative else ""
    return f"Over {requests}; {how}.{few}"
