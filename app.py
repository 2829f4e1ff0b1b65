import streamlit as st

st.navigation(
    [
        st.Page("pages/compare.py", title="Compare", default=True),
        st.Page("pages/samples.py", title="Samples"),
        st.Page("pages/prices.py", title="Prices"),
        st.Page("pages/methodology.py", title="Methodology"),
    ],
    position="top",
).run()
