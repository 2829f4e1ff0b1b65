"""Turning points and tornado: each threshold is put back into the cost stage itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.assumptions import default_assumptions
from crossover.cost import CostClasses
from crossover.cost.estimate import estimate
from crossover.figure import Kind
from crossover.uncertainty import (
    CostModel,
    UncertainInput,
    cost_difference,
    flip_sentence,
    flips,
    measure_next_sentence,
    nothing_flips_sentence,
    quote_at,
    tornado_of,
)
from crossover.uncertainty.levers import ANSWER_LENGTH, GROWTH, VOLUME


def all_flips(found):
    leader, *others = (
        found.models[outcome.strategy.id]
        for outcome in found.comparison.outcomes
        if outcome.strategy.id in found.models
    )
    return flips(leader, others, found.inputs, found.today)


def totals_at(found, flip):
    """Totals of leader and other from the cost stage with the threshold put back."""
    name, value = flip.input.name, flip.value
    for label in (flip.leader, flip.other):
        subject = next(each for each in found.subjects.values() if each.strategy.label == label)
        scenario = subject.scenario
        if name in default_assumptions():
            scenario = scenario.with_override(name, value)
        elif name in (VOLUME, GROWTH, ANSWER_LENGTH):
            scenario = replace(scenario, **{name: value})
        plan = subject.strategy.plan(subject.profile, scenario)
        yield estimate(plan, quote_at(subject.quote, {name: value}), scenario).total.value


def test_at_a_threshold_both_strategies_cost_the_same(everywhere):
    """Whole numbers have their own test below; the two names left out reach the total in other ways.

    A scenario holds no price decline, and what is left of the instructions counts in whole tokens:
    there the total jumps, and no value makes it equal.
    """
    beside = {"price_decline_per_year_share", "residual_instructions_share"}
    found = [
        flip
        for flip in all_flips(everywhere)
        if flip.value is not None and not flip.input.is_whole and flip.input.name not in beside
    ]
    assert found
    for flip in found:
        leader, other = totals_at(everywhere, flip)
        assert leader == pytest.approx(other, rel=1e-6), flip.input.name


def test_on_the_demo_data_people_not_tokens_hold_the_nearest_threshold(azure):
    nearest = all_flips(azure)[0]
    assert nearest.input.name == "person_days.prompting"
    assert nearest.needs_more


def test_every_input_that_moves_a_total_has_an_answer_for_each_rival(azure):
    leader, *others = (azure.models[outcome.strategy.id] for outcome in azure.comparison.ranked)
    found = flips(leader, others, azure.inputs, azure.today)
    expected = {
        (each.name, other.label)
        for other in others
        for each in azure.inputs
        if each.name in leader.moved_by | other.moved_by
    }
    assert {(flip.input.name, flip.other) for flip in found} == expected
    assert len(found) == len(expected)


def test_plausible_flips_come_first_then_smaller_changes_and_no_value_last(everywhere):
    found = all_flips(everywhere)
    keys = [(flip.value is None, not flip.is_plausible) for flip in found]
    assert keys == sorted(keys)
    for group in sorted(set(keys)):
        changes = [
            abs(f.change_share) for f, key in zip(found, keys, strict=True) if key == group and f.change_share
        ]
        assert changes == sorted(changes)


# ---------------------------------------------------------------- two strategies with known lines


def line(label, one_time, per_unit, name="x"):
    """A strategy that costs `one_time` plus `per_unit` times the input, at no traffic."""

    def classes(values):
        return CostClasses(one_time + per_unit * values[name], 0.0, 0.0)

    return CostModel(label, label, 1, frozenset({name}), frozenset(), classes)


def asked(today, low, high, **more):
    return UncertainInput(
        "x",
        "Input x",
        "days",
        today,
        low,
        high,
        Kind.ASSUMPTION,
        "assumed",
        **{"searched": (low, high), **more},
    )


QUIET = {VOLUME: 0.0, GROWTH: 0.0}
starts, slopes = st.floats(1, 1e4), st.floats(0, 100)


@given(st.tuples(starts, slopes), st.tuples(starts, slopes), st.floats(0, 50))
def test_two_straight_lines_meet_where_they_must_or_nowhere(one_line, other_line, today):
    each, (a, slope_a), (b, slope_b) = asked(today, 0.0, 100.0), one_line, other_line
    one, other = line("One", a, slope_a), line("Other", b, slope_b)
    (flip,) = flips(one, [other], [each], QUIET)
    meeting = (b - a) / (slope_a - slope_b) if abs(slope_a - slope_b) > 1e-6 else None
    if flip.value is not None:
        gap = cost_difference(one, other)({**QUIET, "x": flip.value})
        assert abs(gap) <= 1e-6 * (a + b)
    elif meeting is not None:
        assert not 1e-3 < meeting < 100 - 1e-3


def test_of_several_turning_points_the_nearest_to_today_is_given():
    """(x - 2)(x - 10) changes sign at 2 and at 10; 7 is nearer to 10."""
    parabola = CostModel(
        "P",
        "P",
        1,
        frozenset({"x"}),
        frozenset(),
        lambda at: CostClasses(50 + (at["x"] - 2) * (at["x"] - 10), 0.0, 0.0),
    )
    (flip,) = flips(parabola, [line("Flat", 50.0, 0.0)], [asked(7.0, 0.0, 20.0)], QUIET)
    assert flip.value == pytest.approx(10)


def test_identical_strategies_have_no_turning_point():
    """MODEL.md E16."""
    (flip,) = flips(line("A", 5.0, 2.0), [line("B", 5.0, 2.0)], [asked(1.0, 0.0, 9.0)], QUIET)
    assert flip.value is None


def test_a_whole_number_input_turns_at_a_whole_number():
    """100 + 30 x against 205: dearer from x = 4 (220); x = 3 (190) is still cheaper."""
    (flip,) = flips(line("A", 100.0, 30.0), [line("B", 205.0, 0.0)], [asked(2.0, 1, 9, is_whole=True)], QUIET)
    assert flip.value == 4


def test_a_change_from_zero_has_no_percentage_and_stands_after_those_that_have():
    """10 + 10 x reaches 30 at x = 2 and 20 at x = 1, from 0 and from 0.5 today."""
    leader = line("A", 10.0, 10.0)
    (zero,) = flips(leader, [line("B", 30.0, 0.0)], [asked(0.0, 0.0, 5.0)], QUIET)
    assert (zero.value, zero.change_share) == (pytest.approx(2), None)


# ---------------------------------------------------------------- tornado


def test_the_longest_bar_comes_first_and_bars_that_change_sides_say_so():
    """A costs 10 x + y, B costs 60: the difference today is 10*5 + 5 - 60 = -5.

    x in 1..9: -45 to 35, changes sides; y in 4..6: -6 to -4, does not.
    """
    first = CostModel(
        "A", "A", 1, frozenset("xy"), frozenset(), lambda at: CostClasses(10 * at["x"] + at["y"], 0.0, 0.0)
    )
    inputs = [replace(asked(5.0, 4.0, 6.0), name="y"), asked(5.0, 1.0, 9.0)]
    today = {**QUIET, "x": 5.0, "y": 5.0}
    bars = tornado_of(first, line("B", 60.0, 0.0), inputs, today)
    assert [(bar.input.name, bar.at_low_usd, bar.at_high_usd, bar.flips) for bar in bars] == [
        ("x", -45.0, 35.0, True),
        ("y", -6.0, -4.0, False),
    ]
    assert measure_next_sentence(bars) == (
        "Measure “Input x” next: over 1 to 9 days "
        "it moves the difference by $80.00, more than any other input."
    )


def test_every_bar_of_the_demo_data_is_the_difference_of_two_totals(azure):
    one, other = (azure.models[outcome.strategy.id] for outcome in azure.comparison.ranked[:2])
    bars = tornado_of(one, other, azure.inputs, azure.today)
    swings = [bar.swing_usd for bar in bars]
    assert swings == sorted(swings, reverse=True)
    for bar in bars:
        points = np.array([bar.input.low, bar.input.high])
        gap = one.curve_usd(bar.input.name, points, azure.today) - other.curve_usd(
            bar.input.name, points, azure.today
        )
        assert (bar.at_low_usd, bar.at_high_usd) == pytest.approx(tuple(gap), rel=1e-9)


# ---------------------------------------------------------------- sentences


def flip_of(value, today=4.0, **more):
    given_ = {"unit": "USD per day", "searched": (0.0, 100.0), **more}
    each = replace(asked(today, 2.0, 8.0), **given_)
    (found,) = flips(line("Prompt engineering", 10.0, 1.0), [line("RAG", 10.0 + value, 0.0)], [each], QUIET)
    return found


ONCE = "RAG costs no more than prompt engineering once “Input x”"


@pytest.mark.parametrize(
    ("flip", "sentence"),
    [
        (flip_of(5.0), f"{ONCE} rises to $5.00 per day (now $4.00, 25 % more, an assumption)."),
        (flip_of(3.0), f"{ONCE} falls to $3.00 per day (now $4.00, 25 % less, an assumption)."),
        (
            flip_of(40.0),
            "No plausible “Input x” ($2.00 to $8.00 per day) changes the order of prompt engineering "
            "and RAG: it would take $40.00 per day (now $4.00, 10 times as much, an assumption).",
        ),
        (
            flip_of(500.0),
            "No “Input x” between $0.00 and $100 per day makes RAG cheaper than prompt engineering.",
        ),
        (
            flip_of(0.5, today=0.0, low=0.0, unit="share per month", kind=Kind.PRICE_LIST),
            f"{ONCE} rises to 50 % per month (now 0 %, list price).",
        ),
    ],
)
def test_a_flip_reads_as_a_sentence_with_unit_distance_and_provenance(flip, sentence):
    assert flip_sentence(flip) == sentence


def test_inputs_that_change_nothing_are_named_together():
    found = [
        flip_of(500.0),
        replace(flip_of(5.0), input=replace(flip_of(5.0).input, name="y", label="Other")),
    ]
    assert nothing_flips_sentence(found, "Prompt engineering") == (
        "Nothing in the plausible range of these makes another strategy "
        "cheaper than prompt engineering: “Input x”."
    )
    assert nothing_flips_sentence(found[1:], "Prompt engineering") == ""


def test_every_flip_of_the_demo_data_has_a_sentence_of_one_line(everywhere):
    sentences = [flip_sentence(flip) for flip in all_flips(everywhere)]
    assert all(
        sentence.endswith(".") and "\n" not in sentence and "nan" not in sentence for sentence in sentences
    )
