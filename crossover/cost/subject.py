"""Subject: one strategy with the data, the scenario and the prices it is costed on."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.cost.quote import Quote
from crossover.profile import TokenProfile
from crossover.scenario import Scenario
from crossover.strategies import Strategy, UsagePlan, plan_of


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """A strategy as it meets the world; `scenario` is the one for it, its own model included."""

    strategy: Strategy
    profile: TokenProfile
    scenario: Scenario
    quote: Quote

    @property
    def plan(self) -> UsagePlan:
        """What it asks of a model per request."""
        return plan_of(self.strategy, self.profile, self.scenario)
