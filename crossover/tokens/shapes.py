"""Requests of other vendors, rewritten in OpenAI's shape so that one accountant reads them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crossover.tokens.conversation import mappings


def openai_shaped(request: Mapping[str, object]) -> Mapping[str, object]:
    """`request` with system text, content blocks and tools where chat.completions has them.

    Reads Anthropic's messages and Gemini's contents; what is OpenAI-shaped already is kept.
    """
    messages = request.get("messages", request.get("contents"))
    system = request.get("system", request.get("systemInstruction", request.get("system_instruction")))
    if not isinstance(messages, list | tuple):
        return request
    shaped = [{"role": "system", "content": _text_of(system)}] if system else []
    shaped += [one for message in mappings(messages) for one in _messages_in(message)]
    return {**request, "messages": shaped, "tools": list(_tools_in(request.get("tools")))}


def _messages_in(message: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """A message, its tool results as messages of their own in front of it."""
    blocks = message.get("content", message.get("parts"))
    if not isinstance(blocks, list | tuple):
        yield dict(message)
        return
    calls, kept = [], []
    for block in blocks:
        if not isinstance(block, Mapping):
            kept.append(block)
        elif (result := _result_in(block)) is not None:
            yield {"role": "tool", "content": result}
        elif (call := _call_in(block)) is not None:
            calls.append({"function": call})
        else:
            kept.append(block)
    if kept or calls or not blocks:
        role = "assistant" if message.get("role") == "model" else message.get("role", "user")
        yield {**message, "role": role, "content": kept, **({"tool_calls": calls} if calls else {})}


def _call_in(block: Mapping[str, object]) -> dict[str, object] | None:
    if block.get("type") == "tool_use":
        return {"name": block.get("name"), "arguments": block.get("input")}
    call = block.get("functionCall", block.get("function_call"))
    if isinstance(call, Mapping):
        return {"name": call.get("name"), "arguments": call.get("args")}
    return None


def _result_in(block: Mapping[str, object]) -> object | None:
    if block.get("type") == "tool_result":
        return block.get("content") or ""
    result = block.get("functionResponse", block.get("function_response"))
    return result.get("response") or "" if isinstance(result, Mapping) else None


def _text_of(system: object) -> object:
    if isinstance(system, Mapping):
        return system.get("parts", system.get("text", ""))
    return system


def _tools_in(tools: object) -> Iterator[Mapping[str, object]]:
    """Tools as one flat list; Gemini groups them under functionDeclarations."""
    listed = (tools,) if isinstance(tools, Mapping) else mappings(tools)
    for tool in listed:
        declared = tool.get("functionDeclarations", tool.get("function_declarations"))
        if declared is None:
            yield tool
        else:
            yield from mappings(declared)
