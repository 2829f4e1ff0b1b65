"""Repeated questions: exact copies and contradictions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crossover.samples.problems import ProblemLog, numbers
from crossover.words import say

_HEAD_CHARACTERS = 64
_START_LETTERS = 24


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


def _repeated(texts: Sequence[str]) -> list[tuple[int, str]]:
    """(row, key) of every text that stands there more than once, in order.

    Few texts begin alike, so only those that do are compared whole.
    """
    starts = [_start(text) for text in texts]
    begins = Counter(starts) if len(set(starts)) < len(starts) else {}
    keys = [(row, _key(texts[row])) for row, start in enumerate(starts) if begins.get(start, 0) > 1]
    asked = Counter(key for _, key in keys)
    return [(row, key) for row, key in keys if asked[key] > 1]


def _start(text: str) -> str:
    """The first letters of a text's key, without blanks: equal keys have equal starts."""
    letters = "".join(text[:_HEAD_CHARACTERS].split()).casefold()
    if len(letters) < _START_LETTERS < len(text):
        letters = "".join(text.split()).casefold()
    return letters[:_START_LETTERS]


def note_duplicates(
    questions: Sequence[str], answers: Sequence[str], lines: Sequence[int], log: ProblemLog
) -> dict[str, int]:
    """Count rows that repeat an earlier row, and questions with more than one answer (MODEL.md 7.4, 7.6).

    Questions and answers are compared without regard to case and spacing; all rows are kept.
    """
    answers_of: dict[str, set[str]] = {}
    first_line: dict[str, int] = {}
    repeated: list[int] = []
    for row, key in _repeated(questions):
        answer, seen = _key(answers[row]), answers_of.setdefault(key, set())
        first_line.setdefault(key, lines[row])
        if answer in seen:
            repeated.append(lines[row])
        seen.add(answer)
    contradicted = [first_line[question] for question, seen in answers_of.items() if len(seen - {""}) > 1]
    _note(repeated, contradicted, log)
    return {"exact_duplicates": len(repeated), "conflicts": len(contradicted)}


def _note(repeated: list[int], contradicted: list[int], log: ProblemLog) -> None:
    if repeated:
        what = say(
            "Rows that repeat an earlier one: {n:,} (lines {lines}).",
            n=len(repeated),
            lines=numbers(repeated),
        )
        log.note("duplicate_rows", what, say("Remove them unless they reflect how often people ask."))
    if contradicted:
        what = say(
            "Questions with different answers: {n:,} (first seen in lines {lines}).",
            n=len(contradicted),
            lines=numbers(contradicted),
        )
        log.note(
            "conflicting_answers",
            what,
            say("Decide on one answer: contradictions limit what tuning can reach."),
        )
