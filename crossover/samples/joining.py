"""Many readings become the one sample set that everything downstream works on."""

from __future__ import annotations

from collections.abc import Sequence

from crossover.samples.reading import Reading
from crossover.samples.tool_notes import as_sent
from crossover.samples.types import Problem, QaTable, SampleSet, Severity, Slot, Tool


def combine(readings: Sequence[Reading], instructions: str = "") -> SampleSet:
    """Join readings of all slots in the order given; refused files only leave their problems.

    A file dropped twice into a slot (same sha256) is used once, with a note. Dropped instructions follow
    the typed ones. Questions that stood beside tools (BFCL) are used only when nobody gave other
    questions or chats.
    """
    fresh, notes = _without_copies(readings)
    good = [reading for reading in fresh if not reading.refused]
    chats = tuple(chat for reading in good for chat in reading.chats)
    tables = [reading.qa for reading in good if reading.qa is not None and reading.slot is not Slot.TOOLS]
    if not tables and not chats:
        tables = [reading.qa for reading in good if reading.qa is not None]
    return SampleSet(
        qa=join_tables(tables),
        chats=chats,
        documents=tuple(document for reading in good for document in reading.documents),
        tools=_distinct_tools(good),
        instructions="\n\n".join(
            text for text in (instructions, *(r.instructions for r in good)) if text.strip()
        ),
        files=tuple(reading.file for reading in good),
        problems=(*(problem for reading in fresh for problem in reading.problems), *notes),
    )


def _distinct_tools(readings: Sequence[Reading]) -> tuple[Tool, ...]:
    """Tools of all files, identical definitions once."""
    tools = (tool for reading in readings for tool in reading.tools)
    return tuple({as_sent([tool]): tool for tool in tools}.values())


def _without_copies(readings: Sequence[Reading]) -> tuple[list[Reading], list[Problem]]:
    kept: dict[tuple[str, Slot], Reading] = {}
    notes: list[Problem] = []
    for reading in readings:
        first = kept.setdefault((reading.file.sha256, reading.slot), reading)
        if first is not reading:
            what = f"The same file as {first.file.name}; it is used once."
            notes.append(Problem(Severity.NOTE, "same_file", what, "Nothing to do.", reading.file.name))
    return list(kept.values()), notes


def join_tables(tables: Sequence[QaTable]) -> QaTable:
    """One table from several; a column that only some of them have is "" elsewhere, None when none has it."""
    if len(tables) == 1:
        return tables[0]
    return QaTable(
        questions=tuple(text for table in tables for text in table.questions),
        answers=tuple(text for table in tables for text in table.answers),
        lines=tuple(line for table in tables for line in table.lines),
        contexts=_joined([table.contexts for table in tables], tables),
        ids=_joined([table.ids for table in tables], tables),
        gold_documents=_joined([table.gold_documents for table in tables], tables),
    )


def _joined(columns: Sequence[tuple[str, ...] | None], tables: Sequence[QaTable]) -> tuple[str, ...] | None:
    if all(column is None for column in columns):
        return None
    filled = (
        ("",) * len(table) if column is None else column
        for column, table in zip(columns, tables, strict=True)
    )
    return tuple(text for column in filled for text in column)
