"""Prompt engineering: the full instructions and k examples from the person's own rows."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.figure import measured
from crossover.profile import TokenProfile
from crossover.scenario import Scenario
from crossover.strategies.pieces import (
    answering_call,
    asking_parts,
    common_quantities,
    example_messages,
    instruction_part,
    system_message,
    turn_messages,
)
from crossover.strategies.plan import Part, UsagePlan
from crossover.strategies.strategy import Named, SentRequest
from crossover.words import mark, say, say_count


@dataclass(frozen=True, slots=True)
class Prompting(Named):
    """One call with everything the model needs to know in the prompt."""

    id: str = "prompting"
    name: str = mark("Prompt engineering")

    def plan(self, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
        """Instructions, k fixed examples and the question, in one call (MODEL.md 2.0)."""
        examples = profile.examples.first(scenario.few_shot_examples)
        instructions = instruction_part(profile)
        beside = profile.examples.beside(scenario.few_shot_examples, len(profile))
        parts = (instructions, (Part.EXAMPLES, beside), *asking_parts(profile))
        shared = float(instructions[1][0] + examples) if len(profile) else 0.0
        call = answering_call(parts, profile, scenario, shared)
        used = min(scenario.few_shot_examples, len(profile.examples.rows))
        source, name, note = profile.requests_source, say("Examples"), _chosen_words(used)
        figure = measured(examples, "tokens", source, used, name=name, note=note)
        quantities = (*common_quantities(profile, scenario), figure)
        return UsagePlan(self.id, (call,), len(profile), quantities=quantities)

    def request(self, profile: TokenProfile, scenario: Scenario, row: int) -> SentRequest:
        """System message, the examples as turns, then the sample."""
        shown = profile.examples.rows_beside(scenario.few_shot_examples, row)
        examples = [message for example in shown for message in example_messages(profile, example)]
        return SentRequest((system_message(profile), *examples, *turn_messages(profile, row)))


def _chosen_words(rows: int) -> str:
    return say_count(
        "{n} row whose length is nearest the median", "{n} rows whose length is nearest the median", rows
    )
