"""Findings on tools: would they be called, and were they called rightly."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.evidence.finding import TOOLS, Finding, plural
from crossover.evidence.measurements import Measurements
from crossover.evidence.tool_calls import ToolCalls
from crossover.evidence.tool_coverage import ToolCoverage
from crossover.figure import measured
from crossover.numbers import factor, share

_HEURISTIC = "a heuristic by words, no model was asked"
_MOST_NAMED = 3


def tool_findings(found: Measurements, tools_source: str, chats_source: str) -> Iterator[Finding]:
    """What the words of the questions suggest, then what the chats show."""
    if found.tools is not None:
        yield _coverage(found.tools, tools_source)
    if found.calls is not None:
        yield _calls(found.calls, chats_source)


def _coverage(tools: ToolCoverage, source: str) -> Finding:
    figures = (
        tools.without_tool.figure("Questions that fit no tool", source, _HEURISTIC),
        tools.likely_complete.figure("Questions with all that the likeliest tool needs", source, _HEURISTIC),
    )
    sentence = (
        f"By their words, {tools.without_tool} of the questions fit no tool and {tools.likely_complete} hold "
        "every argument that can be told for the likeliest one"
    )
    missing = 1 - (tools.without_tool.share or 0.0) - (tools.likely_complete.share or 0.0)
    follow = ": elsewhere the model may have to ask back or look values up first, which costs a round more."
    sentence += follow if missing > 0.1 else ": tools look callable from the question alone."
    return Finding("tool_coverage", "Tools and questions", figures, sentence, (TOOLS,))


def _calls(calls: ToolCalls, source: str) -> Finding:
    figures = (
        calls.valid.figure("Calls that fit their schema", source),
        calls.known_arguments.figure("Arguments the schema knows", source),
        calls.spoken_values.figure("Values the user said word for word", source),
        calls.parallel.figure("Rounds with several calls", source),
        measured(calls.mean_rounds, "rounds", source, calls.turns, name="Rounds per turn with a call"),
    )
    sentence = (
        f"{plural(calls.calls, 'call')} in the chats: {calls.valid} fit their schema, "
        f"{factor(calls.mean_rounds)} rounds a turn, and {share(calls.spoken_values.share)} of the values "
        "stand in the user's own words"
    )
    return Finding("tool_calls", "Calls in the chats", figures, f"{sentence}{_advice(calls)}", (TOOLS,))


def _advice(calls: ToolCalls) -> str:
    if calls.invalid:
        what, number = calls.invalid[0]
        return f". Correct the {number:,} where {what} before you train or test on them."
    if calls.unused:
        named = ", ".join(calls.unused[:_MOST_NAMED]) + (" …" if len(calls.unused) > _MOST_NAMED else "")
        idle = plural(len(calls.unused), "tool is", "tools are")
        return f". {idle} never called ({named}) but sent every time."
    return ". Every tool that is defined is used."
