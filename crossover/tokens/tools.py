"""What tool definitions cost by the two published methods (MODEL.md F1.2a and F1.2b)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crossover.tokens.counter import TokenCounter
from crossover.tokens.definitions import Definitions
from crossover.tokens.rendering import PUBLISHED, Layout, parameters_of, properties_of, render_functions

TOOLS_OVERHEAD = 9
SYSTEM_SAVING = 4  # the tools share the frame of the system message when there is one


def tool_tokens(tools: Sequence[Mapping[str, object]], count: TokenCounter, has_system: bool) -> int:
    """Input tokens of tool definitions by their rendering (MODEL.md F1.2b, W02); 0 without tools.

    `count_request` follows the bills more closely; this is the formula that was published.
    """
    if not tools:
        return 0
    return count(render_tools(tools)) + TOOLS_OVERHEAD - (SYSTEM_SAVING if has_system else 0)


def render_tools(tools: Sequence[Mapping[str, object]], layout: Layout = PUBLISHED) -> str:
    """The tools as a TypeScript-like namespace (MODEL.md F1.2b); "" without tools.

    Takes `tools` of chat.completions, of the Responses API and the older `functions`.
    """
    return render_functions([function_of(tool) for tool in tools], layout)


def function_of(tool: Mapping[str, object]) -> Mapping[str, object]:
    """The name, description and parameters of a tool, wherever its dialect keeps them."""
    inner = tool.get("function")
    return inner if isinstance(inner, Mapping) else tool


def cookbook_tool_tokens(
    tools: Sequence[Mapping[str, object]], count: TokenCounter, per_function: int = 7
) -> int:
    """Input tokens of tool definitions by constants (MODEL.md F1.2a): a cross-check of `tool_tokens`.

    `per_function` is 7 for o200k models, 10 for gpt-4 and gpt-3.5. Nesting is ignored, as published.
    """
    if not tools:
        return 0
    return 12 + sum(per_function + _cookbook_function(function_of(tool), count) for tool in tools)


def _cookbook_function(function: Mapping[str, object], count: TokenCounter) -> int:
    tokens = count(f"{function.get('name') or ''}:{_without_stop(function.get('description'))}")
    schema = parameters_of(function)
    definitions = Definitions(schema)
    properties = [(name, definitions.resolve(one)[0]) for name, one in properties_of(schema).items()]
    tokens += 3 if properties else 0
    return tokens + sum(_cookbook_property(name, declared, count) for name, declared in properties)


def _cookbook_property(name: str, schema: Mapping[str, object], count: TokenCounter) -> int:
    kind = schema.get("type", "")
    tokens = 3 + count(f"{name}:{kind}:{_without_stop(schema.get('description'))}")
    values = schema.get("enum")
    if isinstance(values, list | tuple):
        tokens += -3 + sum(3 + count(str(value)) for value in values)
    return tokens


def _without_stop(description: object) -> str:
    return str(description or "").removesuffix(".")
