"""What the buttons of the Scenarios page do; whatever the store refuses is told in its own words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from crossover.store import (
    InvalidSave,
    NotSaved,
    Offer,
    SavedScenario,
    StoreUnavailable,
    create_share,
    delete_scenario,
    duplicate_scenario,
    rename_scenario,
    replace_scenario,
    restore_scenario,
    revoke_share,
    save_scenario,
)
from ui import session, store_session

Given = ParamSpec("Given")
NAME, NOTE = "save-name", "save-note"
"""The fields of the form that saves."""


def told(action: Callable[Given, None]) -> Callable[Given, None]:
    """The action as a button's callback: a refusal becomes a sentence on the page."""

    @wraps(action)
    def acting(*given: Given.args, **named: Given.kwargs) -> None:
        try:
            action(*given, **named)
        except (InvalidSave, NotSaved, StoreUnavailable) as error:
            store_session.tell(str(error))

    return acting


@told
def save_as() -> None:
    """Save what is on the page under the name in the form, and go on with it; the form is emptied."""
    name, note = str(st.session_state[NAME]), str(st.session_state[NOTE])
    made = save_scenario(store_session.shelf(), name, session.scenario(), store_session.now(), note)
    store_session.set_opened(made.id)
    st.session_state[NAME] = st.session_state[NOTE] = ""


@told
def save_over(scenario_id: str) -> None:
    """Save what is on the page in place of the scenario that was opened."""
    replace_scenario(store_session.shelf(), scenario_id, session.scenario(), store_session.now())


@told
def duplicate(scenario_id: str) -> None:
    """Save a copy."""
    duplicate_scenario(store_session.shelf(), scenario_id, store_session.now())


@told
def rename(scenario_id: str, name: str, note: str) -> None:
    """Give a scenario another name and note."""
    rename_scenario(store_session.shelf(), scenario_id, name, store_session.now(), note)


@told
def delete(saved: SavedScenario) -> None:
    """Take a scenario off the list and offer to bring it back."""
    delete_scenario(store_session.shelf(), saved.id, store_session.now())
    store_session.set_deleted((saved.id, saved.name))


@told
def undo_delete(scenario_id: str) -> None:
    """Bring the deleted scenario back."""
    restore_scenario(store_session.shelf(), scenario_id)
    store_session.set_deleted(None)


@told
def share(offer: Offer) -> None:
    """Freeze a brief behind a new link, to be shown once."""
    store_session.set_new_link(create_share(store_session.shelf(), offer, store_session.now()))


@told
def revoke(share_id: str) -> None:
    """Close a link for good."""
    revoke_share(store_session.shelf(), share_id, store_session.now())
