"""What changed between two days, and two models side by side."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from crossover.charts.prices import price_history
from crossover.prices import InferencePrice, PriceBook, TokenPrice, changes, host_label
from crossover.replay import ModelAtHost, amount, change_source, change_words, event_words, model_label
from ui import price_session, session
from ui.price_periods import model_periods
from ui.price_row import PER_MILLION
from ui.price_source import links, read_words
from ui.text import counted, escaped, plain

_LOOK_BACK = timedelta(days=90)
_CHART = {"displayModeBar": False}
_AMOUNTS = {
    "Input, USD per M tokens": "input_mtok",
    "Output, USD per M tokens": "output_mtok",
    "Cached input, USD per M": "cached_input_mtok",
    "Cache write, USD per M": "cache_write_mtok",
}


@st.fragment
def changes_section() -> None:
    """Every price, opening, closing and shutdown between two days."""
    st.subheader("What changed", anchor=False)
    on = session.scenario().price_date
    left, middle, right = st.columns([1, 1, 2], vertical_alignment="bottom")
    with left:
        after = st.date_input("Since", on - _LOOK_BACK, key=f"prices.since.{on}", format="YYYY-MM-DD")
    with middle:
        until = st.date_input("Until", on, key=f"prices.until.{on}", format="YYYY-MM-DD")
    with right:
        query = st.text_input("Only", key="prices.changes_search", placeholder="Model or host", max_chars=100)
    if after is None or until is None or after >= until:
        st.info("Choose a first day that lies before the last one.")
        return
    found = [row for row in _changes(price_session.book(), after, until) if _is_wanted(row, query)]
    if not found:
        st.info(
            f"Nothing we know of changed between {after} and {until}. Widen the days or clear the search."
        )
        return
    st.caption(f"{counted(len(found), 'change')} after {after} up to {until}, newest first.")
    st.dataframe(
        pd.DataFrame(found),
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * len(found), 360),
        column_config={
            "Source": st.column_config.LinkColumn("Source", display_text=r"https://(?:www\.)?([^/]+)"),
            "What changed": st.column_config.TextColumn("What changed", width="large"),
        },
    )


def _changes(book: PriceBook, after: date, until: date) -> list[dict[str, object]]:
    moved = changes(book, after, until)
    prices = [
        {
            "Day": change.on,
            "Model": _name(book, change.host, change.model),
            "At": host_label(change.host),
            "For": change.subject,
            "What changed": change_words(change),
            "Source": _page(source.url) if (source := change_source(book, change)) else None,
        }
        for change in moved.prices
    ]
    events = [
        {
            "Day": event.on,
            "Model": "every model" if event.model == "*" else _name(book, event.host, event.model),
            "At": host_label(event.host),
            "For": event.scope,
            "What changed": event_words(event),
            "Source": _page(event.source.url),
        }
        for event in moved.lifecycle
    ]
    return sorted([*prices, *events], key=lambda row: str(row["Day"]), reverse=True)


def _page(url: str) -> str | None:
    return url if url.startswith("https://") else None


def _name(book: PriceBook, host: str, model: str) -> str:
    return model_label(book, host, model).removesuffix(f" at {host_label(host)}")


def _is_wanted(row: dict[str, object], query: str) -> bool:
    text = " ".join(map(str, row.values())).casefold()
    return all(word in text for word in query.casefold().split())


@st.fragment
def pair_section() -> None:
    """Two models on the same day: every token price, how many times as much, and their history."""
    st.subheader("Two models side by side", anchor=False)
    book, on = price_session.book(), session.scenario().price_date
    priced = {(entry.host, entry.model): entry.label for entry in book.models(on)}
    if len(priced) < 2:
        st.info(f"Fewer than two models have a price on {on}. Choose another day above.")
        return
    first, second = _pair(list(priced), priced)
    prices = [book.inference(*each, on) for each in (first, second)]
    if first == second or prices[0] is None or prices[1] is None:
        st.info("Choose two different models.")
        return
    names = [escaped(f"{priced[each]} · {host_label(each[0])}") for each in (first, second)]
    own, other = _facts(prices[0]), _facts(prices[1])
    ratios = _ratios(prices[0].price, prices[1].price)
    st.table(
        {names[0]: own, names[1]: other, "Second against first": {fact: ratios.get(fact, "") for fact in own}}
    )
    for name, price in zip(names, prices, strict=True):
        if price:
            st.caption(f"{name}: {plain(read_words(price.source))}")
    _pair_chart(book, (first, second), priced)


def _pair(options: list[ModelAtHost], priced: dict[ModelAtHost, str]) -> tuple[ModelAtHost, ModelAtHost]:
    scenario = session.scenario()
    chosen = (scenario.host, scenario.model)
    start = options.index(chosen) if chosen in options else 0
    places = (start, options.index(("openai", "gpt-4o-mini")) if ("openai", "gpt-4o-mini") in options else 0)
    places = places if places[0] != places[1] else (places[0], (places[0] + 1) % len(options))
    picked = []
    for column, label, place in zip(st.columns(2), ("First", "Second"), places, strict=True):
        with column:
            picked.append(
                st.selectbox(
                    f"{label} model",
                    options,
                    index=place,
                    key=f"prices.pair.{label.lower()}.{scenario.price_date}",
                    format_func=lambda each: f"{priced[each]} · {host_label(each[0])}",
                )
            )
    return picked[0], picked[1]


def _facts(price: InferencePrice) -> dict[str, str]:
    amounts = {label: amount(getattr(price.price, name)) for label, name in _AMOUNTS.items()}
    batch = price.batch
    return {
        **amounts,
        "Batch in / out, USD per M": f"{amount(batch.input_mtok)} / {amount(batch.output_mtok)}"
        if batch
        else "unknown",
        "Dearer beyond, input tokens": f"{price.price.long_from_tokens:,}"
        if price.price.long_from_tokens
        else "none known",
        "Price holds from": "ever" if price.valid_from in (None, date.min) else str(price.valid_from),
        "Until": str(price.valid_to or "further notice"),
        "Read on": str(price.source.as_of or "unknown"),
        "Grade": price.source.grade,
    }


def _ratios(first: TokenPrice, second: TokenPrice) -> dict[str, str]:
    found = {}
    for label, name in _AMOUNTS.items():
        own, other = getattr(first, name), getattr(second, name)
        if own and other is not None:
            found[label] = f"× {other / own:.3g}"
    return found


def _pair_chart(
    book: PriceBook, pair: tuple[ModelAtHost, ModelAtHost], priced: dict[ModelAtHost, str]
) -> None:
    periods = [
        period
        for each in pair
        for period in model_periods(book, *each, prefix=f"{priced[each]} · {host_label(each[0])}, ")
    ]
    sources = links(period.source for period in periods)
    until = max(session.scenario().price_date, session.today())
    st.plotly_chart(
        price_history(periods, until, PER_MILLION),
        key="chart-price-pair",
        config=_CHART,
        alt="Token prices of both models over time",
    )
    st.caption(f"Prices from {plain(sources)}.")
