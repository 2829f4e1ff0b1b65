"""The scenario: everything a team decides or assumes beside its data and the price list."""

from crossover.scenario.checks import MOST_CHUNKS, MOST_TURNS, NEVER_ZERO, InvalidScenario
from crossover.scenario.scenario import SCENARIO_VERSION, Scenario, StrategyModel

__all__ = [
    "MOST_CHUNKS",
    "MOST_TURNS",
    "NEVER_ZERO",
    "SCENARIO_VERSION",
    "InvalidScenario",
    "Scenario",
    "StrategyModel",
]
