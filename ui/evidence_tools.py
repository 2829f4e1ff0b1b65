"""Tools against the questions, one row per tool, and the calls the chats show."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crossover.evidence import ToolCalls, ToolCoverage
from ui.evidence_cached import Found


def tool_details(found: Found) -> None:
    """What words tell about each tool, then what was really called."""
    measured = found.evidence.measured
    if measured.tools is not None:
        _coverage_table(measured.tools)
    if measured.calls is not None:
        _calls_table(measured.calls)


def _coverage_table(coverage: ToolCoverage) -> None:
    rows = [
        {
            "Tool": fit.name,
            "Fits best by its words": f"{fit.likeliest.successes:,} questions",
            "Questions that hold all it needs": str(fit.complete) if fit.complete else "cannot be told",
            "Cannot be told from words": ", ".join(fit.untold),
        }
        for fit in coverage.tools
    ]
    st.markdown(":orange-badge[heuristic] Each tool against every question, by words alone.")
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", key="tool-table")
    st.caption(
        f"{coverage.n:,} questions. An argument counts as there when a question holds a value of its list, "
        "type, format or pattern: a number for a number, a date for a date. Free texts and yes or no "
        "cannot be told."
    )


def _calls_table(calls: ToolCalls) -> None:
    counts = [*calls.called, *((name, 0) for name in calls.unused)]
    left, right = st.columns(2)
    with left:
        st.dataframe(
            pd.DataFrame(counts, columns=["Tool", "Calls in your chats"]), hide_index=True, width="stretch"
        )
    with right:
        if calls.invalid:
            st.dataframe(
                pd.DataFrame(calls.invalid, columns=["What is wrong with a call", "Calls"]),
                hide_index=True,
                width="stretch",
            )
