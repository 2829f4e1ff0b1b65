import streamlit as st

from ui import brief_view, frame

st.set_page_config(page_title="Brief · Crossover", page_icon=str(frame.ICON), layout="centered")
brief_view.brief_page()
