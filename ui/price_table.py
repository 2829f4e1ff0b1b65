"""The price list as a table: one line per price, old ones in amber."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from crossover.numbers import unknown
from crossover.prices import host_label
from crossover.words import day_words, localised, say, say_count
from ui import session
from ui.price_row import PriceRow

DETAIL = "prices.detail"
"""Where the session keeps the key of the row shown in detail."""
_TABLE = "prices.table"
_AMBER = "background-color: rgba(191, 138, 18, 0.35)"


def table(rows: Sequence[PriceRow]) -> None:
    """The rows, old ones in amber; the ticked one is shown in detail."""
    frame = pd.DataFrame([_cells(row) for row in rows])
    amber = [_AMBER if row.is_stale(session.today()) else "" for row in rows]
    age, read = say("Age, days"), say("Read")
    styled = (
        frame.style.apply(lambda _: amber, subset=[age, read])
        .format({age: _whole}, na_rep=unknown())
        .format(_day, subset=[read])
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
            say("Source"): st.column_config.LinkColumn(display_text=r"https://(?:www\.)?([^/]+)"),
            say("Name"): st.column_config.TextColumn(width=185),
            say("For"): st.column_config.TextColumn(width=95),
            say("At"): st.column_config.TextColumn(width=120),
        },
    )


def _stops(row: PriceRow) -> str:
    """The announced end and the days until then, seen from the price date."""
    if row.stops_on is None:
        return ""
    days = (row.stops_on - session.scenario().price_date).days
    if days > 0:
        return say_count("{day}, in {n} day", "{day}, in {n} days", days, day=row.stops_on)
    return say("{day}, over", day=row.stops_on)


def _whole(days: object) -> str:
    return localised(f"{days:.0f}")


def _day(value: object) -> str:
    return day_words(value) if isinstance(value, date) else ""


def _cells(row: PriceRow) -> dict[str, object]:
    today = session.today()
    is_page = row.source is not None and not row.is_own
    return {
        say("Name"): row.label,
        say("Price"): row.price,
        say("Unit"): row.unit,
        say("At"): host_label(row.host),
        say("For"): row.purpose.words + (f", {row.variant_words}" if row.variant else ""),
        say("Source"): row.source.url if is_page and row.source else None,
        say("Grade"): say("yours") if row.is_own else (row.source.grade if row.source else unknown()),
        say("Age, days"): row.age_days(today),
        say("Read"): row.source.as_of if row.source else None,
        say("Stops"): _stops(row),
    }


def _select(shown: Sequence[str]) -> None:
    """Show the ticked row in detail."""
    chosen = st.session_state[_TABLE].selection.rows
    if chosen and chosen[0] < len(shown):
        st.session_state[DETAIL] = shown[chosen[0]]
