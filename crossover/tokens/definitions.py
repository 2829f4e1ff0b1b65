"""Local `$ref` references of a JSON Schema, followed without ever going round in a circle."""

from __future__ import annotations

from collections.abc import Mapping


class Definitions:
    """Where the references of one schema lead; a reference to itself or to elsewhere ends as {}."""

    def __init__(self, root: Mapping[str, object], seen: frozenset[str] = frozenset()) -> None:
        self._root = root
        self._seen = seen

    def resolve(self, schema: object) -> tuple[Mapping[str, object], Definitions]:
        """`schema` with its reference followed, and the definitions to read inside it."""
        if not isinstance(schema, Mapping):
            return {}, self
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return schema, self
        target = None if reference in self._seen else _look_up(self._root, reference)
        found, inside = Definitions(self._root, self._seen | {reference}).resolve(target)
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        return {**found, **beside}, inside


def _look_up(root: Mapping[str, object], reference: str) -> object:
    if not reference.startswith("#"):
        return None
    node: object = root
    for part in reference.removeprefix("#").split("/"):
        if part:
            node = node.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(node, Mapping) else None
    return node
