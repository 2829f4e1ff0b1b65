"""Sharing a brief: what it carries, the link shown once, and the links that are out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import streamlit as st

from crossover.comparison import Comparison, NothingToCompare, compare
from crossover.profile import ProfileSettings, TokenProfile
from crossover.profile.instructions import instructions_of
from crossover.report.brief import (
    CONTACT_CHARACTERS,
    NOTE_CHARACTERS,
    TITLE_CHARACTERS,
    Brief,
    InvalidBrief,
    brief,
)
from crossover.report.brief_languages import SpokenBriefs, spoken_briefs
from crossover.samples import SampleSet
from crossover.scenario import Scenario
from crossover.scenario_url import read_content
from crossover.store import DEFAULT_LIFETIME, Offer, Share, list_shares
from crossover.verdict import verdict
from crossover.whatif import sureness
from crossover.words import language, say, say_as, say_count
from ui import cached, scenarios_actions, session, store_session
from ui.scenarios_address import brief_link
from ui.text import escaped

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
    st.subheader(say("Share a brief"), anchor=False)
    st.caption(
        say(
            "One read-only page about what is on the page now: the verdict, the figures and their sources, "
            "frozen as they are. It carries averages and totals, and no row of your files."
        )
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
            title = st.text_input(say("Title"), key="share-title", max_chars=TITLE_CHARACTERS)
            contact = st.text_input(
                say("Who to ask"),
                key="share-contact",
                max_chars=CONTACT_CHARACTERS,
                placeholder=say("A name, a number, an address"),
            )
            note = st.text_area(
                say("What the reader should know"), key="share-note", max_chars=NOTE_CHARACTERS, height=80
            )
        with right:
            days = st.number_input(
                say("Days until it closes"),
                min_value=1,
                max_value=_LONGEST_DAYS,
                value=DEFAULT_LIFETIME.days,
                key="share-days",
            )
            phrase = st.text_input(
                say("Pass phrase (optional)"),
                type="password",
                key="share-phrase",
                help=say("At least 8 characters. Send it another way than the link."),
                autocomplete="new-password",
            )
            names = st.checkbox(say("Show the names of my files"), key="share-names")
        if st.form_submit_button(say("Make a link"), key="share-now"):
            return Wish(title, note, contact, int(days), phrase, names)
    return None


def _share(wish: Wish) -> None:
    made = made_briefs(wish)
    if made is None:
        return
    scenario, lifetime = _shared_scenario(made.spoken(language())), timedelta(days=wish.days)
    scenarios_actions.share(Offer(wish.title, scenario, made.to_mapping(), lifetime, wish.pass_phrase))
    st.rerun()


def made_briefs(wish: Wish) -> SpokenBriefs | None:
    """The brief of what is on the page now in every language; None, and why, where there is none."""
    try:
        with st.spinner(say("Writing the brief …")):
            shown, spoken = cached.comparison(session.scenario()), language()
            today = session.today()
            return spoken_briefs(lambda: frozen(shown if language() == spoken else again(shown), wish, today))
    except (NothingToCompare, InvalidBrief) as error:
        st.warning(str(error))
        return None


def frozen(comparison: Comparison, wish: Wish, made_on: date) -> Brief:
    """A comparison as its brief, in the language of now. Raises InvalidBrief."""
    sure = sureness(comparison)
    return brief(
        comparison,
        sure,
        verdict(comparison, sure),
        title=wish.title,
        note=wish.note,
        contact=wish.contact,
        show_file_names=wish.show_file_names,
        made_on=made_on,
    )


def again(shown: Comparison) -> Comparison:
    """The same comparison with its words in the language of now; nothing is counted again."""
    profiles = [shown.profile, *(outcome.subject.profile for outcome in shown.outcomes)]
    measured = {profile.settings: profile for profile in profiles}

    def known(_: SampleSet, settings: ProfileSettings) -> TokenProfile:
        return _retold(measured[settings])

    return compare(shown.profile.samples, shown.scenario, cached.price_book(), profiler=known)


def _retold(profile: TokenProfile) -> TokenProfile:
    """A measurement with the one sentence it holds said again: where its instructions come from."""
    source = instructions_of(profile.samples, profile.requests).source
    return replace(profile, instructions=replace(profile.instructions, source=source))


def _shared_scenario(made: Brief) -> Scenario:
    """The scenario as the brief carries it: without names of files where they are not to be shown."""
    return read_content(made.scenario, made.price_date)[0]


def _new_link() -> None:
    made = store_session.new_link()
    if made is None:
        return
    with st.container(border=True, key="new-link"):
        title = escaped(made.share.title)
        st.markdown(say("**The link to “{title}”. It is shown this once: copy it now.**", title=title))
        st.code(brief_link(made.token), language=None, wrap_lines=True)
        when = store_session.local(made.share.expires_at)
        if made.share.has_pass_phrase:
            st.caption(say("It closes on {when}, and asks for the pass phrase.", when=when))
        else:
            st.caption(say("It closes on {when}.", when=when))
        st.button(
            say("I have copied it"), key="link-copied", on_click=store_session.set_new_link, args=(None,)
        )


def _list() -> None:
    shares = list_shares(store_session.shelf())
    if not shares:
        return
    st.markdown(say("**Links you made**"))
    for share in shares:
        with st.container(border=True, key=f"share-{share.id}"):
            _card(share)


def _card(share: Share) -> None:
    is_open = share.is_open(store_session.now())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{escaped(share.title)}**")
        st.badge(_state(share, is_open), color="green" if is_open else "gray")
        if share.has_pass_phrase:
            st.badge(say("pass phrase"), color="blue")
    made = say("Made {when}", when=store_session.local(share.created_at))
    closes = say("closes {when}", when=store_session.local(share.expires_at))
    st.caption(f"{made} · {_views(share)} · {closes}")
    if is_open:
        with st.popover(say("Revoke"), key=f"revoke-{share.id}"):
            st.markdown(say("Whoever has the link sees nothing any more. This cannot be undone."))
            st.button(
                say("Revoke for good"),
                key=f"revoke-now-{share.id}",
                on_click=scenarios_actions.revoke,
                args=(share.id,),
            )


def _views(share: Share) -> str:
    if share.last_viewed_at is None:
        return say_count("opened {n} time", "opened {n} times", share.view_count)
    when = store_session.local(share.last_viewed_at)
    return say_count(
        "opened {n} time, last on {when}", "opened {n} times, last on {when}", share.view_count, when=when
    )


def _state(share: Share, is_open: bool) -> str:
    if is_open:
        return say_as("shared link", "open")
    return say("revoked") if share.revoked_at else say("expired")
