"""Number fields for assumptions, wherever a page shows a few of them."""

from __future__ import annotations

import streamlit as st

from crossover.assumptions import Assumption, default_assumptions
from crossover.units import unit_words
from crossover.words import say
from ui import session
from ui.text import plain


def assumption_controls(names: tuple[str, ...]) -> None:
    """Number fields for assumptions, with their range and reason; each can be reset."""
    columns = st.columns(3)
    for place, name in enumerate(names):
        assumption = default_assumptions()[name]
        key = f"assumption.{name}"
        session.show(key, float(session.scenario().value(name)))
        with columns[place % 3]:
            st.number_input(
                f"{say(assumption.label)}, {unit_words(assumption.unit)}",
                key=key,
                min_value=0.0,
                help=plain(_plausible(assumption)),
                on_change=_save_assumption,
                args=(name, key),
            )
    if session.scenario().overrides or session.scenario().ranges:
        st.button(say("Reset all assumptions"), on_click=_reset_assumptions, key="reset-assumptions")


def _plausible(assumption: Assumption) -> str:
    return say(
        "{reason}. Plausible: {low:g} to {high:g}.",
        reason=say(assumption.reason),
        low=assumption.low,
        high=assumption.high,
    )


def _reset_assumptions() -> None:
    session.edit(overrides=(), ranges=())


def _save_assumption(name: str, key: str) -> None:
    session.override(name, float(session.taken(key)))
