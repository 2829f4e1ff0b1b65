"""The page a shared link opens: who may see it, its two controls, and the order of its sections."""

from __future__ import annotations

import streamlit as st

from crossover.numbers import compact
from crossover.report.brief import Brief, InvalidBrief
from crossover.report.brief_languages import SpokenBriefs
from crossover.report.brief_today import as_of
from crossover.report.brief_volume import at_volume
from crossover.store import Opened, Reason, Refused, StoreUnavailable, is_available, open_share
from crossover.words import language, mark, say, say_as
from ui import brief_sections, brief_today_view, cached, controls, session, store_session
from ui.language import switch

_OPENED, _VOLUME = "crossover.brief.opened", "crossover.brief.volume"
_SLIDER = "brief-volume"
_DECIDED, _TODAY = "As decided", "As of today"
_MODE_WORDS = {_DECIDED: mark("As decided"), _TODAY: mark("As of today")}


def brief_page() -> None:
    """Open the link in the address once per visit, and show what is behind it as long as it is open."""
    st.html(f"<style>{brief_sections.STYLE}</style>")
    with st.container(horizontal=True, horizontal_alignment="right", key="brief-head"):
        switch()
    token = st.query_params.get("t", "")
    try:
        found = _remembered(token) or _opened(token)
        if found is not None:
            _show(token, found, SpokenBriefs.from_mapping(found.brief).spoken(language()))
    except StoreUnavailable:
        st.info(say("This link cannot be opened at the moment. Try again in a few minutes."))
    except InvalidBrief as error:
        st.info(str(error))


def _remembered(token: str) -> Opened | None:
    """What this visit has opened already; forgotten once the link is closed."""
    kept_token: str
    kept: Opened | None
    kept_token, kept = st.session_state.get(_OPENED, ("", None))
    if kept is None or kept_token != token:
        return None
    if is_available(store_session.store(), token, store_session.now()):
        return kept
    st.session_state.pop(_OPENED)
    return None


def _opened(token: str) -> Opened | None:
    """Open the link, with the pass phrase where it asks for one."""
    found: Opened | Refused | None = open_share(store_session.store(), token, store_session.now())
    if isinstance(found, Refused) and found.reason is Reason.PHRASE_NEEDED:
        found = _with_phrase(token)
    if isinstance(found, Opened):
        st.session_state[_OPENED] = (token, found)
        return found
    if found is not None:
        st.info(found.message)
    return None


def _with_phrase(token: str) -> Opened | Refused | None:
    """Ask for the pass phrase; the page without it says nothing of what is behind the link."""
    place = st.empty()
    with place.container(), st.form("phrase", enter_to_submit=True):
        phrase = st.text_input(
            say("This link asks for its pass phrase"),
            type="password",
            key="phrase",
            autocomplete="off",
            max_chars=200,
        )
        is_sent = st.form_submit_button(say_as("button", "Open"), key="phrase-open")
    if not is_sent:
        return None
    found = open_share(store_session.store(), token, store_session.now(), phrase)
    if isinstance(found, Opened):
        place.empty()
    return found


@st.fragment
def _show(token: str, opened: Opened, brief: Brief) -> None:
    if not is_available(store_session.store(), token, store_session.now()):
        st.rerun()
    brief_sections.heading(brief)
    volume, is_today = _controls(brief)
    if is_today:
        found = as_of(brief, cached.price_book(), session.today(), volume)
        brief_today_view.today_section(brief, found)
    else:
        brief_sections.answer(brief, at_volume(brief, volume), volume)
    brief_sections.details(brief)
    st.caption(say("This link closes on {time}.", time=store_session.local(opened.expires_at)))


def _controls(brief: Brief) -> tuple[float, bool]:
    """The two things a reader can move."""
    with st.container(key="brief-controls"):
        mode = st.segmented_control(
            say("Prices"),
            [_DECIDED, _TODAY],
            format_func=lambda each: say(_MODE_WORDS[each]),
            default=_DECIDED,
            required=True,
            key="brief-mode",
            width="stretch",
        )
        return _volume(float(brief.requests_per_month)), mode == _TODAY


def _volume(own: float) -> float:
    """The slider; in another language its stops have other names, and it would begin anew."""
    stops = sorted({*map(float, controls.VOLUMES), own})
    shown_in, kept = st.session_state.get(_VOLUME, ("", own))
    if shown_in != language() or _SLIDER not in st.session_state:
        st.session_state[_SLIDER] = kept if kept in stops else own
    volume = float(
        st.select_slider(say("Requests per month"), options=stops, format_func=compact, key=_SLIDER)
    )
    st.session_state[_VOLUME] = (language(), volume)
    return volume
