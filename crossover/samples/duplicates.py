"""Repeated questions: exact copies and contradictions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crossover.samples.problems import ProblemLog, numbers

# every white space that str.split() knows but the plain blank and the line break that joins the texts
_ODD_SPACES = (
    *"\t\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000",
    *map(chr, range(0x2000, 0x200B)),
)


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


def _keys(texts: Sequence[str]) -> list[str]:
    """The key of each text; all at once where no text has a line break, which is nearly always."""
    joined = "\n".join(texts)
    if joined.count("\n") != len(texts) - 1:
        return [_key(text) for text in texts]
    for odd in _ODD_SPACES:
        if odd in joined:
            joined = joined.replace(odd, " ")
    while "  " in joined:
        joined = joined.replace("  ", " ")
    return joined.replace(" \n", "\n").replace("\n ", "\n").strip(" ").casefold().split("\n")


def _repeated(keys: Sequence[str]) -> list[int]:
    """The rows whose key occurs more than once, in order."""
    if len(set(keys)) == len(keys):
        return []
    asked = Counter(keys)
    return [row for row, key in enumerate(keys) if asked[key] > 1]


def note_duplicates(
    questions: Sequence[str], answers: Sequence[str], lines: Sequence[int], log: ProblemLog
) -> dict[str, int]:
    """Count rows that repeat an earlier row, and questions with more than one answer (MODEL.md 7.4, 7.6).

    Questions and answers are compared without regard to case and spacing; all rows are kept.
    """
    keys = _keys(questions)
    again = _repeated(keys)
    answers_of: dict[str, set[str]] = {}
    first_line: dict[str, int] = {}
    repeated: list[int] = []
    for row in again:
        answer, seen = _key(answers[row]), answers_of.setdefault(keys[row], set())
        first_line.setdefault(keys[row], lines[row])
        if answer in seen:
            repeated.append(lines[row])
        seen.add(answer)
    contradicted = [first_line[question] for question, seen in answers_of.items() if len(seen - {""}) > 1]
    _note(repeated, contradicted, log)
    return {"exact_duplicates": len(repeated), "conflicts": len(contradicted)}


def _note(repeated: list[int], contradicted: list[int], log: ProblemLog) -> None:
    if repeated:
        what = f"Rows that repeat an earlier one: {len(repeated):,} (lines {numbers(repeated)})."
        log.note("duplicate_rows", what, "Remove them unless they reflect how often people ask.")
    if contradicted:
        where = numbers(contradicted)
        what = f"Questions with different answers: {len(contradicted):,} (first seen in lines {where})."
        log.note(
            "conflicting_answers", what, "Decide on one answer: contradictions limit what tuning can reach."
        )
