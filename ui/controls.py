"""The scenario's controls: each edits one field, and survives a change of page (STYLE.md 9)."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from crossover.numbers import compact
from crossover.prices import GLOBAL, host_label
from crossover.scenario import MOST_CHUNKS, Scenario
from crossover.words import mark, say
from ui import cached, session
from ui.text import date_format

VOLUMES = (100, 200, 500, 1_000, 2_000, 3_000, 5_000, 7_500, 10_000, 15_000, 20_000, 30_000, 50_000, 75_000)
VOLUMES += tuple(step * 10**power for power in range(5, 9) for step in (1, 1.5, 2, 3, 5, 7.5))
HORIZONS = (3, 6, 12, 18, 24, 36, 60)
CUSTOM = "Own date"
PRESET_LABELS = (mark("Today"), mark("July 2024"))
"""Of data/presets; they name the worlds in a session and are said where shown."""


def main_controls() -> None:
    """What a meeting moves: the world, the model, the volume, the horizon and people's time."""
    first = st.columns([1.15, 1.6, 0.95], vertical_alignment="bottom")
    with first[0]:
        _preset_control()
    with first[1]:
        _model_control()
    with first[2]:
        control("price_date", st.date_input, say("Prices as of"), format=date_format())
    second = st.columns([2.2, 1, 1, 1.2], vertical_alignment="bottom")
    with second[0]:
        volume = session.scenario().requests_per_month
        options = sorted({*map(float, VOLUMES), float(volume)})
        control(
            "requests_per_month",
            st.select_slider,
            say("Requests per month"),
            options=options,
            format_func=compact,
        )
    with second[1]:
        control(
            "horizon_months",
            st.selectbox,
            say("Horizon, months"),
            options=_with(HORIZONS, "horizon_months"),
        )
    with second[2]:
        percent_control("growth_per_month_share", say("Growth a month, %"))
    with second[3]:
        control(
            "count_people",
            st.toggle,
            say("Count people's time"),
            help=say("Days to build and hours to keep up."),
        )


def more_controls() -> None:
    """What changes the requests themselves, and who is asking."""
    columns = st.columns(4)
    with columns[0]:
        control("few_shot_examples", st.slider, say("Examples in the prompt"), min_value=0, max_value=20)
        control("chunks_per_request", st.slider, say("Passages (RAG)"), min_value=1, max_value=MOST_CHUNKS)
    with columns[1]:
        control(
            "chunk_tokens",
            st.select_slider,
            say("Passage length, tokens"),
            options=_with((100, 200, 300, 400, 600, 800, 1200), "chunk_tokens"),
        )
        control("chunk_overlap_tokens", st.select_slider, say("Passage overlap, tokens"), options=_overlaps())
    with columns[2]:
        control(
            "output_length_factor",
            st.slider,
            say("Answer length, factor"),
            min_value=0.25,
            max_value=4.0,
            step=0.25,
        )
        _exact_volume()
    with columns[3]:
        control(
            "prompt_caching",
            st.toggle,
            say("Prompt caching"),
            help=say("Repeated beginnings of a prompt at the cached price, where the model has one."),
        )
        control(
            "new_customer",
            st.toggle,
            say("New customers at this host"),
            help=say("Some providers closed tuning to new customers."),
        )


def _exact_volume() -> None:
    """Any number of requests, taken over by a button.

    A second field that saved by itself would undo fast moves of the slider: the browser sends its old
    number along until the page has told it the new one.
    """
    key = "scenario.requests_per_month.exact"
    session.show(key, float(session.scenario().requests_per_month))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            say("Requests per month, exactly"),
            key=key,
            min_value=0.0,
            max_value=1e10,
            step=1000.0,
            format="%.0f",
        )
        st.button(say("Set"), key="set-exact-volume", on_click=_save, args=("requests_per_month", key))


def control(
    field: str,
    widget: Callable[..., object],
    label: str,
    **options: object,
) -> None:
    """A widget that shows one scenario field and writes it back."""
    key = f"scenario.{field}"
    value = getattr(session.scenario(), field)
    session.show(key, float(value) if field == "requests_per_month" else value)
    widget(label, key=key, on_change=_save, args=(field, key), **options)


def _save(field: str, key: str) -> None:
    """Write one field back; another date leaves the ready-made world."""
    value = session.taken(key)
    if value is None:
        return
    if field == "price_date":
        session.edit(price_date=value, preset=CUSTOM)
    else:
        session.edit(**{field: value})


def percent_control(field: str, label: str, least: float = -50.0) -> None:
    """A number field in percent, from `least` to 100, for a field that is a share."""
    key = f"scenario.{field}"
    session.show(key, round(100 * getattr(session.scenario(), field), 6))
    st.number_input(
        label,
        key=key,
        min_value=least,
        max_value=100.0,
        step=1.0,
        format="%.1f",
        on_change=_save_percent,
        args=(field, key),
    )


def _save_percent(field: str, key: str) -> None:
    session.edit(**{field: session.taken(key) / 100})


def _preset_control() -> None:
    labels = {preset.label: preset for preset in cached.presets().values()}
    current = cached.presets().get(session.scenario().preset)
    session.show("scenario.preset", current.label if current else None)
    st.segmented_control(
        say("World"),
        list(labels),
        format_func=say,
        key="scenario.preset",
        on_change=_save_preset,
        args=(labels,),
        width="stretch",
    )


def _save_preset(labels: dict[str, object]) -> None:
    chosen = labels.get(session.taken("scenario.preset"))
    if chosen is not None:
        session.apply_preset(chosen)


def _model_control() -> None:
    scenario = session.scenario()
    priced = cached.priced_models(scenario)
    current = (scenario.host, scenario.model)
    options = list(dict.fromkeys([current, *priced]))
    session.show("scenario.model", current)
    st.selectbox(
        say("Model, for every strategy"),
        options,
        key="scenario.model",
        format_func=lambda choice: model_words(choice, priced),
        on_change=_save_model,
    )


def model_words(choice: tuple[str, str], priced: dict[tuple[str, str], str]) -> str:
    """A model with its host, and a note where it has no price that day."""
    host, model = choice
    label = priced.get(choice)
    words = f"{label or model} · {host_label(host)}"
    return words if label else say("{model} (no price on this date)", model=words)


def _save_model() -> None:
    host, model = session.taken("scenario.model")
    session.edit(host=host, model=model, region=GLOBAL)


def _with(options: tuple[int, ...], field: str) -> list[int]:
    return sorted({*options, getattr(session.scenario(), field)})


def _overlaps() -> list[int]:
    scenario: Scenario = session.scenario()
    fitting = [overlap for overlap in (0, 25, 50, 100, 200) if overlap < scenario.chunk_tokens]
    return sorted({*fitting, scenario.chunk_overlap_tokens})
