"""Comparisons whose thresholds are put back: the demo data, all strategies, and data nobody here wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import pytest

from crossover.comparison import Comparison, compare
from crossover.demo import load_demo
from crossover.prices import load_price_book
from crossover.profile import ProfileSettings, TokenProfile, build_profile
from crossover.samples import SampleSet, Slot, combine, read_upload
from crossover.scenario import Scenario
from crossover.strategies import MORE_STRATEGIES
from crossover.whatif import Sureness, sureness

TODAY = Scenario(price_date=date(2026, 11, 22))
EVERYTHING = replace(TODAY, extra_strategies=tuple(each.id for each in MORE_STRATEGIES))


@dataclass
class World:
    """Samples with a scenario; `at` compares them again from the start under another scenario."""

    samples: SampleSet
    scenario: Scenario
    profiles: dict[ProfileSettings, TokenProfile] = field(default_factory=dict)

    def at(self, **changes: object) -> Comparison:
        return self.under(replace(self.scenario, **changes))

    def under(self, scenario: Scenario) -> Comparison:
        return compare(self.samples, scenario, load_price_book(), profiler=self._profile)

    @cached_property
    def comparison(self) -> Comparison:
        return self.under(self.scenario)

    @cached_property
    def sure(self) -> Sureness:
        return sureness(self.comparison)

    def _profile(self, samples: SampleSet, settings: ProfileSettings) -> TokenProfile:
        if settings not in self.profiles:
            self.profiles[settings] = build_profile(samples, settings)
        return self.profiles[settings]


@pytest.fixture(scope="session")
def demo() -> World:
    """The demo company with the four strategies of the first visit."""
    return World(load_demo("en"), TODAY)


@pytest.fixture(scope="session")
def demo_with_all(demo: World) -> World:
    """The demo company with every strategy there is."""
    return World(demo.samples, EVERYTHING, demo.profiles)


@pytest.fixture(scope="session")
def xquad(shared) -> World:
    """English questions about 24 documents."""
    folder = shared / "data/rag/xquad_en"
    pages = [
        read_upload(page.name, page.read_bytes(), slot=Slot.KNOWLEDGE)
        for page in sorted((folder / "docs").iterdir())
    ]
    questions = read_upload("qa.csv", (folder / "qa.csv").read_bytes(), slot=Slot.QUESTIONS)
    return World(combine([questions, *pages]), TODAY)


@pytest.fixture(params=["demo", "demo_with_all", "xquad"])
def world(request: pytest.FixtureRequest) -> World:
    """Each of them in turn."""
    found: World = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=["demo", "xquad"])
def first_visit(request: pytest.FixtureRequest) -> World:
    """The four strategies on either data."""
    found: World = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def changed_scenario() -> Callable[[Scenario, dict[str, float]], Scenario]:
    """`changed_scenario(scenario, {name: value})` with assumptions of one's own."""

    def change(scenario: Scenario, values: dict[str, float]) -> Scenario:
        for name, value in values.items():
            scenario = scenario.with_override(name, value)
        return scenario

    return change
