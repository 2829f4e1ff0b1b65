"""What others measured, beside the person's own data and never inside a score."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from crossover.evidence.literature import LiteratureResult, literature
from crossover.words import localised, say, say_as


def literature_section() -> None:
    """Every published result with its citation, task, model and date."""
    st.subheader(say("What others measured"), anchor=False)
    st.markdown(
        say(
            ":violet-badge[literature] Other tasks, other models, other days. These numbers enter no score "
            "and no cost here, and none of them says how well your task will go. They tell which question to "
            "ask of a test of your own: facts that change speak for retrieval, a fixed form for a prompt or "
            "for tuning, and both together helped in some cases and harmed in others."
        )
    )
    results = literature()
    with st.container(key="literature"):
        _table([result for result in results if result.has_numbers])
        with st.expander(say("Results without a number for each way")):
            st.markdown("\n".join(_line(result) for result in results if not result.has_numbers))


def _table(results: list[LiteratureResult]) -> None:
    rows = [
        {
            say("Task"): say(result.task),
            say("Model"): result.model,
            say("Date"): result.date,
            say("Prompt"): result.prompt,
            say("RAG"): result.rag,
            say("Tuned"): result.tuning,
            say("Tuned + RAG"): result.both,
            say("Unit"): say(result.unit),
            say("Setting"): say(result.setting),
            say("What it says"): say(result.note),
            say("Citation"): result.citation,
            say("Address"): result.url,
        }
        for result in results
    ]
    table, address = pd.DataFrame(rows), say("Address")
    st.dataframe(
        table.style.format(_number, subset=table.select_dtypes("number").columns),
        hide_index=True,
        width="stretch",
        placeholder="–",
        column_config={address: st.column_config.LinkColumn(address, display_text=say_as("link", "open"))},
    )


def _number(value: object) -> str:
    return localised(f"{value:g}") if isinstance(value, float) and not math.isnan(value) else ""


def _line(result: LiteratureResult) -> str:
    cited = f"[{result.citation}]({result.url})"
    return f"- **{say(result.task)}** ({result.model}, {result.date}): {say(result.note)} {cited}"
