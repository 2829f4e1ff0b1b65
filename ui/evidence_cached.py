"""The long work of the Evidence page: done once per session and settings, with a bar and a way out."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import TypeVar

import streamlit as st

from crossover.comparison import NothingToCompare, profile_settings
from crossover.cost.quote import quote
from crossover.cost.subject import Subject
from crossover.evidence import Evidence, EvidenceSettings, measurements
from crossover.evidence.chunk_sweep import ChunkSweep, chunk_sweep
from crossover.evidence.findings import told
from crossover.evidence.second_retriever import Embedder, Retrievers, local_embedder, retrievers
from crossover.prices.types import TuningPrice
from crossover.profile import TokenProfile
from crossover.tokens import Progress, model_facts
from crossover.words import ENGLISH, in_language, say
from ui import cached, evidence_session, session

T = TypeVar("T")
Key = tuple[Hashable, ...]
_LEAST_STEP = 0.01


class Stopped(RuntimeError):
    """The person stopped this work; `key` brings it back."""

    def __init__(self, key: Hashable) -> None:
        super().__init__("stopped")
        self.key = key


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The evidence on this session's samples, with what it was measured by."""

    evidence: Evidence
    profile: TokenProfile
    settings: EvidenceSettings


def found() -> Found:
    """Everything the upload says, as the scenario asks for it.

    Raises CountingCancelled or Stopped while the person does not want it measured.
    """
    scenario, samples = session.scenario(), cached.samples()
    profile = cached.profile(samples, profile_settings(scenario, model_facts(scenario.model)))
    settings = EvidenceSettings(scenario.chunks_per_request, scenario.few_shot_examples, tuning_price())
    # the number of chunks only changes words, so a move of it measures nothing again
    key = ("evidence", data_key(), profile.settings, replace(settings, chunks=1))
    what = say("Reading your data")
    measured = _done(key, what, lambda hear: measurements(samples, profile, settings, hear))
    return Found(told(measured, profile, settings), profile, settings)


def tuning_price() -> TuningPrice | None:
    """What the scenario's fine-tuning costs; None where no price is known."""
    scenario = session.scenario().for_strategy("tuning")
    return quote(cached.book_of(scenario), scenario).tuning


def rag_subject() -> Subject | None:
    """RAG as the comparison costs it; None when there is nothing to compare."""
    try:
        return cached.comparison(session.scenario()).outcome("rag").subject
    except NothingToCompare:
        return None


def data_key() -> str:
    """Text that changes exactly when the samples do, whatever language is spoken.

    What is measured holds no words, so another language only says it anew.
    """
    with in_language(ENGLISH):
        return cached.samples_key()


def sweep_key(subject: Subject) -> Key:
    """What a sweep depends on: the samples and the scenario, but for the settings it tries itself."""
    scenario = replace(
        subject.scenario, chunk_tokens=400, chunk_overlap_tokens=0, chunks_per_request=1, weights=()
    )
    return ("sweep", data_key(), scenario)


def sweep(subject: Subject) -> ChunkSweep | None:
    """Chunk sizes and overlaps tried out. Raises Stopped."""
    work = say("Cutting and searching the documents")
    return _done(sweep_key(subject), work, lambda hear: chunk_sweep(subject, progress=hear))


def second_key(profile: TokenProfile) -> Key:
    """What the second search depends on."""
    return ("second", data_key(), profile.settings)


def second_search(profile: TokenProfile, model: Embedder) -> Retrievers | None:
    """Search by words, by meaning and by both. Raises Stopped."""
    work = say("Turning passages and questions into vectors")
    return _done(second_key(profile), work, lambda hear: retrievers(profile, model, hear))


@st.cache_resource(show_spinner=False)
def embedder() -> Embedder | None:
    """The packaged model, which holds nobody's data; None where it is not installed."""
    return local_embedder()


def _done(key: Key, what: str, work: Callable[[Progress], T]) -> T:
    """The result of `work`, done now if this session has not; a bar and a button stand there meanwhile."""
    result = evidence_session.kept(key)
    if result is evidence_session.NOTHING:
        if evidence_session.is_stopped(key):
            raise Stopped(key)
        result = _with_a_bar(key, what, work)
        evidence_session.keep(key, result)
    return result  # type: ignore[no-any-return]


def _with_a_bar(key: Key, what: str, work: Callable[[Progress], T]) -> T:
    place = st.empty()
    with place.container():
        st.button(say("Stop"), key=f"stop-{key[0]}", on_click=evidence_session.stop, args=(key,))
        bar = st.progress(0.0, text=f"{what} …")
        shown = 0.0

        def hear(share: float) -> None:
            nonlocal shown
            if share - shown >= _LEAST_STEP:
                shown = share
                bar.progress(min(share, 1.0), text=f"{what}: {round(100 * share)} %")

        result = work(hear)
    place.empty()
    return result
