"""The brief as of today: what moved since, and whether the decision still stands."""

from __future__ import annotations

import streamlit as st

from crossover.numbers import usd
from crossover.replay import MarketEvent, model_label
from crossover.report.brief import Brief
from crossover.report.brief_today import KEPT, RowToday, Today
from crossover.report.brief_today_words import amount_words, standing_words
from ui import cached
from ui.price_source import links
from ui.text import counted, escaped, plain

_MOST_MOVED = 12


def today_section(brief: Brief, today: Today) -> None:
    """The sentence, the totals then and now, and the dated facts behind it."""
    if today.on < brief.price_date:
        st.info(f"The decision was made for prices of {brief.price_date}, which is still to come.")
        return
    with st.container(key="standing"):
        st.subheader(escaped(standing_words(brief, today).sentence), anchor=False)
    st.markdown("\n".join(f"- {_row(row)}" for row in today.rows))
    st.caption(plain(f"Over {counted(brief.horizon_months, 'month')} from {today.on}. {KEPT}"))
    _moved(brief, today)


def _row(row: RowToday) -> str:
    now = amount_words(row.low_usd, row.high_usd)
    then = usd(row.then_usd)
    same = "unchanged" if now == then else f"was {then}"
    words = f"**{escaped(row.label)}**: {plain(now)} ({plain(same)})"
    return f"{words}; cannot be chosen: {escaped(row.obstacle)}" if row.obstacle else words


def _moved(brief: Brief, today: Today) -> None:
    st.subheader(f"What moved since {brief.price_date}", anchor=False)
    if not today.moved:
        st.markdown("No price and no lifecycle of these models that we know of.")
        return
    shown = today.moved[-_MOST_MOVED:]
    left_out = len(today.moved) - len(shown)
    if left_out:
        st.caption(f"The last {len(shown)}; {left_out} earlier ones are left out.")
    st.markdown("\n".join(f"- {_event(event)}" for event in reversed(shown)))


def _event(event: MarketEvent) -> str:
    label = model_label(cached.price_book(), event.host, event.model)
    source = links((event.source,)) if event.source else ""
    return escaped(f"{label}: {event.words}") + (f" Source: {source}." if source else "")
