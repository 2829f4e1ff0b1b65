"""What changed between two days: prices, openings, closings and shutdowns."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from crossover.prices import PriceBook, changes, host_label
from crossover.replay import change_source, change_words, event_words, model_label
from ui import price_session, session
from ui.text import counted

_LOOK_BACK = timedelta(days=90)


@st.fragment
def changes_section() -> None:
    """Every price, opening, closing and shutdown between two days."""
    st.subheader("What changed", anchor=False)
    on = session.scenario().price_date
    left, middle, right = st.columns([1, 1, 2], vertical_alignment="bottom")
    with left:
        after = st.date_input("Since", on - _LOOK_BACK, key=f"prices.since.{on}", format="YYYY-MM-DD")
    with middle:
        until = st.date_input("Until", on, key=f"prices.until.{on}", format="YYYY-MM-DD")
    with right:
        query = st.text_input("Only", key="prices.changes_search", placeholder="Model or host", max_chars=100)
    if after is None or until is None or after >= until:
        st.info("Choose a first day that lies before the last one.")
        return
    found = [row for row in _changes(price_session.book(), after, until) if _is_wanted(row, query)]
    if not found:
        st.info(
            f"Nothing we know of changed between {after} and {until}. Widen the days or clear the search."
        )
        return
    st.caption(f"{counted(len(found), 'change')} after {after} up to {until}, newest first.")
    st.dataframe(
        pd.DataFrame(found),
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * len(found), 360),
        column_config={
            "Source": st.column_config.LinkColumn("Source", display_text=r"https://(?:www\.)?([^/]+)"),
            "What changed": st.column_config.TextColumn("What changed", width="large"),
        },
    )


def _changes(book: PriceBook, after: date, until: date) -> list[dict[str, object]]:
    moved = changes(book, after, until)
    prices: list[dict[str, object]] = [
        {
            "Day": change.on,
            "Model": _name(book, change.host, change.model),
            "At": host_label(change.host),
            "For": change.subject,
            "What changed": change_words(change),
            "Source": _page(source.url) if (source := change_source(book, change)) else None,
        }
        for change in moved.prices
    ]
    events: list[dict[str, object]] = [
        {
            "Day": event.on,
            "Model": "every model" if event.model == "*" else _name(book, event.host, event.model),
            "At": host_label(event.host),
            "For": event.scope,
            "What changed": event_words(event),
            "Source": _page(event.source.url),
        }
        for event in moved.lifecycle
    ]
    return sorted([*prices, *events], key=lambda row: str(row["Day"]), reverse=True)


def _page(url: str) -> str | None:
    return url if url.startswith("https://") else None


def _name(book: PriceBook, host: str, model: str) -> str:
    return model_label(book, host, model).removesuffix(f" at {host_label(host)}")


def _is_wanted(row: dict[str, object], query: str) -> bool:
    text = " ".join(map(str, row.values())).casefold()
    return all(word in text for word in query.casefold().split())
