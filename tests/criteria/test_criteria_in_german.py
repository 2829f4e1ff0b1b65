"""Criteria and their reasons in German; figures stay the same."""

from __future__ import annotations

from datetime import date

from crossover.comparison import compare
from crossover.criteria import CRITERIA
from crossover.demo import load_demo
from crossover.prices import load_price_book
from crossover.scenario import Scenario
from crossover.words import in_language

DEMO, BOOK, TODAY = load_demo("en"), load_price_book(), Scenario(price_date=date(2026, 11, 22))


def test_a_criterion_says_its_name_in_the_language_spoken():
    fresh = CRITERIA[0]
    assert fresh.label == "Freshness"
    with in_language("de"):
        assert (fresh.label, fresh.unit) == (
            "Aktualität",
            "Tage, bis ein geänderter Fakt in den Antworten ankommt",
        )


def test_reasons_list_what_stays_and_what_leaves():
    with in_language("de"):
        beside = compare(DEMO, TODAY, BOOK).outcome("rag").criteria
    assert beside["privacy"].source.startswith("fließt ab: ")
    assert beside["lock_in"].name == "Anbieterbindung"


def test_the_language_changes_no_quantity():
    english = compare(DEMO, TODAY, BOOK)
    with in_language("de"):
        german = compare(DEMO, TODAY, BOOK)
    for outcome in english.outcomes:
        same = german.outcome(outcome.strategy.id).criteria
        assert {name: each.value for name, each in outcome.criteria.items()} == {
            name: each.value for name, each in same.items()
        }
