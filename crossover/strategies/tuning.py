"""Fine-tuning: a short prompt to a model trained on the person's rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from crossover.figure import Figure, derived, measured
from crossover.profile import TokenProfile
from crossover.samples.types import JsonObject
from crossover.scenario import Scenario
from crossover.strategies.pieces import (
    answering_call,
    asking_parts,
    common_quantities,
    instruction_part,
    instructions_figure,
    residual_instruction_tokens,
    shared_tokens,
    turn_messages,
)
from crossover.strategies.plan import Call, TrainingPlan, UsagePlan
from crossover.strategies.strategy import Named, SentRequest
from crossover.tokens.messages import MESSAGE_OVERHEAD
from crossover.words import mark, say


@dataclass(frozen=True, slots=True)
class FineTuning(Named):
    """One call at the tuned model's price; the examples live in the weights, not in the prompt."""

    id: str = "tuning"
    name: str = mark("Fine-tuning")

    def plan(self, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
        """Residual instructions and the question; training tokens from the rows (MODEL.md F1.6)."""
        instructions = instruction_part(profile, residual_instruction_tokens(profile, scenario))
        parts = (instructions, *asking_parts(profile))
        call = answering_call(parts, profile, scenario, shared_tokens(instructions))
        return tuned_plan(self.id, (call,), profile, scenario)

    def request(self, profile: TokenProfile, scenario: Scenario, row: int) -> SentRequest:
        """A short system message (its length is the assumption, its words are yours) and the sample."""
        return SentRequest((*short_system(profile, scenario), *turn_messages(profile, row)))


@dataclass(frozen=True, slots=True)
class SelfHostedLora(Named):
    """Fine-tuning of an open model on GPUs of one's own: no token price, paid by the hour (F3.8)."""

    id: str = "lora"
    name: str = mark("LoRA on your own GPUs")

    def plan(self, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
        """The prompt of fine-tuning; where it runs is the scenario's host (MODEL.md 2.0)."""
        return replace(FineTuning().plan(profile, scenario), strategy=self.id)

    def request(self, profile: TokenProfile, scenario: Scenario, row: int) -> SentRequest:
        """The request of fine-tuning, to your own server."""
        return FineTuning().request(profile, scenario, row)


def tuned_plan(
    strategy: str, calls: tuple[Call, ...], profile: TokenProfile, scenario: Scenario
) -> UsagePlan:
    """The plan of a strategy whose calls go to a model trained on the person's rows."""
    residual = residual_instruction_tokens(profile, scenario)
    training = training_plan(profile, scenario, residual)
    return UsagePlan(
        strategy,
        calls,
        len(profile),
        training=training,
        missing=() if len(training) else ("training rows",),
        quantities=(
            *common_quantities(profile, scenario),
            *_quantities(profile, scenario, residual, training),
        ),
    )


def training_plan(profile: TokenProfile, scenario: Scenario, residual: int) -> TrainingPlan:
    """The training file: uploaded chats as they are, or rows of questions and answers as chats.

    Each example carries the tokens that prime a reply, as the published estimate does.
    """
    rows = profile.training
    tokens = rows.tokens + profile.settings.priming_tokens
    if not rows.from_chats and residual:
        tokens = tokens + residual + MESSAGE_OVERHEAD
    wanted = round(scenario.value("recommended_training_examples"))
    return TrainingPlan(tokens, max(0, wanted - len(tokens)), rows.source, rows.non_text)


def short_system(profile: TokenProfile, scenario: Scenario) -> tuple[JsonObject, ...]:
    """The short system message a tuned model gets; none when nothing is left of it."""
    words = shortened(profile.instructions.text, scenario.value("residual_instructions_share"))
    return ({"role": "system", "content": words},) if words else ()


def shortened(text: str, share: float) -> str:
    """The first `share` of a text's words: a stand-in for the short prompt a tuned model gets."""
    words = text.split()
    return " ".join(words[: int(np.ceil(len(words) * share))])


def _quantities(
    profile: TokenProfile, scenario: Scenario, residual: int, training: TrainingPlan
) -> tuple[Figure, ...]:
    share = scenario.assumption("residual_instructions_share")
    whole, name = instructions_figure(profile), say("Instructions left after tuning")
    formula = say("share of the instructions")
    left = derived(residual, "tokens", formula, whole, share, name=name, id="instructions_left")
    total = float(training.example_tokens.sum())
    rows = measured(total, "tokens", training.source, len(training), name=say("Training file, one epoch"))
    return left, rows
