"""One sample = one request that gets one final answer, whatever shape the upload had (MODEL.md 2.0)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crossover.samples.types import Chat, JsonObject, QaTable, SampleSet
from crossover.tokens.messages import calls


@dataclass(frozen=True, slots=True)
class ToolTrace:
    """The tool work a chat shows between a question and its answer: rounds, calls and results."""

    rounds: int
    calls: tuple[tuple[str, str], ...]
    results: tuple[str, ...]


NO_TRACE = ToolTrace(0, (), ())


@dataclass(frozen=True, slots=True)
class Requests:
    """Requests as columns of equal length n.

    `histories` holds the messages before the last user turn (without the system message), `traces`
    the tool work seen.
    """

    questions: tuple[str, ...]
    answers: tuple[str, ...]
    histories: tuple[tuple[JsonObject, ...], ...]
    traces: tuple[ToolTrace, ...]

    def __len__(self) -> int:
        return len(self.questions)


def requests_of(samples: SampleSet) -> Requests:
    """The requests of an upload: its questions, or else the turns of its chats."""
    if len(samples.qa):
        return _from_questions(samples.qa)
    return _from_chats(samples.chats)


def _from_questions(qa: QaTable) -> Requests:
    return Requests(qa.questions, qa.answers, ((),) * len(qa), (NO_TRACE,) * len(qa))


def _from_chats(chats: Sequence[Chat]) -> Requests:
    turns = [turn for chat in chats for turn in _answered_turns(chat.messages)]
    if not turns:
        return Requests((), (), (), ())
    questions, answers, histories, traces = zip(*turns, strict=True)
    return Requests(questions, answers, histories, traces)


def _answered_turns(
    messages: Sequence[JsonObject],
) -> Iterator[tuple[str, str, tuple[JsonObject, ...], ToolTrace]]:
    """(question, answer, history, trace) for each assistant message that is a final answer."""
    asked: int | None = None
    for position, message in enumerate(messages):
        role = message.get("role")
        if role == "user":
            asked = position
        elif role == "assistant" and asked is not None and _is_final_answer(message):
            history = tuple(m for m in messages[:asked] if m.get("role") not in ("system", "developer"))
            trace = _trace(messages[asked + 1 : position])
            yield text_of(messages[asked]), text_of(message), history, trace


def _is_final_answer(message: JsonObject) -> bool:
    asks = message.get("tool_calls") or message.get("function_call")
    return not asks and message.get("weight") != 0


def _trace(between: Sequence[JsonObject]) -> ToolTrace:
    calling = [message for message in between if message.get("tool_calls") or message.get("function_call")]
    results = tuple(text_of(message) for message in between if message.get("role") in ("tool", "function"))
    made = tuple(call for message in calling for call in _calls(message))
    return ToolTrace(len(calling), made, results) if calling else NO_TRACE


def _calls(message: JsonObject) -> Iterator[tuple[str, str]]:
    """(name, arguments as JSON text) of each call in an assistant message."""
    for function in calls(message):
        arguments = function.get("arguments", "")
        yield (
            str(function.get("name", "")),
            arguments if isinstance(arguments, str) else json.dumps(arguments),
        )


def text_of(message: JsonObject) -> str:
    """The text of a message; of content parts, the text parts (MODEL.md E20 gates the others)."""
    content = message.get("content")
    if isinstance(content, str):
        return content
    if isinstance(content, list | tuple):
        parts = [part.get("text") for part in content if isinstance(part, dict)]
        return "\n".join(part for part in parts if isinstance(part, str))
    return ""


def has_non_text_parts(messages: Sequence[JsonObject]) -> bool:
    """Whether any message carries an image, audio or file part, which text counting leaves out."""
    parts = (
        part
        for message in messages
        if isinstance(content := message.get("content"), list | tuple)
        for part in content
    )
    return any(isinstance(part, dict) and part.get("type") not in ("text", None) for part in parts)
