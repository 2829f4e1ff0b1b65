"""RAG: the best chunks of the person's documents, found by search, stand before the question."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from crossover.figure import Figure, measured
from crossover.profile import Knowledge, TokenProfile
from crossover.samples.types import Slot
from crossover.scenario import Scenario
from crossover.strategies.pieces import (
    answering_call,
    asking_parts,
    common_quantities,
    instruction_part,
    system_message,
    turn_messages,
)
from crossover.strategies.plan import Part, UsagePlan
from crossover.strategies.strategy import SentRequest


@dataclass(frozen=True, slots=True)
class Rag:
    """One search and one call; the context is measured, not guessed."""

    id: str = "rag"
    label: str = "RAG"

    def plan(self, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
        """Instructions, the measured top-k chunks and the question (MODEL.md 2.0, F1.9)."""
        knowledge = profile.knowledge
        context = knowledge.context(scenario.chunks_per_request) if knowledge else np.zeros(len(profile))
        instructions = instruction_part(profile)
        history, question = asking_parts(profile)
        parts = (instructions, history, (Part.CONTEXT, context), question)
        shared = float(instructions[1][0]) if len(profile) else 0.0
        return UsagePlan(
            self.id,
            (answering_call(parts, profile, scenario, shared),),
            embedding_tokens=profile.question_tokens,
            index_tokens=knowledge.index_tokens if knowledge else 0,
            stored_vectors=len(knowledge.chunks.texts) if knowledge else 0,
            missing=() if knowledge else ("documents",),
            quantities=(
                *common_quantities(profile, scenario),
                *_quantities(profile, knowledge, scenario.chunks_per_request),
            ),
        )

    def request(self, profile: TokenProfile, scenario: Scenario, row: int) -> SentRequest:
        """System message, then one user message with the sources above the question."""
        question = profile.requests.questions[row]
        found = profile.knowledge.best(question, scenario.chunks_per_request) if profile.knowledge else ()
        context = "".join(f"[{place}] {text}\n\n" for place, (_, text) in enumerate(found, start=1))
        return SentRequest((system_message(profile), *turn_messages(profile, row, context)))


def _quantities(profile: TokenProfile, knowledge: Knowledge | None, chunks: int) -> tuple[Figure, ...]:
    if knowledge is None:
        return ()
    source = profile.samples.source(Slot.KNOWLEDGE)
    context = float(np.mean(knowledge.context(chunks))) if len(profile) else None
    note = f"BM25 over {len(knowledge.chunks.texts)} chunks, the best {chunks} per question"
    index, documents = knowledge.index_tokens, len(knowledge.documents)
    return (
        measured(context, "tokens", source, knowledge.searched, name="Context, mean", note=note),
        measured(index, "tokens", source, documents, name="Index, embedded once"),
    )
