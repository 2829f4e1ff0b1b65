"""The shapes in which vendors and data sets write tool definitions, told apart by their keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crossover.samples.types import JsonObject

_LISTS = ("tools", "functions", "functionDeclarations", "function_declarations")
_PARAMETERS = ("parameters", "input_schema", "inputSchema", "parametersJsonSchema", "parameters_json_schema")


@dataclass(frozen=True, slots=True)
class RawTool:
    """A definition as it was found; `root` is where its local references start."""

    name: object
    description: object
    parameters: object
    root: object


def raw_tools(value: object, depth: int = 0) -> Iterator[RawTool]:
    """Every tool definition in a JSON value; nothing when the value has no known shape.

    Known: OpenAI chat ({"type": "function", "function": …}) and Responses (flat), legacy functions,
    Anthropic (input_schema), Gemini (functionDeclarations), MCP (inputSchema, also inside "result"),
    Bedrock (toolSpec), BFCL ({"function": [...]}), Schema-Guided Dialogue services.
    """
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value:
            yield from raw_tools(item, depth + 1)
    elif isinstance(value, Mapping):
        yield from _from_object(value, depth)


def _from_object(value: JsonObject, depth: int) -> Iterator[RawTool]:
    inner = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
    if inner is not None:
        yield from raw_tools(inner, depth + 1)
    elif isinstance(value.get("intents"), list) and "service_name" in value:
        yield from _service(value)
    elif isinstance(value.get("function"), Mapping) and "name" in value["function"]:  # type: ignore[operator]
        yield _definition(value["function"])  # type: ignore[arg-type]
    elif isinstance(value.get("function"), Mapping | list):
        yield from raw_tools(value["function"], depth + 1)
    elif isinstance(value.get("toolSpec"), Mapping):
        yield from raw_tools(value["toolSpec"], depth + 1)
    elif isinstance(value.get("result"), Mapping | list):
        yield from raw_tools(value["result"], depth + 1)
    elif "name" in value and (set(_PARAMETERS) | {"description"}) & set(value) and "role" not in value:
        yield _definition(value)


def _definition(value: JsonObject) -> RawTool:
    parameters = next((value[key] for key in _PARAMETERS if value.get(key) is not None), {})
    if isinstance(parameters, Mapping) and set(parameters) == {"json"}:  # Bedrock wraps the schema once more
        parameters = parameters["json"]
    return RawTool(value.get("name"), value.get("description"), parameters, parameters)


def _service(service: JsonObject) -> Iterator[RawTool]:
    """A Schema-Guided Dialogue service: each intent is a function, its slots are the parameters."""
    listed = service.get("slots")
    slots = {s.get("name"): s for s in (listed if isinstance(listed, list) else []) if isinstance(s, Mapping)}
    intents = service.get("intents")
    for intent in intents if isinstance(intents, list) else []:
        if isinstance(intent, Mapping):
            required = _names(intent.get("required_slots"))
            names = [
                *required,
                *(name for name in _names(intent.get("optional_slots")) if name not in required),
            ]
            schema = {
                "type": "object",
                "properties": {name: _slot(slots.get(name)) for name in names},
                "required": required,
            }
            yield RawTool(
                f"{service['service_name']}_{intent.get('name')}", intent.get("description"), schema, schema
            )


def _names(value: object) -> list[str]:
    return [str(name) for name in value] if isinstance(value, list | Mapping) else []


def _slot(slot: object) -> JsonObject:
    if not isinstance(slot, Mapping):
        return {"type": "string"}
    schema: dict[str, object] = {"type": "string", "description": str(slot.get("description", ""))}
    if slot.get("is_categorical") and slot.get("possible_values"):
        schema["enum"] = slot["possible_values"]
    return schema
