import streamlit as st

from crossover.words import say
from ui import frame, methodology_view

frame.page(say("Methodology"), say("How each number comes about, from the files the program itself reads."))
how, counts, prices, peers, assumptions = st.tabs(
    [say("How it works"), say("Token counts"), say("Prices"), say("Other calculators"), say("Assumptions")]
)
with how:
    methodology_view.document("methodology.md")
with counts:
    methodology_view.engine_in_use()
    methodology_view.document("tokens.md")
with prices:
    methodology_view.document("prices.md")
with peers:
    methodology_view.document("peers.md")
with assumptions:
    methodology_view.assumptions()
