"""Who lists a price and since when: the same words wherever the Prices page shows one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

import streamlit as st

from crossover.prices import Source
from crossover.words import say, say_count
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
    read = say("read {day}", day=source.as_of) if source.as_of else say("day of reading unknown")
    note = f", {escaped(source.note)}" if source.note else ""
    grade = say("grade {grade}", grade=source.grade)
    return f"{link(source)}, {read}, {grade}{note}"


def badges(row: PriceRow, on: date) -> None:
    """Age, grade, whose it is, and how long what it prices will last."""
    with st.container(horizontal=True):
        if row.is_own:
            st.badge(say("your own price"), color="violet")
        age = row.age_days(session.today())
        if age is not None:
            stale = row.is_stale(session.today())
            st.badge(_age_words(age, stale), color="orange" if stale else "green")
        elif row.source:
            st.badge(say("day of reading unknown"), color="orange")
        if row.source and not row.is_own:
            grade = row.source.grade
            st.badge(say("grade {grade}: {meaning}", grade=grade, meaning=say(GRADES[grade])), color="blue")
        if row.first_seen:
            st.badge(say("first day is the oldest sight, it may be older"), color="gray")
        _countdown(row, on)


def _age_words(days: int, stale: bool) -> str:
    if stale:
        return say_count("read {n} day ago, read it again", "read {n} days ago, read it again", days)
    return say_count("read {n} day ago", "read {n} days ago", days)


def _countdown(row: PriceRow, on: date) -> None:
    if row.stops_on is None:
        return
    days = (row.stops_on - on).days
    words = (
        say_count("stops in {n} day, on {day}", "stops in {n} days, on {day}", days, day=row.stops_on)
        if days > 0
        else say("stopped on {day}", day=row.stops_on)
    )
    st.badge(words, color="red" if days <= SOON_DAYS else "orange")


def source_line(source: Source | None) -> None:
    """Where a figure comes from, under it."""
    if source is None:
        st.caption(say("Nobody we have read lists this price. Enter yours below if you know it."))
    else:
        st.caption(say("Source: {page}", page=plain(read_words(source))))
