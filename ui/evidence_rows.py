"""Rows somebody has to look at: copies, leaked questions, and where personal data stands (never what)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import pandas as pd
import streamlit as st

from crossover.evidence import Leakage
from crossover.samples import Slot
from crossover.samples.types import SampleSet
from crossover.words import localised, say, say_count
from ui.evidence_cached import Found
from ui.evidence_cards import FIGURES_SHOWN

GROUPS_LISTED = 20
_ROWS_LISTED = 20


def row_words(samples: SampleSet, rows: Sequence[int]) -> str:
    """Rows as a person finds them: lines of the one file, else places in the order of the files."""
    shown, more = list(rows[:_ROWS_LISTED]), len(rows) - _ROWS_LISTED
    files = [file for file in samples.files if file.slot is Slot.QUESTIONS]
    lines = samples.qa.lines if len(samples.qa) and len(files) == 1 else ()
    numbers = ", ".join(localised(f"{lines[row] if lines else row + 1:,}") for row in shown)
    if more > 0:
        numbers = say("{numbers} and {more:,} more", numbers=numbers, more=more)
    if lines:
        return say_count("line {numbers}", "lines {numbers}", len(rows), numbers=numbers)
    return say_count("request {numbers}", "requests {numbers}", len(rows), numbers=numbers)


def copy_details(found: Found) -> None:
    """Groups of copies and near copies, then questions that were seen before, by row."""
    measured, samples = found.evidence.measured, found.profile.samples
    if measured.duplicates is not None and (groups := measured.duplicates.clusters()):
        with st.expander(say("Show the groups of copies ({groups:,})", groups=len(groups))):
            places = measured.compared_rows
            listed = (row_words(samples, places[list(group)].tolist()) for group in groups)
            st.markdown("\n".join(f"- {words}" for words in islice(listed, GROUPS_LISTED)))
            if len(groups) > GROUPS_LISTED:
                st.caption(more_groups(len(groups) - GROUPS_LISTED))
    if measured.leaked is not None:
        title = say("Show the questions that stand in the training chats")
        _leak_list(samples, measured.leaked, title)
    if measured.shown is not None:
        title = say("Show the questions that repeat an example of the prompt")
        _leak_list(samples, measured.shown, title)


def more_groups(amount: int) -> str:
    """That so many groups are not listed."""
    return say_count("and {n} group more", "and {n} groups more", amount)


def _leak_list(samples: SampleSet, leaked: Leakage, title: str) -> None:
    if not leaked.leaked.successes:
        return
    with st.expander(f"{title} ({localised(f'{leaked.leaked.successes:,}')})"):
        for words, rows in ((say("Word for word"), leaked.exact_rows), (say("Nearly"), leaked.near_rows)):
            if rows:
                st.markdown(f"- {words}: {row_words(samples, rows)}")


def personal_details(found: Found) -> None:
    """Counts by place and kind, where the card cannot hold them all; never the values themselves."""
    rows = found.evidence.measured.personal.found
    if len(rows) > FIGURES_SHOWN:
        table = [
            {say("Where"): say(place), say("What"): say(kind), say("How often"): number}
            for place, kind, number in rows
        ]
        st.dataframe(pd.DataFrame(table), hide_index=True, width="stretch")
    if rows:
        st.caption(say("Recognised by their form. The values are not shown, stored or sent anywhere."))
