import streamlit as st

from crossover.verdict import verdict
from crossover.words import in_language, language, say
from ui import (
    cached,
    compare_view,
    controls,
    frame,
    prices_view,
    scenarios_address,
    store_session,
    strategy_controls,
)
from ui.cards import strategy_cards
from ui.requests_view import show_requests

frame.page(say("Compare"))
frame.demo_banner()
scenarios_address.apply_address()


@st.fragment
@in_language(language())  # asked for once, not for each of thousands of words
def comparison_view() -> None:
    """Verdict first, then the controls that move it, then the evidence for it."""
    answer = st.container()
    with st.container(border=True, key="controls"):
        controls.main_controls()
        strategy_controls.more_strategies()
        with st.expander(say("More settings")):
            controls.more_controls()
            strategy_controls.buying_controls()
        with st.expander(say("Another model for one strategy")):
            strategy_controls.model_per_strategy()
    comparison = frame.comparison()
    if comparison is None:
        return
    with answer:
        compare_view.verdict_section(verdict(comparison, cached.sure(comparison)))
        prices_view.own_prices_note(comparison)
        frame.link("pages/what_if.py", say("What would change this"))
    strategy_cards(comparison)
    left, right = st.columns(2, gap="large")
    with left:
        compare_view.request_chart(comparison)
    with right:
        compare_view.cumulative_chart(comparison)
    compare_view.trade_off_chart(comparison)
    compare_view.table_section(comparison)
    prices_view.prices_section(comparison)
    prices_view.tuning_section(comparison)
    with st.expander(say("Show the request")):
        show_requests(comparison)
    strategy_controls.assumptions_section(comparison)
    store_session.keep_draft()


comparison_view()
