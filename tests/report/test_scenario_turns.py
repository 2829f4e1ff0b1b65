"""Which strategies changed places between two scenarios, and from which volume on one is cheaper now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from crossover.comparison import compare
from crossover.demo import load_demo
from crossover.numbers import compact, usd
from crossover.prices import load_price_book
from crossover.report.scenario_diff import MOST_TURNS, changes_between, differences, turn_sentences
from crossover.scenario import Scenario
from crossover.words import in_language

# without caching a request costs the same at every volume, so that a volume alone moves no turning point
START = Scenario(price_date=date(2026, 11, 22), prompt_caching=False)
BOOK, SAMPLES = load_price_book(), load_demo("en")


@cache
def compared(scenario):
    return compare(SAMPLES, scenario, BOOK)


def turns(before, after):
    return turn_sentences(compared(before), compared(after))


def turning_volume(scenario, one, other):
    """Where the totals of two strategies without machines meet: the difference of what is fixed over that of
    a month's requests, worked out here without the crossings of the core."""
    fixed, each = zip(
        *(_costs(compared(scenario).outcome(id).cost.classes, scenario) for id in (one, other)), strict=True
    )
    return (fixed[0] - fixed[1]) / (each[1] - each[0])


def _costs(classes, scenario):
    months = scenario.horizon_months
    fixed = classes.one_time_usd + months * classes.monthly_usd + sum(classes.events_usd.values())
    return fixed, months * classes.per_request_usd


def test_a_turning_volume_that_moved_is_told_with_both_volumes():
    dearer = START.with_override("day_rate_usd", 900.0)
    old, new = (turning_volume(each, "tuning", "prompting") for each in (START, dearer))
    assert new > 1.05 * old
    assert turns(START, dearer) == (
        f"Fine-tuning is cheaper than prompt engineering above {compact(new)} instead of {compact(old)} "
        "requests a month.",
    )


def test_the_way_back_tells_the_volumes_the_other_way_round():
    dearer = START.with_override("day_rate_usd", 900.0)
    old, new = (turning_volume(each, "tuning", "prompting") for each in (START, dearer))
    [sentence] = turns(dearer, START)
    assert f"above {compact(old)} instead of {compact(new)} requests" in sentence


@pytest.mark.parametrize(
    "change", [{}, {"requests_per_month": 60_000.0}, {"seed": 2}, {"weights": (("latency", 2.0),)}]
)
def test_what_moves_neither_the_order_nor_a_turning_volume_is_not_told(change):
    assert turns(START, replace(START, **change)) == ()


def test_a_turning_volume_that_moved_by_little_is_no_news():
    near = START.with_override("day_rate_usd", 606.0)  # 1 % dearer
    assert turning_volume(near, "tuning", "prompting") != turning_volume(START, "tuning", "prompting")
    assert turns(START, near) == ()


def test_strategies_that_changed_places_by_volume_alone_are_told_with_their_totals():
    busy = replace(START, requests_per_month=30_000_000.0)
    first, second = (compared(busy).outcome(id).total_usd for id in ("tuning", "prompting"))
    assert compared(START).leader.strategy.id == "prompting"
    assert (
        f"Fine-tuning now costs less than prompt engineering: {usd(first)} against {usd(second)}."
        in turns(START, busy)
    )
    assert len(turns(START, busy)) <= MOST_TURNS


def test_a_turning_volume_that_came_or_went_is_told():
    """A tuned model that gets the whole prompt of the plain one saves nothing, so no volume pays for it."""
    after = replace(START, few_shot_examples=0).with_override("residual_instructions_share", 1.0)
    each = [compared(after).outcome(id).cost.classes.per_request_usd for id in ("tuning", "prompting")]
    volume = compact(turning_volume(START, "tuning", "prompting"))
    assert each[0] == each[1]
    assert turns(START, after) == (
        f"Fine-tuning is no longer cheaper than prompt engineering above {volume} requests a month.",
    )
    assert turns(after, START) == (
        f"Fine-tuning is now cheaper than prompt engineering above {volume} requests a month, and dearer "
        "below.",
    )


def test_a_strategy_that_cannot_be_chosen_turns_with_none():
    nobody = replace(START, model="a model nobody sells")
    assert turns(START, nobody) == turns(nobody, START) == ()


def test_turns_are_told_in_german():
    dearer = START.with_override("day_rate_usd", 900.0)
    with in_language("de"):
        [sentence] = turn_sentences(compared(START), compared(dearer))
        assert f"ab {compact(turning_volume(dearer, 'tuning', 'prompting'))} statt ab" in sentence
        assert sentence.endswith(".")


def test_a_difference_is_told_in_german():
    after = replace(START, chunks_per_request=7, requests_per_month=60_000.0, budget_usd=5000.0)
    with in_language("de"):
        diff = differences(START, after, lambda s: 100.0 if s == START else 520.5)
        words = {change.field: change.sentence_part for change in changes_between(START, after)}
        assert diff.headline == "+420\u00a0$ über 12 Monate: aus 100\u00a0$ wurden 520\u00a0$."
        assert diff.method.words.startswith("Jeder Anteil")
    assert words == {
        "requests_per_month": "Anfragen pro Monat von 50.000 auf 60.000",
        "chunks_per_request": f"Passagen pro Anfrage von {START.chunks_per_request} auf 7",
        "budget_usd": "Budget von nichts auf 5.000\u00a0$",
    }


def test_one_month_is_no_months():
    one = replace(START, horizon_months=1)
    with in_language("de"):
        diff = differences(one, replace(one, chunks_per_request=8), lambda s: float(s.chunks_per_request))
    assert diff.span == "über 1 Monat"
