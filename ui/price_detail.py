"""One price in detail: what it is made of, who says so, how it moved, and what is announced."""

from __future__ import annotations

from datetime import date

import streamlit as st

from crossover.charts.prices import PricePeriod, price_history
from crossover.numbers import unit_price
from crossover.prices import host_label
from crossover.replay import event_words
from ui import price_session, session
from ui.price_periods import price_periods
from ui.price_row import PriceRow, Purpose
from ui.price_source import badges, link, source_line
from ui.text import counted, escaped


def price_detail(row: PriceRow, on: date) -> None:
    """Everything known about one price."""
    with st.container(border=True, key="price-detail"):
        st.markdown(f"#### {escaped(row.label)}")
        st.caption(
            f"{escaped(host_label(row.host))} · {escaped(row.variant or row.purpose.value)} · {row.unit}"
        )
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
    st.markdown(f"**How it moved** ({counted(len(known), 'row')} known)")
    st.plotly_chart(
        price_history(periods, max(on, session.today()), row.unit),
        key="chart-price-history",
        config={"displayModeBar": False},
        alt=f"Price of {row.label} over time, as listed under the chart",
    )
    st.markdown("\n".join(map(_period_line, periods)))


def _period_line(period: PricePeriod) -> str:
    start = "ever" if period.valid_from in (None, date.min) else str(period.valid_from)
    known = ((name, value) for name, value in period.numbers.items() if value is not None)
    numbers = ", ".join(f"{escaped(name.lower())} {unit_price(value)}" for name, value in known)
    until = period.valid_to or "further notice"
    return f"- from {start} until {until}: {numbers} ({link(period.source)})"


def _lifecycle(row: PriceRow) -> None:
    if row.purpose not in (Purpose.INFERENCE, Purpose.TUNING):
        return
    events = price_session.book().lifecycle(row.host, row.item)
    if events:
        st.markdown("**What happened and what is announced**")
        st.markdown(
            "\n".join(
                f"- {event_words(event)} ({link(event.source)}) {escaped(event.remedy)}" for event in events
            )
        )
