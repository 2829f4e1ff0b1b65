"""The fine-tuning file the person has, or could write from their rows, in tokens (MODEL.md F1.6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossover.profile.requests import has_non_text_parts
from crossover.profile.ruler import ProfileSettings
from crossover.samples.types import Chat, SampleSet, Slot
from crossover.tokens import TokenCounter, counter
from crossover.tokens.messages import MESSAGE_OVERHEAD, one_message_tokens
from crossover.tokens.tools import tool_tokens


@dataclass(frozen=True, slots=True)
class TrainingRows:
    """Training examples; `tokens` has one length per example, without the tokens that prime a reply.

    `from_chats` tells uploaded chats from rows made of questions and answers; the latter carry no
    system message yet, because its length is the strategy's choice. `lines` are their places in the file.
    """

    tokens: NDArray[np.float64]
    lines: tuple[int, ...]
    from_chats: bool
    source: str
    non_text: bool


def training_rows(
    samples: SampleSet,
    question_tokens: NDArray[np.float64],
    answer_tokens: NDArray[np.float64],
    settings: ProfileSettings,
) -> TrainingRows:
    """Uploaded chats as they are; without chats, every question that has an answer."""
    if samples.chats:
        return _from_chats(samples, settings)
    answered = np.flatnonzero((answer_tokens > 0) & (question_tokens > 0))
    lengths = (question_tokens + answer_tokens)[answered] + 2 * MESSAGE_OVERHEAD
    return TrainingRows(lengths, tuple((answered + 1).tolist()), False, samples.source(Slot.QUESTIONS), False)


def _from_chats(samples: SampleSet, settings: ProfileSettings) -> TrainingRows:
    count = counter(settings.encoding)
    schemas: dict[str, int] = {}
    lengths = [_chat_tokens(chat, count, schemas) * settings.scale for chat in samples.chats]
    lines = tuple(chat.line for chat in samples.chats)
    non_text = any(has_non_text_parts(chat.messages) for chat in samples.chats)
    return TrainingRows(
        np.array(lengths, dtype=np.float64), lines, True, samples.source(Slot.CHATS), non_text
    )


def _chat_tokens(chat: Chat, count: TokenCounter, schemas: dict[str, int]) -> int:
    """An example as it is billed for training: its messages and the tools on its line (F1.6).

    The same tools often repeat on every line; `schemas` remembers those already counted.
    """
    messages = sum(one_message_tokens(message, count) for message in chat.messages)
    has_system = any(message.get("role") in ("system", "developer") for message in chat.messages)
    key = repr((chat.tools, has_system))
    if key not in schemas:
        schemas[key] = tool_tokens(chat.tools, count, has_system)
    return messages + schemas[key]
