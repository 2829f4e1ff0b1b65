"""The language of a session: the browser's at first, another one by the switch at the head of a page."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from crossover.words import ENGLISH, LANGUAGES, ask_for_language, chosen, say

__all__ = ["browser_language", "say", "switch", "wanted"]

_LANGUAGE = "crossover.language"
_SWITCH = "language"
_PARAMETER = "lang"


def wanted() -> str:
    """The language of whoever sees this page; English outside of a session."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return ENGLISH
    if _LANGUAGE not in st.session_state:
        st.session_state[_LANGUAGE] = _first()
    code: str = st.session_state[_LANGUAGE]
    return code


def _first() -> str:
    """What the address asks for, else the browser."""
    asked = st.query_params.get(_PARAMETER, "")
    return asked if asked in LANGUAGES else browser_language()


def browser_language() -> str:
    """The language the browser prefers, of those spoken here."""
    return chosen(st.context.locale)


def switch() -> None:
    """Two letters at the head of the page. The choice stays in the address, so that a reload keeps it."""
    st.session_state[_SWITCH] = wanted()
    st.segmented_control(
        say("Language"),
        list(LANGUAGES),
        format_func=str.upper,
        key=_SWITCH,
        required=True,
        label_visibility="collapsed",
        on_change=_switched,
    )
    if wanted() != browser_language():
        st.query_params[_PARAMETER] = wanted()
    elif _PARAMETER in st.query_params:
        del st.query_params[_PARAMETER]


def _switched() -> None:
    st.session_state[_LANGUAGE] = st.session_state[_SWITCH]


ask_for_language(wanted)
