"""The prices a comparison used, side by side with the alternatives, and where tuning can be bought."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from crossover.comparison import Comparison
from crossover.numbers import unit_price, unknown
from crossover.prices import InferencePrice, TokenPrice, TuningPrice, host_label, tuning_market, tuning_place
from crossover.words import say, say_count
from ui import cached, frame, price_market, price_session, session
from ui.price_rows import longest_example
from ui.text import plain

ModelAtHost = tuple[str, str]


def own_prices_note(comparison: Comparison) -> None:
    """Say that own prices act on what is shown, and where they can be undone."""
    own = comparison.scenario.own_prices
    if own:
        with st.container(horizontal=True, vertical_alignment="center"):
            badge = say_count("{n} own price in use", "{n} own prices in use", len(own))
            st.badge(badge, color="violet")
            frame.link("pages/prices.py", say("See or undo them under Prices"))


def prices_section(comparison: Comparison) -> None:
    """Every price in use, as a short table that also reads on a phone."""
    scenario = comparison.scenario
    st.subheader(say("Prices on {day}", day=scenario.price_date), anchor=False)
    preset = cached.presets().get(scenario.preset)
    if preset is not None:
        st.caption(plain(say(preset.note)))
    chosen = (scenario.host, scenario.model)
    beside = _beside(preset.alternatives if preset else (), chosen)
    st.table({f"{model} · {host_label(host)}": _facts(host, model) for host, model in (chosen, *beside)})


def _beside(alternatives: Sequence[ModelAtHost], chosen: ModelAtHost) -> tuple[ModelAtHost, ...]:
    """Up to two models to read next to the chosen one; in July 2024 that is GPT-3.5 Turbo."""
    extra = [pair for pair in (("openai", "gpt-4o-mini"), *alternatives) if pair != chosen]
    return tuple(dict.fromkeys(extra))[:2]


def _facts(host: str, model: str) -> dict[str, str]:
    day, book = session.scenario().price_date, price_session.book()
    offers = book.tuning(host, model, day)
    base, offer = book.inference(host, model, day), offers[0] if offers else None
    return {
        **_inference_facts(base),
        **_tuning_facts(offer),
        say("Tuning, for a new customer"): price_market.state_words(book.tuning_status(host, model, day)),
    }


def _inference_facts(base: InferencePrice | None) -> dict[str, str]:
    price = base.price if base else None
    return {
        say("Input / output, USD per M tokens"): _both_ways(price),
        say("Cached input, USD per M"): unit_price(price.cached_input_mtok) if price else unknown(),
        say("Read on"): price_market.day_or_unknown(base.source.as_of) if base else "–",
    }


def _both_ways(price: TokenPrice | None) -> str:
    if price is None:
        return unknown()
    return f"{unit_price(price.input_mtok)} / {unit_price(price.output_mtok)}"


def _tuning_facts(offer: TuningPrice | None) -> dict[str, str]:
    return {
        say("Tuned input / output, USD per M"): _both_ways(offer.tuned if offer else None),
        say("Training, USD per M tokens"): price_market.training_words(offer) if offer else unknown(),
        say("Free training tokens"): _free(offer),
        say("Hosting, USD per hour"): unit_price(offer.hosting_usd_per_hour) if offer else unknown(),
        say("Longest training example"): longest_example(offer),
        say("Training data"): say("text only") if offer and offer.text_only else unknown(),
    }


def _free(offer: TuningPrice | None) -> str:
    """The free allowance in force on the price date."""
    day = session.scenario().price_date
    if offer is None or not offer.free_tokens_per_day or offer.free_until is None or day > offer.free_until:
        return say("none")
    tokens, until = offer.free_tokens_per_day, offer.free_until
    return say("{tokens:,} a day through {day}", tokens=tokens, day=until)


def tuning_section(comparison: Comparison) -> None:
    """Where a model can be tuned on the price date: the closed doors, and the open ones."""
    scenario = comparison.scenario
    day, book = scenario.price_date, price_session.book()
    st.subheader(say("Where tuning can be bought on {day}", day=day), anchor=False)
    places = [place for place in tuning_market(book, day, scenario.model) if place.host != scenario.host]
    chosen = tuning_place(book, scenario.host, scenario.model, day)
    st.dataframe(
        pd.DataFrame([price_market.offer_cells(place) for place in (chosen, *places)]),
        hide_index=True,
        width="stretch",
        column_config={
            say("Source"): st.column_config.LinkColumn(display_text=r"https://(?:www\.)?([^/]+)"),
            say("For a new customer"): st.column_config.TextColumn(width="medium"),
            say("Announced end"): st.column_config.TextColumn(width="medium"),
            say("What else is known"): st.column_config.TextColumn(width="large"),
        },
    )
    st.caption(
        say(
            "Your model first, then every other host with the model that speaks for it. Unknown means that "
            "no dated source gives the price; it is never taken as zero. Nobody can close tuning on your own "
            "machines; there you pay for GPU hours."
        )
    )
