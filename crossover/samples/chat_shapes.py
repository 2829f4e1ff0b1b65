"""The shapes in which conversations are published, brought to the messages of the chat API."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from crossover.samples.record_table import cell_text
from crossover.samples.types import JsonObject

_SHAREGPT_ROLES = {
    **dict.fromkeys(("human", "user", "prompter", "customer", "input"), "user"),
    **dict.fromkeys(
        ("gpt", "assistant", "bot", "chatgpt", "bing", "bard", "model", "agent", "output"), "assistant"
    ),
    **dict.fromkeys(("system",), "system"),
    **dict.fromkeys(("tool", "observation", "function_response", "action"), "tool"),
}
_LISTS = (
    "messages",
    "conversations",
    "conversation",
    "dialog",
    "dialogue",
    "chat",
    "history",
    "turns",
    "original",
)
_DISPLAYED = re.compile(r"^(system|user|assistant|tool): ", re.MULTILINE)


def raw_messages(record: object) -> Sequence[object] | None:
    """The messages of one record, API-shaped where the shape is known; None when it holds no conversation.

    Known: fine-tuning lines (messages; also inside "body" or "input", preference pairs), ShareGPT
    (from/value), Gemini (contents/parts), prompt/completion, dialogue turns (speaker/utterance),
    [speaker, text] pairs, lists of alternating texts, and transcripts as one text (messages_display).
    """
    if isinstance(record, list):
        return record if record and all(is_message(item) for item in record) else _alternating(record)
    if not isinstance(record, Mapping):
        return None
    for key, reader in _READERS.items():
        if key in record:
            return reader(record)
    return next((_from_list(record[key]) for key in _LISTS if isinstance(record.get(key), list)), None)


def is_message(value: object) -> bool:
    """Whether a value looks like one message of a conversation."""
    return (
        isinstance(value, Mapping)
        and "role" in value
        and bool({"content", "tool_calls", "function_call"} & set(value))
    )


def _from_list(turns: object) -> Sequence[object] | None:
    if not isinstance(turns, list):
        return None
    if turns and all(isinstance(turn, str) for turn in turns):  # MT-bench: what the user says, turn by turn
        return [{"role": "user", "content": turn} for turn in turns]
    return [_turn(turn) for turn in turns]


def _turn(turn: object) -> object:
    if isinstance(turn, list) and len(turn) == 2 and all(isinstance(part, str) for part in turn):
        return {"role": _role(turn[0]), "content": turn[1]}
    if not isinstance(turn, Mapping) or "role" in turn:
        return turn
    for speaker, text in (
        ("from", "value"),
        ("speaker", "utterance"),
        ("speaker", "text"),
        ("from", "content"),
    ):
        if speaker in turn and text in turn:
            return {"role": _role(turn[speaker]), "content": turn[text]}
    return turn


def _role(speaker: object) -> object:
    """The API's role for a speaker; "SYSTEM" of task dialogues is the assistant's side."""
    if speaker == "SYSTEM":
        return "assistant"
    return _SHAREGPT_ROLES.get(speaker.lower(), speaker) if isinstance(speaker, str) else speaker


def _alternating(turns: Sequence[object]) -> Sequence[object] | None:
    if len(turns) < 2 or not all(isinstance(turn, str) for turn in turns):
        return None
    return [{"role": ("user", "assistant")[n % 2], "content": turn} for n, turn in enumerate(turns)]


def _messages(record: JsonObject) -> Sequence[object] | None:
    messages = record["messages"]
    return messages if isinstance(messages, list) else None


def _contents(record: JsonObject) -> Sequence[object] | None:
    """Gemini: contents with parts; "model" is the assistant."""
    contents = record["contents"]
    system = record.get("systemInstruction", record.get("system_instruction"))
    if not isinstance(contents, list):
        return None
    turns = ([{"role": "system", **system}] if isinstance(system, Mapping) else []) + contents
    return [_gemini_turn(turn) for turn in turns]


def _gemini_turn(turn: object) -> object:
    if not isinstance(turn, Mapping):
        return turn
    parts = turn.get("parts")
    texts = (
        [cell_text(part.get("text")) for part in parts if isinstance(part, Mapping)]
        if isinstance(parts, list)
        else []
    )
    role = turn.get("role", "user")
    return {"role": "assistant" if role == "model" else role, "content": "\n".join(texts)}


def _nested(key: str) -> Callable[[JsonObject], Sequence[object] | None]:
    def read(record: JsonObject) -> Sequence[object] | None:
        inner = record[key]
        messages = raw_messages(inner) if isinstance(inner, Mapping) else None
        preferred = record.get("preferred_output")
        return [*messages, *preferred] if messages and isinstance(preferred, list) else messages

    return read


def _pair(record: JsonObject) -> Sequence[object] | None:
    if "completion" not in record:
        return None
    return [
        {"role": "user", "content": record["prompt"]},
        {"role": "assistant", "content": record["completion"]},
    ]


def _transcript(record: JsonObject) -> Sequence[object]:
    """A transcript as one text; "assistant: None" stands for a call whose arguments were not kept."""
    pieces = _DISPLAYED.split(cell_text(record["messages_display"]))[1:]
    turns = [(role, text.strip()) for role, text in zip(pieces[::2], pieces[1::2], strict=True)]
    return [{"role": role, "content": text} for role, text in turns if text != "None"]


_READERS: dict[str, Callable[[JsonObject], Sequence[object] | None]] = {
    "messages": _messages,
    "messages_display": _transcript,
    "contents": _contents,
    "body": _nested("body"),
    "input": _nested("input"),
    "prompt": _pair,
}


def message_tree(records: Sequence[tuple[int, object]]) -> list[tuple[int, object]] | None:
    """Conversations from a flat list of messages that name their parent; None when it is no such list."""
    nodes: dict[str, tuple[int, str | None, JsonObject]] = {}
    for line, value in records:
        if not isinstance(value, Mapping) or "text" not in value or "role" not in value:
            return None
        parent = cell_text(value.get("parent_message_id", value.get("parent_id"))) or None
        key = cell_text(value.get("user_message_id", value.get("message_id")))
        nodes[key] = (line, parent, {"role": _role(value["role"]), "content": value["text"]})
    parents = {parent for _, parent, _ in nodes.values()}
    leaves = [key for key in nodes if key not in parents]
    return [(nodes[key][0], {"messages": _path(nodes, key)}) for key in leaves]


def _path(nodes: Mapping[str, tuple[int, str | None, JsonObject]], leaf: str) -> list[JsonObject]:
    path: list[JsonObject] = []
    key: str | None = leaf
    while key is not None and key in nodes and len(path) <= len(nodes):
        _, parent, message = nodes[key]
        path.append(message)
        key = parent
    return path[::-1]
