import streamlit as st

from crossover.comparison import NothingToCompare
from ui import (
    cached,
    frame,
    price_changes,
    price_list,
    price_own,
    price_pair,
    replay_view,
    scenarios_address,
    session,
    store_session,
)

frame.page(
    "Prices",
    "Every price with its day, its source and how far we trust it. Unknown is shown as unknown, never as 0.",
)
frame.demo_banner()
scenarios_address.apply_address()
price_list.date_control()
price_list.list_section()
price_changes.changes_section()
price_pair.pair_section()
price_own.own_section()
try:
    replay_view.decision_over_time(cached.comparison(session.scenario()))
except NothingToCompare as error:
    st.info(str(error))
    frame.link("pages/samples.py", "Go to Samples")
store_session.keep_draft()
