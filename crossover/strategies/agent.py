"""Agent loop: the model calls tools until it stops by itself, or a limit stops it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from crossover.figure import derived
from crossover.profile import TokenProfile
from crossover.scenario import Scenario
from crossover.strategies.plan import UsagePlan
from crossover.strategies.rounds import tool_traffic
from crossover.strategies.strategy import Named, SentRequest
from crossover.strategies.tools import FunctionCalling, tool_plan
from crossover.words import mark, say


@dataclass(frozen=True, slots=True)
class AgentLoop(Named):
    """Function calling whose number of rounds is drawn, not fixed: long loops weigh more (F2.9)."""

    id: str = "agent"
    name: str = mark("Agent loop")

    def plan(self, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
        """After each call the model goes on with a fixed chance, up to a limit (MODEL.md F2.9, W12).

        Every number of rounds is a call of its own with its probability: the mean number of rounds
        would understate the input, which grows faster than the rounds.
        """
        going_on, limit = (
            scenario.assumption("agent_continue_share"),
            scenario.assumption("agent_rounds_at_most"),
        )
        chance, most = going_on.value or 0.0, max(1, round(limit.value or 1))
        stops = derived(
            chance**most, "share", "MODEL.md F2.9", going_on, limit, name=say("Requests that hit the limit")
        )
        traffic = replace(
            tool_traffic(profile, scenario),
            call_share=going_on,
            round_shares=loop_round_shares(chance, most),
            rounds=stops,
        )
        plan = tool_plan(self.id, profile, scenario, traffic)
        return replace(plan, quantities=(*plan.quantities, limit))

    def request(self, profile: TokenProfile, scenario: Scenario, row: int) -> SentRequest:
        """The first prompt and the first round of the loop."""
        return FunctionCalling().request(profile, scenario, row)


def loop_round_shares(chance: float, most: int) -> tuple[float, ...]:
    """Of the requests that call at all, the share with exactly 1, 2, … `most` rounds; sums to 1."""
    exactly = [(1 - chance) * chance ** (rounds - 1) for rounds in range(1, most)]
    return (*exactly, chance ** (most - 1))
