"""What a structured-output schema costs, by the community's measurement (MODEL.md F1.3)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from crossover.tokens.counter import TokenCounter

SCHEMA_OVERHEAD = 9
_NOT_SHOWN = frozenset({"required", "additionalProperties", "$schema"})
_NAME_MAPS = frozenset({"properties", "$defs", "definitions"})


def schema_tokens(schema: Mapping[str, object], count: TokenCounter) -> int:
    """Input tokens a `response_format` schema adds to the prompt (MODEL.md F1.3, W03)."""
    return count(compact_json(_shown(schema))) + SCHEMA_OVERHEAD


def compact_json(value: object) -> str:
    """`value` as JSON without blanks, letters kept as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _shown(node: object, names: bool = False) -> object:
    """`node` without the keywords the API does not show; under `properties` every key is a name."""
    if isinstance(node, Mapping):
        return {
            key: _shown(value, names=key in _NAME_MAPS and not names)
            for key, value in node.items()
            if names or key not in _NOT_SHOWN
        }
    if isinstance(node, list | tuple):
        return [_shown(item) for item in node]
    return node
