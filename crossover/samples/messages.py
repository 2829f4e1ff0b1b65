"""One training example held against what the chat API takes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from crossover.samples.problems import shortened
from crossover.samples.types import JsonObject
from crossover.words import say

ROLES = ("system", "developer", "user", "assistant", "tool", "function")


class BadExample(Exception):
    """An example that cannot be used as a conversation; says why and what to do."""

    def __init__(self, kind: str, what: str, remedy: str) -> None:
        super().__init__(what)
        self.kind, self.what, self.remedy = kind, what, remedy


def checked_messages(raw: Sequence[object]) -> tuple[JsonObject, ...]:
    """The messages with roles in lower case. Raises BadExample for the first one that is none."""
    if not raw:
        raise BadExample(
            "no_messages", say("The conversation has no messages."), say("Add messages or remove the line.")
        )
    return tuple(_checked(message, number) for number, message in enumerate(raw, start=1))


def _checked(message: object, number: int) -> JsonObject:
    if not isinstance(message, Mapping):
        what = say("Message {n} is not an object.", n=number)
        raise BadExample("not_a_message", what, say('Write {"role": "user", "content": "…"}.'))
    role = message.get("role")
    if role is None:
        what = say("Message {n} has no role; a fine-tuning job would reject the file.", n=number)
        raise BadExample("missing_role", what, say("Name one of {roles}.", roles=", ".join(ROLES)))
    if not isinstance(role, str) or role.lower() not in ROLES:
        what = say("Message {n} has the unknown role “{role}”.", n=number, role=shortened(role, 20))
        raise BadExample("unknown_role", what, say("Name one of {roles}.", roles=", ".join(ROLES)))
    _check_content(message, role.lower(), number)
    return message if role in ROLES else {**message, "role": role.lower()}


def _check_content(message: JsonObject, role: str, number: int) -> None:
    content = message.get("content")
    if isinstance(content, str) or (isinstance(content, list) and content and all(map(_is_part, content))):
        return
    if content is None and role == "assistant" and _says_something_else(message):
        return
    what = (
        say("Message {n} ({role}) has no content.", n=number, role=role)
        if content is None
        else say("Message {n} ({role}) has content that is no text.", n=number, role=role)
    )
    raise BadExample(
        "bad_content",
        what,
        say("Give every message a text; only an assistant with tool calls may leave it out."),
    )


def _is_part(part: object) -> bool:
    return isinstance(part, str) or (isinstance(part, Mapping) and isinstance(part.get("type", "text"), str))


def _says_something_else(message: JsonObject) -> bool:
    calls = message.get("tool_calls")
    return (isinstance(calls, list) and bool(calls)) or any(
        isinstance(message.get(key), Mapping | str) for key in ("function_call", "refusal", "audio")
    )


def example_text(messages: Sequence[JsonObject]) -> str:
    """All that a model reads of an example as one text, for estimates, scans and comparison."""
    return "\n".join(text for message in messages for text in _texts(message))


def _texts(message: JsonObject) -> list[str]:
    content = message.get("content")
    texts = [content] if isinstance(content, str) else []
    if isinstance(content, list):
        texts += [
            p if isinstance(p, str) else str(p.get("text", ""))
            for p in content
            if isinstance(p, str | Mapping)
        ]
    for key in ("tool_calls", "function_call"):
        if message.get(key):
            texts.append(json.dumps(message[key], ensure_ascii=False, default=str))
    return texts


def example_findings(raw: Sequence[object], messages: Sequence[JsonObject]) -> list[str]:
    """What a fine-tuning job would reject, or we cannot count, in an otherwise readable example: kinds."""
    last = messages[-1].get("role")
    checks = {
        "last_not_assistant": last != "assistant",
        "role_case": any(before is not after for before, after in zip(raw, messages, strict=True)),
        "no_assistant": all(m.get("role") != "assistant" for m in messages),
        "empty_message": any(m.get("content") == "" and not m.get("tool_calls") for m in messages),
        "not_only_text": any(_has_other_parts(m) for m in messages),
        "tool_without_id": any(m.get("role") == "tool" and not m.get("tool_call_id") for m in messages),
        "bad_weight": any(not _weight_ok(m.get("weight")) for m in messages),
        "bad_arguments": any(not _arguments_ok(m) for m in messages),
    }
    return [kind for kind, found in checks.items() if found]


def _has_other_parts(message: JsonObject) -> bool:
    content = message.get("content")
    return isinstance(content, list) and any(
        isinstance(p, Mapping)
        and p.get("type", "text") not in ("text", "input_text", "output_text", "refusal")
        for p in content
    )


def _weight_ok(weight: object) -> bool:
    return weight is None or (not isinstance(weight, bool) and weight in (0, 1))


def _arguments_ok(message: JsonObject) -> bool:
    """Calls carry a function name and their arguments as a text that is JSON."""
    calls = message.get("tool_calls")
    functions = (
        [call.get("function") if isinstance(call, Mapping) else None for call in calls]
        if isinstance(calls, list)
        else []
    )
    if message.get("function_call") is not None:
        functions.append(message["function_call"])
    return all(_call_ok(function) for function in functions)


def _call_ok(function: object) -> bool:
    if not isinstance(function, Mapping) or not isinstance(function.get("name"), str):
        return False
    arguments = function.get("arguments")
    if not isinstance(arguments, str):
        return False
    try:
        json.loads(arguments or "{}", parse_int=len)
    except (ValueError, RecursionError):
        return False
    return True
