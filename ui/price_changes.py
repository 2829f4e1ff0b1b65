"""What changed between two days: prices, openings, closings and shutdowns."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from crossover.prices import Lifecycle, PriceBook, changes, host_label
from crossover.replay import change_source, change_words, event_words, model_name, subject_label
from crossover.words import say, say_count
from ui import price_session, session
from ui.price_vocabulary import day_format

_LOOK_BACK = timedelta(days=90)


@st.fragment
def changes_section() -> None:
    """Every price, opening, closing and shutdown between two days."""
    st.subheader(say("What changed"), anchor=False)
    on = session.scenario().price_date
    left, middle, right = st.columns([1, 1, 2], vertical_alignment="bottom")
    with left:
        after = st.date_input(say("Since"), on - _LOOK_BACK, key=f"prices.since.{on}", format=day_format())
    with middle:
        until = st.date_input(say("Until"), on, key=f"prices.until.{on}", format=day_format())
    with right:
        query = st.text_input(
            say("Only"), key="prices.changes_search", placeholder=say("Model or host"), max_chars=100
        )
    if after is None or until is None or after >= until:
        st.info(say("Choose a first day that lies before the last one."))
        return
    found = [row for row in _changes(price_session.book(), after, until) if _is_wanted(row, query)]
    if not found:
        st.info(
            say(
                "Nothing we know of changed between {after} and {until}. Widen the days or clear the search.",
                after=after,
                until=until,
            )
        )
        return
    st.caption(
        say_count(
            "{n} change after {after} up to {until}, newest first.",
            "{n} changes after {after} up to {until}, newest first.",
            len(found),
            after=after,
            until=until,
        )
    )
    st.dataframe(
        pd.DataFrame(found),
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * len(found), 360),
        column_config={
            say("Day"): st.column_config.DateColumn(format=day_format()),
            say("Source"): st.column_config.LinkColumn(display_text=r"https://(?:www\.)?([^/]+)"),
            say("What changed"): st.column_config.TextColumn(width="large"),
        },
    )


def _changes(book: PriceBook, after: date, until: date) -> list[dict[str, object]]:
    moved = changes(book, after, until)
    prices: list[dict[str, object]] = [
        {
            say("Day"): change.on,
            say("Model"): model_name(book, change.host, change.model),
            say("At"): host_label(change.host),
            say("For"): subject_label(change.subject),
            say("What changed"): change_words(change),
            say("Source"): _page(source.url) if (source := change_source(book, change)) else None,
        }
        for change in moved.prices
    ]
    events: list[dict[str, object]] = [
        {
            say("Day"): event.on,
            say("Model"): say("every model") if event.model == "*" else _name(book, event),
            say("At"): host_label(event.host),
            say("For"): subject_label(event.scope),
            say("What changed"): event_words(event),
            say("Source"): _page(event.source.url),
        }
        for event in moved.lifecycle
    ]
    day = say("Day")
    return sorted([*prices, *events], key=lambda row: str(row[day]), reverse=True)


def _page(url: str) -> str | None:
    return url if url.startswith("https://") else None


def _name(book: PriceBook, event: Lifecycle) -> str:
    return model_name(book, event.host, event.model)


def _is_wanted(row: dict[str, object], query: str) -> bool:
    text = " ".join(map(str, row.values())).casefold()
    return all(word in text for word in query.casefold().split())
