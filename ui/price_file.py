"""Own prices from a dropped file: what was read, what was not, and which of it to use."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crossover.prices.overrides import Overrides, read_overrides
from crossover.words import language, mark, say, say_count
from ui import price_session, session
from ui.price_file_choice import choose_prices
from ui.text import escaped

MOST_BYTES = 5_000_000
MOST_PROBLEMS = 20
FILE_EXAMPLES = {
    mark(
        "A table of your own, US dollars per million tokens (the same as a JSON list of objects works too)"
    ): ("host,model,input_mtok,output_mtok,note\nopenai,gpt-6-luna,0.08,0.40,contract 17"),
    mark("With tuning, hosting per hour"): (
        "host,model,training_usd_per_mtok,tuned_input_mtok,tuned_output_mtok,hosting_usd_per_hour\n"
        "azure,gpt-oss-20b,3.20,0.06,0.25,0.28"
    ),
    mark("A LiteLLM price map, US dollars per token"): (
        '{"azure/gpt-4o-mini": {"litellm_provider": "azure", "input_cost_per_token": 1.5e-07,\n'
        ' "output_cost_per_token": 6e-07}}'
    ),
    mark("A genai-prices provider list"): (
        '[{"id": "openai", "models": [{"id": "gpt-6-luna",\n'
        '  "prices": {"input_mtok": 0.08, "output_mtok": 0.4}}]}]'
    ),
}


def drop_zone() -> None:
    """Take a price file in any of the known shapes."""
    file = st.file_uploader(
        say("Prices as CSV or JSON: our own columns, a LiteLLM price map, or a genai-prices list"),
        type=["csv", "json"],
        key=price_session.dropzone_key(),
    )
    with st.expander(say("What such a file looks like")):
        for title, example in FILE_EXAMPLES.items():
            st.markdown(say(title))
            st.code(example, language=None)
    if file is None:
        return
    if file.size > MOST_BYTES:
        st.error(
            say(
                "The file has more than {megabytes} MB. Keep the models you need, drop it again.",
                megabytes=MOST_BYTES // 1_000_000,
            )
        )
        return
    with st.spinner(say("Reading the prices …")):
        found = _read(language(), file.file_id, file.name, file.getvalue())
    _problems(found)
    _left_out(found)
    if found.rows:
        choose_prices(found, file.name)
    elif not found.problems:
        st.info(say("The file holds no price. Give it a row with host, model, input_mtok and output_mtok."))


@st.cache_resource(scope="session", max_entries=1, show_spinner=False)
def _read(spoken: str, file_id: str, name: str, _content: bytes) -> Overrides:
    """The file's prices, read once however often its choice is changed."""
    return read_overrides(_content.decode("utf-8-sig", errors="replace"), name, session.today())


def _problems(found: Overrides) -> None:
    if not found.problems:
        return
    shown, more = found.problems[:MOST_PROBLEMS], len(found.problems) - MOST_PROBLEMS
    with st.expander(say("{problems:,} not read", problems=len(found.problems)), expanded=True):
        for problem in shown:
            words = f"{escaped(problem.what)} {escaped(problem.remedy)}"
            line = say("Line {line}: {problem}", line=problem.line, problem=words) if problem.line else words
            st.markdown(f"- {line}")
        if more > 0:
            st.caption(
                say(
                    "And {rows:,} more of the same kinds. Correct these first, then drop the file again.",
                    rows=more,
                )
            )


def _left_out(found: Overrides) -> None:
    """Every entry of somebody else's list that is no chat price, with the reason."""
    if not found.left_out:
        return
    title = say_count(
        "{n} entry is no chat price and not taken",
        "{n} entries are no chat price and not taken",
        len(found.left_out),
    )
    with st.expander(title):
        table = pd.DataFrame([{say("Entry"): each.name, say("Why not"): each.why} for each in found.left_out])
        st.dataframe(table, hide_index=True, width="stretch", height=min(38 + 35 * len(table), 320))
