"""Tools against the questions, one row per tool, and the calls the chats show."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crossover.evidence import ToolCalls, ToolCoverage
from crossover.words import say
from ui.evidence_cached import Found
from ui.evidence_words import questions_words


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
            say("Tool"): fit.name,
            say("Fits best by its words"): questions_words(fit.likeliest.successes),
            say("Questions that hold all it needs"): str(fit.complete or say("cannot be told")),
            say("Cannot be told from words"): ", ".join(fit.untold),
        }
        for fit in coverage.tools
    ]
    st.markdown(say(":orange-badge[heuristic] Each tool against every question, by words alone."))
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", key="tool-table")
    st.caption(
        say(
            "{questions}. An argument counts as there when a question holds a value of its list, type, "
            "format or pattern: a number for a number, a date for a date. Free texts and yes or no cannot be "
            "told.",
            questions=questions_words(coverage.n),
        )
    )


def _calls_table(calls: ToolCalls) -> None:
    called = [*calls.called, *((name, 0) for name in calls.unused)]
    wrong = [(say(what), number) for what, number in calls.invalid]
    left, right = st.columns(2)
    with left:
        _counts(called, [say("Tool"), say("Calls in your chats")])
    with right:
        if wrong:
            _counts(wrong, [say("What is wrong with a call"), say("Calls")])


def _counts(rows: list[tuple[str, int]], columns: list[str]) -> None:
    st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True, width="stretch")
