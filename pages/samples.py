import streamlit as st

from crossover.words import say
from ui import (
    bills_view,
    cached,
    files_view,
    frame,
    samples_view,
    scenarios_address,
    session,
    store_session,
)

frame.page(
    say("Samples"),
    say(
        "Drop in what you have. Files stay in this browser session: not stored, not sent on, gone when it "
        "ends."
    ),
)
scenarios_address.apply_address()
left, right = st.columns([3, 2], gap="large")
with left:
    samples_view.drop_zone()
with right:
    samples_view.instructions_box()
files_view.undo_section()
if session.shows_demo():
    samples_view.demo_choice()

samples = cached.samples()
samples_view.overview(samples)
frame.link("pages/compare.py", say("**Compare the four strategies**"))
files_view.files_section()
try:
    samples_view.token_profile(samples)
except cached.CountingCancelled:
    frame.counting_cancelled()
bills_view.bills_section()
store_session.keep_draft()
