"""Guessing which column holds what, and which row holds the column names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields

from crossover.samples.reading import ColumnMapping
from crossover.words import say

_NAMES: dict[str, tuple[str, ...]] = {
    "question": (
        *("question", "query", "frage", "questions", "fragen", "anfrage", "kundenanfrage", "instruction"),
        *("prompt", "user_input", "input", "utterance", "user_message", "user", "request", "text", "message"),
        *(
            "nachricht",
            "eingabe",
            "sentence",
            "ticket",
            "subject",
            "betreff",
            "body",
            "title",
            "pregunta",
            "domanda",
            "pytanie",
            "vraag",
            "problem",
            "issue",
            "anliegen",
        ),
    ),
    "answer": (
        *("answer", "antwort", "answers", "antworten", "expected_output", "expected_answer", "ground_truth"),
        *(
            "reference_answer",
            "generation_gt",
            "target",
            "label",
            "labels",
            "output",
            "completion",
            "response",
        ),
        *("intent", "category", "kategorie", "class", "klasse", "reply", "ausgabe", "expected", "reference"),
        *(
            "gold",
            "solution",
            "antworttext",
            "ziel",
            "assistant",
            "respuesta",
            "reponse",
            "réponse",
            "risposta",
            "antwoord",
            "lösung",
            "loesung",
            "resolution",
            "priority",
        ),
    ),
    "context": (
        *("context", "contexts", "kontext", "passage", "passages", "evidence", "reference_contexts"),
    ),
    "id": ("id", "qid", "question_id", "uid", "uuid", "nr", "no", "nummer", "example_id", "ticket_id"),
    "document": (
        *("gold_document", "document", "dokument", "source_doc", "source_document", "gold_doc", "file"),
        *("filename", "file_name", "datei", "table_file", "doc_id", "document_id", "retrieval_gt", "article"),
        *("doc", "doc_name", "document_name", "source_file", "context_id", "passage_id", "page", "seite"),
        *("source", "quelle"),
    ),
}
# Names that say what they say only when they stand alone: "page_type" names no document.
_WHOLE_NAMES_ONLY = {"no", "nr", "id", "page", "seite", "source", "quelle"}
_NOT_TEXT = {
    "id",
    "type",
    "date",
    "html",
    "url",
    "link",
    "len",
    "count",
    "coordinates",
    "start",
    "end",
    "position",
    "lang",
}
_HEADER_ROWS = 20
NUMBERED_COLUMN = re.compile(r"column (\d{1,7})((?: \(\d+\))?)")
"""The name of a column that has none of its own; the same in every language, as corrections keep it."""


def column_key(name: str) -> str:
    """A column name for comparison: lower case, words joined by underscores, camelCase split."""
    spaced = re.sub(r"(?<=[a-zäöüß])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[\W_]+", "_", spaced).strip("_").casefold()


def guess_mapping(columns: Sequence[str]) -> ColumnMapping:
    """The most likely column for each role by its name; None where no name fits."""
    taken: set[str] = set()
    found: dict[str, str | None] = {}
    for role in ("question", "answer", "context", "document", "id"):
        name = _best(columns, _NAMES[role], taken)
        found[role] = name
        taken |= {name} if name is not None else set()
    if found["context"] is None and column_key(found["question"] or "") == "instruction":
        found["context"] = next((c for c in columns if column_key(c) == "input" and c not in taken), None)
    return ColumnMapping(**found)


def _best(columns: Sequence[str], names: Sequence[str], taken: set[str]) -> str | None:
    """An exact name first, in order of preference; then a name that is one word of the column's name."""
    free = {column: column_key(column) for column in columns if column not in taken}
    for name in names:
        for column, key in free.items():
            if key == name:
                return column
    for name in names:
        for column, key in free.items():
            words = key.split("_")
            if name in words and not _NOT_TEXT.intersection(words) and name not in _WHOLE_NAMES_ONLY:
                return column
    return None


def is_known(name: str) -> bool:
    """Whether a column name is one of those we recognise exactly."""
    return any(column_key(name) in names for names in _NAMES.values())


def is_question_name(name: str) -> bool:
    """Whether a name is exactly one we know for questions or inputs."""
    return column_key(name) in _NAMES["question"]


def names_a_question(columns: Sequence[str]) -> bool:
    """Whether one of the names says that its column holds questions or inputs."""
    return guess_mapping(columns).question is not None


def find_header(rows: Sequence[Sequence[str]]) -> int | None:
    """Index of the row of column names among the first rows; None when the table starts with data.

    Title rows and merged group headings above the real header are passed over.
    """
    head = rows[:_HEADER_ROWS]
    for wanted in (2, 1):
        for index, row in enumerate(head):
            if (
                sum(is_known(cell) for cell in row) >= wanted
                and names_a_question(row)
                and _is_as_wide(row, head)
            ):
                return index
    filled = [sum(bool(cell.strip()) for cell in row) for row in head]
    width = max(filled, default=0)
    first = next((i for i, n in enumerate(filled) if n and n >= max(1, width - 1)), None)
    return None if first is None or looks_like_data(head[first]) else first


def _is_as_wide(row: Sequence[str], head: Sequence[Sequence[str]]) -> bool:
    """A header names most columns of the table; a word in a title row does not."""
    widths = sorted(len([cell for cell in other if cell.strip()]) for other in head)
    typical = widths[len(widths) // 2]
    return len([cell for cell in row if cell.strip()]) >= min(typical, 2)


def looks_like_data(row: Sequence[str]) -> bool:
    """Whether a row holds questions, numbers or long texts rather than column names."""
    cells = [cell.strip() for cell in row if cell.strip()]
    if any(is_known(cell) for cell in cells):
        return False
    return any(cell.endswith("?") or len(cell) > 60 or cell.replace(".", "").isdigit() for cell in cells)


def unique_names(header: Sequence[str]) -> tuple[str, ...]:
    """Column names that differ: empty ones are numbered, repeated ones get a counter."""
    names: list[str] = []
    for position, cell in enumerate(header, start=1):
        base = " ".join(cell.split()) or f"column {position}"
        name, copy = base, 2
        while name in names:
            name, copy = f"{base} ({copy})", copy + 1
        names.append(name)
    return tuple(names)


def column_label(name: str) -> str:
    """How a column is shown: one without a name of its own bears its number in the language spoken."""
    numbered = NUMBERED_COLUMN.fullmatch(name)
    return say("column {n}", n=int(numbered[1])) + numbered[2] if numbered else name


def text_column(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str | None:
    """The column that reads most like questions when no name tells: question marks, then words."""
    if not rows or not columns:
        return None
    sample = rows[:200]

    def wordiness(position: int) -> float:
        cells = [row[position] for row in sample]
        return sum(10 * cell.rstrip().endswith("?") + min(len(cell.split()), 30) for cell in cells)

    best = max(range(len(columns)), key=wordiness)
    letters = sum(any(character.isalpha() for character in row[best]) for row in sample)
    return columns[best] if letters else None


def known_columns(mapping: ColumnMapping, columns: Sequence[str]) -> ColumnMapping:
    """`mapping` without names that this table does not have."""
    chosen = {f.name: getattr(mapping, f.name) for f in fields(mapping)}
    return ColumnMapping(**{role: name if name in columns else None for role, name in chosen.items()})
