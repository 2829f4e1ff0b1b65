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
        return _json_slot(text, extension)
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


def _json_slot(text: str, extension: str) -> Slot:
    first = _first_value(text)
    if isinstance(first, Mapping):
        keys = set(map(str, first))
    elif first is not None:
        keys = set()
    else:
        keys = {a or b for a, b in _KEYS.findall(text[:_HEAD_BYTES])}
    if isinstance(first, str | int | float) or first == [] or first == {}:
        keys |= _later_keys(text)
    if is_message(first) or {"role", "text"} <= keys:
        return Slot.CHATS
    if keys & _TOOL_KEYS or {"function", "question"} <= keys or (first is not None and _is_tool(first)):
        return Slot.TOOLS
    if (
        keys & _CHAT_KEYS
        or ("prompt" in keys and "completion" in keys)
        or (first is not None and raw_messages(first))
    ):
        return Slot.CHATS
    if {"function", "functions", "tools", "parameters"} & keys:
        return Slot.TOOLS
    if (
        {"paragraphs", "qas"} & keys
        or '"paragraphs"' in text[:5_000]
        or (any(map(is_question_name, keys)) and _asks(keys))
    ):
        return Slot.QUESTIONS
    return (
        Slot.QUESTIONS
        if extension in ("jsonl", "ndjson") and any(map(is_question_name, keys))
        else Slot.KNOWLEDGE
    )


def _later_keys(text: str) -> set[str]:
    """Keys of the whole head, for files whose first line says nothing."""
    return {a or b for a, b in _KEYS.findall(text)}


def _is_tool(value: object) -> bool:
    if not isinstance(value, Mapping):
        return False
    return "messages" not in value and any(raw.parameters for raw in islice(raw_tools(value), 3))


def _asks(keys: set[str]) -> bool:
    """A record with a text is a question only when something stands beside it that is not just a name."""
    names = {column_key(key) for key in keys}
    return bool(
        names
        - {
            "text",
            "title",
            "body",
            "contents",
            "content",
            "id",
            "doc_id",
            "url",
            "source",
            "metadata",
            "name",
        }
    )


def _first_value(text: str) -> object | None:
    """The first element of an array, the first line, or the whole object; None when the head does not hold it."""
    start = len(text) - len(text.lstrip())
    if text[start : start + 1] == "[":
        start = len(text) - len(text[start + 1 :].lstrip())
    if text[start : start + 2000].count("[") > 500:
        return None
    try:
        value: object = json.JSONDecoder(strict=False, parse_int=len).raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None
    inner = (
        next((v for v in value.values() if isinstance(v, list)), None) if isinstance(value, dict) else None
    )
    if inner and isinstance(inner[0], dict) and set(value) & _WRAPPERS:
        return {**inner[0], **{key: None for key in value if key not in _WRAPPERS}}
    return value


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
