"""Cost models of the demo data at three hosts, measured once for all tests of this folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from crossover.comparison import Comparison, compare
from crossover.demo import load_demo
from crossover.prices import load_price_book
from crossover.scenario import Scenario
from crossover.uncertainty import (
    CostModel,
    Subject,
    UncertainInput,
    Values,
    cost_model,
    scenario_inputs,
    today_values,
)

SCENARIOS = {
    "azure today": Scenario(price_date=date(2026, 11, 22)),
    "cached": Scenario(price_date=date(2026, 11, 22), host="openai", model="gpt-6-luna"),
    "july 2024": Scenario(
        price_date=date(2024, 7, 23),
        host="openai",
        model="gpt-4o-mini",
        prompt_caching=False,
        preset="july_2024",
    ),
}


@dataclass(frozen=True)
class Modelled:
    """A comparison with a cost model for each strategy whose total is known, leader first."""

    comparison: Comparison
    subjects: dict[str, Subject]
    models: dict[str, CostModel]
    inputs: tuple[UncertainInput, ...]
    today: Values

    def input(self, name: str) -> UncertainInput:
        return {each.name: each for each in self.inputs}[name]


def modelled(scenario: Scenario) -> Modelled:
    comparison = compare(load_demo("en"), scenario, load_price_book())
    subjects = {
        outcome.strategy.id: Subject(outcome.strategy, comparison.profile, scenario, comparison.quote)
        for outcome in comparison.outcomes
    }
    models = {name: cost_model(subject) for name, subject in subjects.items()}
    inputs = scenario_inputs(scenario, comparison.quote)
    known = {name: model for name, model in models.items() if model is not None}
    return Modelled(comparison, subjects, known, inputs, today_values(inputs))


@pytest.fixture(scope="session", params=SCENARIOS)
def everywhere(request: pytest.FixtureRequest) -> Modelled:
    return modelled(SCENARIOS[request.param])


@pytest.fixture(scope="session")
def azure() -> Modelled:
    return modelled(SCENARIOS["azure today"])
