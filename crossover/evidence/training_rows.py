"""The training examples a team has, or could write from its answered questions, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossover.evidence.sampling import blocks
from crossover.profile import TokenProfile
from crossover.profile.requests import text_of
from crossover.retrieval.text_matching import normalised
from crossover.samples.messages import example_findings, example_text
from crossover.samples.types import JsonObject
from crossover.tokens import Progress

_BLOCK = 5_000


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


def training_examples(profile: TokenProfile, progress: Progress | None = None) -> TrainingExamples:
    """The chats as they are; without chats, every answered question as a chat of two messages.

    Such a chat has no system message: how much of it stays is the strategy's choice. `progress` hears
    the share done, 0 to 1; what it raises stops the work.
    """
    rows = profile.training
    if rows.from_chats:
        messages = tuple(chat.messages for chat in profile.samples.chats)
        tools = tuple(chat.tools for chat in profile.samples.chats)
        lines = rows.lines
    else:
        asked, known = profile.requests.questions, profile.requests.answers
        messages = tuple(_pair(asked[line - 1], known[line - 1]) for line in rows.lines)
        tools = ((),) * len(messages)
        file_lines = profile.samples.qa.lines
        lines = tuple(file_lines[line - 1] if file_lines else line for line in rows.lines)
    inputs: list[str] = []
    answers: list[str] = []
    texts: list[str] = []
    for part in blocks(len(messages), _BLOCK, progress):
        for example in messages[part]:
            end = _last_answer(example)
            inputs.append(normalised(example_text(example[:end])))
            said = example[end:] if end is not None else ()
            answers.append(normalised(example_text(said)))
            texts.append(text_of(said[0]) if said else "")
    return TrainingExamples(
        messages=messages,
        tools=tools,
        inputs=tuple(inputs),
        answers=tuple(answers),
        texts=tuple(texts),
        tokens=rows.tokens + profile.settings.priming_tokens,
        lines=lines,
        source=rows.source,
    )


def until_last_answer(messages: Sequence[JsonObject]) -> tuple[JsonObject, ...] | None:
    """The messages up to the last one of the assistant, if that makes the example right; else None."""
    end = _last_answer(messages)
    if end is None or end == len(messages) - 1:
        return None
    shorter = tuple(messages[: end + 1])
    asked = any(message.get("role") == "user" for message in shorter)
    return shorter if asked and not example_findings(shorter, shorter) else None


def _pair(question: str, answer: str) -> tuple[JsonObject, ...]:
    return ({"role": "user", "content": question}, {"role": "assistant", "content": answer})


def _last_answer(messages: Sequence[JsonObject]) -> int | None:
    """Where the last message of the assistant stands; None when it never speaks."""
    spoken = [place for place, message in enumerate(messages) if message.get("role") == "assistant"]
    return spoken[-1] if spoken else None
