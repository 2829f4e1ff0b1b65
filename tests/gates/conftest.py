"""One strategy on a small upload, as the gates see it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_uploads import SHOP, STRATEGIES, TODAY

from crossover.cost.estimate import estimate
from crossover.cost.quote import quote
from crossover.gates import Checked, gates
from crossover.prices import load_price_book
from crossover.profile import ProfileSettings, build_profile
from crossover.strategies import plan_of
from crossover.tokens import model_facts

BOOK = load_price_book()


@pytest.fixture(scope="session")
def profiles():
    """Profiles by identity of their samples, so that each upload is measured once."""
    return {}


@pytest.fixture
def check(profiles):
    """The Checked of a strategy on an upload under a changed scenario, its cost included."""

    def run(strategy, samples=None, facts=None, **changes):
        samples = SHOP if samples is None else samples
        scenario = replace(TODAY, **changes)
        _, profile = profiles.setdefault(id(samples), (samples, build_profile(samples, ProfileSettings())))
        plan = plan_of(STRATEGIES[strategy], profile, scenario)
        prices = quote(BOOK, scenario)
        model = replace(model_facts(scenario.model), **(facts or {}))
        return Checked(plan, profile, scenario, prices, model, estimate(plan, prices, scenario))

    return run


@pytest.fixture
def gate(check):
    """The one gate of an id, None where it has nothing to say."""

    def run(gate_id, strategy, samples=None, facts=None, **changes):
        found = [each for each in gates(check(strategy, samples, facts, **changes)) if each.id == gate_id]
        assert len(found) <= 1
        return found[0] if found else None

    return run
