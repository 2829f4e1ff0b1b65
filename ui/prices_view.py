"""The prices a comparison used, side by side with the alternatives, and where tuning can be bought."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from crossover.comparison import Comparison
from crossover.numbers import count, unit_price
from crossover.prices import InferencePrice, TokenPrice, TuningPrice, TuningState, TuningStatus, host_label
from ui import cached, frame, price_session, session
from ui.text import counted, plain

ModelAtHost = tuple[str, str]

_WAYS_OUT: tuple[tuple[str, str], ...] = (
    ("openai", "gpt-4o-mini"),
    ("azure", "gpt-oss-20b"),
    ("azure", "gpt-4o-mini"),
    ("azure", "gpt-4.1-mini"),
    ("google-vertex", "gemini-3.5-flash"),
    ("together", "qwen3.5-9b"),
    ("fireworks", "gpt-oss-20b"),
)
_STATE_WORDS = {
    TuningState.OPEN: "open",
    TuningState.CLOSED_TO_NEW: "closed to new customers",
    TuningState.NO_NEW_JOBS: "no new jobs",
    TuningState.SHUT_DOWN: "shut down",
    TuningState.NOT_TUNABLE: "cannot be tuned",
    TuningState.UNKNOWN: "unknown",
}


def own_prices_note(comparison: Comparison) -> None:
    """Say that own prices act on what is shown, and where they can be undone."""
    own = comparison.scenario.own_prices
    if own:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(f"{counted(len(own), 'own price')} in use", color="violet")
            frame.link("pages/prices.py", "See or undo them under Prices")


def prices_section(comparison: Comparison) -> None:
    """Every price in use, as a short table that also reads on a phone."""
    scenario = comparison.scenario
    st.subheader(f"Prices on {scenario.price_date.isoformat()}", anchor=False)
    preset = cached.presets().get(scenario.preset)
    if preset is not None:
        st.caption(plain(preset.note))
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
        "Tuning, for a new customer": _state(book.tuning_status(host, model, day)),
    }


def _inference_facts(base: InferencePrice | None) -> dict[str, str]:
    price = base.price if base else None
    return {
        "Input / output, USD per M tokens": _both_ways(price),
        "Cached input, USD per M": unit_price(price.cached_input_mtok) if price else "unknown",
        "Read on": str(base.source.as_of or "unknown") if base else "–",
    }


def _both_ways(price: TokenPrice | None) -> str:
    if price is None:
        return "unknown"
    return f"{unit_price(price.input_mtok)} / {unit_price(price.output_mtok)}"


def _tuning_facts(offer: TuningPrice | None) -> dict[str, str]:
    return {
        "Tuned input / output, USD per M": _both_ways(offer.tuned if offer else None),
        "Training, USD per M tokens": unit_price(offer.training_usd_per_mtok) if offer else "unknown",
        "Free training tokens": _free(offer),
        "Hosting, USD per hour": unit_price(offer.hosting_usd_per_hour) if offer else "unknown",
        "Longest training example": _longest(offer),
        "Training data": "text only" if offer and offer.text_only else "unknown",
    }


def _longest(offer: TuningPrice | None) -> str:
    return f"{count(offer.max_example_tokens)} tokens" if offer and offer.max_example_tokens else "unknown"


def _free(offer: TuningPrice | None) -> str:
    """The free allowance in force on the price date."""
    day = session.scenario().price_date
    if offer is None or not offer.free_tokens_per_day or offer.free_until is None or day > offer.free_until:
        return "none"
    return f"{offer.free_tokens_per_day:,} a day through {offer.free_until.isoformat()}"


def tuning_section(comparison: Comparison) -> None:
    """Where a model can be tuned on the price date: the closed doors, and the open ones."""
    scenario = comparison.scenario
    st.subheader(f"Where tuning can be bought on {scenario.price_date.isoformat()}", anchor=False)
    chosen = (scenario.host, scenario.model)
    known = [pair for pair in dict.fromkeys([chosen, *_WAYS_OUT]) if pair == chosen or _is_known(*pair)]
    st.dataframe(pd.DataFrame([_offer_row(*pair) for pair in known]), hide_index=True, width="stretch")
    st.caption(
        "Or self-host: tune an open-weights model on machines of your own; nobody can close that, and the "
        "GPU hours are yours. Unknown means that no dated source gives the price; it is never taken as zero."
    )


def _is_known(host: str, model: str) -> bool:
    """Whether anything was known on the price date about tuning that model there."""
    status = price_session.book().tuning_status(host, model, session.scenario().price_date)
    return status.state is not TuningState.UNKNOWN


def _offer_row(host: str, model: str) -> dict[str, str]:
    day, book = session.scenario().price_date, price_session.book()
    status, offers = book.tuning_status(host, model, day), book.tuning(host, model, day)
    offer = offers[0] if offers else None
    announced = (("no new jobs", status.closes_on), ("stops", status.shutdown_on))
    ends = [f"{what} {on}" for what, on in announced if on]
    return {
        "Model": model,
        "At": host_label(host),
        "For a new customer": _state(status),
        "Announced end": ", ".join(ends) or "none known",
        "Training, USD/M": unit_price(offer.training_usd_per_mtok) if offer else "unknown",
        "Tuned in / out, USD/M": _tuning_facts(offer)["Tuned input / output, USD per M"],
        "Hosting, USD/h": unit_price(offer.hosting_usd_per_hour) if offer else "unknown",
        "Read on": str(offer.source.as_of or "unknown") if offer else "–",
    }


def _state(status: TuningStatus) -> str:
    words = _STATE_WORDS[status.state]
    return f"{words} since {status.since}" if status.since and status.state is not TuningState.OPEN else words
