"""Sharing a brief: what it carries, the link shown once, and the links that are out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import streamlit as st

from crossover.comparison import NothingToCompare
from crossover.report.brief import (
    CONTACT_CHARACTERS,
    NOTE_CHARACTERS,
    TITLE_CHARACTERS,
    Brief,
    InvalidBrief,
    brief,
)
from crossover.scenario import Scenario
from crossover.scenario_url import read_content
from crossover.store import DEFAULT_LIFETIME, Offer, Share, list_shares
from crossover.verdict import verdict
from crossover.whatif import sureness
from ui import cached, scenarios_actions, session, store_session
from ui.scenarios_address import brief_link
from ui.text import counted, escaped

_LONGEST_DAYS = 365


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person filled into the form."""

    title: str
    note: str
    contact: str
    days: int
    pass_phrase: str
    show_file_names: bool


def share_section() -> None:
    """The form, the link just made, and the list of links."""
    st.subheader("Share a brief", anchor=False)
    st.caption(
        "One read-only page about what is on the page now: the verdict, the figures and their sources, "
        "frozen as they are. It carries averages and totals, and no row of your files."
    )
    wish = _form()
    if wish is not None:
        _share(wish)
    _new_link()
    _list()


def _form() -> Wish | None:
    with st.form("share", enter_to_submit=False):
        left, right = st.columns(2, gap="medium")
        with left:
            title = st.text_input("Title", key="share-title", max_chars=TITLE_CHARACTERS)
            contact = st.text_input(
                "Who to ask",
                key="share-contact",
                max_chars=CONTACT_CHARACTERS,
                placeholder="A name, a number, an address",
            )
            note = st.text_area(
                "What the reader should know", key="share-note", max_chars=NOTE_CHARACTERS, height=80
            )
        with right:
            days = st.number_input(
                "Days until it closes",
                min_value=1,
                max_value=_LONGEST_DAYS,
                value=DEFAULT_LIFETIME.days,
                key="share-days",
            )
            phrase = st.text_input(
                "Pass phrase (optional)",
                type="password",
                key="share-phrase",
                help="At least 8 characters. Send it another way than the link.",
                autocomplete="new-password",
            )
            names = st.checkbox("Show the names of my files", key="share-names")
        if st.form_submit_button("Make a link", key="share-now"):
            return Wish(title, note, contact, int(days), phrase, names)
    return None


def _share(wish: Wish) -> None:
    made = made_brief(wish)
    if made is None:
        return
    scenarios_actions.share(
        Offer(
            wish.title, _shared_scenario(made), made.to_mapping(), timedelta(days=wish.days), wish.pass_phrase
        )
    )
    st.rerun()


def made_brief(wish: Wish) -> Brief | None:
    """The brief of what is on the page now; None, and why, where there is nothing to tell."""
    try:
        with st.spinner("Writing the brief …"):
            comparison = cached.comparison(session.scenario())
            sure = sureness(comparison)
            return brief(
                comparison,
                sure,
                verdict(comparison, sure),
                title=wish.title,
                note=wish.note,
                contact=wish.contact,
                show_file_names=wish.show_file_names,
                made_on=session.today(),
            )
    except (NothingToCompare, InvalidBrief) as error:
        st.warning(str(error))
        return None


def _shared_scenario(made: Brief) -> Scenario:
    """The scenario as the brief carries it: without names of files where they are not to be shown."""
    return read_content(made.scenario, made.price_date)[0]


def _new_link() -> None:
    made = store_session.new_link()
    if made is None:
        return
    with st.container(border=True, key="new-link"):
        st.markdown(f"**The link to “{escaped(made.share.title)}”. It is shown this once: copy it now.**")
        st.code(brief_link(made.token), language=None, wrap_lines=True)
        words = f"It closes on {store_session.local(made.share.expires_at)}"
        st.caption(words + (", and asks for the pass phrase." if made.share.has_pass_phrase else "."))
        st.button("I have copied it", key="link-copied", on_click=store_session.set_new_link, args=(None,))


def _list() -> None:
    shares = list_shares(store_session.shelf())
    if not shares:
        return
    st.markdown("**Links you made**")
    for share in shares:
        with st.container(border=True, key=f"share-{share.id}"):
            _card(share)


def _card(share: Share) -> None:
    is_open = share.is_open(store_session.now())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{escaped(share.title)}**")
        st.badge(_state(share, is_open), color="green" if is_open else "gray")
        if share.has_pass_phrase:
            st.badge("pass phrase", color="blue")
    seen = f", last on {store_session.local(share.last_viewed_at)}" if share.last_viewed_at else ""
    st.caption(
        f"Made {store_session.local(share.created_at)} · opened {counted(share.view_count, 'time')}{seen} · "
        f"closes {store_session.local(share.expires_at)}"
    )
    if is_open:
        with st.popover("Revoke", key=f"revoke-{share.id}"):
            st.markdown("Whoever has the link sees nothing any more. This cannot be undone.")
            st.button(
                "Revoke for good",
                key=f"revoke-now-{share.id}",
                on_click=scenarios_actions.revoke,
                args=(share.id,),
            )


def _state(share: Share, is_open: bool) -> str:
    if is_open:
        return "open"
    return "revoked" if share.revoked_at else "expired"
