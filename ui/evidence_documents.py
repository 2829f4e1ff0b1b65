"""Search in the documents: what is found with how many chunks, and what else could be tried."""

from __future__ import annotations

import streamlit as st

from crossover.charts.evidence import answerability_bars, hit_curve
from crossover.cost.subject import Subject
from crossover.evidence import RecommendedChunks, RetrievalEvidence
from crossover.evidence.chunk_sweep import rag_usd_per_request
from crossover.evidence.relevance import K_MAX
from crossover.numbers import count, usd
from crossover.numbers import share as percent
from ui import evidence_cached, evidence_second, evidence_sweep, session
from ui.evidence_cached import Found
from ui.text import counted, plain

_CHART = {"displayModeBar": False}


def document_details(found: Found) -> None:
    """Curve and bars, the number of chunks to send, other ways to cut and to search."""
    retrieval = found.evidence.measured.retrieval
    if retrieval is None:
        return
    _charts(retrieval, min(found.settings.chunks, K_MAX))
    subject = evidence_cached.rag_subject()
    if retrieval.recommended is not None and subject is not None:
        _recommended(retrieval.recommended, found, subject)
    if subject is not None:
        evidence_sweep.sweep_section(subject)
    evidence_second.second_section(found.profile)


def _charts(retrieval: RetrievalEvidence, chunks: int) -> None:
    quality, best, answers = retrieval.decisive, retrieval.recommended, retrieval.answers
    left, right = st.columns([3, 2], gap="large")
    if quality is not None and best is not None:
        with left:
            st.markdown("**How many chunks find it**")
            st.plotly_chart(
                hit_curve(quality, best, chunks), key="chart-hits", config=_CHART, alt=best.reason
            )
            st.caption(
                f"{quality.n:,} questions, judged by {quality.against}. Searched by words (BM25): a lower "
                "bound for a tuned retriever."
            )
    if answers is not None:
        with right:
            st.markdown("**Where the answers stand**")
            words = (
                f"{percent(answers.in_corpus.share)} of the answers stand in the documents, "
                f"{percent(answers.within(chunks).share)} in the best {chunks}, "
                f"{percent(answers.at_random(chunks))} in {counted(chunks, 'random chunk')}."
            )
            st.plotly_chart(
                answerability_bars(answers, chunks), key="chart-answers", config=_CHART, alt=words
            )
            st.caption(
                f"{counted(answers.n, 'answer')}, {counted(answers.chunks, 'chunk')}. Random chunks show how "
                "much of it is luck with short answers."
            )


def _recommended(best: RecommendedChunks, found: Found, subject: Subject) -> None:
    """The button that sends as many chunks as the data speaks for, and what that changes."""
    sent = session.scenario().chunks_per_request
    if best.k == sent:
        st.success(f"You send {counted(sent, 'chunk')} with a request, which is what the data speaks for.")
        return
    st.button(
        f"Use k = {best.k}", key="use-k", on_click=_use, args=(best.k, sent), help="Changes the scenario."
    )
    st.caption(plain(_change_words(best.k, sent, found, subject)))


def _change_words(k: int, sent: int, found: Found, subject: Subject) -> str:
    knowledge = found.profile.knowledge
    if knowledge is None:
        return ""
    before, after = (float(knowledge.context(each).mean()) for each in (sent, k))
    text = (
        f"Sends {k} instead of {counted(sent, 'chunk')} with every request of a strategy that searches: "
        f"{count(round(after))} instead of {count(round(before))} tokens of context on average"
    )
    costs = [rag_usd_per_request(subject, each) for each in (sent, k)]
    if None in costs:
        return f"{text}. Its price is unknown."
    thousand = [usd((cost or 0.0) * 1000) for cost in costs]
    return f"{text}, and RAG at {thousand[1]} instead of {thousand[0]} per 1,000 requests."


def _use(k: int, sent: int) -> None:
    session.edit(chunks_per_request=k)
    st.toast(f"The scenario now sends {counted(k, 'chunk')} instead of {sent}.")
