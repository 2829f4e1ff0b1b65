"""Thresholds on questions and documents nobody here wrote, put back into the cost stage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crossover.assumptions import default_assumptions
from crossover.comparison import compare
from crossover.cost.estimate import estimate
from crossover.prices import load_price_book
from crossover.samples import Slot, combine, read_upload
from crossover.scenario import Scenario
from crossover.uncertainty import (
    Subject,
    cost_model,
    draw,
    flip_sentence,
    flips,
    sampled_totals,
    scenario_inputs,
    standings,
    today_values,
)

TODAY = Scenario(price_date=date(2026, 11, 22))


@pytest.fixture(scope="module")
def xquad(shared):
    folder = shared / "data/rag/xquad_en"
    pages = [
        read_upload(page.name, page.read_bytes(), slot=Slot.KNOWLEDGE)
        for page in sorted((folder / "docs").iterdir())
    ]
    return combine([read_upload("qa.csv", (folder / "qa.csv").read_bytes(), slot=Slot.QUESTIONS), *pages])


@pytest.fixture(scope="module")
def comparison(xquad):
    return compare(xquad, TODAY, load_price_book())


def total_usd(subject, scenario):
    plan = subject.strategy.plan(subject.profile, scenario)
    return estimate(plan, subject.quote, scenario).total.value


@pytest.mark.parametrize("counts_people", [True, False])
def test_every_threshold_makes_two_totals_equal(comparison, counts_people):
    scenario = replace(TODAY, count_people=counts_people)
    subjects = {
        outcome.strategy.label: Subject(outcome.strategy, comparison.profile, scenario, comparison.quote)
        for outcome in comparison.ranked
    }
    inputs = scenario_inputs(scenario, comparison.quote)
    today = today_values(inputs)
    leader, *others = sorted(map(cost_model, subjects.values()), key=lambda each: each.total_usd(today))
    found = [flip for flip in flips(leader, others, inputs, today) if flip.value is not None]
    assert found
    for flip in found:
        name = flip.input.name
        if name in default_assumptions():
            changed = scenario.with_override(name, flip.value)
        elif hasattr(scenario, name):
            changed = replace(scenario, **{name: flip.value})
        else:
            continue  # a list price or its decline, which no scenario holds
        totals = [total_usd(subjects[label], changed) for label in (flip.leader, flip.other)]
        assert totals[0] == pytest.approx(totals[1], rel=1e-6), flip_sentence(flip)


def test_ten_thousand_draws_name_the_cheapest_with_its_chance(comparison):
    inputs = scenario_inputs(TODAY, comparison.quote)
    models = [
        cost_model(Subject(outcome.strategy, comparison.profile, TODAY, comparison.quote))
        for outcome in comparison.ranked
    ]
    found = standings(sampled_totals(models, draw(inputs, 1, 10_000), 10_000))
    assert sum(each.cheapest_share for each in found) == pytest.approx(1)
    assert found[0].regret_usd == min(each.regret_usd for each in found)
