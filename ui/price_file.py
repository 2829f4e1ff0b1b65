"""Own prices from a dropped file: what was read, what was not, and which of it to use."""

from __future__ import annotations

import streamlit as st

from crossover.own_prices import MOST_OWN_PRICES
from crossover.prices import InferencePrice, TuningPrice, host_label
from crossover.prices.overrides import Overrides, read_overrides
from ui import cached, price_session, session
from ui.price_own_cells import cells_of
from ui.price_own_forms import keep_prices
from ui.text import escaped, quoted

MOST_BYTES = 5_000_000
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
    text = file.getvalue().decode("utf-8-sig", errors="replace")
    found = read_overrides(text, file.name, session.today())
    _problems(found)
    if found.rows:
        _take_over(found, file.name)
    elif not found.problems:
        st.info("The file holds no price. Give it a row with host, model, input_mtok and output_mtok.")


def _problems(found: Overrides) -> None:
    if not found.problems:
        return
    with st.expander(f"{len(found.problems):,} not read", expanded=True):
        for problem in found.problems[:20]:
            line = f"Line {problem.line}: " if problem.line else ""
            st.markdown(f"- {line}{escaped(problem.what)} {escaped(problem.remedy)}")


def _take_over(found: Overrides, name: str) -> None:
    """Which of the file's prices to use: those of models we list at first, as many as fit."""
    known = {(entry.host, entry.model) for entry in cached.price_book().catalogue}
    places = range(len(found.rows))
    listed = [place for place in places if (found.rows[place].host, found.rows[place].model) in known]
    start = list(places) if len(found.rows) <= MOST_OWN_PRICES else listed[:MOST_OWN_PRICES]
    chosen = st.multiselect(
        f"Prices to use, of {len(found.rows):,} in {quoted(name)}",
        places,
        default=start,
        key=f"{price_session.dropzone_key()}.chosen",
        format_func=lambda place: _row_words(found.rows[place]),
        max_selections=MOST_OWN_PRICES,
    )
    if st.button("Use these prices", key="own.take_over", disabled=not chosen):
        price_session.empty_dropzone()
        keep_prices([cells_of(found.rows[place]) for place in chosen], f"from {name}")


def _row_words(row: InferencePrice | TuningPrice) -> str:
    kind = "tuning" if isinstance(row, TuningPrice) else "calling"
    return f"{row.model} at {host_label(row.host)}, {kind}"
