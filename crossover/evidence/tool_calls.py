"""The tool calls the chats show, held against the schemas: measured, not guessed (MODEL.md 7.7)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import SchemaError, UnknownType
from referencing import Registry
from referencing.exceptions import Unresolvable

from crossover.evidence.shares import MeasuredShare
from crossover.profile.requests import text_of
from crossover.retrieval.text_matching import normalised
from crossover.samples.types import Chat, JsonObject, Tool
from crossover.tokens.messages import calls
from crossover.words import mark

# A pattern of the person's own may need for ever on some text; the registry fetches nothing.
_Validator = validators.extend(
    Draft202012Validator, {"pattern": lambda *_: (), "patternProperties": lambda *_: ()}
)
_NOTHING_FETCHED: Registry[object] = Registry()


@dataclass(frozen=True, slots=True)
class ToolCalls:
    """`calls` tool calls in `turns` user turns that call a tool, as the chats show them.

    `invalid` names what is wrong with calls: (what, how many); a call counts once, and what is said
    where it is shown. `known_arguments`
    are the arguments given that the schema defines, `spoken_values` those whose value stands word for
    word in what the user said before. `called` and `unused` name tools, the most called first.
    `parallel` counts the rounds with more than one call.
    """

    calls: int
    valid: MeasuredShare
    invalid: tuple[tuple[str, int], ...]
    known_arguments: MeasuredShare
    spoken_values: MeasuredShare
    called: tuple[tuple[str, int], ...]
    unused: tuple[str, ...]
    turns: int
    rounds: int
    parallel: MeasuredShare

    @property
    def mean_rounds(self) -> float:
        """Rounds of calls in a turn that calls a tool."""
        return self.rounds / self.turns


@dataclass(frozen=True, slots=True)
class _Call:
    name: str
    arguments: JsonObject | None
    schema: JsonObject | None
    said: str
    turn: tuple[int, int]
    round: tuple[int, int]


def tool_calls(chats: Sequence[Chat], tools: Sequence[Tool]) -> ToolCalls | None:
    """What the calls in the chats show; None without any. A line's own tools come before `tools`."""
    shared = {tool.name: tool.parameters for tool in tools}
    made = [call for place, chat in enumerate(chats) for call in _calls_of(chat, place, shared)]
    if not made:
        return None
    faults = [fault for call in made if (fault := _fault(call))]
    called = Counter(call.name for call in made)
    known = {name for chat in chats for name in _schemas(chat)} | set(shared)
    per_round = Counter(call.round for call in made)
    return ToolCalls(
        calls=len(made),
        valid=MeasuredShare(len(made) - len(faults), len(made)),
        invalid=tuple(Counter(faults).most_common()),
        known_arguments=_share(is_known for call in made for is_known in _known(call)),
        spoken_values=_share(is_said for call in made for is_said in _said(call)),
        called=tuple(called.most_common()),
        unused=tuple(sorted(known - set(called))),
        turns=len({call.turn for call in made}),
        rounds=len(per_round),
        parallel=_share(count > 1 for count in per_round.values()),
    )


def _calls_of(chat: Chat, place: int, shared: Mapping[str, JsonObject]) -> Iterator[_Call]:
    schemas = {**shared, **_schemas(chat)}
    said, turn = "", 0
    for position, message in enumerate(chat.messages):
        if message.get("role") == "user":
            said, turn = f"{said} {normalised(text_of(message))} ", turn + 1
        for function in calls(message):
            name = str(function.get("name") or "")
            arguments = _arguments(function.get("arguments"))
            yield _Call(name, arguments, schemas.get(name), said, (place, turn), (place, position))


def _schemas(chat: Chat) -> dict[str, JsonObject]:
    """Parameters of the tools on a chat's own line, by name."""
    functions = [function for tool in chat.tools if isinstance(function := tool.get("function"), Mapping)]
    return {
        str(function.get("name")): parameters
        for function in functions
        if isinstance(parameters := function.get("parameters") or {}, Mapping)
    }


def _arguments(text: object) -> JsonObject | None:
    """The arguments as an object; None when they are none."""
    if isinstance(text, Mapping):
        return text
    try:
        value = json.loads(str(text or "{}"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _fault(call: _Call) -> str:
    """What is wrong with a call, in a few words; "" when nothing is or its schema cannot be read."""
    if call.schema is None:
        return mark("calls a tool that is not defined")
    if call.arguments is None:
        return mark("arguments are not a JSON object")
    try:
        _Validator.check_schema(call.schema)
        error = next(_Validator(call.schema, registry=_NOTHING_FETCHED).iter_errors(call.arguments), None)
    except (SchemaError, UnknownType, Unresolvable, RecursionError):
        return ""
    return _FAULTS.get(str(error.validator), mark("arguments do not fit the schema")) if error else ""


_FAULTS = {
    "required": mark("a required argument is missing"),
    "type": mark("an argument has the wrong type"),
    "enum": mark("a value is not in its list"),
    "additionalProperties": mark("an argument the schema does not know"),
}


def _known(call: _Call) -> Iterator[bool]:
    properties = (call.schema or {}).get("properties")
    defined = properties if isinstance(properties, Mapping) else {}
    yield from (name in defined for name in call.arguments or ())


def _said(call: _Call) -> Iterator[bool]:
    """For each text or number among the arguments, whether the user said it."""
    for value in (call.arguments or {}).values():
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            yield f" {normalised(str(value))} " in f" {call.said} "


def _share(true: Iterator[bool]) -> MeasuredShare:
    values = list(true)
    return MeasuredShare(sum(values), len(values))
