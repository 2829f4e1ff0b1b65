"""Which slot a JSON or YAML text belongs to, by the keys of its first record."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import islice

from crossover.samples.chat_shapes import is_message, raw_messages
from crossover.samples.columns import column_key, is_question_name
from crossover.samples.tool_shapes import raw_tools
from crossover.samples.types import Slot

_KEYS = re.compile(
    r'["\']([^"\'\\]{1,40})["\']\s*:|^[ \t]*+(?:-[ \t]*+)?([\w$]{1,40}):(?:\s|$)', re.MULTILINE
)
_WRAPPERS = {
    *("data", "examples", "samples", "dialogues", "train", "rows", "items", "faq", "questions", "records"),
}
_CHAT_KEYS = {
    *("messages", "conversations", "conversation", "turns", "dialogue_id", "messages_display"),
    *("parent_message_id", "convo_id", "contents"),
}
_TOOL_KEYS = {
    *("openapi", "swagger", "functionDeclarations", "function_declarations", "input_schema"),
    *("inputSchema", "service_name", "toolSpec"),
}
_DOCUMENT_KEYS = {
    *("text", "title", "body", "contents", "content", "id", "doc_id", "url", "source", "metadata", "name"),
}


def json_slot(text: str) -> Slot:
    """The slot of a JSON, JSON Lines or YAML text; knowledge when nothing tells."""
    first = first_record(text)
    keys = _keys(first, text)
    if is_message(first) or {"role", "text"} <= keys:
        return Slot.CHATS
    if keys & _TOOL_KEYS or {"function", "question"} <= keys or _is_tool(first):
        return Slot.TOOLS
    if keys & _CHAT_KEYS or {"prompt", "completion"} <= keys or (first is not None and raw_messages(first)):
        return Slot.CHATS
    if {"function", "functions", "tools", "parameters"} & keys:
        return Slot.TOOLS
    return Slot.QUESTIONS if _asks(keys) or '"paragraphs"' in text[:5_000] else Slot.KNOWLEDGE


def _keys(first: object, text: str) -> set[str]:
    """Keys of the first record; of the whole head when the first record has none to tell by."""
    if isinstance(first, Mapping) and first:
        return set(map(str, first))
    if isinstance(first, list) and first:
        return set()
    return {quoted or bare for quoted, bare in _KEYS.findall(text)}


def _is_tool(value: object) -> bool:
    if not isinstance(value, Mapping) or "messages" in value:
        return False
    return any(raw.parameters for raw in islice(raw_tools(value), 3))


def _asks(keys: set[str]) -> bool:
    """A record that names a question; a mere text counts only when more than its name stands beside it."""
    if {"paragraphs", "qas"} & keys:
        return True
    return any(map(is_question_name, keys)) and bool({column_key(key) for key in keys} - _DOCUMENT_KEYS)


def first_record(text: str) -> object | None:
    """The first element of an array, the first line, or the whole object; None when the head lacks its end.

    Of an object that only wraps records ({"data": [...]}) the first record.
    """
    start = len(text) - len(text.lstrip())
    if text[start : start + 1] == "[":
        start = len(text) - len(text[start + 1 :].lstrip())
    try:
        value: object = json.JSONDecoder(strict=False, parse_int=len).raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None
    return _unwrapped(value)


def _unwrapped(value: object) -> object:
    wrapper = next(iter(_WRAPPERS & set(value)), None) if isinstance(value, dict) else None
    inner = value[wrapper] if isinstance(value, dict) and wrapper is not None else None
    return inner[0] if isinstance(inner, list) and inner and isinstance(inner[0], dict) else value
