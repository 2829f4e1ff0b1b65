"""Words shown in more than one place, and user text made harmless for markdown."""

from __future__ import annotations

import re

from crossover.figure import Kind
from crossover.samples import Slot

_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")
_DIRECTION_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")

KIND_WORDS = {
    Kind.MEASURED: "measured",
    Kind.PRICE_LIST: "price list",
    Kind.LITERATURE: "literature",
    Kind.ASSUMPTION: "assumption",
    Kind.DERIVED: "derived",
}

KIND_COLOURS = {
    Kind.MEASURED: "green",
    Kind.PRICE_LIST: "blue",
    Kind.LITERATURE: "violet",
    Kind.ASSUMPTION: "orange",
    Kind.DERIVED: "gray",
}

SLOT_WORDS = {
    Slot.QUESTIONS: "Questions and answers",
    Slot.CHATS: "Chats",
    Slot.KNOWLEDGE: "Knowledge",
    Slot.TOOLS: "Tools",
    Slot.INSTRUCTIONS: "Instructions",
}

SLOT_HELP = {
    Slot.QUESTIONS: "CSV, TSV, Excel, Parquet, JSON, JSON Lines, SQuAD. One row is one request.",
    Slot.CHATS: "Fine-tuning JSON Lines, ShareGPT or plain conversation lists.",
    Slot.KNOWLEDGE: "Text, Markdown, HTML, PDF, Word, CSV, JSON, or a zip of many.",
    Slot.TOOLS: "Function definitions (OpenAI, Anthropic, Gemini, MCP) or an OpenAPI file.",
    Slot.INSTRUCTIONS: "Your system prompt, as a file or typed.",
}

STRATEGY_WORDS = {
    "prompting": "Full instructions and examples in every request.",
    "rag": "Search your documents, put the best passages before the question.",
    "tools": "The model calls your programs and answers from what they return.",
    "tuning": "Train the model on your rows, then send a short prompt.",
    "retrieved": "For each request, the most similar of your own rows as examples.",
    "long_context": "All your documents in every prompt, cached where the provider caches.",
    "rag_rerank": "A wide search, and a second model that picks the passages.",
    "rag_tool": "The model decides whether to search your documents.",
    "agent": "Tool calls in a loop, until the model stops or a limit does.",
    "tuned_rag": "A tuned model that also gets passages of your documents.",
    "tuned_tools": "A tuned model that calls your programs.",
    "lora": "An open model tuned and served on GPUs you rent by the hour.",
    "classifier": "No language model: word counts and a small program, for fixed labels.",
    "router": "Easy requests the short way, the others with documents or tools.",
}


def counted(amount: int, noun: str) -> str:
    """An amount with its noun: 1 row, 1,200 rows."""
    return f"{amount:,} {noun}" if amount == 1 else f"{amount:,} {noun}s"


def plain(text: str) -> str:
    """Our own sentence for markdown: dollar signs stay dollar signs instead of opening a formula."""
    return text.replace("$", r"\$")


def escaped(text: str) -> str:
    """Somebody's words inside markdown: every sign that could start markup stands for itself.

    Direction overrides are taken out, so that one cell cannot turn the rest of the page around.
    """
    one_line = " ".join(_DIRECTION_MARKS.sub("", text).split())
    return _MARKUP.sub(r"\\\1", one_line)


def quoted(text: str) -> str:
    """A user's text inside markdown as a code span: nothing in it is interpreted."""
    one_line = " ".join(_DIRECTION_MARKS.sub("", text.replace("`", "'")).split())
    return f"`{one_line}`" if one_line else "``"
