"""The price list of a day: search, filter, sort, and one price in detail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from crossover.prices import host_label
from ui import cached, controls, price_session, session
from ui.price_detail import price_detail
from ui.price_download import price_csv
from ui.price_row import PriceRow, Purpose
from ui.price_rows import price_rows
from ui.text import counted

_AMBER = "background-color: rgba(191, 138, 18, 0.35)"
_TABLE, _DETAIL = "prices.table", "prices.detail"
_LAST = date.max
_ORDERS: dict[str, Callable[[PriceRow], Any]] = {
    "Name": lambda row: row.label.casefold(),
    "Price, lowest first": lambda row: (row.usd is None, row.usd or 0.0),
    "Price, highest first": lambda row: (row.usd is None, -(row.usd or 0.0)),
    "Read longest ago": lambda row: (row.source.as_of if row.source else None) or date.min,
    "Retires soonest": lambda row: row.stops_on or _LAST,
    "Newest price": lambda row: -(row.valid_from or date.min).toordinal(),
}


def date_control() -> None:
    """The day prices are read for; the same one the Compare page uses."""
    key = "prices.price_date"
    session.show(key, session.scenario().price_date)
    st.date_input("Prices as of", key=key, format="YYYY-MM-DD", on_change=_save_date, args=(key,))


def _save_date(key: str) -> None:
    day = session.taken(key)
    if day is not None:
        session.edit(price_date=day, preset=controls.CUSTOM)


@st.fragment
def list_section() -> None:
    """Find a price, then read everything known about it."""
    on = session.scenario().price_date
    rows = _rows(on, st.session_state.get("prices.absent", False))
    found = _sorted(_chosen(rows))
    st.caption(_count_words(found, rows, on))
    if not found:
        st.info(
            "No price matches. Shorten the search, take out a filter, or choose another day: "
            "a model that had not begun or was shut down has no price on this one."
        )
        return
    _table(found)
    st.download_button(
        "Download this list (CSV)",
        lambda: price_csv(found, on).encode("utf-8-sig"),
        file_name=f"prices-{on.isoformat()}.csv",
        mime="text/csv",
        on_click="ignore",
        key="prices.download",
    )
    _details(found, on)


def _rows(on: date, with_absent: bool) -> tuple[PriceRow, ...]:
    """The list: everybody shares one without own prices, nobody sees another one's."""
    if price_session.own_prices():
        return _own_rows(price_session.own_key(), on, with_absent)
    return listed_rows(on, with_absent)


@st.cache_resource(max_entries=50, show_spinner=False)
def listed_rows(on: date, with_absent: bool = False) -> tuple[PriceRow, ...]:
    """The prices of a day without anybody's own ones."""
    return price_rows(cached.price_book(), on, with_absent=with_absent)


@st.cache_resource(scope="session", max_entries=8, show_spinner=False)
def _own_rows(own_key: str, on: date, with_absent: bool) -> tuple[PriceRow, ...]:
    return price_rows(price_session.book(), on, with_absent=with_absent)


def _chosen(rows: Sequence[PriceRow]) -> list[PriceRow]:
    query = st.text_input(
        "Search", key="prices.search", placeholder="Model, host, tool or price: gpt-4o azure", max_chars=100
    )
    purposes = st.pills(
        "What the price is for",
        [purpose.value for purpose in Purpose],
        key="prices.purposes",
        selection_mode="multi",
        help="Nothing chosen shows everything.",
    )
    left, middle, right = st.columns([2, 1.4, 1.2], vertical_alignment="bottom")
    with left:
        hosts = st.multiselect(
            "Hosts",
            sorted({row.host for row in rows}, key=host_label),
            key="prices.hosts",
            format_func=host_label,
            placeholder="All hosts",
        )
    with middle:
        st.selectbox("Sort by", list(_ORDERS), key="prices.order")
    with right:
        st.checkbox("Also models not sold on this day", key="prices.absent")
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
    parts = [f"{counted(len(found), 'price')} of {len(rows):,} on {on.isoformat()}"]
    parts += [f"{stale:,} read more than 90 days ago"] if stale else []
    parts += [f"{own:,} of your own"] if own else []
    return ", ".join(parts) + "."


def _table(rows: Sequence[PriceRow]) -> None:
    frame = pd.DataFrame([_cells(row) for row in rows])
    amber = [_AMBER if row.is_stale(session.today()) else "" for row in rows]
    styled = (
        frame.style.apply(lambda _: amber, subset=["Age, days", "Read"])
        .format({"Age, days": "{:.0f}"}, na_rep="unknown")
        .format(_day, subset=["Read"])
    )
    st.dataframe(
        styled,
        key=_TABLE,
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * len(rows), 420),
        on_select=partial(_select, [row.key for row in rows]),
        selection_mode="single-row",
        column_config={
            "Source": st.column_config.LinkColumn("Source", display_text=r"https://(?:www\.)?([^/]+)"),
            "Name": st.column_config.TextColumn("Name", width="medium"),
            "For": st.column_config.TextColumn("For", width="small"),
            "At": st.column_config.TextColumn("At", width="small"),
        },
    )


def _stops(row: PriceRow) -> str:
    """The announced end and the days until then, seen from the price date."""
    if row.stops_on is None:
        return ""
    days = (row.stops_on - session.scenario().price_date).days
    return f"{row.stops_on.isoformat()}, in {days} days" if days > 0 else f"{row.stops_on.isoformat()}, over"


def _day(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else ""


def _cells(row: PriceRow) -> dict[str, object]:
    today = session.today()
    is_page = row.source is not None and not row.is_own
    return {
        "Name": row.label,
        "Price": row.price,
        "Unit": row.unit,
        "At": host_label(row.host),
        "For": row.purpose.value + (f", {row.variant}" if row.variant else ""),
        "Source": row.source.url if is_page and row.source else None,
        "Grade": "yours" if row.is_own else (row.source.grade if row.source else "unknown"),
        "Age, days": row.age_days(today),
        "Read": row.source.as_of if row.source else None,
        "Stops": _stops(row),
    }


def _select(shown: Sequence[str]) -> None:
    """Show the ticked row in detail."""
    chosen = st.session_state[_TABLE].selection.rows
    if chosen and chosen[0] < len(shown):
        st.session_state[_DETAIL] = shown[chosen[0]]


def _details(rows: Sequence[PriceRow], on: date) -> None:
    by_key = {row.key: row for row in rows}
    if st.session_state.get(_DETAIL) not in by_key:
        st.session_state[_DETAIL] = _first(rows).key
    st.selectbox(
        "One price in detail",
        list(by_key),
        key=_DETAIL,
        format_func=lambda key: by_key[key].title if key in by_key else key,
        help="Or tick a row of the table.",
    )
    price_detail(by_key[st.session_state[_DETAIL]], on)


def _first(rows: Sequence[PriceRow]) -> PriceRow:
    """The scenario's own model where it is listed."""
    scenario = session.scenario()
    own = (Purpose.INFERENCE, scenario.host, scenario.model)
    return next((row for row in rows if (row.purpose, row.host, row.item) == own), rows[0])
