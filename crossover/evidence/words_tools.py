"""Findings on tools: would they be called, and were they called rightly."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.evidence.finding import TOOLS, Finding
from crossover.evidence.measurements import Measurements
from crossover.evidence.tool_calls import ToolCalls
from crossover.evidence.tool_coverage import ToolCoverage
from crossover.figure import measured
from crossover.numbers import factor, share
from crossover.words import say, say_count

_MOST_NAMED = 3


def tool_findings(found: Measurements, tools_source: str, chats_source: str) -> Iterator[Finding]:
    """What the words of the questions suggest, then what the chats show."""
    if found.tools is not None:
        yield _coverage(found.tools, tools_source)
    if found.calls is not None:
        yield _calls(found.calls, chats_source)


def _coverage(tools: ToolCoverage, source: str) -> Finding:
    heuristic = say("a heuristic by words, no model was asked")
    figures = (
        tools.without_tool.figure(say("Questions that fit no tool"), source, heuristic),
        tools.likely_complete.figure(
            say("Questions with all that the likeliest tool needs"), source, heuristic
        ),
    )
    sentence = _coverage_sentence(tools)
    return Finding("tool_coverage", say("Tools and questions"), figures, sentence, (TOOLS,))


def _coverage_sentence(tools: ToolCoverage) -> str:
    shares = {"none": str(tools.without_tool), "complete": str(tools.likely_complete)}
    missing = 1 - (tools.without_tool.share or 0.0) - (tools.likely_complete.share or 0.0)
    if missing > 0.1:
        return say(
            "By their words, {none} of the questions fit no tool and {complete} hold every argument that can "
            "be told for the likeliest one: elsewhere the model may have to ask back or look values up "
            "first, which costs a round more.",
            **shares,
        )
    return say(
        "By their words, {none} of the questions fit no tool and {complete} hold every argument that can be "
        "told for the likeliest one: tools look callable from the question alone.",
        **shares,
    )


def _calls(calls: ToolCalls, source: str) -> Finding:
    figures = (
        calls.valid.figure(say("Calls that fit their schema"), source),
        calls.known_arguments.figure(say("Arguments the schema knows"), source),
        calls.spoken_values.figure(say("Values the user said word for word"), source),
        calls.parallel.figure(say("Rounds with several calls"), source),
        measured(calls.mean_rounds, "rounds", source, calls.turns, name=say("Rounds per turn with a call")),
    )
    sentence = say_count(
        "{n} call in the chats: {valid} fit their schema, {rounds} rounds a turn, and {spoken} of the values "
        "stand in the user's own words.",
        "{n} calls in the chats: {valid} fit their schema, {rounds} rounds a turn, and {spoken} of the "
        "values stand in the user's own words.",
        calls.calls,
        valid=str(calls.valid),
        rounds=factor(calls.mean_rounds),
        spoken=share(calls.spoken_values.share),
    )
    return Finding("tool_calls", say("Calls in the chats"), figures, f"{sentence} {_advice(calls)}", (TOOLS,))


def _advice(calls: ToolCalls) -> str:
    if calls.invalid:
        what, number = calls.invalid[0]
        return say(
            "Correct the {number:,} where {fault} before you train or test on them.",
            number=number,
            fault=say(what),
        )
    if calls.unused:
        named = ", ".join(calls.unused[:_MOST_NAMED]) + (" …" if len(calls.unused) > _MOST_NAMED else "")
        return say_count(
            "{n} tool is never called ({named}) but sent every time.",
            "{n} tools are never called ({named}) but sent every time.",
            len(calls.unused),
            named=named,
        )
    return say("Every tool that is defined is used.")
