"""The Methodology page: our own documents, and the tables the code reads."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import streamlit as st

from crossover.assumptions import default_assumptions
from crossover.tokens.engine import engine_name
from crossover.words import ENGLISH, language, localised, say

_FILE_LINK = re.compile(r"\[([^\]]+)\]\((?!https?://)[^)]*\)")
"""Links between our files lead somewhere in the repository, and nowhere in a page."""

_STYLE = (
    "<style>@media (max-width:640px){[class*=st-key-document-] table{display:block;overflow-x:auto;}"
    "[class*=st-key-document-] :not(pre)>code{overflow-wrap:anywhere;}}</style>"
)
"""On a phone a wide table moves under the finger, and the page does not."""

_DOCUMENTS = Path(__file__).resolve().parents[1] / "docs"


def document(name: str) -> None:
    """One of our documents, in the language spoken where it is written in it.

    Its title is left out, which the page has already.
    """
    spoken = _DOCUMENTS / f"{Path(name).stem}.{language()}.md"
    if not spoken.is_file() and language() != ENGLISH:
        st.info(say("This document is written in English only."))
    text = (spoken if spoken.is_file() else _DOCUMENTS / name).read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    with st.container(key=f"document-{Path(name).stem}"):
        st.html(_STYLE)
        st.markdown(_FILE_LINK.sub(r"\1", rest if first.startswith("# ") else text))


def engine_in_use() -> None:
    """Which library counts, since two exact ones stand behind the same port."""
    st.markdown(
        say(
            "Counting engine in use: `{engine}`; tiktoken is the reference it is tested against.",
            engine=engine_name(),
        )
    )


def assumptions() -> None:
    """Every assumption with its range and its reason, as data/assumptions.csv has it."""
    st.markdown(
        say("Nobody measured these. Each can be changed on the Compare page; the range is plausible.")
    )
    rows = [
        (say(each.label), each.low, each.likely, each.high, say(each.unit), say(each.reason))
        for each in default_assumptions().values()
    ]
    columns = [say("Assumption"), say("Low"), say("Likely"), say("High"), say("Unit"), say("Reason")]
    table = pd.DataFrame(rows, columns=columns)
    shown = table.style.format(dict.fromkeys(columns[1:4], _number))
    st.dataframe(shown, hide_index=True, height=640, width="stretch")


def _number(value: object) -> str:
    return localised(f"{value:.10g}")
