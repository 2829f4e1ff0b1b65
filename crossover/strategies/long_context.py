"""Long context: all documents stand in every prompt, cached where the provider caches."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.figure import measured
from crossover.profile import TokenProfile
from crossover.samples.types import Slot
from crossover.scenario import Scenario
from crossover.strategies.pieces import (
    answering_call,
    asking_parts,
    column,
    common_quantities,
    instruction_part,
    shared_tokens,
    turn_messages,
)
from crossover.strategies.plan import Part, UsagePlan
from crossover.strategies.strategy import Named, SentRequest
from crossover.words import mark, say


@dataclass(frozen=True, slots=True)
class LongContext(Named):
    """One call without any search; the documents stand first, so that every request shares them."""

    id: str = "long_context"
    name: str = mark("Long context")

    def plan(self, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
        """Instructions, all documents and the question; the window is a gate (MODEL.md 2.0, G2)."""
        knowledge = profile.knowledge
        whole = knowledge.whole_tokens if knowledge else 0.0
        leading = (instruction_part(profile), (Part.CONTEXT, column(profile, whole)))
        parts = (*leading, *asking_parts(profile))
        call = answering_call(parts, profile, scenario, shared_tokens(*leading))
        source, documents = profile.samples.source(Slot.KNOWLEDGE), len(profile.samples.documents)
        figure = measured(whole, "tokens", source, documents, name=say("All documents"))
        missing = () if knowledge else ("documents",)
        quantities = (*common_quantities(profile, scenario), figure)
        return UsagePlan(self.id, (call,), len(profile), missing=missing, quantities=quantities)

    def request(self, profile: TokenProfile, scenario: Scenario, row: int) -> SentRequest:
        """System message with the documents below the instructions, then the sample."""
        documents = profile.knowledge.documents if profile.knowledge else ()
        texts = [f"[{place}] {document.text}" for place, document in enumerate(documents, start=1)]
        system = {"role": "system", "content": "\n\n".join([profile.instructions.text, *texts])}
        return SentRequest((system, *turn_messages(profile, row)))
