"""The training examples a team has, or could write from its answered questions, one by one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossover.evidence.text_matching import normalised
from crossover.profile import TokenProfile
from crossover.profile.requests import text_of
from crossover.samples.messages import example_text
from crossover.samples.types import JsonObject


@dataclass(frozen=True, slots=True, eq=False)
class TrainingExamples:
    """Examples as columns of equal length, in the order of `profile.training`.

    `tokens` (n,) are billed per epoch, priming included; `inputs` and `answers` are normalised: all
    that stands before the last answer, and that answer with its calls. `texts` are the answers' words
    as written, "" for a mere call. `lines` are the places in the file, `tools` the definitions there.
    """

    messages: tuple[tuple[JsonObject, ...], ...]
    tools: tuple[tuple[JsonObject, ...], ...]
    inputs: tuple[str, ...]
    answers: tuple[str, ...]
    texts: tuple[str, ...]
    tokens: NDArray[np.float64]
    lines: tuple[int, ...]
    source: str

    def __len__(self) -> int:
        return len(self.messages)


def training_examples(profile: TokenProfile) -> TrainingExamples:
    """The chats as they are; without chats, every answered question as a chat of two messages.

    Such a chat has no system message: how much of it stays is the strategy's choice.
    """
    rows = profile.training
    if rows.from_chats:
        messages = tuple(chat.messages for chat in profile.samples.chats)
        tools = tuple(chat.tools for chat in profile.samples.chats)
        lines = rows.lines
    else:
        asked, answers = profile.requests.questions, profile.requests.answers
        messages = tuple(_pair(asked[line - 1], answers[line - 1]) for line in rows.lines)
        tools = ((),) * len(messages)
        file_lines = profile.samples.qa.lines
        lines = tuple(file_lines[line - 1] if file_lines else line for line in rows.lines)
    ends = [_last_answer(example) for example in messages]
    said = [example[end:] if end is not None else () for example, end in zip(messages, ends, strict=True)]
    return TrainingExamples(
        messages=messages,
        tools=tools,
        inputs=tuple(
            normalised(example_text(example[:end])) for example, end in zip(messages, ends, strict=True)
        ),
        answers=tuple(normalised(example_text(answer)) for answer in said),
        texts=tuple(text_of(answer[0]) if answer else "" for answer in said),
        tokens=rows.tokens + profile.settings.priming_tokens,
        lines=lines,
        source=rows.source,
    )


def _pair(question: str, answer: str) -> tuple[JsonObject, ...]:
    return ({"role": "user", "content": question}, {"role": "assistant", "content": answer})


def _last_answer(messages: tuple[JsonObject, ...]) -> int | None:
    """Where the last message of the assistant stands; None when it never speaks."""
    spoken = [place for place, message in enumerate(messages) if message.get("role") == "assistant"]
    return spoken[-1] if spoken else None
