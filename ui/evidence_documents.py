"""Search in the documents: what is found with how many chunks, and what else could be tried."""

from __future__ import annotations

import streamlit as st

from crossover.charts.evidence import answerability_bars, hit_curve
from crossover.cost.subject import Subject
from crossover.evidence import RecommendedChunks, RetrievalEvidence
from crossover.evidence.answerability import Answerability
from crossover.evidence.chunk_sweep import rag_usd_per_request
from crossover.evidence.relevance import K_MAX
from crossover.numbers import count, usd
from crossover.numbers import share as percent
from crossover.words import say, say_count
from ui import evidence_cached, evidence_second, evidence_sweep, session
from ui.evidence_cached import Found
from ui.evidence_words import chunks_words, judged_words, questions_words
from ui.text import plain

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
            st.markdown(say("**How many chunks find it**"))
            st.plotly_chart(
                hit_curve(quality, best, chunks), key="chart-hits", config=_CHART, alt=best.reason
            )
            st.caption(
                say(
                    "{questions}, {judged}. Searched by words (BM25): a lower bound for a tuned retriever.",
                    questions=questions_words(quality.n),
                    judged=judged_words(quality.against),
                )
            )
    if answers is not None:
        with right:
            st.markdown(say("**Where the answers stand**"))
            st.plotly_chart(
                answerability_bars(answers, chunks),
                key="chart-answers",
                config=_CHART,
                alt=_answer_words(answers, chunks),
            )
            st.caption(
                say(
                    "{answers}, {chunks}. Random chunks show how much of it is luck with short answers.",
                    answers=say_count("{n} answer", "{n} answers", answers.n),
                    chunks=chunks_words(answers.chunks),
                )
            )


def _answer_words(answers: Answerability, chunks: int) -> str:
    return say_count(
        "{there} of the answers stand in the documents, {found} in the best {n}, {chance} in {n} random "
        "chunk.",
        "{there} of the answers stand in the documents, {found} in the best {n}, {chance} in {n} random "
        "chunks.",
        chunks,
        there=percent(answers.in_corpus.share),
        found=percent(answers.within(chunks).share),
        chance=percent(answers.at_random(chunks)),
    )


def _recommended(best: RecommendedChunks, found: Found, subject: Subject) -> None:
    """The button that sends as many chunks as the data speaks for, and what that changes."""
    sent = session.scenario().chunks_per_request
    if best.k == sent:
        st.success(
            say_count(
                "You send {n} chunk with a request, which is what the data speaks for.",
                "You send {n} chunks with a request, which is what the data speaks for.",
                sent,
            )
        )
        return
    st.button(
        say("Use k = {k}", k=best.k),
        key="use-k",
        on_click=_use,
        args=(best.k, sent),
        help=say("Changes the scenario."),
    )
    st.caption(plain(_change_words(best.k, sent, found, subject)))


def _change_words(k: int, sent: int, found: Found, subject: Subject) -> str:
    knowledge = found.profile.knowledge
    if knowledge is None:
        return ""
    before, after = (float(knowledge.context(each).mean()) for each in (sent, k))
    costs = [rag_usd_per_request(subject, each) for each in (sent, k)]
    old, new = (usd(None if cost is None else cost * 1000) for cost in costs)
    sizes = {"k": k, "after": count(round(after)), "before": count(round(before))}
    if None in costs:
        return say_count(
            "Sends {k} instead of {n} chunk with every request of a strategy that searches: {after} instead "
            "of {before} tokens of context on average. Its price is unknown.",
            "Sends {k} instead of {n} chunks with every request of a strategy that searches: {after} instead "
            "of {before} tokens of context on average. Its price is unknown.",
            sent,
            **sizes,
        )
    return say_count(
        "Sends {k} instead of {n} chunk with every request of a strategy that searches: {after} instead of "
        "{before} tokens of context on average, and RAG at {new} instead of {old} per 1,000 requests.",
        "Sends {k} instead of {n} chunks with every request of a strategy that searches: {after} instead of "
        "{before} tokens of context on average, and RAG at {new} instead of {old} per 1,000 requests.",
        sent,
        new=new,
        old=old,
        **sizes,
    )


def _use(k: int, sent: int) -> None:
    session.edit(chunks_per_request=k)
    st.toast(
        say_count(
            "The scenario now sends {n} chunk instead of {sent}.",
            "The scenario now sends {n} chunks instead of {sent}.",
            k,
            sent=sent,
        )
    )
