"""What an upload does not allow to be measured, why not, and which file would help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crossover.words import say
from ui.evidence_cached import Found


@dataclass(frozen=True, slots=True)
class Absent:
    """A topic without a result: why, and what to drop in; all three as said."""

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
        yield Absent(
            say("Labels"), say("No request has an answer."), say("Drop a table with a column of labels.")
        )
    else:
        yield Absent(
            say("Labels"),
            say(
                "The answers are not a closed set of short labels, so there is nothing for a plain "
                "classifier to choose from."
            ),
        )


def _documents(found: Found) -> Iterator[Absent]:
    title, retrieval = say("Search in your documents"), found.evidence.measured.retrieval
    if not found.profile.samples.documents:
        yield Absent(
            title,
            say("There are no documents."),
            say(
                "Drop text, Markdown, HTML, PDF, Word or a zip of them beside your questions: then this page "
                "tells how often the search finds the answer and how many passages to send."
            ),
        )
    elif retrieval is None:
        yield Absent(
            title,
            say("There is no question to search for, or no text in the documents."),
            say("Drop questions."),
        )
    elif retrieval.by_document is None and retrieval.by_answer is None:
        yield Absent(
            title,
            say("Nothing tells what should be found."),
            say("Add answers, or a column that names the right document of each question."),
        )


def _answers(found: Found) -> Iterator[Absent]:
    if found.evidence.measured.ceiling is None:
        yield Absent(
            say("Answers"),
            say("No request has an answer."),
            say("Drop answers beside the questions: contradictions and a fixed form show in them."),
        )


def _tools(found: Found) -> Iterator[Absent]:
    measured = found.evidence.measured
    if measured.tools is not None or measured.calls is not None:
        return
    if found.profile.samples.tools:
        yield Absent(say("Tools"), say("There are tools but no questions for them."), say("Drop questions."))
    else:
        yield Absent(
            say("Tools"),
            say("There are no tools."),
            say("Drop function definitions (JSON) or an OpenAPI file."),
        )


def _training(found: Found) -> Iterator[Absent]:
    if found.evidence.measured.waste is None:
        yield Absent(
            say("Training data"),
            say("There is no row to train on."),
            say("Drop chats, or questions with their answers."),
        )


def _copies(found: Found) -> Iterator[Absent]:
    if found.evidence.n < 2:
        yield Absent(say("Copies and leakage"), say("That takes at least two requests."))
    elif found.evidence.measured.leaked is None:
        yield Absent(
            say("Leakage between training and test"),
            say("That takes chats to train on and questions to test on."),
            say("Drop both, and questions that stand in the chats are listed."),
        )


def _languages(found: Found) -> Iterator[Absent]:
    if found.evidence.finding("languages") is None:
        yield Absent(say("Languages"), say("The requests are too few or too short to tell their language."))
