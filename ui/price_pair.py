"""Two models side by side on one day, and how both moved."""

from __future__ import annotations

import streamlit as st

from crossover.charts.prices import price_history
from crossover.numbers import unit_price, unknown
from crossover.prices import InferencePrice, PriceBook, TokenPrice, host_label
from crossover.replay import ModelAtHost
from crossover.words import localised, mark, say
from ui import price_session, session
from ui.price_detail import first_day, last_day
from ui.price_market import day_or_unknown
from ui.price_periods import model_periods
from ui.price_row import token_words
from ui.price_source import links, read_words
from ui.price_vocabulary import PER_MILLION
from ui.text import escaped, plain

_CHART = {"displayModeBar": False}
_AMOUNTS = {
    mark("Input, USD per M tokens"): "input_mtok",
    mark("Output, USD per M tokens"): "output_mtok",
    mark("Cached input, USD per M"): "cached_input_mtok",
    mark("Cache write, USD per M"): "cache_write_mtok",
}
_RIVAL = ("openai", "gpt-4o-mini")


@st.fragment
def pair_section() -> None:
    """Two models on the same day: every token price, how many times as much, and their history."""
    st.subheader(say("Two models side by side"), anchor=False)
    book, on = price_session.book(), session.scenario().price_date
    priced = {(entry.host, entry.model): entry.label for entry in book.models(on)}
    if len(priced) < 2:
        st.info(say("Fewer than two models have a price on {day}. Choose another day above.", day=on))
        return
    first, second = _pair(list(priced), priced)
    prices = [book.inference(*each, on) for each in (first, second)]
    if first == second or prices[0] is None or prices[1] is None:
        st.info(say("Choose two different models."))
        return
    names = [escaped(f"{priced[each]} · {host_label(each[0])}") for each in (first, second)]
    own, other = _facts(prices[0]), _facts(prices[1])
    ratios = _ratios(prices[0].price, prices[1].price)
    against = {fact: ratios.get(fact, "") for fact in own}
    st.table({names[0]: own, names[1]: other, say("Second against first"): against})
    for name, price in zip(names, prices, strict=True):
        if price:
            st.caption(f"{name}: {plain(read_words(price.source))}")
    _pair_chart(book, (first, second), priced)


def _pair(options: list[ModelAtHost], priced: dict[ModelAtHost, str]) -> tuple[ModelAtHost, ModelAtHost]:
    scenario = session.scenario()
    chosen = (scenario.host, scenario.model)
    start = options.index(chosen) if chosen in options else 0
    places = (start, options.index(_RIVAL) if _RIVAL in options else 0)
    places = places if places[0] != places[1] else (places[0], (places[0] + 1) % len(options))
    picked = []
    names = {"first": say("First model"), "second": say("Second model")}
    for column, rank, place in zip(st.columns(2), names, places, strict=True):
        with column:
            picked.append(
                st.selectbox(
                    names[rank],
                    options,
                    index=place,
                    key=f"prices.pair.{rank}.{scenario.price_date}",
                    format_func=lambda each: f"{priced[each]} · {host_label(each[0])}",
                )
            )
    return picked[0], picked[1]


def _facts(price: InferencePrice) -> dict[str, str]:
    amounts = {say(label): unit_price(getattr(price.price, name)) for label, name in _AMOUNTS.items()}
    batch, limit = price.batch, price.price.long_from_tokens
    return {
        **amounts,
        say("Batch, USD per M"): token_words(batch) if batch else unknown(),
        say("Dearer beyond, input tokens"): localised(f"{limit:,}") if limit else say("none known"),
        say("Price holds from"): first_day(price.valid_from),
        say("Until"): last_day(price.valid_to),
        say("Read on"): day_or_unknown(price.source.as_of),
        say("Grade"): price.source.grade,
    }


def _ratios(first: TokenPrice, second: TokenPrice) -> dict[str, str]:
    found = {}
    for label, name in _AMOUNTS.items():
        own, other = getattr(first, name), getattr(second, name)
        if own and other is not None:
            found[say(label)] = localised(f"× {other / own:.3g}")
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
        price_history(periods, until, say(PER_MILLION)),
        key="chart-price-pair",
        config=_CHART,
        alt=say("Token prices of both models over time"),
    )
    st.caption(say("Prices from {pages}.", pages=plain(sources)))
