"""A request of either API as one list of turns: who speaks, the texts, the calls and their results."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from crossover.tokens.messages import calls as calls_of
from crossover.tokens.messages import content_texts

_CALLS = ("function_call", "custom_tool_call")
_CALL_OUTPUTS = ("function_call_output", "custom_tool_call_output")
_TOOL_ROLES = ("tool", "function")


@dataclass(frozen=True, slots=True)
class Call:
    """One function call: its name and its arguments as JSON without blanks.

    `stored`: the request passes the call by the id under which the API keeps it. A tool that was
    added later has a `namespace` of its own, which is also part of its `name`.
    """

    name: str
    arguments: str
    stored: bool = False
    namespace: str = "functions"

    @property
    def recipient(self) -> str:
        """To whom the model addresses the call."""
        return f"{self.namespace}.{self.name.rpartition('.')[2]}"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message, one round of tool calls with the results that answer it, or one piece of reasoning.

    `sealed_characters` is the length of reasoning that came back encrypted; `more_tools` are tools
    that were added during the conversation.
    """

    role: str
    text: str = ""
    name: str = ""
    calls: tuple[Call, ...] = ()
    results: tuple[str, ...] = ()
    sealed_characters: int = 0
    more_tools: tuple[Mapping[str, object], ...] = ()

    @property
    def instructs(self) -> bool:
        """Whether this is a system or developer message."""
        return self.role in ("system", "developer")


def turns_of(request: Mapping[str, object]) -> tuple[Turn, ...]:
    """The turns of a chat.completions or Responses request, `instructions` first."""
    turns: list[Turn] = []
    instructions = request.get("instructions")
    if isinstance(instructions, str) and instructions:
        turns.append(Turn("system", instructions))
    for item in _items(request):
        if isinstance(item, Mapping):
            _add(turns, item)
    return tuple(turns)


def mappings(value: object) -> tuple[Mapping[str, object], ...]:
    """The objects in a JSON list; anything else is left out."""
    return tuple(one for one in value if isinstance(one, Mapping)) if isinstance(value, list | tuple) else ()


def _items(request: Mapping[str, object]) -> Sequence[object]:
    for key in ("messages", "input"):
        items = request.get(key)
        if isinstance(items, str):
            return [{"role": "user", "content": items}]
        if isinstance(items, list | tuple):
            return items
    return []


def _add(turns: list[Turn], item: Mapping[str, object]) -> None:
    kind, role = item.get("type"), item.get("role")
    if kind in _CALLS:
        _add_call(turns, _call(item, stored=bool(item.get("id"))))
    elif kind in _CALL_OUTPUTS:
        _add_result(turns, _result(item.get("output")))
    elif kind == "reasoning":
        turns.append(Turn("reasoning", sealed_characters=len(_text(item.get("encrypted_content")))))
    elif kind == "additional_tools":
        turns.append(Turn(_text(role), more_tools=mappings(item.get("tools"))))
    elif role in _TOOL_ROLES:
        _add_result(turns, _result(item.get("content")))
    elif role is not None:
        turns.append(_message(item))


def _message(item: Mapping[str, object]) -> Turn:
    text = "".join([*content_texts(item.get("content")), _text(item.get("refusal"))])
    called = tuple(_call(call) for call in calls_of(item))
    return Turn(_text(item.get("role")), text, _text(item.get("name")), called)


def _call(item: Mapping[str, object], stored: bool = False) -> Call:
    name, namespace = _text(item.get("name")), _text(item.get("namespace"))
    arguments = _arguments(item.get("arguments", item.get("input")))
    if namespace:
        return Call(f"{namespace}.{name}", arguments, stored, namespace)
    return Call(name, arguments, stored)


def _add_call(turns: list[Turn], call: Call) -> None:
    """Calls that directly follow each other were made in parallel."""
    if turns and turns[-1].calls and not turns[-1].results:
        turns[-1] = replace(turns[-1], calls=(*turns[-1].calls, call))
    else:
        turns.append(Turn("assistant", calls=(call,)))


def _add_result(turns: list[Turn], result: str) -> None:
    if turns and turns[-1].calls:
        turns[-1] = replace(turns[-1], results=(*turns[-1].results, result))
    else:
        turns.append(Turn("tool", result))


def _result(output: object) -> str:
    return compact_json(output) if isinstance(output, Mapping) else "".join(content_texts(output))


def _arguments(arguments: object) -> str:
    """The API writes arguments again without blanks; what is not JSON stays as it is."""
    if not isinstance(arguments, str):
        return compact_json(arguments) if arguments else ""
    try:
        return compact_json(json.loads(arguments))
    except (ValueError, RecursionError):
        return arguments


def compact_json(value: object, escape: bool = False) -> str:
    """`value` as JSON without blanks; `escape` writes letters beyond ASCII as \\u sequences."""
    return json.dumps(value, ensure_ascii=escape, separators=(",", ":"), default=str)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
