"""One colour, dash and marker per strategy, everywhere; safe for colour-blind readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crossover.strategies import Part
from crossover.words import mark, say


@dataclass(frozen=True, slots=True)
class StrategyStyle:
    """How one strategy is drawn; colour is never the only cue."""

    colour: str
    dash: str
    marker: str


STRATEGY_STYLES = {
    "prompting": StrategyStyle("#2F8FE0", "solid", "circle"),
    "rag": StrategyStyle("#1B7552", "dash", "square"),
    "tools": StrategyStyle("#BF8A12", "dot", "diamond"),
    "tuning": StrategyStyle("#D9579F", "dashdot", "triangle-up"),
    "retrieved": StrategyStyle("#5FB3D9", "longdash", "circle-dot"),
    "long_context": StrategyStyle("#1F5FA8", "longdashdot", "hexagon"),
    "rag_rerank": StrategyStyle("#4FA37C", "solid", "square-dot"),
    "rag_tool": StrategyStyle("#7FA33A", "dot", "pentagon"),
    "agent": StrategyStyle("#8A5A14", "dash", "diamond-tall"),
    "tuned_rag": StrategyStyle("#A8447C", "solid", "triangle-down"),
    "tuned_tools": StrategyStyle("#C06A4A", "longdash", "triangle-left"),
    "lora": StrategyStyle("#7A4FB0", "dashdot", "triangle-right"),
    "classifier": StrategyStyle("#6B7280", "dot", "star"),
    "router": StrategyStyle("#9A7FD1", "longdashdot", "cross"),
}

# hues of their own, so that no part is taken for a strategy; each readable on white and on the dark page
PART_COLOURS = {
    Part.TOOLS: "#A75105",
    Part.INSTRUCTIONS: "#6E59B8",
    Part.EXAMPLES: "#A04E87",
    Part.HISTORY: "#788A65",
    Part.CONTEXT: "#3E8E9E",
    Part.QUESTION: "#76849A",
    Part.CALLS: "#CC7A54",
    Part.OUTPUT: "#C24A58",
    Part.REASONING: "#8A8035",
    Part.EMBEDDING: "#5A7F9C",
    Part.RERANK: "#8C6D4F",
    Part.ENERGY: "#6F7F3A",
    Part.RETRIES: "#9A9AA5",
}

PART_LABELS: Mapping[Part, str] = {
    Part.TOOLS: mark("Tool definitions"),
    Part.INSTRUCTIONS: mark("Instructions"),
    Part.EXAMPLES: mark("Examples"),
    Part.HISTORY: mark("Earlier turns"),
    Part.CONTEXT: mark("Retrieved context"),
    Part.QUESTION: mark("Question"),
    Part.CALLS: mark("Tool calls and results"),
    Part.OUTPUT: mark("Answer"),
    Part.REASONING: mark("Hidden reasoning"),
    Part.EMBEDDING: mark("Embedding"),
    Part.RERANK: mark("Reranking"),
    Part.ENERGY: mark("Electricity"),
    Part.RETRIES: mark("Failed attempts"),
}


def part_words(part: Part) -> str:
    """A part of a request as people call it."""
    return say(PART_LABELS[part])
