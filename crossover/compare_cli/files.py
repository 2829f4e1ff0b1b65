"""The files named on the command line, through the same door as on the page, and what it left out."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from crossover.demo import load_demo
from crossover.report import one_line
from crossover.samples import Limits, Problem, Reading, SampleSet, Severity, Slot, combine, read_uploads
from crossover.tokens import count_tokens
from crossover.words import say, say_count

MOST_NOTES = 20
_LIMITS = Limits()
_SLOTS = {
    "qa": Slot.QUESTIONS,
    "chat": Slot.CHATS,
    "docs": Slot.KNOWLEDGE,
    "tools": Slot.TOOLS,
    "instructions": Slot.INSTRUCTIONS,
}


class UnusableInput(ValueError):
    """Input the command cannot work with; the message says what to do."""


def samples_of(options: argparse.Namespace) -> SampleSet:
    """Everything that was named, through the same door as on the page; the demo data without files."""
    readings = [
        reading
        for name, slot in _SLOTS.items()
        for path in getattr(options, name)
        for reading in _read(path, slot)
    ]
    return combine(readings) if readings else load_demo("en")


def _read(path: Path, slot: Slot) -> tuple[Reading, ...]:
    """The readings of a file, zip or folder. Raises UnusableInput when nothing in it can be used."""
    readings = tuple(
        reading
        for name, file in _files(path, slot)
        for reading in read_uploads(
            name, content_of(file, _LIMITS.file_bytes), slot=slot, limits=_LIMITS, count_tokens=count_tokens
        )
    )
    if not readings:
        raise UnusableInput(say("{path} holds no files.", path=path))
    if all(reading.refused for reading in readings):
        refusal = next(each for each in readings[0].problems if each.severity is Severity.REFUSED)
        why = f"{refusal.what} {refusal.remedy}"
        raise UnusableInput(say("{path} cannot be used: {why}", path=path, why=why))
    return readings


def _files(path: Path, slot: Slot) -> Iterator[tuple[str, Path]]:
    """The name and place of each file; a folder's in the order of their paths, hidden ones left out."""
    if not path.is_dir():
        yield path.name, path
        return
    if slot is not Slot.KNOWLEDGE:
        raise UnusableInput(say("{path} is a folder: name a file, or give the folder to --docs.", path=path))
    inside = sorted(each for each in path.rglob("*") if each.is_file())
    shown = [each for each in inside if not _is_hidden(each.relative_to(path))]
    if len(shown) > _LIMITS.zip_entries or sum(map(_size, shown)) > _LIMITS.zip_bytes:
        raise UnusableInput(
            say(
                "{path} holds more than {files:,} files or {size:,.0f} MB: name a part of it.",
                path=path,
                files=_LIMITS.zip_entries,
                size=_LIMITS.zip_bytes / 1e6,
            )
        )
    yield from ((f"{path.name}/{each.relative_to(path).as_posix()}", each) for each in shown)


def _is_hidden(inside: Path) -> bool:
    return any(part.startswith(".") for part in inside.parts)


def _size(path: Path) -> int:
    return path.stat().st_size


def content_of(path: Path, most: int) -> bytes:
    """The bytes of a file; of one larger than `most` a byte more than that, which is enough to refuse it."""
    if not path.is_file():
        raise UnusableInput(say("{path} is not a file: check the name.", path=path))
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise UnusableInput(
            say("{path} cannot be read: {error}.", path=path, error=error.strerror)
        ) from error


def notes_on(samples: SampleSet) -> Iterator[str]:
    """What the door left out and why, one line each."""
    left_out = [each for each in samples.problems if each.severity is not Severity.NOTE]
    yield from (
        one_line(
            say("Note: {place}: {what} {remedy}", place=_place(each), what=each.what, remedy=each.remedy)
        )
        for each in left_out[:MOST_NOTES]
    )
    if len(left_out) > MOST_NOTES:
        yield say_count(
            "Note: {n} more note of this kind is not shown.",
            "Note: {n} more notes of this kind are not shown.",
            len(left_out) - MOST_NOTES,
        )


def _place(problem: Problem) -> str:
    if problem.line is None:
        return problem.file
    return say("{file}, line {line}", file=problem.file, line=problem.line)
