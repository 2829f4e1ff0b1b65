"""Every threshold of the What-if page, put back into a comparison made from the start."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crossover.assumptions import default_assumptions
from crossover.cost.estimate import estimate, traffic_of
from crossover.cost.totals import monthly_volumes, total_usd
from crossover.uncertainty import Flip, quote_at
from crossover.uncertainty.levers import DECLINE
from crossover.whatif import all_flips, flip_words
from crossover.whatif.horizon import HORIZON
from crossover.whatif.joint import PEOPLE, SUCCESS, people_values

JUMPS = {"residual_instructions_share"}
"""What is left of the instructions counts in whole tokens: the total jumps past the other one."""


def with_value(flips: tuple[Flip, ...]) -> list[Flip]:
    return [flip for flip in flips if flip.value is not None]


def totals_at(world, flip, value, changed_scenario):
    """Totals of leader and other where the input has `value`, without any cost model."""
    name, scenario = flip.input.name, world.scenario
    if name.startswith("price.") or name == DECLINE:
        return [_repriced(world, label, name, value) for label in (flip.leader, flip.other)]
    if name.startswith(PEOPLE):
        now = {each: scenario.value(each) for each in default_assumptions()}
        values = people_values(name.removeprefix(PEOPLE), value / flip.input.today, now)
        scenario = changed_scenario(scenario, values)
    elif name in default_assumptions():
        scenario = changed_scenario(scenario, {name: value})
    elif not name.startswith(SUCCESS):
        scenario = replace(scenario, **{name: int(value) if name == HORIZON else value})
    found = {each.strategy.label: each.total_usd for each in world.under(scenario).outcomes}
    leader = found[flip.leader]
    if name.startswith(SUCCESS):
        requests = float(monthly_volumes(traffic_of(scenario)).sum())
        leader += requests * value / 100 * scenario.value("failed_answer_usd")
    return [leader, found[flip.other]]


def _repriced(world, label, name, value):
    """A total at another list price or its decline, which no scenario holds: by the cost stage."""
    subject = next(o.subject for o in world.comparison.outcomes if o.strategy.label == label)
    cost = estimate(subject.plan, quote_at(subject.quote, {name: value}), subject.scenario)
    if name != DECLINE:
        return cost.total.value
    classes = replace(cost.classes, price_decline_per_year_share=value)
    return float(total_usd(classes, traffic_of(subject.scenario)))


def test_at_least_eight_sentences_carry_a_threshold(first_visit):
    found = with_value(all_flips(first_visit.sure))
    sentences = {flip_words(flip, 4.0) for flip in found}
    assert len(sentences) >= 8


def test_both_strategies_cost_the_same_at_every_threshold(world, changed_scenario):
    found = [
        flip
        for flip in with_value(all_flips(world.sure))
        if not flip.input.is_whole and flip.input.name not in JUMPS
    ]
    assert len(found) >= 8
    for flip in found:
        leader, other = totals_at(world, flip, flip.value, changed_scenario)
        assert leader == pytest.approx(other, rel=1e-6), flip_words(flip, 4.0)


def assert_turns_there_and_not_before(world, flip, changed_scenario):
    step = 1 if flip.needs_more else -1
    leader, other = totals_at(world, flip, flip.value, changed_scenario)
    assert other <= leader * (1 + 1e-9), flip_words(flip, 4.0)
    leader, other = totals_at(world, flip, flip.value - step, changed_scenario)
    assert other > leader, flip_words(flip, 4.0)


def test_a_whole_number_turns_there_and_not_one_step_nearer(demo_with_all, changed_scenario):
    found = [flip for flip in with_value(all_flips(demo_with_all.sure)) if flip.input.is_whole]
    assert found
    for flip in found:
        assert_turns_there_and_not_before(demo_with_all, flip, changed_scenario)


def test_at_a_volume_where_it_is_close_whole_numbers_turn_the_decision(demo, changed_scenario):
    """At 13 million requests a month the horizon, retraining and training rows each have a threshold."""
    world = replace(demo, scenario=replace(demo.scenario, requests_per_month=13e6))
    whole = [flip for flip in with_value(all_flips(world.sure)) if flip.input.is_whole]
    expected = {HORIZON, "retrain_every_months", "recommended_training_examples"}
    assert expected <= {flip.input.name for flip in whole}
    for flip in whole:
        assert_turns_there_and_not_before(world, flip, changed_scenario)


def test_plausible_ones_come_first_then_the_smaller_change(world):
    found = all_flips(world.sure)
    groups = [(flip.value is None, not flip.is_plausible) for flip in found]
    assert groups == sorted(groups)
    for group in set(groups):
        changes = [
            abs(flip.change_share)
            for flip, of in zip(found, groups, strict=True)
            if of == group and flip.change_share is not None
        ]
        assert changes == sorted(changes)


def test_without_people_nobody_s_time_is_asked_about(demo):
    world = replace(demo, scenario=replace(demo.scenario, count_people=False))
    names = {flip.input.name for flip in all_flips(world.sure)}
    assert not any(name.startswith((PEOPLE, "person_days", "maintenance_hours")) for name in names)


def test_a_measured_success_is_named_beside_the_threshold(demo):
    """RAG was right in 91 of 100 cases and prompt engineering in 80: eleven points."""
    shares = (("prompting", 0.8), ("rag", 0.91))
    world = replace(demo, scenario=replace(demo.scenario, success_shares=shares))
    flips = {flip.input.name: flip for flip in all_flips(world.sure)}
    assert "you measured 11" in flip_words(flips[SUCCESS + "rag"], 4.0)
    assert "not measured yet" in flip_words(flips[SUCCESS + "tools"], 4.0)


def test_a_wrong_answer_that_costs_next_to_nothing_pays_for_no_difference(demo, changed_scenario):
    scenario = changed_scenario(demo.scenario, {"failed_answer_usd": 0.001})
    world = replace(demo, scenario=scenario)
    flip = next(each for each in all_flips(world.sure) if each.input.name == SUCCESS + "rag")
    assert flip.value is None
    assert flip_words(flip, 0.001) == (
        "No difference in success pays for what RAG costs more, at $0.00100 per wrong answer."
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"requests_per_month": 0.0},
        {"horizon_months": 0},
        {"horizon_months": 0, "requests_per_month": 0.0},
        {"count_people": False, "requests_per_month": 0.0},
        {"data_may_leave": False},
    ],
)
def test_the_edges_of_a_scenario_have_an_answer_as_well(demo, changes):
    world = replace(demo, scenario=replace(demo.scenario, **changes))
    for flip in all_flips(world.sure):
        assert "nan" not in flip_words(flip, 4.0)
