"""Retrieved examples: for each request the most similar of the person's own rows, shown as examples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from crossover.figure import measured
from crossover.profile import TokenProfile
from crossover.scenario import Scenario
from crossover.strategies.pieces import (
    answering_call,
    asking_parts,
    common_quantities,
    example_messages,
    instruction_part,
    shared_tokens,
    system_message,
    turn_messages,
)
from crossover.strategies.plan import Part, UsagePlan
from crossover.strategies.strategy import Named, SentRequest
from crossover.words import mark, say


@dataclass(frozen=True, slots=True)
class RetrievedExamples(Named):
    """One call; its examples differ from request to request, so only the instructions are shared."""

    id: str = "retrieved"
    name: str = mark("Retrieved examples")

    def plan(self, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
        """Instructions, the k nearest answered rows and the question (MODEL.md 2.0)."""
        k = scenario.few_shot_examples
        examples, instructions = profile.nearest.tokens(k), instruction_part(profile)
        parts = (instructions, (Part.EXAMPLES, examples), *asking_parts(profile))
        call = answering_call(parts, profile, scenario, shared_tokens(instructions))
        mean, source = float(np.mean(examples)) if len(profile) else None, profile.requests_source
        note = say("the {k} nearest by word search, never the row itself or one with the same question", k=k)
        name, searched = say("Examples, mean"), profile.nearest.searched
        figure = measured(mean, "tokens", source, searched, name=name, note=note)
        missing = () if len(profile.nearest.pool) else ("examples",)
        quantities = (*common_quantities(profile, scenario), figure)
        return UsagePlan(self.id, (call,), len(profile), missing=missing, quantities=quantities)

    def request(self, profile: TokenProfile, scenario: Scenario, row: int) -> SentRequest:
        """System message, this request's nearest examples as turns, then the sample."""
        nearest = profile.nearest.rows_of(row, scenario.few_shot_examples)
        examples = [message for near in nearest for message in example_messages(profile, near)]
        return SentRequest((system_message(profile), *examples, *turn_messages(profile, row)))
