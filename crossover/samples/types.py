"""What the door lets in: samples that cannot be wrong, and the list of what was not let in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from crossover.words import say

JsonObject: TypeAlias = Mapping[str, object]


class Slot(StrEnum):
    """What an upload is used as."""

    QUESTIONS = "questions"
    CHATS = "chats"
    KNOWLEDGE = "knowledge"
    TOOLS = "tools"
    INSTRUCTIONS = "instructions"


class Severity(StrEnum):
    """`note`: nothing lost. `skipped`: this line was left out. `refused`: the file was left out."""

    NOTE = "note"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was wrong with an upload, where it stands and what to do about it.

    `line` is the physical line in the file (row for spreadsheets), 1-based, None for the whole file.
    `kind` is a short stable identifier such as "ragged_row" (tests and pages select by it).
    `what` and `remedy` were said in the reader's language when the file was read.
    """

    severity: Severity
    kind: str
    what: str
    remedy: str
    file: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class QaTable:
    """Questions with their reference answers, as columns of equal length.

    `answers` holds "" where no answer is known. `contexts` and `ids` are None when the upload had
    no such column. `gold_documents` holds the name of the document that answers each question as the
    upload wrote it ("" where none is named). `lines` are the physical lines (or spreadsheet rows)
    the rows came from.
    """

    questions: tuple[str, ...]
    answers: tuple[str, ...]
    lines: tuple[int, ...]
    contexts: tuple[str, ...] | None = None
    ids: tuple[str, ...] | None = None
    gold_documents: tuple[str, ...] | None = None

    def __len__(self) -> int:
        return len(self.questions)


@dataclass(frozen=True, slots=True)
class Chat:
    """One conversation as the chat API takes it; `messages` are API-shaped (role, content, …).

    `tools` are OpenAI-shaped tool definitions that stood on the same line.
    """

    messages: tuple[JsonObject, ...]
    line: int
    tools: tuple[JsonObject, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A knowledge document as plain text; `pages` is None for formats without pages."""

    name: str
    text: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Tool:
    """A function the model may call; `parameters` is a JSON Schema object (possibly empty).

    `schema_fault` is the JSON path at which `parameters` are no valid schema; "" where they are.
    """

    name: str
    description: str
    parameters: JsonObject
    schema_fault: str = ""

    def as_openai(self) -> dict[str, object]:
        """The definition as chat.completions takes it in `tools`."""
        function = {"name": self.name, "description": self.description, "parameters": self.parameters}
        return {"type": "function", "function": function}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """An upload that was let in: its name, the sha256 of its bytes and what it is used as."""

    name: str
    sha256: str
    slot: Slot
    size_bytes: int

    @property
    def label(self) -> str:
        """The name with a short digest, as provenance shows it."""
        return f"{self.name} [{self.sha256[:8]}]"


@dataclass(frozen=True, slots=True)
class SampleSet:
    """Everything a team dropped in, parsed once; empty parts are empty tuples, never None.

    `demo` marks the built-in example company, so that every page and export can say so.
    """

    qa: QaTable = field(default_factory=lambda: QaTable((), (), ()))
    chats: tuple[Chat, ...] = ()
    documents: tuple[Document, ...] = ()
    tools: tuple[Tool, ...] = ()
    instructions: str = ""
    files: tuple[SourceFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    demo: bool = False

    def source(self, slot: Slot) -> str:
        """The files of one slot as a provenance label; "typed" when the text was not a file."""
        labels = [file.label for file in self.files if file.slot is slot]
        named, more = ", ".join(labels[:3]), len(labels) - 3
        return say("{listed} and {n:,} more", listed=named, n=more) if more > 0 else named or say("typed")
