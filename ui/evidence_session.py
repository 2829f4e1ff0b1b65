"""What the Evidence page keeps in a session: results of long work, what was stopped, what was asked for."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import streamlit as st

_KEPT = "crossover.evidence_kept"
_STOPPED = "crossover.evidence_stopped"
_WANTED = "crossover.evidence_wanted"
RESULTS_KEPT = 8
NOTHING = object()


def kept(key: Hashable) -> Any:
    """The result of long work this session did before; NOTHING where it did not."""
    return st.session_state.setdefault(_KEPT, {}).get(key, NOTHING)


def keep(key: Hashable, result: object) -> None:
    """Keep a result for this session; the oldest makes room for it."""
    results = dict(st.session_state.setdefault(_KEPT, {}))
    while len(results) >= RESULTS_KEPT:
        results.pop(next(iter(results)))
    st.session_state[_KEPT] = {**results, key: result}


def stop(key: Hashable) -> None:
    """Do not do this work until somebody asks for it again."""
    st.session_state[_STOPPED] = {*st.session_state.get(_STOPPED, set()), key}


def go_on(key: Hashable) -> None:
    """Take back `stop`."""
    st.session_state[_STOPPED] = st.session_state.get(_STOPPED, set()) - {key}


def is_stopped(key: Hashable) -> bool:
    """Whether this work was stopped."""
    return key in st.session_state.get(_STOPPED, set())


def want(key: Hashable) -> None:
    """Somebody asked for work that is only done on request."""
    go_on(key)
    st.session_state[_WANTED] = {*st.session_state.get(_WANTED, set()), key}


def is_wanted(key: Hashable) -> bool:
    """Whether somebody asked for it."""
    return key in st.session_state.get(_WANTED, set())
