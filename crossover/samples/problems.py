"""Collecting what was wrong with one upload, and the exception that refuses it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from crossover.samples.limits import Limits
from crossover.samples.types import Problem, Severity
from crossover.words import say


class Refused(Exception):
    """This file stays out; the door turns it into a Problem of severity `refused`."""

    def __init__(self, kind: str, what: str, remedy: str, line: int | None = None) -> None:
        super().__init__(what)
        self.kind, self.what, self.remedy, self.line = kind, what, remedy, line


@dataclass(slots=True)
class ProblemLog:
    """The problems of one file while it is read; each kind is listed line by line up to a limit."""

    file: str
    limits: Limits
    counts: Counter[tuple[Severity, str]] = field(default_factory=Counter)
    _problems: list[Problem] = field(default_factory=list)

    def note(self, kind: str, what: str, remedy: str, line: int | None = None) -> None:
        """Record something worth knowing; nothing was lost."""
        self._add(Problem(Severity.NOTE, kind, what, remedy, self.file, line))

    def skip(self, kind: str, what: str, remedy: str, line: int | None = None) -> None:
        """Record a line (or part) that was left out."""
        self._add(Problem(Severity.SKIPPED, kind, what, remedy, self.file, line))

    def refuse(self, refusal: Refused) -> None:
        """Record why the whole file was left out."""
        what = repaired(refusal.what)
        self._add(Problem(Severity.REFUSED, refusal.kind, what, refusal.remedy, self.file, refusal.line))

    def _add(self, problem: Problem) -> None:
        key = (problem.severity, problem.kind)
        self.counts[key] += 1
        if self.counts[key] <= self.limits.listed_lines:
            self._problems.append(problem)

    @property
    def skipped(self) -> int:
        """How many lines were left out so far."""
        return sum(n for (severity, _), n in self.counts.items() if severity is Severity.SKIPPED)

    def listed(self) -> tuple[Problem, ...]:
        """All problems; what exceeds the listing limit of a kind is summed up in one more entry."""
        return (*self._problems, *self._summaries())

    def _summaries(self) -> list[Problem]:
        return [
            Problem(
                severity,
                kind,
                say("{n:,} more of the same.", n=count - self.limits.listed_lines),
                say("The first {n:,} are listed one by one.", n=self.limits.listed_lines),
                self.file,
            )
            for (severity, kind), count in self.counts.items()
            if count > self.limits.listed_lines
        ]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A point in running time after which reading stops; a limit, not a date (no calendar clock)."""

    ends: float
    seconds: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """The deadline `seconds` from now."""
        return cls(time.monotonic() + seconds, seconds)

    def check(self) -> None:
        """Raise Refused once the time is up."""
        if time.monotonic() > self.ends:
            raise Refused(
                "too_slow",
                say("Reading took longer than the limit of {seconds:g} seconds.", seconds=self.seconds),
                say("Split the file into smaller ones and drop them again."),
            )


def repaired(text: str) -> str:
    """`text` with everything that cannot be encoded as UTF-8, and NUL, replaced by U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def numbers(values: Sequence[int], at_most: int = 5) -> str:
    """Line numbers as people read them: "3, 4, 5 and 12 more"."""
    listed = ", ".join(str(value) for value in values[:at_most])
    more = len(values) - at_most
    return say("{listed} and {n:,} more", listed=listed, n=more) if more > 0 else listed


def shortened(text: object, characters: int = 60) -> str:
    """A piece of the upload short enough to stand in a message, on one line."""
    line = " ".join(str(text)[: characters * 4].split())
    return line if len(line) <= characters else line[: characters - 1] + "…"
