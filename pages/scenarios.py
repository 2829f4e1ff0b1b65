import streamlit as st

from crossover.store import StoreUnavailable
from ui import (
    cached,
    frame,
    scenarios_address,
    scenarios_exports,
    scenarios_pair,
    scenarios_share,
    scenarios_view,
    store_session,
)

frame.page(
    "Scenarios", "Keep what you decided and on which assumptions. Settings are saved, your files never."
)
frame.demo_banner()
scenarios_address.apply_address()
try:
    scenarios_view.messages()
    scenarios_view.draft_section()
    saved = scenarios_view.saved_scenarios()
    scenarios_view.save_section(saved)
    scenarios_view.list_section(saved)
    scenarios_pair.pair_section(saved)
    scenarios_share.share_section()
except StoreUnavailable as error:
    st.error(str(error))
except cached.CountingCancelled:
    frame.counting_cancelled()
scenarios_exports.exports_section()
store_session.keep_draft()
