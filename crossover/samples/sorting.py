"""Sorting dropped files into slots by what stands in them."""

from __future__ import annotations

import json
import re
from itertools import islice
from collections.abc import Mapping

from crossover.samples.chat_shapes import is_message, raw_messages
from crossover.samples.columns import column_key, find_header, is_question_name, names_a_question
from crossover.samples.delimited import sniff_delimiter
from crossover.samples.encoding import decode
from crossover.samples.limits import Limits
from crossover.samples.problems import ProblemLog, Refused
from crossover.samples.sniffing import OLE, is_markup
from crossover.samples.tool_shapes import raw_tools
from crossover.samples.types import Slot

_WRAPPERS = {
    "data",
    "examples",
    "samples",
    "dialogues",
    "train",
    "rows",
    "items",
    "faq",
    "questions",
    "records",
}
_HEAD_BYTES = 400_000
_PROMPT_WORDS = {
    "prompt",
    "prompts",
    "system",
    "instruction",
    "instructions",
    "anweisung",
    "anweisungen",
    "systemprompt",
    "persona",
}
_KEYS = re.compile(
    r'["\']([^"\'\\]{1,40})["\']\s*:|^[ \t]*+(?:-[ \t]*+)?([\w$]{1,40}):(?:\s|$)', re.MULTILINE
)
_CHAT_KEYS = {
    "messages",
    "conversations",
    "conversation",
    "turns",
    "dialogue_id",
    "messages_display",
    "parent_message_id",
    "convo_id",
    "contents",
}
_TOOL_KEYS = {
    "openapi",
    "swagger",
    "functionDeclarations",
    "function_declarations",
    "input_schema",
    "inputSchema",
    "service_name",
    "toolSpec",
}


def guess_slot(name: str, data: bytes) -> Slot:
    """What a file is most likely used as; never raises.

    Content decides for JSON, YAML, CSV and text; a lone text is knowledge unless its name says that it is a prompt.
    """
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if data.startswith((b"%PDF",)) or extension in ("pdf", "docx", "html", "htm", "md", "markdown"):
        return _prose(name)
    if data.startswith((b"PK", OLE)) or extension in ("xlsx", "xlsm", "xls"):
        return Slot.KNOWLEDGE if b"word/document.xml" in data else Slot.QUESTIONS
    if data.startswith(b"PAR1") or extension == "parquet":
        return _parquet_slot(data)
    if extension in ("csv", "tsv") and not data.strip():
        return Slot.QUESTIONS
    try:
        text = decode(data[:_HEAD_BYTES], ProblemLog(name, Limits())).text
    except Refused:
        return Slot.QUESTIONS if extension in ("csv", "tsv") else Slot.KNOWLEDGE
    if extension in ("json", "jsonl", "ndjson", "yaml", "yml") or text.lstrip()[:1] in ("{", "["):
        return json_slot(text, extension)
    if is_markup(text):
        return Slot.QUESTIONS if "<table" in text.lower() else Slot.KNOWLEDGE
    return _table_slot(text) if extension in ("csv", "tsv", "tab") or _is_table(text) else _prose(name)


def _prose(name: str) -> Slot:
    stem, _, extension = name.rpartition("/")[2].rpartition(".")
    is_prompt = extension.lower() in ("txt", "md", "markdown", "prompt") and _PROMPT_WORDS & set(
        column_key(stem).split("_")
    )
    return Slot.INSTRUCTIONS if is_prompt else Slot.KNOWLEDGE


def _parquet_slot(data: bytes) -> Slot:
    """Column names stand in clear text in the footer."""
    footer = data[-20_000:]
    words = {column_key(word.decode("latin-1")) for word in re.findall(rb"[A-Za-z_]{3,40}", footer)}
    asked = words & {"question", "query", "frage", "input", "prompt", "utterance"}
    return (
        Slot.QUESTIONS if asked or not words & {"contents", "content", "text", "passage"} else Slot.KNOWLEDGE
    )


def _table_slot(text: str) -> Slot:
    """A table is questions when a column says so, or its first row already asks something."""
    rows = _head_rows(text)
    header = find_header(rows)
    if header is None:
        return Slot.QUESTIONS if any("?" in cell for row in rows for cell in row) else Slot.KNOWLEDGE
    return Slot.QUESTIONS if names_a_question(rows[header]) else Slot.KNOWLEDGE


def _is_table(text: str) -> bool:
    """Whether a .txt is really a table: a header row that names a question and another known column."""
    rows = _head_rows(text)
    if len(rows) < 2 or len(rows[0]) < 2 or not names_a_question(rows[0]):
        return False
    return (
        all(len(cell) < 40 for cell in rows[0])
        and sum(len(row) == len(rows[0]) for row in rows) > len(rows) / 2
    )


def _head_rows(text: str) -> list[list[str]]:
    delimiter = sniff_delimiter(text)
    lines = re.split(r"\r\n|\r|\n", text[:20_000])[:20]
    return [[cell.strip(' "') for cell in line.split(delimiter)] for line in lines if line.strip()]
