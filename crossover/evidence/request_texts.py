"""Requests as texts to compare: all that was said before an answer, and which conversation it stands in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossover.evidence.sampling import blocks
from crossover.profile import Requests, requests_of
from crossover.profile.profile import NO_QUESTIONS
from crossover.profile.requests import text_of
from crossover.retrieval.text_matching import normalised
from crossover.samples.types import Chat, JsonObject, SampleSet
from crossover.tokens import Progress
from crossover.tokens.messages import calls

_BLOCK = 5_000
_CHATS_AT_ONCE = 200
_QUESTION: JsonObject = {"role": "user", "content": "?"}


@dataclass(frozen=True, slots=True, eq=False)
class RequestTexts:
    """What each request says, normalised, as columns of equal length n, in the order of the requests.

    `texts` hold all before the answer: earlier turns, the question, tool calls and their results.
    `instructions` are the system messages, apart because many chats share a long one. `conversations`
    (n,) numbers the chats the requests stand in; a question of a table is a conversation of its own.
    """

    texts: tuple[str, ...]
    instructions: tuple[str, ...]
    conversations: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.texts)


def request_texts(samples: SampleSet, progress: Progress | None = None) -> RequestTexts:
    """The requests of an upload, as `requests_of` finds them.

    `progress` hears the share done, 0 to 1; what it raises stops the work.
    """
    if len(samples.qa):
        texts = asked_texts(requests_of(samples), progress)
        return RequestTexts(tuple(texts), ("",) * len(texts), np.arange(len(texts)))
    rows: list[tuple[str, str, int]] = []
    for part in blocks(len(samples.chats), _CHATS_AT_ONCE, progress):
        for number, chat in enumerate(samples.chats[part], start=part.start):
            rows += ((text, instructions, number) for text, instructions in _before_answers(chat))
    return RequestTexts(
        tuple(row[0] for row in rows),
        tuple(row[1] for row in rows),
        np.array([row[2] for row in rows], np.int64),
    )


def asked_texts(requests: Requests, progress: Progress | None = None) -> list[str]:
    """What people said up to their question, normalised, without the tool work that followed it."""
    texts: list[str] = []
    for part in blocks(len(requests), _BLOCK, progress):
        pairs = zip(requests.histories[part], requests.questions[part], strict=True)
        texts += [normalised(" ".join((*map(text_of, history), question))) for history, question in pairs]
    return texts


def _before_answers(chat: Chat) -> Iterator[tuple[str, str]]:
    """(text, instructions) before each final answer of one chat."""
    said: list[str] = []
    instructions: list[str] = []
    asked = False
    for message in chat.messages:
        if asked and _is_final_answer(message):
            yield " ".join(filter(None, said)), " ".join(instructions)
        asked = asked or message.get("role") == "user"
        words = normalised(" ".join(_said(message)))
        (instructions if message.get("role") in ("system", "developer") else said).append(words)


def _is_final_answer(message: JsonObject) -> bool:
    """Whether a message behind a question makes it a request, by the rule of `requests_of`."""
    if message.get("role") != "assistant":
        return False
    return len(requests_of(SampleSet(qa=NO_QUESTIONS, chats=(Chat((_QUESTION, message), 1),)))) == 1


def _said(message: JsonObject) -> Iterator[str]:
    """The words of a message and its calls; the numbers of calls differ without telling anything."""
    yield text_of(message)
    for call in calls(message):
        arguments = call.get("arguments") or ""
        yield str(call.get("name") or "")
        yield arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
