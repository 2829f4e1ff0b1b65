"""Own prices from a dropped file: what was read, what was not, and which of it to use."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crossover.prices.overrides import Overrides, read_overrides
from ui import price_session, session
from ui.price_file_choice import choose_prices
from ui.text import escaped

MOST_BYTES = 5_000_000
MOST_PROBLEMS = 20
FILE_EXAMPLES = {
    "A table of your own, US dollars per million tokens (the same as a JSON list of objects works too)": (
        "host,model,input_mtok,output_mtok,note\nopenai,gpt-6-luna,0.08,0.40,contract 17"
    ),
    "With tuning, hosting per hour": (
        "host,model,training_usd_per_mtok,tuned_input_mtok,tuned_output_mtok,hosting_usd_per_hour\n"
        "azure,gpt-oss-20b,3.20,0.06,0.25,0.28"
    ),
    "A LiteLLM price map, US dollars per token": (
        '{"azure/gpt-4o-mini": {"litellm_provider": "azure", "input_cost_per_token": 1.5e-07,\n'
        ' "output_cost_per_token": 6e-07}}'
    ),
    "A genai-prices provider list": (
        '[{"id": "openai", "models": [{"id": "gpt-6-luna",\n'
        '  "prices": {"input_mtok": 0.08, "output_mtok": 0.4}}]}]'
    ),
}


def drop_zone() -> None:
    """Take a price file in any of the known shapes."""
    file = st.file_uploader(
        "Prices as CSV or JSON: our own columns, a LiteLLM price map, or a genai-prices list",
        type=["csv", "json"],
        key=price_session.dropzone_key(),
    )
    with st.expander("What such a file looks like"):
        for title, example in FILE_EXAMPLES.items():
            st.markdown(title)
            st.code(example, language=None)
    if file is None:
        return
    if file.size > MOST_BYTES:
        st.error(
            f"The file has more than {MOST_BYTES // 1_000_000} MB. Keep the models you need, drop it again."
        )
        return
    found = _read(file.file_id, file.name, file.getvalue())
    _problems(found)
    _left_out(found)
    if found.rows:
        choose_prices(found, file.name)
    elif not found.problems:
        st.info("The file holds no price. Give it a row with host, model, input_mtok and output_mtok.")


@st.cache_resource(scope="session", max_entries=1, show_spinner="Reading the prices …")
def _read(file_id: str, name: str, _content: bytes) -> Overrides:
    """The file's prices, read once however often its choice is changed."""
    return read_overrides(_content.decode("utf-8-sig", errors="replace"), name, session.today())


def _problems(found: Overrides) -> None:
    if not found.problems:
        return
    shown, more = found.problems[:MOST_PROBLEMS], len(found.problems) - MOST_PROBLEMS
    with st.expander(f"{len(found.problems):,} not read", expanded=True):
        for problem in shown:
            line = f"Line {problem.line}: " if problem.line else ""
            st.markdown(f"- {line}{escaped(problem.what)} {escaped(problem.remedy)}")
        if more > 0:
            st.caption(f"And {more:,} more of the same kinds. Correct these first, then drop the file again.")


def _left_out(found: Overrides) -> None:
    """Every entry of somebody else's list that is no chat price, with the reason."""
    if not found.left_out:
        return
    entries = "1 entry is" if len(found.left_out) == 1 else f"{len(found.left_out):,} entries are"
    with st.expander(f"{entries} no chat price and not taken"):
        table = pd.DataFrame([{"Entry": each.name, "Why not": each.why} for each in found.left_out])
        st.dataframe(table, hide_index=True, width="stretch", height=min(38 + 35 * len(table), 320))
