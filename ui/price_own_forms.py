"""The forms for own prices: a discount on a listed price, and a price typed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from crossover.own_prices import MOST_OWN_PRICES, OwnPrice
from crossover.prices import HOSTS, InferencePrice, TuningPrice, host_label
from crossover.prices.overrides import TYPED, read_own
from crossover.replay import field_label
from crossover.words import localised, mark, say
from ui import cached, price_session, session
from ui.price_own_cells import (
    TOKEN_COLUMNS,
    TUNING_COLUMNS,
    Cells,
    Currency,
    InvalidOwnPrice,
    currency_of,
    discounted_cells,
    own_cells,
)
from ui.price_vocabulary import day_format
from ui.text import escaped

_OTHER = mark("Another host")
_CALLING, _TUNING = mark("Calling"), mark("Tuning")


def discount_form() -> None:
    """Every listed amount of a model lowered by a share, for as long as that price holds."""
    book, on = cached.price_book(), session.scenario().price_date
    priced = {(entry.host, entry.model): entry.label for entry in book.models(on)}
    if not priced:
        st.info(say("No model has a listed price on this day. Choose another day, or enter a price."))
        return
    scenario = session.scenario()
    chosen, options = (scenario.host, scenario.model), list(priced)
    with st.form("own-discount", border=False):
        model = st.selectbox(
            say("Model"),
            options,
            index=options.index(chosen) if chosen in options else 0,
            key="own.discount.model",
            format_func=lambda each: f"{priced[each]} · {host_label(each[0])}",
        )
        percent = st.number_input(
            say("Discount, %"),
            min_value=0.0,
            max_value=100.0,
            value=10.0,
            step=1.0,
            format="%g",
            key="own.discount.percent",
        )
        note = st.text_input(
            say("Note"), key="own.discount.note", placeholder=say("Contract 17"), max_chars=200
        )
        if not st.form_submit_button(say("Apply the discount"), key="own.discount.add"):
            return
    rows = (book.inference(*model, on), *book.tuning(*model, on)[:1])
    _add([row for row in rows if row], percent, note)


def _add(rows: Sequence[InferencePrice | TuningPrice], percent: float, note: str) -> None:
    try:
        cells = [discounted_cells(row, percent, note) for row in rows]
    except InvalidOwnPrice as error:
        st.error(str(error))
        return
    keep_prices(cells, TYPED)


def typed_form() -> None:
    """A price of any model at any host, in any currency; what is left empty is unknown."""
    with st.form("own-typed", border=False):
        left, right = st.columns(2)
        with left:
            host = st.selectbox(
                say("Where it runs"), [*HOSTS, _OTHER], key="own.host", format_func=_host_words
            )
            other = st.text_input(say("Its name, if it is another host"), key="own.host_name", max_chars=60)
        with right:
            model = st.text_input(
                say("Model"), key="own.model", placeholder=say("gpt-6-luna, or your own name"), max_chars=80
            )
            kind = st.radio(
                say("Price for"), [_CALLING, _TUNING], key="own.kind", horizontal=True, format_func=say
            )
        calling = _amounts(say("Calling, per million tokens (empty is unknown, not free)"), TOKEN_COLUMNS)
        tuning = _amounts(
            say("Tuning, per million tokens; hosting per hour (empty is unknown, not free)"), TUNING_COLUMNS
        )
        currency = _currency()
        note = st.text_input(
            say("Note"), key="own.note", placeholder=say("Where this price comes from"), max_chars=200
        )
        if not st.form_submit_button(say("Add this price"), key="own.add"):
            return
    try:
        amounts = calling if kind == _CALLING else tuning
        place = other if host == _OTHER else host
        keep_prices([own_cells(place, model, amounts, note, currency())], TYPED)
    except InvalidOwnPrice as error:
        st.error(escaped(str(error)))


def _amounts(title: str, columns: tuple[str, ...]) -> dict[str, str]:
    st.markdown(title)
    places = st.columns(len(columns), vertical_alignment="bottom")
    return {
        column: place.text_input(_capital(field_label(column)), key=f"own.{column}", max_chars=20)
        for place, column in zip(places, columns, strict=True)
    }


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def _host_words(host: str) -> str:
    return say(_OTHER) if host == _OTHER else host_label(host)


def _currency() -> Callable[[], Currency | None]:
    """The fields for another currency; what they say is read when the form is sent."""
    code_at, rate_at, day_at = st.columns(3)
    code = code_at.text_input(say("Currency"), "USD", key="own.currency", max_chars=3)
    rate = rate_at.text_input(
        say("US dollars for one of it"), key="own.rate", placeholder=localised("1.08"), max_chars=20
    )
    day = day_at.date_input(say("Rate of"), None, key="own.rate_date", format=day_format())
    return lambda: currency_of(code, rate, day)


def keep_prices(cells: Sequence[Cells], origin: str) -> None:
    """Take prices over when all of them can be read, and show the page with them."""
    prices = [OwnPrice(each, origin, session.today()) for each in cells]
    problems = [problem for price in prices for problem in read_own(price).problems]
    if problems:
        st.error(escaped(problems[0].what))
        return
    added = price_session.add_own(prices)
    if added < len(prices):
        st.toast(
            say(
                "Only {added} of {all} fit: at most {most} own prices are kept.",
                added=added,
                all=len(prices),
                most=MOST_OWN_PRICES,
            )
        )
    st.rerun()
