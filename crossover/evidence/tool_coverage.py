"""Would the tools be called, and could their arguments be filled? From words alone (MODEL.md 7.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossover.evidence.sampling import blocks, chosen, seeded_rows
from crossover.evidence.shares import MeasuredShare
from crossover.evidence.tool_arguments import Asked, Finder, asked, finder, required_arguments
from crossover.retrieval import Chunks, build_index, search, stemmer_language
from crossover.samples.types import Tool
from crossover.tokens import Progress

MOST_QUESTIONS = 2_000
_MOST_PAIRS = 1_000_000


@dataclass(frozen=True, slots=True)
class ToolFit:
    """One tool against the questions.

    `likeliest` counts the questions whose words fit this tool best; `complete` those that hold a
    value for every required argument words can tell of, None where no required argument is of that
    kind. `untold` names the required arguments words cannot tell of: free texts and booleans.
    """

    name: str
    likeliest: MeasuredShare
    complete: MeasuredShare | None
    untold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToolCoverage:
    """A heuristic by words over `n` questions.

    `without_tool` counts those that fit no tool better than the median pair of a question and a
    tool; `likely_complete` those whose likeliest tool has all the required arguments that can be told.
    """

    tools: tuple[ToolFit, ...]
    without_tool: MeasuredShare
    likely_complete: MeasuredShare
    n: int


def tool_coverage(
    tools: Sequence[Tool], questions: Sequence[str], progress: Progress | None = None
) -> ToolCoverage | None:
    """Hold every tool against the questions (a seeded part of very many); None without either."""
    if not tools or not questions:
        return None
    rows = seeded_rows(len(questions), max(1, min(MOST_QUESTIONS, _MOST_PAIRS // len(tools))))
    ready = asked(chosen(questions, rows))
    likeliest = _likeliest(tools, [question.text for question in ready])
    complete = likeliest >= 0
    fits = []
    for part in blocks(len(tools), 1, progress):
        found, untold = _arguments_found(tools[part.start], ready)
        here = likeliest == part.start
        complete &= ~here | (True if found is None else found)
        fits.append(
            ToolFit(tools[part.start].name, _share(here), None if found is None else _share(found), untold)
        )
    return ToolCoverage(tuple(fits), _share(likeliest < 0), _share(complete), len(ready))


def _share(true: NDArray[np.bool_]) -> MeasuredShare:
    return MeasuredShare(int(true.sum()), len(true))


def _likeliest(tools: Sequence[Tool], questions: Sequence[str]) -> NDArray[np.int64]:
    """The tool whose name and description fit each question best by BM25, -1 for none, shape (n,)."""
    texts = tuple(f"{tool.name.replace('_', ' ')} {tool.description}" for tool in tools)
    places = np.arange(len(tools))
    described = Chunks(texts, np.zeros(len(tools), np.int64), places, len(tools))
    hits = search(build_index(described, stemmer_language(texts)), questions, len(tools))
    typical = float(np.median(hits.scores)) if len(tools) > 1 else 0.0
    return np.where(hits.scores[:, 0] > typical, hits.chunk_ids[:, 0], -1)


def _arguments_found(
    tool: Tool, questions: Sequence[Asked]
) -> tuple[NDArray[np.bool_] | None, tuple[str, ...]]:
    """Which questions hold every required argument that can be told, and which arguments cannot."""
    found: NDArray[np.bool_] | None = None
    untold: list[str] = []
    for name, schema in required_arguments(tool):
        find = finder(name, schema)
        held = None if find is None else _held(find, questions)
        if held is None:
            untold.append(name)
        else:
            found = held if found is None else found & held
    return found, tuple(untold)


def _held(find: Finder, questions: Sequence[Asked]) -> NDArray[np.bool_] | None:
    """For each question whether a value is in it; None for a pattern that takes too long to tell."""
    try:
        return np.fromiter((find(question) for question in questions), np.bool_, len(questions))
    except TimeoutError:
        return None
