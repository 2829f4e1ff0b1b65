"""Tool definitions as the API writes them into the prompt: a TypeScript-like namespace (MODEL.md F1.2b)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from crossover.tokens.definitions import Definitions

# A schema deeper or larger than this is rendered as `any` from there on: definitions that point at each
# other twice would otherwise double at every step.
_DEEPEST = 40
_MOST_NODES = 20_000

_SCALARS = {
    "string": "string",
    "str": "string",
    "integer": "number",
    "int": "number",
    "number": "number",
    "float": "number",
    "boolean": "boolean",
    "bool": "boolean",
    "null": "null",
    "object": "object",
    "dict": "object",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """How a renderer lays out a schema; each flag is one rule of docs/tokens.md.

    `commented`: titles, defaults and comments at every depth; otherwise top-level descriptions only.
    `stacked_unions`: each alternative on its own line, with its own comments.
    """

    commented: bool
    stacked_unions: bool


PUBLISHED = Layout(commented=False, stacked_unions=False)
BILLED = Layout(commented=True, stacked_unions=True)
BILLED_REASONING = Layout(commented=True, stacked_unions=False)


def render_functions(functions: Sequence[Mapping[str, object]], layout: Layout) -> str:
    """The namespace text of `functions` (name, description, parameters each); "" without any."""
    if not functions:
        return ""
    lines = ["namespace functions {", ""]
    for function in functions:
        lines += [*_Renderer(layout, parameters_of(function)).function_lines(function), ""]
    return "\n".join([*lines, "} // namespace functions"])


def parameters_of(function: Mapping[str, object]) -> Mapping[str, object]:
    """The JSON Schema of a function's parameters, {} when it has none."""
    for key in (
        "parameters",
        "input_schema",
        "inputSchema",
        "parameters_json_schema",
        "parametersJsonSchema",
    ):
        schema = function.get(key)
        if isinstance(schema, Mapping):
            return schema
    return {}


def properties_of(schema: Mapping[str, object]) -> Mapping[str, object]:
    """The properties of an object schema, {} when it has none."""
    properties = schema.get("properties")
    return properties if isinstance(properties, Mapping) else {}


def comment_lines(text: object) -> list[str]:
    """One comment line per line of `text` that is not blank."""
    return [f"// {line.strip()}" for line in str(text or "").splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class _Property:
    comments: list[str]
    declaration: str
    default: str

    @property
    def is_bare(self) -> bool:
        return not self.comments and not self.default


class _Renderer:
    """Renders the parameters of one function; counts nodes so that it always ends."""

    def __init__(self, layout: Layout, root: Mapping[str, object]) -> None:
        self._layout = layout
        self._root, self._definitions = Definitions(root).resolve(root)
        self._nodes_left = _MOST_NODES

    def function_lines(self, function: Mapping[str, object]) -> Iterator[str]:
        yield from comment_lines(function.get("description"))
        name = function.get("name") or ""
        if not properties_of(self._root):
            yield f"type {name} = () => any;"
            return
        comments = "".join(f"{line}\n" for line in self._root_comments())
        yield f"type {name} = (_: {comments}{self._object(self._root, self._definitions, 0)}) => any;"

    def _root_comments(self) -> list[str]:
        return self._comments(self._root, 0) if self._layout.commented else []

    def _object(self, schema: Mapping[str, object], definitions: Definitions, depth: int) -> str:
        properties = list(self._properties(schema, definitions, depth))
        if self._layout.commented and all(one.is_bare for one in properties):
            return "{ " + ", ".join(one.declaration for one in properties) + " }"
        indent = "" if self._layout.commented else "  " * depth
        lines = ["{"]
        for one in properties:
            lines += [indent + comment for comment in one.comments]
            lines.append(f"{indent}{one.declaration},{one.default}")
        return "\n".join([*lines, "}"])

    def _properties(
        self, schema: Mapping[str, object], definitions: Definitions, depth: int
    ) -> Iterator[_Property]:
        required = schema.get("required")
        needed = set(map(str, required)) if isinstance(required, list | tuple) else set()
        for name, unresolved in properties_of(schema).items():
            declared, inside = definitions.resolve(unresolved)
            mark = "" if name in needed else "?"
            yield _Property(
                self._comments(declared, depth),
                _declaration(f"{name}{mark}:", self._type(declared, inside, depth)),
                self._default(declared),
            )

    def _comments(self, schema: Mapping[str, object], depth: int) -> list[str]:
        if self._layout.commented:
            said = [*comment_lines(schema.get("title")), *comment_lines(schema.get("description"))]
            return said + (comment_lines(f"format: {schema['format']}") if schema.get("format") else [])
        return comment_lines(schema.get("description")) if depth == 0 else []

    def _default(self, schema: Mapping[str, object]) -> str:
        if self._layout.commented and "default" in schema:
            default = schema["default"]
            bare = isinstance(default, str) and _listed_values(schema) is not None
            return f" // default: {default if bare else _literal(default)}"
        return ""

    def _type(self, schema: Mapping[str, object], definitions: Definitions, depth: int) -> str:
        self._nodes_left -= 1
        if depth > _DEEPEST or self._nodes_left < 0:
            return "any"
        options = _options(schema)
        if options is not None:
            return self._union([definitions.resolve(option) for option in options], depth)
        values = _listed_values(schema)
        if values is not None:
            return " | ".join(map(_literal, values))
        if schema.get("type") == "array":
            return self._array(*definitions.resolve(schema.get("items")), depth)
        if properties_of(schema):
            return self._object(schema, definitions, depth + 1)
        return _SCALARS.get(str(schema.get("type")), "any")

    def _union(self, options: Sequence[tuple[Mapping[str, object], Definitions]], depth: int) -> str:
        if not self._layout.stacked_unions:
            return " | ".join(self._type(*option, depth + 1) for option in options)
        lines = [""]
        for option in options:
            lines += [*self._comments(option[0], depth), f" | {self._type(*option, depth + 1)}"]
        return "\n".join([*lines, ""])

    def _array(self, items: Mapping[str, object], definitions: Definitions, depth: int) -> str:
        # Items stay on their parent's level: the published layout does not indent them further.
        text = self._type(items, definitions, depth if properties_of(items) else depth + 1)
        if self._layout.commented and text.startswith("{\n"):
            return "\n".join(["Array<", *self._comments(items, depth), text, ">"])
        return f"{text}[]"


def _declaration(name: str, type_text: str) -> str:
    return f"{name}{type_text}" if type_text.startswith("\n") else f"{name} {type_text}"


def _options(schema: Mapping[str, object]) -> Sequence[object] | None:
    """The alternatives of a union, None when the schema is not one."""
    for key in ("anyOf", "oneOf"):
        options = schema.get(key)
        if isinstance(options, list | tuple) and options:
            return options
    kinds = schema.get("type")
    if isinstance(kinds, list | tuple) and kinds and "enum" not in schema:
        return [{**schema, "type": kind} for kind in kinds]
    return None


def _listed_values(schema: Mapping[str, object]) -> Sequence[object] | None:
    values = schema.get("enum")
    if isinstance(values, list | tuple) and values:
        return values
    return [schema["const"]] if "const" in schema else None


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
