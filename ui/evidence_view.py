"""The Evidence page in reading order: what changes the decision first, then what only says all is well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from crossover.evidence.decision_order import changes_decision, decision_order
from crossover.words import mark, say
from ui import (
    evidence_documents,
    evidence_labels,
    evidence_power,
    evidence_rows,
    evidence_session,
    evidence_tools,
    evidence_training,
    frame,
)
from ui.evidence_absent import absent_topics
from ui.evidence_cached import Found, Stopped
from ui.evidence_cards import finding_cards
from ui.text import escaped


@dataclass(frozen=True, slots=True)
class Topic:
    """Findings that are read together, and what is shown below their cards.

    `title` is to be said; the finding `same_title` carries the same one and does not repeat it.
    """

    id: str
    title: str
    findings: tuple[str, ...]
    details: Callable[[Found], None]
    same_title: str = ""


TOPICS = (
    Topic(
        "personal",
        mark("Personal data"),
        ("personal_data",),
        evidence_rows.personal_details,
        same_title="personal_data",
    ),
    Topic("labels", mark("Labels"), ("labels",), evidence_labels.label_details),
    Topic(
        "documents",
        mark("Search in your documents"),
        ("answerability", "chunks", "hit_answers", "hit_documents"),
        evidence_documents.document_details,
    ),
    Topic("answers", mark("Answers"), ("label_ceiling", "answer_format"), evidence_labels.answer_details),
    Topic("tools", mark("Tools"), ("tool_coverage", "tool_calls"), evidence_tools.tool_details),
    Topic("training", mark("Training data"), ("training_waste",), evidence_training.training_details),
    Topic(
        "copies",
        mark("Copies and leakage"),
        ("leakage_training", "leakage_shots", "duplicates"),
        evidence_rows.copy_details,
    ),
    Topic("languages", mark("Languages"), ("languages",), lambda found: None, same_title="languages"),
    Topic("size", mark("How much the data can tell"), ("sample_size",), evidence_power.power_details),
)


def headline(found: Found) -> None:
    """How far so many rows carry, where they are few."""
    if found.evidence.banner:
        st.warning(escaped(found.evidence.banner))
    if not found.evidence.n:
        frame.link("pages/samples.py", say("Go to Samples"))


def topics(found: Found) -> None:
    """Every topic the upload allows; those that change a decision first, in the order of their findings."""
    ordered = decision_order(found.evidence)
    for changing in (True, False):
        for topic in TOPICS:
            own = [finding for finding in ordered if finding.id in topic.findings]
            changes = any(changes_decision(each, found.evidence.measured) for each in own)
            if own and changes is changing:
                st.subheader(say(topic.title), anchor=False)
                with st.container(key=f"topic-{topic.id}"):
                    finding_cards(own, topic.same_title)
                    topic.details(found)


def not_measured(found: Found) -> None:
    """What this upload does not allow, why, and which file to drop for it."""
    absent = absent_topics(found)
    if not absent:
        return
    st.subheader(say("Not measured on this upload"), anchor=False)
    with st.container(key="not-measured"):
        lines = (f"- **{each.title}.** {escaped(each.reason)} {escaped(each.remedy)}" for each in absent)
        st.markdown("\n".join(line.rstrip() for line in lines))
        frame.link("pages/samples.py", say("Drop files on Samples"))


def stopped(error: Stopped) -> None:
    """What stands in place of results somebody did not wait for."""
    st.info(say("Stopped. Nothing was measured."))
    st.button(say("Measure again"), key="measure-again", on_click=evidence_session.go_on, args=(error.key,))
