"""Fine-tuning and function calling: a tuned model that calls the person's tools."""

from __future__ import annotations

from dataclasses import dataclass, replace

from crossover.profile import TokenProfile
from crossover.scenario import Scenario
from crossover.strategies.pieces import residual_instruction_tokens, turn_messages
from crossover.strategies.plan import UsagePlan
from crossover.strategies.rounds import Rounds, round_calls, tool_traffic
from crossover.strategies.strategy import Named, SentRequest
from crossover.strategies.tools import definitions_figure, example_round, tool_base
from crossover.strategies.tuning import short_system, tuned_plan
from crossover.words import mark


@dataclass(frozen=True, slots=True)
class TunedTools(Named):
    """R + 1 calls at the tuned price; a tuned model may need shorter tool definitions."""

    id: str = "tuned_tools"
    name: str = mark("Fine-tuning and function calling")

    def plan(self, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
        """Residual instructions, what is kept of the tool definitions, the question (MODEL.md 2.0)."""
        kept, traffic = scenario.assumption("tuned_tools_kept_share"), tool_traffic(profile, scenario)
        definitions = (profile.tool_tokens or 0) * (kept.value or 0.0)
        rounds = Rounds(
            tool_base(profile, definitions, residual_instruction_tokens(profile, scenario)),
            traffic.call_share.value or 0.0,
            traffic.round_shares,
            traffic.call_tokens.value or 0.0,
            traffic.grows_by(profile),
        )
        plan = tuned_plan(self.id, tuple(round_calls(rounds, profile, scenario)), profile, scenario)
        no_tools = () if profile.tool_tokens is not None else ("tools",)
        figures = (*definitions_figure(profile), kept, *traffic.quantities)
        return replace(plan, missing=(*plan.missing, *no_tools), quantities=(*plan.quantities, *figures))

    def request(self, profile: TokenProfile, scenario: Scenario, row: int) -> SentRequest:
        """A short system message, the sample and every tool; then one round."""
        tools = tuple(tool.as_openai() for tool in profile.samples.tools)
        messages = (*short_system(profile, scenario), *turn_messages(profile, row))
        return SentRequest(messages, tools, example_round(profile, row))
