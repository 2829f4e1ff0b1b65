"""One colour, dash and marker per strategy, everywhere; safe for colour-blind readers."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.strategies import Part


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
}

# the theme's ten colours, each readable on white and on the dark page; neighbours in a bar differ in hue
PART_COLOURS = {
    Part.TOOLS: "#BF8A12",
    Part.INSTRUCTIONS: "#2F8FE0",
    Part.EXAMPLES: "#6E59B8",
    Part.HISTORY: "#788A65",
    Part.CONTEXT: "#1B7552",
    Part.QUESTION: "#498DA2",
    Part.CALLS: "#A75105",
    Part.OUTPUT: "#D9579F",
    Part.REASONING: "#BF6D3E",
    Part.EMBEDDING: "#A04E87",
}

PART_LABELS = {
    Part.TOOLS: "Tool definitions",
    Part.INSTRUCTIONS: "Instructions",
    Part.EXAMPLES: "Examples",
    Part.HISTORY: "Earlier turns",
    Part.CONTEXT: "Retrieved context",
    Part.QUESTION: "Question",
    Part.CALLS: "Tool calls and results",
    Part.OUTPUT: "Answer",
    Part.REASONING: "Hidden reasoning",
    Part.EMBEDDING: "Embedding",
}
