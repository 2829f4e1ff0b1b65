"""The Methodology page: our own documents, and the tables the code reads."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import streamlit as st

from crossover.assumptions import default_assumptions
from crossover.tokens.engine import engine_name

_FILE_LINK = re.compile(r"\[([^\]]+)\]\((?!https?://)[^)]*\)")
"""Links between our files lead somewhere in the repository, and nowhere in a page."""

_DOCUMENTS = Path(__file__).resolve().parents[1] / "docs"


def document(name: str) -> None:
    """One of our documents without its title, which the page has already."""
    text = (_DOCUMENTS / name).read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    st.markdown(_FILE_LINK.sub(r"\1", rest if first.startswith("# ") else text))


def engine_in_use() -> None:
    """Which library counts, since two exact ones stand behind the same port."""
    st.markdown(f"Counting engine in use: `{engine_name()}`; tiktoken is the reference it is tested against.")


def assumptions() -> None:
    """Every assumption with its range and its reason, as data/assumptions.csv has it."""
    st.markdown("Nobody measured these. Each can be changed on the Compare page; the range is plausible.")
    rows = [
        (each.label, each.low, each.likely, each.high, each.unit, each.reason)
        for each in default_assumptions().values()
    ]
    columns = ["Assumption", "Low", "Likely", "High", "Unit", "Reason"]
    st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True, height=640, width="stretch")
