import streamlit as st

from crossover.words import say
from ui import (
    cached,
    evidence_cached,
    evidence_literature,
    evidence_results,
    evidence_view,
    frame,
    scenarios_address,
    store_session,
)

frame.page(
    say("Evidence"),
    say("What your own data says before anyone pays for a model. No answer of a model is predicted here."),
)
frame.demo_banner()
scenarios_address.apply_address()
try:
    found = evidence_cached.found()
except cached.CountingCancelled:
    frame.counting_cancelled()
    st.stop()
except evidence_cached.Stopped as stopped:
    evidence_view.stopped(stopped)
    st.stop()
evidence_view.headline(found)
evidence_view.topics(found)
evidence_view.not_measured(found)
evidence_literature.literature_section()
evidence_results.results_section()
store_session.keep_draft()
