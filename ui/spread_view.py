"""How much requests differ, and how exactly the sample pins down what one costs."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from crossover.comparison import Comparison
from crossover.cost.summary import IntervalMethod, Summary
from crossover.numbers import usd
from crossover.whatif.intervals import RequestSpread, request_spreads
from crossover.words import say, say_count


def spread_section(comparison: Comparison) -> None:
    """How much requests differ and how exactly the sample pins the mean down, when somebody asks."""
    if not st.toggle(say("How much do requests differ, and how exact is the mean?"), key="show-spread"):
        return
    spreads = request_spreads(comparison)
    if not spreads:
        st.info(say("No strategy has a price on this day."))
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
                say("Strategy"): comparison.outcome(each.strategy).strategy.label,
                say("Mean per 1,000 requests"): usd(1000 * summary.mean),
                say("95 % interval"): _per_thousand_range(between),
                say("Typical request, per 1,000"): usd(1000 * summary.p50),
                say("1 in 20 costs more than, per 1,000"): usd(1000 * summary.p95),
                say("Dearer than the cheapest total, per 1,000"): _per_thousand_range(
                    each.dearer_than_leader
                ),
            }
        )
    return pd.DataFrame(rows)


def _per_thousand_range(interval: tuple[float, float] | None) -> str:
    if interval is None:
        return "–"
    low, high = (usd(1000 * bound) for bound in interval)
    return say("{low} to {high}", low=low, high=high)


def _spread_words(summary: Summary) -> str:
    requests = say_count("{n} request", "{n} requests", summary.n)
    if summary.interval is None:
        return say(
            "{requests}: too few for an interval. Five give a first one, 20 a sound one.", requests=requests
        )
    words = say(
        "Over {requests}; resampled 2,000 times, the same rows for every strategy.", requests=requests
    )
    if summary.interval.method is IntervalMethod.NORMAL:
        words = say(
            "Over {requests}; a rough interval, since there are fewer than 20 requests.", requests=requests
        )
    if summary.p95_is_indicative:
        words += " " + say("The last but one column is an indication below 59 requests.")
    return words
