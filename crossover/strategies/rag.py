"""RAG: the best chunks of the person's documents, found by search, stand before the question."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.profile import TokenProfile
from crossover.scenario import Scenario
from crossover.strategies.documents import context_tokens, shown_context, with_index
from crossover.strategies.pieces import (
    answering_call,
    asking_parts,
    common_quantities,
    instruction_part,
    shared_tokens,
    system_message,
    turn_messages,
)
from crossover.strategies.plan import Part, UsagePlan
from crossover.strategies.strategy import Named, SentRequest
from crossover.words import mark


@dataclass(frozen=True, slots=True)
class Rag(Named):
    """One search and one call; the context is measured, not guessed."""

    id: str = "rag"
    name: str = mark("RAG")

    def plan(self, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
        """Instructions, the measured top-k chunks and the question (MODEL.md 2.0, F1.9)."""
        instructions = instruction_part(profile)
        history, question = asking_parts(profile)
        parts = (instructions, history, (Part.CONTEXT, context_tokens(profile, scenario)), question)
        call = answering_call(parts, profile, scenario, shared_tokens(instructions))
        plan = UsagePlan(self.id, (call,), len(profile), quantities=common_quantities(profile, scenario))
        return with_index(plan, profile, scenario)

    def request(self, profile: TokenProfile, scenario: Scenario, row: int) -> SentRequest:
        """System message, then one user message with the sources above the question."""
        context = shown_context(profile, scenario, row)
        return SentRequest((system_message(profile), *turn_messages(profile, row, context)))
