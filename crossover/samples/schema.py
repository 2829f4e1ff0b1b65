"""JSON Schema of tool parameters: dialects put right, references named, everything finite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_TYPES = {
    **dict.fromkeys(("dict", "hashmap", "map", "record", "struct"), "object"),
    **dict.fromkeys(("float", "double", "decimal"), "number"),
    **dict.fromkeys(("int", "long", "short", "byte", "bigint"), "integer"),
    **dict.fromkeys(("tuple", "list", "arraylist", "set", "sequence"), "array"),
    **dict.fromkeys(("bool",), "boolean"),
    **dict.fromkeys(("str", "char", "text"), "string"),
}
_DEEPEST_REFERENCE = 12
_STANDARD = {"object", "array", "string", "number", "integer", "boolean", "null"}
_ANY = {"any", "mixed", "unknown"}
_BY_NAME = {"properties", "patternProperties", "$defs", "definitions", "dependentSchemas"}
_SCHEMAS = {
    "items",
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "prefixItems",
}
_SCHEMAS |= {"anyOf", "oneOf", "allOf", "additionalItems", "unevaluatedProperties"}


@dataclass(slots=True)
class SchemaFindings:
    """What was put right in the schemas of one tool, and what could not be."""

    odd_types: set[str] = field(default_factory=set)
    lost_references: set[str] = field(default_factory=set)
    largest_enum: int = 0
    too_large: bool = False


@dataclass(slots=True)
class SchemaCleaner:
    """Rewrites schemas against one root document; `inline` copies referenced parts in (OpenAPI).

    Without `inline`, local references stay as the author wrote them, since the root travels along.
    A reference that leads nowhere in this file is replaced by {} (anything) and named; it is never fetched.
    """

    root: object
    inline: bool
    nodes_left: int
    findings: SchemaFindings = field(default_factory=SchemaFindings)

    def clean(self, schema: object, inside: tuple[str, ...] = ()) -> object:
        """`schema` as standard JSON Schema; `inside` are the references being copied right now."""
        self.nodes_left -= 1
        if self.nodes_left < 0 or len(inside) > _DEEPEST_REFERENCE:
            self.findings.too_large = True
            return {}
        if isinstance(schema, list):
            return [self.clean(item, inside) for item in schema]
        if not isinstance(schema, Mapping):
            return schema if isinstance(schema, bool) else {}
        reference = schema.get("$ref")
        if isinstance(reference, str):
            return self._referenced(reference, schema, inside)
        return self._cleaned_fields(schema, inside)

    def _cleaned_fields(self, schema: Mapping[str, object], inside: tuple[str, ...]) -> dict[str, object]:
        result: dict[str, object] = {}
        for key, value in schema.items():
            if key == "type":
                kind = self._type(value)
                result |= {} if kind is None else {"type": kind}
            elif key in _BY_NAME and isinstance(value, Mapping):
                result[key] = {str(name): self.clean(part, inside) for name, part in value.items()}
            elif key in _SCHEMAS:
                result[key] = self.clean(value, inside)
            else:
                result[key] = value
        values = schema.get("enum")
        self.findings.largest_enum = max(
            self.findings.largest_enum, len(values) if isinstance(values, list) else 0
        )
        return result

    def _type(self, value: object) -> object:
        """The standard name of a type; None for "any" and for names nobody knows."""
        if isinstance(value, list):
            known = [kind for kind in map(self._type, value) if kind is not None]
            return known or None
        name = value.lower() if isinstance(value, str) else ""
        if value in _STANDARD:
            return value
        if name in _STANDARD:  # Gemini writes OBJECT, STRING: its own documented spelling
            return name
        self.findings.odd_types.add(str(value)[:40])
        return None if name in _ANY else _TYPES.get(name)

    def _referenced(self, reference: str, schema: Mapping[str, object], inside: tuple[str, ...]) -> object:
        target = resolve(self.root, reference)
        if target is None:
            self.findings.lost_references.add(reference[:100])
            return self._cleaned_fields({k: v for k, v in schema.items() if k != "$ref"}, inside)
        if not self.inline:
            return dict(schema)
        if reference in inside:
            return {"type": "object", "description": f"Again a {reference.rpartition('/')[2]}."}
        return self.clean(target, (*inside, reference))


def resolve(root: object, reference: str) -> object | None:
    """What a local JSON pointer ("#/…") leads to inside `root`; None for anything else, never fetched."""
    if not reference.startswith("#"):
        return None
    place: object = root
    for part in reference[1:].split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(place, Mapping) and name in place:
            place = place[name]
        elif isinstance(place, list) and name.isdecimal() and int(name[:9]) < len(place):
            place = place[int(name[:9])]
        else:
            return None
    return place
