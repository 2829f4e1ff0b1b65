"""The page a shared link opens: who may see it, its two controls, and the order of its sections."""

from __future__ import annotations

import streamlit as st

from crossover.numbers import compact
from crossover.report.brief import Brief, InvalidBrief
from crossover.report.brief_today import as_of
from crossover.report.brief_volume import at_volume
from crossover.store import Opened, Reason, Refused, StoreUnavailable, is_available, open_share
from ui import brief_sections, brief_today_view, cached, controls, session, store_session

_OPENED = "crossover.brief.opened"
_DECIDED, _TODAY = "As decided", "As of today"


def brief_page() -> None:
    """Open the link in the address once per visit, and show what is behind it as long as it is open."""
    st.html(f"<style>{brief_sections.STYLE}</style>")
    token = st.query_params.get("t", "")
    try:
        found = _remembered(token) or _opened(token)
        if found is not None:
            _show(token, found, Brief.from_mapping(found.brief))
    except StoreUnavailable:
        st.info("This link cannot be opened at the moment. Try again in a few minutes.")
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
            "This link asks for its pass phrase",
            type="password",
            key="phrase",
            autocomplete="off",
            max_chars=200,
        )
        is_sent = st.form_submit_button("Open", key="phrase-open")
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
    st.caption(f"This link closes on {store_session.local(opened.expires_at)}.")


def _controls(brief: Brief) -> tuple[float, bool]:
    """The two things a reader can move."""
    own = float(brief.requests_per_month)
    with st.container(key="brief-controls"):
        mode = st.segmented_control(
            "Prices", [_DECIDED, _TODAY], default=_DECIDED, required=True, key="brief-mode", width="stretch"
        )
        volume = st.select_slider(
            "Requests per month",
            options=sorted({*map(float, controls.VOLUMES), own}),
            value=own,
            format_func=compact,
            key="brief-volume",
        )
    return float(volume), mode == _TODAY
