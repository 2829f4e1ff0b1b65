"""Many readings become the one sample set that everything downstream works on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from crossover.samples.reading import Reading
from crossover.samples.tool_notes import as_sent
from crossover.samples.types import Document, Problem, QaTable, SampleSet, Severity, Slot, Tool
from crossover.words import say

_SEVERAL = re.compile(r"[;|\n]")
_EXTENSION = re.compile(r"\.[a-z0-9]{1,5}$")


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
    documents = tuple(document for reading in good for document in reading.documents)
    return SampleSet(
        qa=_with_named_documents(join_tables(tables), documents),
        chats=chats,
        documents=documents,
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
            what = say("The same file as {name}; it is used once.", name=first.file.name)
            notes.append(Problem(Severity.NOTE, "same_file", what, say("Nothing to do."), reading.file.name))
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


def document_positions(names: Sequence[str], documents: Sequence[Document]) -> tuple[tuple[int, ...], ...]:
    """The documents each cell names, as positions; () where it names none of them.

    A name may be a path, lack its extension or differ in case; several are parted by ; | or a line break.
    A name that fits two documents equally well names neither.
    """
    places = _places(documents)
    found = {cell: tuple(dict.fromkeys(_named(cell, places))) for cell in set(names)}
    return tuple(found[cell] for cell in names)


def _with_named_documents(table: QaTable, documents: Sequence[Document]) -> QaTable:
    """`table` without a column that was taken for document names but names none of the documents."""
    if table.gold_documents is None or not documents:
        return table
    named = any(document_positions(table.gold_documents, documents))
    return table if named else replace(table, gold_documents=None)


def _named(cell: str, places: Mapping[str, int]) -> Iterator[int]:
    for name in filter(str.strip, (cell, *_SEVERAL.split(cell))):
        place = next((places[key] for key in _spellings(name) if places.get(key, -1) >= 0), None)
        if place is not None:
            yield place


def _places(documents: Sequence[Document]) -> dict[str, int]:
    """Where the document of each spelling stands; -1 where two documents share it equally closely."""
    spelled = [_spellings(document.name) for document in documents]
    places: dict[str, int] = {}
    for closeness in range(3):
        here: dict[str, int] = {}
        for position, spellings in enumerate(spelled):
            key = spellings[closeness]
            here[key] = position if here.get(key, position) == position else -1
        places = here | places
    return places


def _spellings(name: str) -> tuple[str, str, str]:
    """How a document may be named: its whole path, without folders, without the extension too."""
    whole = name.strip().casefold().replace("\\", "/")
    base = whole.rsplit("/", 1)[-1]
    return whole, base, _EXTENSION.sub("", base)
