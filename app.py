import streamlit as st

from ui.language import say

st.navigation(
    [
        st.Page("pages/compare.py", title=say("Compare"), default=True),
        st.Page("pages/samples.py", title=say("Samples")),
        st.Page("pages/evidence.py", title=say("Evidence")),
        st.Page("pages/what_if.py", title=say("What-if")),
        st.Page("pages/prices.py", title=say("Prices")),
        st.Page("pages/scenarios.py", title=say("Scenarios")),
        st.Page("pages/methodology.py", title=say("Methodology")),
        st.Page("pages/brief.py", title=say("Brief"), url_path="brief", visibility="hidden"),
    ],
    # whoever opens a shared link sees the brief and nothing else
    position="hidden" if "t" in st.query_params else "top",
).run()
