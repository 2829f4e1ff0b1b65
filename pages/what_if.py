import streamlit as st

from crossover.words import in_language, language, say
from ui import (
    controls,
    frame,
    scenarios_address,
    store_session,
)
from ui.what_if_assumptions import assumptions_section
from ui.what_if_cached import decision
from ui.what_if_limits import limits_section
from ui.what_if_map import map_section
from ui.what_if_sureness import chances_section, tornado_section
from ui.what_if_view import flips_section, verdict_section
from ui.what_if_weights import weights_section
from ui.what_if_worth import worth_section

frame.page(say("What-if"))
frame.demo_banner()
scenarios_address.apply_address()


@st.fragment
@in_language(language())  # asked for once, not for each of thousands of words
def what_if() -> None:
    """The answer and how sure it is, the controls that move it, then all that could change it."""
    answer = st.container()
    with st.container(border=True, key="controls"):
        controls.main_controls()
    comparison = frame.comparison()
    if comparison is None:
        return
    found = decision(comparison)
    with answer:
        verdict_section(found)
    flips_section(found)
    tornado_section(found)
    chances_section(found)
    map_section(comparison)
    worth_section(comparison)
    weights_section(comparison)
    limits_section(comparison)
    assumptions_section(found)
    store_session.keep_draft()


what_if()
