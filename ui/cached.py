"""One-line cache wrappers round core calls. Nothing a user uploaded is shared between sessions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from crossover.comparison import Comparison, compare
from crossover.demo import load_demo
from crossover.prices import Preset, PriceBook, load_presets, load_price_book
from crossover.prices.overrides import own_rows
from crossover.profile import ProfileSettings, TokenProfile, build_profile
from crossover.samples import Reading, SampleSet, combine, read_uploads
from crossover.scenario import Scenario
from crossover.tokens import count_tokens
from crossover.whatif import Sureness, sureness
from crossover.words import in_language, language, say
from ui import session

_SLOW_CHARACTERS = 5_000_000


class CountingCancelled(RuntimeError):
    """The person stopped the counting of these samples."""


@st.cache_resource(show_spinner=False)
def price_book() -> PriceBook:
    """The price book: the same, unchanging rows for everybody."""
    return load_price_book()


@st.cache_resource(show_spinner=False)
def presets() -> dict[str, Preset]:
    """The ready-made worlds."""
    return load_presets()


def priced_models(scenario: Scenario) -> dict[tuple[str, str], str]:
    """Label by (host, model) of everything that has a price on the scenario's day."""
    listed = _listed_models(scenario.price_date)
    if not scenario.own_prices:
        return listed
    own = book_of(scenario).models(scenario.price_date)
    return listed | {(entry.host, entry.model): entry.label for entry in own}


def book_of(scenario: Scenario) -> PriceBook:
    """The price book with the scenario's own prices before all others."""
    return (
        _own_book(repr((language(), scenario.own_prices)), scenario) if scenario.own_prices else price_book()
    )


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _own_book(key: str, _scenario: Scenario) -> PriceBook:
    return price_book().with_overrides(own_rows(_scenario.own_prices))


@st.cache_resource(show_spinner=False, max_entries=400)
def _listed_models(on: date) -> dict[tuple[str, str], str]:
    return {(entry.host, entry.model): entry.label for entry in price_book().models(on)}


@st.cache_resource(show_spinner=False)
def demo(language: str) -> SampleSet:
    """The demo company's samples, which are nobody's private data."""
    return load_demo(language)


@st.cache_resource(scope="session", max_entries=200, show_spinner=False)
def _readings(key: str, _upload: session.Upload) -> tuple[Reading, ...]:
    return read_uploads(
        _upload.name, _upload.data, slot=_upload.slot, options=_upload.options, count_tokens=count_tokens
    )


def readings(upload: session.Upload) -> tuple[Reading, ...]:
    """What the door makes of a file; read again only when the file or its corrections change."""
    return _readings(_upload_key(upload), upload)


def samples() -> SampleSet:
    """The session's samples: its files, or the demo data while there are none."""
    if session.shows_demo():
        shown, typed = demo(session.demo_language()), session.typed_instructions()
        return replace(shown, instructions=typed) if typed.strip() else shown
    return _combined(samples_key())


def samples_key() -> str:
    """Text that changes exactly when the samples do, or the language their problems are told in."""
    if session.shows_demo():
        return repr((language(), session.demo_language(), session.typed_instructions()))
    return repr(
        (session.typed_instructions(), [_upload_key(upload) for upload in session.uploads().values()])
    )


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _combined(key: str) -> SampleSet:
    found = [reading for upload in session.uploads().values() for reading in readings(upload)]
    return combine(found, instructions=session.typed_instructions())


def _upload_key(upload: session.Upload) -> str:
    return repr((language(), upload.name, upload.sha256, upload.slot, upload.options))


def profile(samples: SampleSet, settings: ProfileSettings) -> TokenProfile:
    """The measurement of this session's samples, made once per settings.

    Raises CountingCancelled while the person does not want it made.
    """
    key = (samples_key(), settings)
    found = session.remembered(key)
    if found is None:
        found = _measured(key, samples, settings)
        session.remember(key, found)
    return found


def _measured(key: tuple[str, object], samples: SampleSet, settings: ProfileSettings) -> TokenProfile:
    """Count, with a bar and a way out where it takes more than about a second."""
    if session.is_cancelled(key):
        raise CountingCancelled
    if sum(map(len, samples.qa.questions)) + sum(map(len, samples.qa.answers)) < _SLOW_CHARACTERS:
        with st.spinner(say("Counting tokens and searching the documents …")):
            return build_profile(samples, settings)
    place = st.empty()
    with place.container():
        stop = say("Cancel counting")
        st.button(stop, key="cancel-counting", on_click=session.cancel_counting, args=(key,))
        bar = st.progress(0.0)
        found = build_profile(samples, settings, partial(_show_progress, bar))
    place.empty()
    return found


def _show_progress(bar: DeltaGenerator, share: float) -> None:
    bar.progress(share, text=say("Counting tokens: {share}", share=f"{share:.0%}"))


def comparison(scenario: Scenario) -> Comparison:
    """compare() with this session's samples; only the measurement is remembered."""
    # asked once here: a comparison says a thousand words, and each would ask the session again
    with in_language(language()):
        return compare(samples(), scenario, price_book(), profiler=profile)


def sure(comparison: Comparison) -> Sureness:
    """How sure the comparison is, drawn once for the same samples and scenario."""
    return _sure(cost_key(comparison.scenario), comparison)


def cost_key(scenario: Scenario) -> str:
    """Text that changes when a cost may: with the samples or the scenario, weights of criteria apart."""
    return scenario_key(replace(scenario, weights=()))


def scenario_key(scenario: Scenario) -> str:
    """Text that changes exactly when the samples or the scenario do."""
    return repr((samples_key(), scenario))


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _sure(key: str, _comparison: Comparison) -> Sureness:
    return sureness(_comparison)
