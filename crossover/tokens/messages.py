"""What a list of chat messages costs, by the published formula (MODEL.md F1.1 and F1.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crossover.tokens.counter import TokenCounter

MESSAGE_OVERHEAD = 4  # three tokens of frame and one for the role
PRIMING = 3
CALL_OVERHEAD = 7  # an echoed tool call beside its name and arguments (F1.4)

_TEXT_KEYS = ("text", "refusal", "input_text", "output_text")


def message_tokens(
    messages: Sequence[Mapping[str, object]], count: TokenCounter, priming: int = PRIMING
) -> int:
    """Input tokens of `messages`, with the tokens that prime the reply (MODEL.md F1.1, W01).

    Parts that are not text (images, audio, files) count 0; `non_text_parts` names them.
    """
    return priming + sum(one_message_tokens(message, count) for message in messages)


def one_message_tokens(message: Mapping[str, object], count: TokenCounter) -> int:
    """Tokens of one message with its frame: role, content, name, refusal and tool calls."""
    tokens = MESSAGE_OVERHEAD - 1 + count(str(message.get("role") or "user"))
    tokens += sum(count(text) for text in content_texts(message.get("content")))
    for key in ("refusal", "name"):
        value = message.get(key)
        if isinstance(value, str) and value:
            tokens += count(value) + (key == "name")
    return tokens + sum(called_tokens(call, count) + MESSAGE_OVERHEAD - 1 for call in calls(message))


def called_tokens(call: Mapping[str, object], count: TokenCounter) -> int:
    """Tokens of one function call's name and arguments, without any frame."""
    return count(str(call.get("name") or "")) + count(str(call.get("arguments") or ""))


def calls(message: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """The function calls an assistant message carries: tool_calls and the older function_call."""
    listed = message.get("tool_calls")
    for call in listed if isinstance(listed, list | tuple) else ():
        if isinstance(call, Mapping):
            function = call.get("function") or call.get("custom")
            yield function if isinstance(function, Mapping) else call
    single = message.get("function_call")
    if isinstance(single, Mapping):
        yield single


def content_texts(content: object) -> Iterator[str]:
    """The texts in a message's content: a string, a list of parts, or nothing."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, list | tuple):
        for part in content:
            yield from _part_texts(part)


def non_text_parts(messages: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    """The type of every content part that is not text and was therefore counted 0 (E20)."""
    return tuple(
        str(part.get("type") or "unknown")
        for message in messages
        for part in _parts(message.get("content"))
        if isinstance(part, Mapping) and not any(True for _ in _part_texts(part))
    )


def _parts(content: object) -> Sequence[object]:
    return content if isinstance(content, list | tuple) else ()


def _part_texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for key in _TEXT_KEYS:
            if isinstance(part.get(key), str):
                yield str(part[key])
