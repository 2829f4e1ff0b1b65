"""The fine-tuning file the person has, or could write from their rows, in tokens (MODEL.md F1.6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossover.profile.requests import has_non_text_parts
from crossover.profile.ruler import ProfileSettings
from crossover.samples.types import Chat, JsonObject, SampleSet, Slot
from crossover.tokens import example_tokens
from crossover.tokens.messages import MESSAGE_OVERHEAD


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
    """Every message and every tool on a line is billed, as the model's bills show (docs/tokens.md)."""
    examples = [_example(chat) for chat in samples.chats]
    counted = example_tokens(examples, settings.model) - settings.priming_tokens
    lengths = np.asarray(counted * settings.input_correction, np.float64)
    lines = tuple(chat.line for chat in samples.chats)
    non_text = any(has_non_text_parts(chat.messages) for chat in samples.chats)
    return TrainingRows(lengths, lines, True, samples.source(Slot.CHATS), non_text)


def _example(chat: Chat) -> JsonObject:
    tools = {"tools": list(chat.tools)} if chat.tools else {}
    return {"messages": list(chat.messages), **tools}
