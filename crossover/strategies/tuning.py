"""Fine-tuning: a short prompt to a model trained on the person's rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from crossover.figure import Figure, derived, measured
from crossover.profile import TokenProfile
from crossover.scenario import Scenario
from crossover.strategies.pieces import (
    answering_call,
    asking_parts,
    common_quantities,
    instruction_part,
    instructions_figure,
    residual_instruction_tokens,
    turn_messages,
)
from crossover.strategies.plan import TrainingPlan, UsagePlan
from crossover.strategies.strategy import SentRequest
from crossover.tokens.messages import MESSAGE_OVERHEAD


@dataclass(frozen=True, slots=True)
class FineTuning:
    """One call at the tuned model's price; the examples live in the weights, not in the prompt."""

    id: str = "tuning"
    label: str = "Fine-tuning"

    def plan(self, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
        """Residual instructions and the question; training tokens from the rows (MODEL.md F1.6)."""
        residual = residual_instruction_tokens(profile, scenario)
        instructions = instruction_part(profile, residual)
        shared = float(instructions[1][0]) if len(profile) else 0.0
        call = answering_call((instructions, *asking_parts(profile)), profile, scenario, shared)
        training = training_plan(profile, scenario, residual)
        missing = () if len(training) else ("training rows",)
        quantities = (
            *common_quantities(profile, scenario),
            *_quantities(profile, scenario, residual, training),
        )
        return UsagePlan(self.id, (call,), training=training, missing=missing, quantities=quantities)

    def request(self, profile: TokenProfile, scenario: Scenario, row: int) -> SentRequest:
        """A short system message (its length is the assumption, its words are yours) and the sample."""
        words = shortened(profile.instructions.text, scenario.value("residual_instructions_share"))
        system = ({"role": "system", "content": words},) if words else ()
        return SentRequest((*system, *turn_messages(profile, row)))


def training_plan(profile: TokenProfile, scenario: Scenario, residual_tokens: int) -> TrainingPlan:
    """The training file: uploaded chats as they are, or rows of questions and answers as chats.

    Each example carries the tokens that prime a reply, as the published estimate does.
    """
    rows = profile.training
    tokens = rows.tokens + profile.settings.priming_tokens
    if not rows.from_chats and residual_tokens:
        tokens = tokens + residual_tokens + MESSAGE_OVERHEAD
    wanted = round(scenario.value("recommended_training_examples"))
    return TrainingPlan(tokens, max(0, wanted - len(tokens)), rows.source, rows.non_text)


def shortened(text: str, share: float) -> str:
    """The first `share` of a text's words: a stand-in for the short prompt a tuned model gets."""
    words = text.split()
    return " ".join(words[: int(np.ceil(len(words) * share))])


def _quantities(
    profile: TokenProfile, scenario: Scenario, residual: int, training: TrainingPlan
) -> tuple[Figure, ...]:
    share = scenario.assumption("residual_instructions_share")
    whole = instructions_figure(profile)
    total = float(training.example_tokens.sum())
    return (
        derived(
            residual,
            "tokens",
            "share of the instructions",
            whole,
            share,
            name="Instructions left after tuning",
        ),
        measured(total, "tokens", training.source, len(training), name="Training file, one epoch"),
    )
