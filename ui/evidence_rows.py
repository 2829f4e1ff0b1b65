"""Rows somebody has to look at: copies, leaked questions, and where personal data stands (never what)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import pandas as pd
import streamlit as st

from crossover.evidence import Leakage
from crossover.samples import Slot
from crossover.samples.types import SampleSet
from ui.evidence_cached import Found
from ui.evidence_cards import FIGURES_SHOWN
from ui.text import counted

GROUPS_LISTED = 20
_ROWS_LISTED = 20


def row_words(samples: SampleSet, rows: Sequence[int]) -> str:
    """Rows as a person finds them: lines of the one file, else places in the order of the files."""
    shown, more = list(rows[:_ROWS_LISTED]), len(rows) - _ROWS_LISTED
    files = [file for file in samples.files if file.slot is Slot.QUESTIONS]
    lines = samples.qa.lines if len(samples.qa) and len(files) == 1 else ()
    noun = "line" if lines else "request"
    numbers = [f"{lines[row] if lines else row + 1:,}" for row in shown]
    text = f"{noun if len(rows) == 1 else noun + 's'} {', '.join(numbers)}"
    return f"{text} and {more:,} more" if more > 0 else text


def copy_details(found: Found) -> None:
    """Groups of copies and near copies, then questions that were seen before, by row."""
    measured, samples = found.evidence.measured, found.profile.samples
    if measured.duplicates is not None and (groups := measured.duplicates.clusters()):
        with st.expander(f"Show the groups of copies ({len(groups):,})"):
            places = measured.compared_rows
            listed = (row_words(samples, places[list(group)].tolist()) for group in groups)
            st.markdown("\n".join(f"- {words}" for words in islice(listed, GROUPS_LISTED)))
            _rest(len(groups), "group")
    _leak_list(samples, measured.leaked, "Show the questions that stand in the training chats")
    _leak_list(samples, measured.shown, "Show the questions that repeat an example of the prompt")


def _leak_list(samples: SampleSet, leaked: Leakage | None, title: str) -> None:
    if leaked is None or not leaked.leaked.successes:
        return
    with st.expander(f"{title} ({leaked.leaked.successes:,})"):
        for words, rows in (("Word for word", leaked.exact_rows), ("Nearly", leaked.near_rows)):
            if rows:
                st.markdown(f"- {words}: {row_words(samples, rows)}")


def _rest(number: int, noun: str) -> None:
    if number > GROUPS_LISTED:
        st.caption(f"and {counted(number - GROUPS_LISTED, noun)} more")


def personal_details(found: Found) -> None:
    """Counts by place and kind, where the card cannot hold them all; never the values themselves."""
    rows = found.evidence.measured.personal.found
    if len(rows) > FIGURES_SHOWN:
        table = pd.DataFrame(rows, columns=["Where", "What", "How often"])
        st.dataframe(table, hide_index=True, width="stretch")
    if rows:
        st.caption("Recognised by their form. The values are not shown, stored or sent anywhere.")
