"""What every page begins with, so that each stands on its own, first visitor or not (STREAMLIT.md 11)."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError

from crossover.charts import STRATEGY_STYLES
from crossover.comparison import Comparison, NothingToCompare
from crossover.words import say
from ui import cached, language, session

ICON = Path(__file__).with_name("icon.png")
# Streamlit fades captions to a contrast of 4.2:1; this makes it 6:1
READABLE = "[data-testid=stCaptionContainer]{opacity:.75 !important;}"


def page(title: str, caption: str = "") -> None:
    """Page settings, the strategies' colours, the title and the language beside it; `title` as said."""
    st.set_page_config(page_title=f"{title} · Crossover", page_icon=str(ICON), layout="wide")
    st.html(f"<style>{_STYLE}</style>")
    with st.container(horizontal=True, vertical_alignment="center", key="page-head"):
        st.title(title, anchor=False)
        language.switch()
    if caption:
        st.caption(caption)


def demo_banner() -> None:
    """Say that the figures are those of an invented company, and where to drop one's own files."""
    if not session.shows_demo():
        return
    with st.container(horizontal=True, vertical_alignment="center", key="demo-banner"):
        st.badge(say("DEMO DATA"), color="orange")
        st.markdown(say("An invented company. Every figure and export below is about its data."))
        link("pages/samples.py", say("Use your own data"))


def link(path: str, label: str) -> None:
    """A link to another page; nothing where a page was started by itself and has no neighbours."""
    with suppress(StreamlitPageNotFoundError), st.container(key=f"go-{Path(path).stem}-{len(label)}"):
        st.page_link(path, label=f"{label} →", width="content")


def comparison() -> Comparison | None:
    """The session's comparison; None, with the way out on the page, while there is nothing to compare."""
    try:
        return cached.comparison(session.scenario())
    except NothingToCompare as error:
        st.info(str(error))
        link("pages/samples.py", say("Go to Samples"))
    except cached.CountingCancelled:
        counting_cancelled()
    return None


def counting_cancelled() -> None:
    """What stands in place of figures while the counting was stopped."""
    st.info(say("Counting these samples was cancelled."))
    st.button(say("Count again"), key="count-again", on_click=session.count_again)


def _card_rules() -> str:
    return "".join(
        f".st-key-card-{name}{{border-top:5px solid {style.colour} !important;}}"
        for name, style in STRATEGY_STYLES.items()
    )


_STYLE = (
    _card_rules()
    + "[class*=st-key-go-] a{border:1px solid rgba(127,136,150,.6);border-radius:.5rem;padding:.3rem .8rem;}"
    + READABLE
    + ".st-key-page-head{padding-top:.6rem;}"
    + ".block-container{padding-top:3.5rem;max-width:1320px;}"
    + ".st-key-verdict h2{font-size:1.7rem;line-height:1.25;padding-bottom:.2rem;}"
    + "@media (max-width:640px){.st-key-verdict h2{font-size:1.3rem;}"
    + ".block-container{padding-left:1rem;padding-right:1rem;}}"
    + "@media print{[data-testid=stHeader],[data-testid=stToolbar],.st-key-controls"
    + "{display:none !important;}}"
)
