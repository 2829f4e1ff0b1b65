"""One file as the door read it, and what a person may correct about the reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from crossover.samples.column_rows import ColumnRows
from crossover.samples.limits import Limits
from crossover.samples.problems import Deadline, ProblemLog
from crossover.samples.types import Chat, Document, Problem, QaTable, Severity, Slot, SourceFile, Tool
from crossover.words import say, say_as

CountTokens: TypeAlias = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column holds what, by name; None where the table has no such column."""

    question: str | None = None
    answer: str | None = None
    context: str | None = None
    id: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a person chose instead of our guess; None keeps the guess.

    `header_row` is the 1-based physical row of the column names, 0 when the table has none.
    """

    mapping: ColumnMapping | None = None
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as read: column names, rows of text (all as wide as `columns`) and where they stand."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    header_row: int = 1
    mapping: ColumnMapping = ColumnMapping()
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    delimiter: str | None = None

    def column(self, place: int) -> tuple[str, ...]:
        """All cells of one column, by its place."""
        if isinstance(self.rows, ColumnRows):
            return tuple(self.rows.columns[place])
        return tuple(row[place] for row in self.rows)

    def preview(self, rows: int = 5) -> tuple[Mapping[str, str], ...]:
        """The first rows as they stand, for a person who maps columns."""
        return tuple(dict(zip(self.columns, row, strict=False)) for row in self.rows[:rows])


@dataclass(slots=True)
class Content:
    """What a reader found so far; filled while reading so that a refusal still shows the columns."""

    qa: QaTable | None = None
    chats: tuple[Chat, ...] = ()
    documents: tuple[Document, ...] = ()
    tools: tuple[Tool, ...] = ()
    instructions: str = ""
    grid: Grid | None = None
    text: str | None = None
    encoding: str | None = None
    facts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Upload:
    """One file on its way through the door, with everything a reader needs."""

    name: str
    data: bytes
    slot: Slot
    options: ReadOptions
    limits: Limits
    log: ProblemLog
    content: Content
    deadline: Deadline
    count_tokens: CountTokens | None = None

    @property
    def extension(self) -> str:
        """The last extension in lower case without the dot, "" when there is none."""
        return self.name.rpartition(".")[2].lower() if "." in self.name else ""

    def tokens(self, text: str) -> tuple[int, str]:
        """Tokens of `text` and how we know: counted, or estimated at four characters a token."""
        if self.count_tokens is None:
            return -(-len(text) // 4), say("estimated at four characters a token")
        return self.count_tokens(text), say_as("tokens", "counted")


@dataclass(frozen=True, slots=True)
class Reading:
    """One file, parsed into its slot; `refused` files carry no samples but still say what was seen.

    `facts` are counts worth showing, present only where they apply: rows_read, rows_kept, blank_rows,
    unanswerable, exact_duplicates, conflicts, formula_cells, error_cells, sheets, examples, bad_examples,
    documents, pages, characters, tools, repeated_tools, operations, bad_names, largest_enum,
    tokens_estimated (counted when `count_tokens` was given), bytes.
    `qa` of a tools file holds the questions that stood beside the functions (BFCL), with empty answers.
    """

    file: SourceFile
    slot: Slot
    qa: QaTable | None = None
    chats: tuple[Chat, ...] = ()
    documents: tuple[Document, ...] = ()
    tools: tuple[Tool, ...] = ()
    instructions: str = ""
    problems: tuple[Problem, ...] = ()
    refused: bool = False
    columns: tuple[str, ...] = ()
    mapping: ColumnMapping = ColumnMapping()
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    header_row: int | None = None
    preview: tuple[Mapping[str, str], ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    facts: Mapping[str, int] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Why the file was refused, "" when it was not."""
        return next((p.what for p in self.problems if p.severity is Severity.REFUSED), "")
