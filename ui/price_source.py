"""Who lists a price and since when: the same words wherever the Prices page shows one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

import streamlit as st

from crossover.prices import Source
from ui import session
from ui.price_row import GRADES, PriceRow
from ui.text import escaped, plain

SOON_DAYS = 90


def link(source: Source) -> str:
    """The page as a link, for markdown; own prices as harmless text."""
    if not source.url.startswith("https://"):
        return escaped(source.url)
    return f"[{urlsplit(source.url).netloc}]({source.url})"


def links(sources: Iterable[Source]) -> str:
    """Several pages, each once."""
    return ", ".join(dict.fromkeys(link(source) for source in sources))


def read_words(source: Source) -> str:
    """The page, the day it was read, how far it is trusted, and what is odd about it."""
    read = f"read {source.as_of.isoformat()}" if source.as_of else "day of reading unknown"
    note = f", {escaped(source.note)}" if source.note else ""
    return f"{link(source)}, {read}, grade {source.grade}{note}"


def badges(row: PriceRow, on: date) -> None:
    """Age, grade, whose it is, and how long what it prices will last."""
    with st.container(horizontal=True):
        if row.is_own:
            st.badge("your own price", color="violet")
        age = row.age_days(session.today())
        if age is not None:
            stale = row.is_stale(session.today())
            st.badge(
                f"read {age} days ago{', read it again' if stale else ''}",
                color="orange" if stale else "green",
            )
        elif row.source:
            st.badge("day of reading unknown", color="orange")
        if row.source and not row.is_own:
            st.badge(f"grade {row.source.grade}: {GRADES[row.source.grade]}", color="blue")
        if row.first_seen:
            st.badge("first day is the oldest sight, it may be older", color="gray")
        _countdown(row, on)


def _countdown(row: PriceRow, on: date) -> None:
    if row.stops_on is None:
        return
    days = (row.stops_on - on).days
    words = f"stops in {days} days, on {row.stops_on}" if days > 0 else f"stopped on {row.stops_on}"
    st.badge(words, color="red" if days <= SOON_DAYS else "orange")


def source_line(source: Source | None) -> None:
    """Where a figure comes from, under it."""
    if source is None:
        st.caption("Nobody we have read lists this price. Enter yours below if you know it.")
    else:
        st.caption(f"Source: {plain(read_words(source))}")
