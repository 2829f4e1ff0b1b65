"""TokenProfile: what the person's own data weighs, measured once and read by every strategy."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from crossover.figure import Figure
from crossover.profile.answers_found import answers_in_documents
from crossover.profile.contradictions import (
    Agreement,
    AnswerFormat,
    PersonalData,
    agreement,
    answer_format,
    personal_data_in,
)
from crossover.profile.examples import ExamplePool, example_pool
from crossover.profile.instructions import Instructions, closed_labels, instructions_of
from crossover.profile.knowledge import Knowledge, measured_knowledge
from crossover.profile.nearest import NearestExamples
from crossover.profile.requests import Requests, has_non_text_parts, requests_of
from crossover.profile.ruler import ProfileSettings
from crossover.profile.tooling import SEARCH_TOOL, ToolUse, definition_tokens, measured_tool_use
from crossover.profile.training import TrainingRows, training_rows
from crossover.samples.types import JsonObject, QaTable, SampleSet, Slot
from crossover.tokens import Progress, counter
from crossover.tokens.messages import one_message_tokens

Tokens = NDArray[np.float64]
NO_QUESTIONS = QaTable((), (), ())


@dataclass(frozen=True, slots=True)
class TokenProfile:
    """Token counts of n requests (arrays of shape (n,)) and of everything a prompt may carry.

    `history_tokens` include message frames; `answer_tokens` are 0 where no answer is known.
    `tool_tokens` is None without tools; `knowledge` is None without documents. `search_tool_tokens`
    are those of the one tool that searches documents. `answers_in_documents` is the share of the known
    answers that a chunk contains, None without documents or answers. `labels` is the closed set the
    answers come from, empty where they are free text.
    """

    samples: SampleSet
    settings: ProfileSettings
    requests: Requests
    instructions: Instructions
    instruction_tokens: float
    question_tokens: Tokens
    answer_tokens: Tokens
    history_tokens: Tokens
    examples: ExamplePool
    nearest: NearestExamples
    tool_tokens: float | None
    search_tool_tokens: float
    tool_use: ToolUse | None
    knowledge: Knowledge | None
    training: TrainingRows
    requests_source: str
    agreement: Agreement
    answer_format: AnswerFormat
    personal_data: PersonalData
    answers_in_documents: Figure | None
    labels: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.requests)

    @property
    def non_text(self) -> bool:
        """Whether the chats carry images, audio or files, which no count here covers (E20)."""
        return any(has_non_text_parts(chat.messages) for chat in self.samples.chats)


def build_profile(
    samples: SampleSet, settings: ProfileSettings, progress: Progress | None = None
) -> TokenProfile:
    """Measure `samples` once; the result depends on nothing else (MODEL.md E34).

    `progress` hears the share of the counting that is done, 0 to 1; what it raises stops the work.
    """
    requests = requests_of(samples)
    instructions, labels = instructions_of(samples, requests), closed_labels(requests.answers)
    tools = tuple(tool.as_openai() for tool in samples.tools)
    question_tokens = settings.many(requests.questions, _first_half(progress))
    shown_answers = settings.many(requests.answers, _second_half(progress))
    knowledge = measured_knowledge(samples.documents, requests.questions, settings)
    source = samples.source(Slot.QUESTIONS if len(samples.qa) else Slot.CHATS)
    return TokenProfile(
        samples=samples,
        settings=settings,
        requests=requests,
        instructions=instructions,
        instruction_tokens=settings.one(instructions.text),
        question_tokens=question_tokens,
        answer_tokens=shown_answers / settings.input_correction,
        history_tokens=_history_tokens(requests, settings),
        examples=example_pool(question_tokens, shown_answers, settings.turn_overhead),
        nearest=NearestExamples(
            requests.questions,
            question_tokens + shown_answers + settings.turn_overhead,
            np.flatnonzero((shown_answers > 0) & (question_tokens > 0)),
        ),
        tool_tokens=definition_tokens(tools, instructions.text, settings) if tools else None,
        search_tool_tokens=definition_tokens((SEARCH_TOOL,), instructions.text, settings),
        tool_use=measured_tool_use(requests_of(replace(samples, qa=NO_QUESTIONS)), settings.one),
        knowledge=knowledge,
        training=training_rows(samples, question_tokens, shown_answers, settings),
        requests_source=source,
        agreement=agreement(requests, samples.qa.contexts if len(samples.qa) else None),
        answer_format=answer_format(requests.answers, labels),
        personal_data=personal_data_in(samples, requests),
        answers_in_documents=answers_in_documents(knowledge, requests.answers, source),
        labels=labels,
    )


def _first_half(progress: Progress | None) -> Progress | None:
    return None if progress is None else lambda share: progress(share / 2)


def _second_half(progress: Progress | None) -> Progress | None:
    return None if progress is None else lambda share: progress(0.5 + share / 2)


def _history_tokens(requests: Requests, settings: ProfileSettings) -> Tokens:
    if not any(requests.histories):
        return np.zeros(len(requests))
    sums = (sum(_turn_tokens(message, settings) for message in history) for history in requests.histories)
    return np.fromiter(sums, dtype=np.float64, count=len(requests))


def _turn_tokens(message: JsonObject, settings: ProfileSettings) -> float:
    tokens = one_message_tokens(message, counter(settings.encoding)) * settings.scale
    return tokens + (settings.answer_extra if message.get("role") == "assistant" else 0.0)
