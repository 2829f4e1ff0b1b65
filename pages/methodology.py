from pathlib import Path

import streamlit as st

from ui import frame

frame.page("Methodology")
st.markdown(Path(__file__).parents[1].joinpath("docs", "methodology.md").read_text(encoding="utf-8"))
