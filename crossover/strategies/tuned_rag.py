"""Fine-tuning and RAG: a tuned model for form and behaviour, retrieved passages for the facts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from crossover.profile import TokenProfile
from crossover.scenario import Scenario
from crossover.strategies.documents import context_tokens, shown_context, with_index
from crossover.strategies.pieces import (
    answering_call,
    asking_parts,
    instruction_part,
    residual_instruction_tokens,
    shared_tokens,
    turn_messages,
)
from crossover.strategies.plan import Part, UsagePlan
from crossover.strategies.strategy import Named, SentRequest
from crossover.strategies.tuning import short_system, tuned_plan
from crossover.words import mark


@dataclass(frozen=True, slots=True)
class TunedRag(Named):
    """One call at the tuned price with passages; training rows carry passages too."""

    id: str = "tuned_rag"
    name: str = mark("Fine-tuning and RAG")

    def plan(self, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
        """Residual instructions, the measured chunks and the question (MODEL.md 2.0).

        Each training row made from a question is as much longer as a request is by its passages, so
        that the model is trained on what it will see.
        """
        context = context_tokens(profile, scenario)
        instructions = instruction_part(profile, residual_instruction_tokens(profile, scenario))
        history, question = asking_parts(profile)
        parts = (instructions, history, (Part.CONTEXT, context), question)
        call = answering_call(parts, profile, scenario, shared_tokens(instructions))
        plan = tuned_plan(self.id, (call,), profile, scenario)
        if plan.training is not None and not profile.training.from_chats and len(context):
            longer = plan.training.example_tokens + float(np.mean(context))
            plan = replace(plan, training=replace(plan.training, example_tokens=longer))
        return with_index(plan, profile, scenario)

    def request(self, profile: TokenProfile, scenario: Scenario, row: int) -> SentRequest:
        """A short system message, then the sources above the question."""
        context = shown_context(profile, scenario, row)
        return SentRequest((*short_system(profile, scenario), *turn_messages(profile, row, context)))
