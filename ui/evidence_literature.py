"""What others measured, beside the person's own data and never inside a score."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crossover.evidence.literature import LiteratureResult, literature


def literature_section() -> None:
    """Every published result with its citation, task, model and date."""
    st.subheader("What others measured", anchor=False)
    st.markdown(
        ":violet-badge[literature] Other tasks, other models, other days. These numbers enter no score and "
        "no cost here, and none of them says how well your task will go. They tell which question to ask of "
        "a test of your own: facts that change speak for retrieval, a fixed form for a prompt or for tuning, "
        "and both together helped in some cases and harmed in others."
    )
    results = literature()
    with st.container(key="literature"):
        _table([result for result in results if result.has_numbers])
        with st.expander("Results without a number for each way"):
            st.markdown("\n".join(_line(result) for result in results if not result.has_numbers))


def _table(results: list[LiteratureResult]) -> None:
    rows = [
        {
            "Task": result.task,
            "Model": result.model,
            "Date": result.date,
            "Prompt": result.prompt,
            "RAG": result.rag,
            "Tuned": result.tuning,
            "Tuned + RAG": result.both,
            "Unit": result.unit,
            "Setting": result.setting,
            "What it says": result.note,
            "Citation": result.citation,
            "Address": result.url,
        }
        for result in results
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        width="stretch",
        column_config={"Address": st.column_config.LinkColumn("Address", display_text="open")},
    )


def _line(result: LiteratureResult) -> str:
    cited = f"[{result.citation}]({result.url})"
    return f"- **{result.task}** ({result.model}, {result.date}): {result.note} {cited}"
