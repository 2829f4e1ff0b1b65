"""One price in detail: what it is made of, who says so, how it moved, and what is announced."""

from __future__ import annotations

from datetime import date

import streamlit as st

from crossover.charts.prices import PricePeriod, price_history
from crossover.numbers import unit_price
from crossover.prices import host_label
from crossover.replay import event_words
from crossover.words import day_words, in_sentence, say, say_count
from ui import price_session, session
from ui.price_periods import price_periods
from ui.price_row import PriceRow, Purpose
from ui.price_source import badges, link, source_line
from ui.text import escaped


def price_detail(row: PriceRow, on: date) -> None:
    """Everything known about one price."""
    with st.container(border=True, key="price-detail"):
        st.markdown(f"#### {escaped(row.label)}")
        what = escaped(row.variant_words or row.purpose.words)
        st.caption(f"{escaped(host_label(row.host))} · {what} · {row.unit}")
        st.markdown(f"**{escaped(row.price)}**")
        badges(row, on)
        if row.facts:
            st.markdown("\n".join(f"- {name}: {escaped(value)}" for name, value in row.facts.items()))
        source_line(row.source)
        _history(row, on)
        _lifecycle(row)


def _history(row: PriceRow, on: date) -> None:
    periods = price_periods(price_session.book(), row)
    if not any(value is not None for period in periods for value in period.numbers.values()):
        return
    known = [period for period in periods if period.valid_from]
    st.markdown(
        say_count("**How it moved** ({n} row known)", "**How it moved** ({n} rows known)", len(known))
    )
    st.plotly_chart(
        price_history(periods, max(on, session.today()), row.unit),
        key="chart-price-history",
        config={"displayModeBar": False},
        alt=say("Price of {name} over time, as listed under the chart", name=row.label),
    )
    st.markdown("\n".join(map(_period_line, periods)))


def _period_line(period: PricePeriod) -> str:
    known = ((name, value) for name, value in period.numbers.items() if value is not None)
    numbers = ", ".join(f"{escaped(in_sentence(name))} {unit_price(value)}" for name, value in known)
    days = say("from {start} until {end}", start=first_day(period.valid_from), end=last_day(period.valid_to))
    return f"- {days}: {numbers} ({link(period.source)})"


def first_day(day: date | None) -> str:
    """Since when a price holds; an own price may hold ever since."""
    return day_words(day) if day and day > date.min else say("ever")


def last_day(day: date | None) -> str:
    """Until when a price holds."""
    return day_words(day) if day else say("further notice")


def _lifecycle(row: PriceRow) -> None:
    if row.purpose not in (Purpose.INFERENCE, Purpose.TUNING):
        return
    events = price_session.book().lifecycle(row.host, row.item)
    if events:
        st.markdown(say("**What happened and what is announced**"))
        st.markdown(
            "\n".join(
                f"- {event_words(event)} ({link(event.source)}) {escaped(say(event.remedy))}"
                for event in events
            )
        )
