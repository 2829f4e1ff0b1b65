"""What an upload does not allow to be measured, why not, and which file would help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ui.evidence_cached import Found


@dataclass(frozen=True, slots=True)
class Absent:
    """A topic without a result: why, and what to drop in."""

    title: str
    reason: str
    remedy: str = ""


def absent_topics(found: Found) -> tuple[Absent, ...]:
    """Every topic that could not be measured, in the order of the page."""
    return (
        *_labels(found),
        *_documents(found),
        *_answers(found),
        *_tools(found),
        *_training(found),
        *_copies(found),
        *_languages(found),
    )


def _labels(found: Found) -> Iterator[Absent]:
    measured = found.evidence.measured
    if measured.labels is not None:
        return
    if not len(measured.answered_rows):
        yield Absent("Labels", "No request has an answer.", "Drop a table with a column of labels.")
    else:
        yield Absent(
            "Labels",
            "The answers are not a closed set of short labels, so there is nothing for a plain classifier "
            "to choose from.",
        )


def _documents(found: Found) -> Iterator[Absent]:
    title, retrieval = "Search in your documents", found.evidence.measured.retrieval
    if not found.profile.samples.documents:
        yield Absent(
            title,
            "There are no documents.",
            "Drop text, Markdown, HTML, PDF, Word or a zip of them beside your questions: then this page "
            "tells how often the search finds the answer and how many passages to send.",
        )
    elif retrieval is None:
        yield Absent(
            title, "There is no question to search for, or no text in the documents.", "Drop questions."
        )
    elif retrieval.by_document is None and retrieval.by_answer is None:
        yield Absent(
            title,
            "Nothing tells what should be found.",
            "Add answers, or a column that names the right document of each question.",
        )


def _answers(found: Found) -> Iterator[Absent]:
    if found.evidence.measured.ceiling is None:
        yield Absent(
            "Answers",
            "No request has an answer.",
            "Drop answers beside the questions: contradictions and a fixed form show in them.",
        )


def _tools(found: Found) -> Iterator[Absent]:
    measured = found.evidence.measured
    if measured.tools is None and measured.calls is None:
        has_tools = bool(found.profile.samples.tools)
        yield Absent(
            "Tools",
            "There are tools but no questions for them." if has_tools else "There are no tools.",
            "Drop questions." if has_tools else "Drop function definitions (JSON) or an OpenAPI file.",
        )


def _training(found: Found) -> Iterator[Absent]:
    if found.evidence.measured.waste is None:
        yield Absent(
            "Training data", "There is no row to train on.", "Drop chats, or questions with their answers."
        )


def _copies(found: Found) -> Iterator[Absent]:
    if found.evidence.n < 2:
        yield Absent("Copies and leakage", "That takes at least two requests.")
    elif found.evidence.measured.leaked is None:
        yield Absent(
            "Leakage between training and test",
            "That takes chats to train on and questions to test on.",
            "Drop both, and questions that stand in the chats are listed.",
        )


def _languages(found: Found) -> Iterator[Absent]:
    if found.evidence.finding("languages") is None:
        yield Absent("Languages", "The requests are too few or too short to tell their language.")
