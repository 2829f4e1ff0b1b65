"""What a file of evaluation results becomes: judged answers, each of a strategy to a sample."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.samples.types import Problem, Severity
from crossover.words import mark

UNNAMED = mark("not named")
"""The strategy of results that do not say whose they are; said where it is shown."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One answer and how it was judged.

    `strategy` is one of our ids, or the name as the file gives it. `score` lies in 0..1; an answer
    judged right or wrong has 1 or 0. What the file does not say is None. `line` is the physical
    line, or the place in a list of results, 1-based.
    """

    strategy: str
    sample: str
    score: float
    line: int
    latency_seconds: float | None = None
    input_tokens: float | None = None
    output_tokens: float | None = None
    cost_usd: float | None = None


@dataclass(frozen=True, slots=True)
class ResultReading:
    """One file of results as read; strategies still carry the names the file gives them.

    `layout` says in English what kind of file it was taken for, and is said where it is shown. Without
    `has_ids` a line is all that identifies a sample, so nothing in another file is about the same one.
    A refused file has no rows and says why in `problems`.
    """

    name: str
    sha256: str
    layout: str = ""
    rows: tuple[ResultRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    has_ids: bool = True

    @property
    def label(self) -> str:
        """The name with a short digest, as provenance shows it."""
        return f"{self.name} [{self.sha256[:8]}]"

    @property
    def refused(self) -> bool:
        """Whether the whole file was left out."""
        return any(problem.severity is Severity.REFUSED for problem in self.problems)


@dataclass(frozen=True, slots=True)
class ResultSet:
    """All results of a session under the strategies they belong to.

    `names` are (name in the files, strategy): the strategy is one of our ids, or the name itself
    where no strategy of ours is meant, or "" where a person left it out. `source` is the provenance
    label of the files.
    """

    rows: tuple[ResultRow, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    source: str = ""

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def strategies(self) -> tuple[str, ...]:
        """Every strategy with results, in order of appearance."""
        return tuple(dict.fromkeys(row.strategy for row in self.rows))
