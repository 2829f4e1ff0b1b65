"""Words shown in more than one place, and user text made harmless for markdown."""

from __future__ import annotations

import re

from crossover.figure import Kind
from crossover.samples import Slot
from crossover.words import language, mark, say

_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")
_SPACE = re.compile(r"[^\S\u00a0]+")  # but not the space that keeps an amount and its sign together
_ADDRESS = re.compile(r"(?:https?|ftp|www)(?=[:.])|@", re.IGNORECASE)
_DIRECTION_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")

KIND_WORDS = {
    Kind.MEASURED: mark("measured"),
    Kind.PRICE_LIST: mark("price list"),
    Kind.LITERATURE: mark("literature"),
    Kind.ASSUMPTION: mark("assumption"),
    Kind.DERIVED: mark("derived"),
}

KIND_COLOURS = {
    Kind.MEASURED: "green",
    Kind.PRICE_LIST: "blue",
    Kind.LITERATURE: "violet",
    Kind.ASSUMPTION: "orange",
    Kind.DERIVED: "gray",
}

SLOT_WORDS = {
    Slot.QUESTIONS: mark("Questions and answers"),
    Slot.CHATS: mark("Chats"),
    Slot.KNOWLEDGE: mark("Knowledge"),
    Slot.TOOLS: mark("Tools"),
    Slot.INSTRUCTIONS: mark("Instructions"),
}

SLOT_HELP = {
    Slot.QUESTIONS: mark("CSV, TSV, Excel, Parquet, JSON, JSON Lines, SQuAD. One row is one request."),
    Slot.CHATS: mark("Fine-tuning JSON Lines, ShareGPT or plain conversation lists."),
    Slot.KNOWLEDGE: mark("Text, Markdown, HTML, PDF, Word, CSV, JSON, or a zip of many."),
    Slot.TOOLS: mark("Function definitions (OpenAI, Anthropic, Gemini, MCP) or an OpenAPI file."),
    Slot.INSTRUCTIONS: mark("Your system prompt, as a file or typed."),
}

STRATEGY_WORDS = {
    "prompting": mark("Full instructions and examples in every request."),
    "rag": mark("Search your documents, put the best passages before the question."),
    "tools": mark("The model calls your programs and answers from what they return."),
    "tuning": mark("Train the model on your rows, then send a short prompt."),
    "retrieved": mark("For each request, the most similar of your own rows as examples."),
    "long_context": mark("All your documents in every prompt, cached where the provider caches."),
    "rag_rerank": mark("A wide search, and a second model that picks the passages."),
    "rag_tool": mark("The model decides whether to search your documents."),
    "agent": mark("Tool calls in a loop, until the model stops or a limit does."),
    "tuned_rag": mark("A tuned model that also gets passages of your documents."),
    "tuned_tools": mark("A tuned model that calls your programs."),
    "lora": mark("An open model tuned and served on GPUs you rent by the hour."),
    "classifier": mark("No language model: word counts and a small program, for fixed labels."),
    "router": mark("Easy requests the short way, the others with documents or tools."),
}


_DATE_FORMATS = {"en": "YYYY-MM-DD", "de": "DD.MM.YYYY"}


def date_format() -> str:
    """How a date field writes days, as its `format`."""
    return _DATE_FORMATS[language()]


def kind_words(kind: Kind) -> str:
    """Where a number comes from, in a word or two."""
    return say(KIND_WORDS[kind])


def slot_words(slot: Slot) -> str:
    """What a drop zone takes."""
    return say(SLOT_WORDS[slot])


def slot_help(slot: Slot) -> str:
    """Which files a drop zone reads."""
    return say(SLOT_HELP[slot])


def strategy_words(strategy_id: str) -> str:
    """What a strategy does, in one sentence."""
    return say(STRATEGY_WORDS[strategy_id])


def plain(text: str) -> str:
    """Our own sentence for markdown: dollar signs stay dollar signs instead of opening a formula."""
    return text.replace("$", r"\$")


def escaped(text: str) -> str:
    """Somebody's words inside markdown: every sign that could start markup stands for itself.

    Direction overrides are taken out, so that one cell cannot turn the rest of the page around. An
    address is kept from becoming a link by a joiner nobody sees: markdown looks for addresses after it
    has taken the backslashes away.
    """
    one_line = _SPACE.sub(" ", _DIRECTION_MARKS.sub("", text)).strip()
    return _MARKUP.sub(r"\\\1", _ADDRESS.sub("\\g<0>\u2060", one_line))


def quoted(text: str) -> str:
    """A user's text inside markdown as a code span: nothing in it is interpreted."""
    one_line = _SPACE.sub(" ", _DIRECTION_MARKS.sub("", text.replace("`", "'"))).strip()
    return f"`{one_line}`" if one_line else "``"
