"""Every figure speaks the language asked for; its value, unit and id are the same in all of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from crossover.assumptions import as_figure, default_assumptions
from crossover.comparison import Comparison, Outcome, compare
from crossover.cost.bill import Cadence
from crossover.demo import load_demo
from crossover.figure import Figure
from crossover.prices import load_price_book
from crossover.profile import build_profile
from crossover.scenario import Scenario
from crossover.strategies import ALL_STRATEGIES
from crossover.units import UNITS, per_words, unit_words
from crossover.words import LANGUAGES, in_language, say

FIGURE_MAKERS = {"Figure", "measured", "assumed", "derived", "price_figure"}
TODAY = Scenario(price_date=date(2026, 11, 22))
LIMITED = {
    "latency_limit_seconds": 1.0,
    "update_within_days": 1.0,
    "requests_per_minute_limit": 5.0,
    "tokens_per_minute_limit": 1_000.0,
    "budget_usd": 10.0,
    "personal_data_may_leave": False,
}
WORLDS = {
    "as it comes": {},
    "every limit": LIMITED,
    "in conversations, corrected": {"turns_per_conversation": 3, "token_correction": 1.1},
    "on GPUs": {"host": "self-hosted", "model": "gpt-oss-20b"},
    "on a device": {"host": "on-device", "model": "gpt-oss-20b"},
    "a store, in batches": {"batch": True, "vector_store": "Pinecone Standard (AWS us-east-1)"},
}


@pytest.fixture(scope="module")
def world():
    """The demo under a changed scenario, all strategies; its samples are measured once."""
    samples, book, measured = load_demo("en"), load_price_book(), {}

    def profile(samples, settings):
        if settings not in measured:
            measured[settings] = build_profile(samples, settings)
        return measured[settings]

    return lambda **changes: compare(samples, replace(TODAY, **changes), book, ALL_STRATEGIES, profile)


def figures(outcome: Outcome) -> Iterator[Figure]:
    """Every figure of an outcome, down to its leaves."""
    waiting = [*outcome.criteria.values(), *outcome.plan.quantities]
    waiting += [figure for gate in outcome.gates for figure in gate.figures]
    if cost := outcome.cost:
        waiting += [cost.per_request, cost.monthly, cost.one_off, cost.total, cost.all_in_per_request]
        waiting += [cost.present_value, *(line.figure for line in cost.lines)]
    while waiting:
        figure = waiting.pop()
        yield figure
        waiting += figure.inputs


def all_figures(comparison: Comparison) -> list[Figure]:
    """Those of all outcomes; the ones nobody can rank stand in the order of their names."""
    ids = (strategy.id for strategy in ALL_STRATEGIES)
    return [figure for id in ids for figure in figures(comparison.outcome(id))]


@pytest.mark.parametrize("changes", WORLDS.values(), ids=WORLDS)
def test_every_unit_is_one_that_the_catalogues_know(world, changes):
    known = {*UNITS, *(each.unit for each in default_assumptions().values())}
    found = {figure.unit for figure in all_figures(world(**changes))}
    assert len(found) > 10
    assert found <= known


def test_every_unit_written_in_the_core_is_one_that_the_catalogues_know(root):
    """The second argument of whatever makes a figure, where it is a plain text."""
    calls = (
        node
        for path in (root / "crossover").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in FIGURE_MAKERS and len(node.args) > 1
    )
    units = {call.args[1].value for call in calls if isinstance(call.args[1], ast.Constant)}
    assert len(units) > 20
    assert units <= set(UNITS)


@pytest.mark.parametrize("changes", WORLDS.values(), ids=WORLDS)
def test_the_language_changes_words_and_nothing_else(world, changes):
    english = all_figures(world(**changes))
    with in_language("de"):
        german = all_figures(world(**changes))
    assert [(each.value, each.unit, each.kind, each.id, each.n, each.ci, each.as_of) for each in english] == [
        (each.value, each.unit, each.kind, each.id, each.n, each.ci, each.as_of) for each in german
    ]
    changed = {one.name for one, other in zip(english, german, strict=True) if one.name != other.name}
    assert {"Cost per request", "Day rate", "Freshness"} <= changed


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_an_amount_is_for_stands_behind_one_word(code):
    """The word before it gives way to a sign: 600 USD per person-day is shown as $600 per person-day."""
    with in_language(code):
        per = [unit for unit in UNITS if unit.startswith(("USD per ", "share per "))]
        assert len({per_words(unit).split()[0] for unit in per}) == 1
        assert all(unit_words(unit).split()[0] in (say("USD"), say("share")) for unit in per)
        assert (per_words("USD"), per_words("share"), per_words("seconds")) == ("", "", "")


def test_lines_of_the_bill_are_counted_and_named_in_german(world):
    with in_language("de"):
        cost = world(horizon_months=1, overrides=(("training_trials", 1.0),)).outcome("tuning").cost
        words = [line.name for line in cost.lines] + [say(cadence) for cadence in Cadence]
    assert cost.total.name == "Summe über 1 Monat"
    assert {"Training, 1 Durchlauf", "60 weitere Beispiele labeln", "monatlich, nach Last"} <= set(words)


def test_a_value_of_ones_own_names_the_default_it_replaces():
    retraining = replace(default_assumptions()["retrain_days"], likely=0.5)
    assert as_figure(retraining, 2.0).source == f"your value; the default is 0.5 ({retraining.reason})"
    with in_language("de"):
        found = as_figure(retraining, 2.0)
        assert (found.name, found.id) == (say("Work per retraining"), "retrain_days")
    assert found.source.startswith("Ihr Wert; die Vorgabe ist 0,5 (Annahme: ")
