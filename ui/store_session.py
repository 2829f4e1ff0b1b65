"""The store, the clock and the owner's key at the edge, and what a session remembers about them.

crossover.store is imported late: SQLAlchemy costs half a second that no page but these needs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import streamlit as st

from crossover.words import day_words, say
from ui import session
from ui.store_cookie import COOKIE, KEY
from ui.store_draft import DraftKeeper

if TYPE_CHECKING:
    from crossover.store import Draft, NewShare, SavedScenario, Shelf, Store

_OWNER = "crossover.owner"
_OPENED = "crossover.saved.opened"
_DELETED = "crossover.saved.deleted"
_MESSAGES = "crossover.saved.messages"
_NEW_LINK = "crossover.share.new"
_KEEPER = "crossover.draft.keeper"
_OFFERED = "crossover.draft.offered"


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


def store() -> Store:
    """The database of this process, opened with the first call; an empty one is not created by it."""
    return _store(os.environ.get("DATABASE_URL", ""), os.environ.get("CROSSOVER_DB", ""))


@st.cache_resource(show_spinner=False)
def _store(url: str, path: str) -> Store:
    from crossover.store import open_store, purge  # noqa: PLC0415

    opened = open_store(os.environ)
    purge(opened, now())
    return opened


@contextmanager
def unavailable_is_told() -> Iterator[None]:
    """Say in place of what cannot be drawn why the database cannot be used."""
    from crossover.store import StoreUnavailable  # noqa: PLC0415

    try:
        yield
    except StoreUnavailable as error:
        st.error(str(error))


def warm() -> None:
    """Pay the import before the first visitor comes."""
    import crossover.store  # noqa: F401, PLC0415


def browser_key() -> str | None:
    """The key this browser keeps; None where the server sets no cookie or the browser takes none."""
    key = st.context.cookies.get(COOKIE, "")
    return key if isinstance(key, str) and KEY.fullmatch(key) else None


def owner() -> str:
    """The key of whoever is here: the browser's, or one that ends with the session."""
    kept = browser_key()
    if kept:
        return kept
    if _OWNER not in st.session_state:
        from crossover.store import new_key  # noqa: PLC0415

        st.session_state[_OWNER] = new_key()
    key: str = st.session_state[_OWNER]
    return key


def shelf() -> Shelf:
    """What this person saved. Raises StoreUnavailable for a setting that names no database."""
    from crossover.store import Shelf  # noqa: PLC0415

    return Shelf(store(), owner())


def keep_draft() -> None:
    """Save the scenario by itself a moment after it was edited; call it wherever a page was drawn.

    Nothing is written before the first edit, and nothing for a browser that keeps no key: nobody
    could find such a draft again.
    """
    if browser_key() is None:
        return
    keeper = st.session_state.get(_KEEPER)
    if keeper is None:
        offered_draft()
        st.session_state[_KEEPER] = DraftKeeper(session.scenario())
        return
    if keeper.is_news(session.scenario()):
        from crossover.store import StoreUnavailable  # noqa: PLC0415

        with suppress(StoreUnavailable):  # the Scenarios page says so
            keeper.keep(shelf(), session.scenario(), now)


def offered_draft() -> Draft | None:
    """What was on the page at the last visit, if it is not what is there now; the session's first look."""
    if _OFFERED not in st.session_state:
        st.session_state[_OFFERED] = _last_draft()
    draft: Draft | None = st.session_state[_OFFERED]
    return None if draft is None or draft.scenario == session.scenario() else draft


def _last_draft() -> Draft | None:
    if browser_key() is None:
        return None
    from crossover.store import StoreUnavailable, load_draft  # noqa: PLC0415

    try:
        return load_draft(shelf())
    except StoreUnavailable:
        return None  # the Scenarios page says so; no other page needs the store


def take_draft() -> None:
    """Go on where the last visit ended."""
    draft = st.session_state.get(_OFFERED)
    if draft is not None:
        session.set_scenario(draft.scenario)
        tell(*draft.problems)
    st.session_state[_OFFERED] = None


def refuse_draft() -> None:
    """Offer the draft no more; the next edit takes its place."""
    st.session_state[_OFFERED] = None


def open_saved(saved: SavedScenario) -> None:
    """Put a saved scenario on the page."""
    session.set_scenario(saved.scenario)
    st.session_state[_OPENED] = saved.id
    tell(*saved.problems)


def opened_id() -> str | None:
    """Which saved scenario was opened or saved last in this session."""
    return st.session_state.get(_OPENED)


def set_opened(scenario_id: str | None) -> None:
    """Note which saved scenario the page goes on with."""
    st.session_state[_OPENED] = scenario_id


def deleted() -> tuple[str, str] | None:
    """Id and name of the scenario deleted last, while it can be brought back."""
    return st.session_state.get(_DELETED)


def set_deleted(found: tuple[str, str] | None) -> None:
    """Note what was deleted last."""
    st.session_state[_DELETED] = found


def tell(*sentences: str) -> None:
    """Keep sentences for the next time the page is drawn."""
    st.session_state[_MESSAGES] = [*st.session_state.get(_MESSAGES, []), *sentences]


def messages() -> list[str]:
    """The sentences kept by `tell`, once."""
    return list(st.session_state.pop(_MESSAGES, []))


def new_link() -> NewShare | None:
    """The link just made: its token is nowhere else."""
    return st.session_state.get(_NEW_LINK)


def set_new_link(made: NewShare | None) -> None:
    """Show a link, or forget it for good."""
    st.session_state[_NEW_LINK] = made


def local(moment: datetime) -> str:
    """A moment as the visitor's clock shows it, to the minute."""
    offset = st.context.timezone_offset
    shown = moment.astimezone(UTC) - timedelta(minutes=offset or 0)
    words = say("{day} {time}", day=day_words(shown.date()), time=f"{shown:%H:%M}")
    return f"{words} UTC" if offset is None else words
