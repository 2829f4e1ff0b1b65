"""The brief as of today: what moved since, and whether the decision still stands."""

from __future__ import annotations

import streamlit as st

from crossover.numbers import usd
from crossover.replay import MarketEvent, model_label
from crossover.report.brief import Brief
from crossover.report.brief_today import KEPT, RowToday, Today
from crossover.report.brief_today_words import amount_words, standing_words
from crossover.words import say, say_count
from ui import cached
from ui.price_source import links
from ui.text import escaped, plain

_MOST_MOVED = 12


def today_section(brief: Brief, today: Today) -> None:
    """The sentence, the totals then and now, and the dated facts behind it."""
    if today.on < brief.price_date:
        words = say(
            "The decision was made for prices of {day}, which is still to come.", day=brief.price_date
        )
        st.info(words)
        return
    with st.container(key="standing"):
        st.subheader(escaped(standing_words(brief, today).sentence), anchor=False)
    st.markdown("\n".join(f"- {_row(row)}" for row in today.rows))
    span = say_count(
        "Over {n} month from {day}.", "Over {n} months from {day}.", brief.horizon_months, day=today.on
    )
    st.caption(plain(f"{span} {say(KEPT)}"))
    _moved(brief, today)


def _row(row: RowToday) -> str:
    now = amount_words(row.low_usd, row.high_usd)
    then = usd(row.then_usd)
    same = say("unchanged") if now == then else say("was {before}", before=then)
    words = f"**{escaped(row.label)}**: {plain(now)} ({plain(same)})"
    if not row.obstacle:
        return words
    return say("{strategy}; cannot be chosen: {obstacle}", strategy=words, obstacle=escaped(row.obstacle))


def _moved(brief: Brief, today: Today) -> None:
    st.subheader(say("What moved since {day}", day=brief.price_date), anchor=False)
    if not today.moved:
        st.markdown(say("No price and no lifecycle of these models that we know of."))
        return
    shown = today.moved[-_MOST_MOVED:]
    left_out = len(today.moved) - len(shown)
    if left_out:
        words = say(
            "The last {shown}; {left_out} earlier ones are left out.", shown=len(shown), left_out=left_out
        )
        st.caption(words)
    st.markdown("\n".join(f"- {_event(event)}" for event in reversed(shown)))


def _event(event: MarketEvent) -> str:
    label = model_label(cached.price_book(), event.host, event.model)
    source = links((event.source,)) if event.source else ""
    words = escaped(f"{label}: {event.words}")
    return say("{event} Source: {source}.", event=words, source=source) if source else words
