"""The price list of a day: search, filter, sort, and one price in detail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from crossover.prices import host_label
from crossover.words import ENGLISH, in_language, language, mark, say, say_count
from ui import cached, controls, price_session, session
from ui.price_detail import price_detail
from ui.price_download import price_csv
from ui.price_row import PriceRow, Purpose
from ui.price_rows import price_rows
from ui.price_table import DETAIL, table
from ui.price_vocabulary import day_format

_LAST = date.max
_ORDERS: dict[str, Callable[[PriceRow], Any]] = {
    mark("Name"): lambda row: row.label.casefold(),
    mark("Price, lowest first"): lambda row: (row.usd is None, row.usd or 0.0),
    mark("Price, highest first"): lambda row: (row.usd is None, -(row.usd or 0.0)),
    mark("Read longest ago"): lambda row: (row.source.as_of if row.source else None) or date.min,
    mark("Retires soonest"): lambda row: row.stops_on or _LAST,
    mark("Newest price"): lambda row: -(row.valid_from or date.min).toordinal(),
}


def date_control() -> None:
    """The day prices are read for; the same one the Compare page uses."""
    key = "prices.price_date"
    session.show(key, session.scenario().price_date)
    st.date_input(say("Prices as of"), key=key, format=day_format(), on_change=_save_date, args=(key,))


def _save_date(key: str) -> None:
    day = session.taken(key)
    if day is not None:
        session.edit(price_date=day, preset=controls.CUSTOM)


@st.fragment
def list_section() -> None:
    """Find a price, then read everything known about it."""
    with in_language(language()):  # asked once, not for each of some thousand words
        _list()


def _list() -> None:
    on = session.scenario().price_date
    with_absent = st.session_state.get("prices.absent", False)
    rows = _rows(on, with_absent)
    found = _sorted(_chosen(rows))
    st.caption(_count_words(found, rows, on))
    if not found:
        st.info(
            say(
                "No price matches. Shorten the search, take out a filter, or choose another day: "
                "a model that had not begun or was shut down has no price on this one."
            )
        )
        return
    table(found)
    listed = _in_english(found, on, with_absent)
    st.download_button(
        say("Download this list (CSV)"),
        lambda: price_csv(listed, on).encode("utf-8-sig"),
        file_name=f"prices-{on.isoformat()}.csv",
        mime="text/csv",
        on_click="ignore",
        key="prices.download",
    )
    _details(found, on)


def _rows(on: date, with_absent: bool) -> tuple[PriceRow, ...]:
    """The list: everybody shares one without own prices, nobody sees another one's."""
    if price_session.own_prices():
        return _own_rows(language(), price_session.own_key(), on, with_absent)
    return listed_rows(on, with_absent)


def _in_english(rows: Sequence[PriceRow], on: date, with_absent: bool) -> list[PriceRow]:
    """The same rows as files have them: a download is read by programs."""
    if language() == ENGLISH:
        return list(rows)
    with in_language(ENGLISH):
        by_key = {row.key: row for row in _rows(on, with_absent)}
    return [by_key[row.key] for row in rows]


def listed_rows(on: date, with_absent: bool = False) -> tuple[PriceRow, ...]:
    """The prices of a day without anybody's own ones, in the language spoken."""
    return _listed_rows(language(), on, with_absent)


@st.cache_resource(max_entries=50, show_spinner=False)
def _listed_rows(spoken: str, on: date, with_absent: bool) -> tuple[PriceRow, ...]:
    with in_language(spoken):  # asked once, not for every word
        return price_rows(cached.price_book(), on, with_absent=with_absent)


@st.cache_resource(scope="session", max_entries=8, show_spinner=False)
def _own_rows(spoken: str, own_key: str, on: date, with_absent: bool) -> tuple[PriceRow, ...]:
    with in_language(spoken):
        return price_rows(price_session.book(), on, with_absent=with_absent)


def _chosen(rows: Sequence[PriceRow]) -> list[PriceRow]:
    query = st.text_input(
        say("Search"),
        key="prices.search",
        placeholder=say("Model, host, tool or price: gpt-4o azure"),
        max_chars=100,
    )
    purposes = st.pills(
        say("What the price is for"),
        [purpose.value for purpose in Purpose],
        key="prices.purposes",
        selection_mode="multi",
        format_func=lambda value: Purpose(value).words,
        help=say("Nothing chosen shows everything."),
    )
    left, middle, right = st.columns([2, 1.4, 1.2], vertical_alignment="bottom")
    with left:
        hosts = st.multiselect(
            say("Hosts"),
            sorted({row.host for row in rows}, key=host_label),
            key="prices.hosts",
            format_func=host_label,
            placeholder=say("All hosts"),
        )
    with middle:
        st.selectbox(say("Sort by"), list(_ORDERS), key="prices.order", format_func=say)
    with right:
        st.checkbox(say("Also models not sold on this day"), key="prices.absent")
    return [
        row
        for row in rows
        if row.matches(query)
        and (not purposes or row.purpose.value in purposes)
        and (not hosts or row.host in hosts)
    ]


def _sorted(rows: list[PriceRow]) -> list[PriceRow]:
    order = _ORDERS[st.session_state.get("prices.order") or "Name"]
    return sorted(rows, key=lambda row: (order(row), row.title))


def _count_words(found: Sequence[PriceRow], rows: Sequence[PriceRow], on: date) -> str:
    stale = sum(row.is_stale(session.today()) for row in found)
    own = sum(row.is_own for row in found)
    every = len(rows)
    parts = [
        say_count(
            "{n} price of {all:,} on {day}", "{n} prices of {all:,} on {day}", len(found), all=every, day=on
        )
    ]
    parts += [say("{rows:,} read more than 90 days ago", rows=stale)] if stale else []
    parts += [say("{rows:,} of your own", rows=own)] if own else []
    return ", ".join(parts) + "."


def _details(rows: Sequence[PriceRow], on: date) -> None:
    by_key = {row.key: row for row in rows}
    if st.session_state.get(DETAIL) not in by_key:
        st.session_state[DETAIL] = _first(rows).key
    st.selectbox(
        say("One price in detail"),
        list(by_key),
        key=DETAIL,
        format_func=lambda key: by_key[key].title if key in by_key else key,
        help=say("Or tick a row of the table."),
    )
    price_detail(by_key[st.session_state[DETAIL]], on)


def _first(rows: Sequence[PriceRow]) -> PriceRow:
    """The scenario's own model where it is listed."""
    scenario = session.scenario()
    own = (Purpose.INFERENCE, scenario.host, scenario.model)
    return next((row for row in rows if (row.purpose, row.host, row.item) == own), rows[0])
