import streamlit as st

st.navigation(
    [
        st.Page("pages/compare.py", title="Compare", default=True),
        st.Page("pages/samples.py", title="Samples"),
        st.Page("pages/evidence.py", title="Evidence"),
        st.Page("pages/what_if.py", title="What-if"),
        st.Page("pages/prices.py", title="Prices"),
        st.Page("pages/scenarios.py", title="Scenarios"),
        st.Page("pages/methodology.py", title="Methodology"),
        st.Page("pages/brief.py", title="Brief", url_path="brief", visibility="hidden"),
    ],
    # whoever opens a shared link sees the brief and nothing else
    position="hidden" if "t" in st.query_params else "top",
).run()
