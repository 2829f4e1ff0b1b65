"""What a structured-output schema costs, by the community's measurement (MODEL.md F1.3)."""

from __future__ import annotations

from collections.abc import Mapping

from crossover.tokens.conversation import compact_json
from crossover.tokens.counter import TokenCounter

SCHEMA_OVERHEAD = 9
_NOT_SHOWN = frozenset({"required", "additionalProperties", "$schema"})
# Keywords the API does not put into the prompt: it enforces them, or ignores them.
_NOT_BILLED = _NOT_SHOWN | {
    "default",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "minLength",
    "maxLength",
    "pattern",
    "format",
}
_NAME_MAPS = frozenset({"properties", "$defs", "definitions"})


def schema_tokens(schema: Mapping[str, object], count: TokenCounter) -> int:
    """Input tokens a `response_format` schema adds to the prompt (MODEL.md F1.3, W03)."""
    return count(compact_json(_shown(schema, _NOT_SHOWN))) + SCHEMA_OVERHEAD


def answer_format(request: Mapping[str, object]) -> Mapping[str, object] | None:
    """The name, description and schema a request asks its answer to follow; None without a schema."""
    text = request.get("text")
    asked = text.get("format") if isinstance(text, Mapping) else request.get("response_format")
    if not isinstance(asked, Mapping) or asked.get("type") != "json_schema":
        return None
    inner = asked.get("json_schema")
    return inner if isinstance(inner, Mapping) else asked


def answer_format_text(asked: Mapping[str, object], escape: bool = False) -> str:
    """The answer format as the API writes it into the prompt: a heading, then the schema as JSON.

    `escape`: letters beyond ASCII are written as \\u sequences, as gpt-4o-mini does.
    """
    description = asked.get("description")
    comment = f"// {description}\n" if description else ""
    schema = compact_json(_shown(asked.get("schema"), _NOT_BILLED), escape)
    return f"# Response Formats\n\n## {asked.get('name') or ''}\n\n{comment}{schema}"


def _shown(node: object, hidden: frozenset[str], names: bool = False) -> object:
    """`node` without the keywords in `hidden`; under `properties` every key is a name."""
    if isinstance(node, Mapping):
        return {
            key: _shown(value, hidden, names=key in _NAME_MAPS and not names)
            for key, value in node.items()
            if names or key not in hidden
        }
    if isinstance(node, list | tuple):
        return [_shown(item, hidden) for item in node]
    return node
