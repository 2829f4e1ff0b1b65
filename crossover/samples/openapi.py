"""OpenAPI 3 and Swagger 2: each operation becomes a tool."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from crossover.samples.schema import resolve
from crossover.samples.tool_shapes import RawTool
from crossover.samples.types import JsonObject

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_NOT_A_NAME = re.compile(r"[^a-zA-Z0-9_-]+")
_SCHEMA_KEYS = ("type", "format", "enum", "items", "default", "minimum", "maximum", "pattern")


def is_openapi(value: object) -> bool:
    """Whether a JSON or YAML value is an OpenAPI 3 or Swagger 2 description."""
    return isinstance(value, Mapping) and bool({"openapi", "swagger"} & set(value)) and "paths" in value


def operations(api: JsonObject) -> Iterator[RawTool]:
    """Every operation with its parameters and JSON body as one object schema; names are made valid."""
    paths = api.get("paths")
    for path, item in paths.items() if isinstance(paths, Mapping) else ():
        shared = _resolved(api, item)
        for method in _METHODS:
            operation = shared.get(method)
            if isinstance(operation, Mapping):
                yield RawTool(
                    _name(operation, method, str(path)),
                    _text(operation),
                    _schema(api, shared, operation),
                    api,
                )


def _name(operation: JsonObject, method: str, path: str) -> str:
    raw = operation.get("operationId") or f"{method}_{path}"
    return _NOT_A_NAME.sub("_", str(raw)).strip("_")[:64] or method


def _text(operation: JsonObject) -> str:
    """Summary and description, without saying the same twice."""
    parts = [str(operation[key]).strip() for key in ("summary", "description") if operation.get(key)]
    return "\n".join(dict.fromkeys(parts))


def _resolved(api: JsonObject, value: object) -> JsonObject:
    """`value`, or what its local reference leads to (followed a few times, then given up)."""
    for _ in range(5):
        if not isinstance(value, Mapping):
            return {}
        reference = value.get("$ref")
        if not isinstance(reference, str):
            return value
        target = resolve(api, reference)
        if target is None:
            return {"name": None, "$ref": reference}
        value = target
    return {}


def _schema(api: JsonObject, shared: JsonObject, operation: JsonObject) -> dict[str, object]:
    """Properties from path, query and header parameters, then those of the JSON body."""
    properties: dict[str, object] = {}
    required: list[str] = []
    for parameter in _parameters(api, shared) + _parameters(api, operation):
        if parameter.get("in") == "body":  # Swagger 2
            _add_body(api, parameter.get("schema"), properties, required)
            continue
        name = str(parameter.get("name") or f"parameter_{len(properties) + 1}")
        properties[name] = _property(parameter)
        if parameter.get("required") is True and name not in required:
            required.append(name)
    body = _resolved(api, operation.get("requestBody"))
    _add_body(api, _json_schema(body), properties, required)
    schema: dict[str, object] = {"type": "object", "properties": properties}
    return schema | {"required": required} if required else schema


def _parameters(api: JsonObject, owner: JsonObject) -> list[JsonObject]:
    listed = owner.get("parameters")
    return [_resolved(api, parameter) for parameter in (listed if isinstance(listed, list) else [])]


def _property(parameter: JsonObject) -> dict[str, object]:
    if "$ref" in parameter:  # left for the schema cleaner, which names it
        return {"$ref": parameter["$ref"]}
    schema = parameter.get("schema")
    if not isinstance(schema, Mapping):
        schema = _json_schema(parameter) or {key: parameter[key] for key in _SCHEMA_KEYS if key in parameter}
    result = dict(schema) if isinstance(schema, Mapping) else {}
    if parameter.get("description") and "$ref" not in result:
        result["description"] = str(parameter["description"])
    return result


def _json_schema(owner: JsonObject) -> object:
    """The schema of the JSON media type, or of the first one."""
    content = owner.get("content")
    if not isinstance(content, Mapping) or not content:
        return None
    media = next((content[key] for key in content if "json" in str(key)), next(iter(content.values())))
    return media.get("schema") if isinstance(media, Mapping) else None


def _add_body(api: JsonObject, schema: object, properties: dict[str, object], required: list[str]) -> None:
    """Merge an object body's properties; any other body becomes the one property "body"."""
    if schema is None:
        return
    body = _resolved(api, schema)
    fields = body.get("properties")
    if not isinstance(fields, Mapping):
        properties["body"] = schema
        return
    for name, part in fields.items():
        properties.setdefault(str(name), part)
    needed = body.get("required")
    required += [str(n) for n in (needed if isinstance(needed, list) else []) if str(n) not in required]
