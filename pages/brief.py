import streamlit as st

from ui import brief_view, frame
from ui.language import say

st.set_page_config(page_title=say("Brief") + " · Crossover", page_icon=str(frame.ICON), layout="centered")
brief_view.brief_page()
