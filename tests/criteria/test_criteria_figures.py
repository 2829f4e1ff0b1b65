"""Every criterion of every strategy: quantities read off the plan, each with its provenance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crossover.cost.estimate import estimate
from crossover.cost.quote import quote
from crossover.criteria import ANCHORS, COST, CRITERIA, SCORED, criteria, default_weights
from crossover.figure import Kind
from crossover.prices import load_price_book
from crossover.profile import ProfileSettings, build_profile
from crossover.samples import Document, QaTable, SampleSet, Tool
from crossover.scenario import Scenario
from crossover.strategies import ALL_STRATEGIES, plan_of

TODAY = Scenario(price_date=date(2026, 11, 22))
STRATEGIES = {strategy.id: strategy for strategy in ALL_STRATEGIES}
EVERY_STRATEGY = pytest.mark.parametrize("strategy", STRATEGIES)
BOOK = load_price_book()


def upload(answers):
    questions = tuple(f"Where is order {number}?" for number in range(len(answers)))
    return SampleSet(
        qa=QaTable(questions, tuple(answers), tuple(range(2, len(answers) + 2))),
        documents=(Document("returns.txt", "Returns are free within thirty days. " * 60),),
        tools=(Tool("order_status", "Looks an order up.", {"type": "object", "properties": {}}),),
    )


@pytest.fixture(scope="module")
def profile():
    return build_profile(upload(["sent"] * 20 + ["lost"] * 20), ProfileSettings())


@pytest.fixture
def found(profile):
    """The criteria of a strategy under a changed scenario."""

    def run(strategy, of=None, **changes):
        scenario = replace(TODAY, **changes)
        plan = plan_of(STRATEGIES[strategy], of or profile, scenario)
        return criteria(plan, scenario, 0.5, of or profile)

    return run


@EVERY_STRATEGY
def test_every_criterion_has_a_figure_that_says_where_it_comes_from(found, strategy):
    figures = found(strategy)
    assert list(figures) == [criterion.id for criterion in CRITERIA]
    for figure in figures.values():
        assert figure.name
        assert figure.unit
        for leaf in figure.leaves():
            assert leaf.source
            assert leaf.kind is not Kind.DERIVED


@EVERY_STRATEGY
def test_only_quality_is_unknown_until_it_is_measured(found, strategy):
    figures = found(strategy)
    assert [name for name, figure in figures.items() if figure.value is None] == ["quality"]
    assert "not measured" in figures["quality"].note
    assert found(strategy, success_shares=((strategy, 0.82),))["quality"].value == 0.82


@EVERY_STRATEGY
def test_without_the_rows_only_what_hangs_on_them_is_unknown(profile, strategy):
    figures = criteria(plan_of(STRATEGIES[strategy], profile, TODAY), TODAY, 0.5)
    assert {name for name, figure in figures.items() if figure.value is None} <= {"quality", "data_needed"}


@pytest.mark.parametrize(
    ("strategy", "quantities"),
    [
        # strategy, how far an answer can be traced, behaviours, things that do not move, data that leaves
        ("prompting", [1, 1, 0, 1]),
        ("retrieved", [1, 1, 0, 2]),
        ("long_context", [1, 1, 0, 2]),
        ("rag", [3, 1, 1, 2]),
        ("rag_rerank", [3, 1, 1, 2]),
        ("rag_tool", [3, 1, 1, 2]),
        ("tools", [2, 1, 0, 1]),
        ("agent", [2, 1, 0, 1]),
        ("tuning", [0, 4, 1, 2]),
        ("tuned_rag", [3, 4, 2, 3]),
        ("tuned_tools", [2, 4, 1, 2]),
        ("router", [1, 1, 1, 2]),
        ("classifier", [0, 1, 0, 0]),
    ],
)
def test_the_rules_follow_the_shape_of_the_plan(found, strategy, quantities):
    """Retrained every six months a tuned model changes 3 behaviours and once more in the year."""
    figures = found(strategy)
    names = ("explainability", "regression", "lock_in", "privacy")
    assert [figures[name].value for name in names] == quantities


def test_open_weights_and_an_index_of_ones_own_lock_nobody_in(found):
    own = {"host": "self-hosted", "overrides": (("vector_store_usd_per_month", 0.0),)}
    assert [found(strategy, **own)["lock_in"].value for strategy in ("lora", "rag", "tuned_rag")] == [0, 0, 0]
    assert found("rag", host="self-hosted", vector_store="Pinecone Builder")["lock_in"].value == 1
    assert found("tuned_rag", host="self-hosted")["privacy"].value == 0


def test_rows_still_to_be_labelled_are_those_missing_from_what_is_recommended(found):
    """Forty rows are there: 100 - 40 for training, none for a handful of examples."""
    needed = {strategy: found(strategy)["data_needed"].value for strategy in STRATEGIES}
    assert {name for name, value in needed.items() if value} == {
        "tuning",
        "lora",
        "tuned_rag",
        "tuned_tools",
        "classifier",
    }
    assert set(needed.values()) == {0, 60}


def test_two_rows_leave_three_examples_of_five_to_write(found):
    few = build_profile(upload(["sent", "lost"]), ProfileSettings())
    assert found("prompting", of=few)["data_needed"].value == 3
    assert found("rag", of=few)["data_needed"].value == 0


def test_a_classifier_keeps_its_format_others_are_as_irregular_as_the_answers(found):
    """Five of forty-five JSON answers have other keys."""
    json_rows = build_profile(upload(['{"a": 1}'] * 40 + ['{"b": 1}'] * 5), ProfileSettings())
    assert found("classifier")["format"].value == 0
    measured = found("prompting", of=json_rows)["format"]
    assert (measured.value, measured.kind, measured.n) == (pytest.approx(1 / 9), Kind.MEASURED, 45)
    texts = build_profile(upload(["It is on its way.", "It was lost, sorry."]), ProfileSettings())
    assert found("prompting", of=texts)["format"].value == TODAY.value("failed_attempt_share")


@EVERY_STRATEGY
def test_days_and_hours_come_from_the_assumptions_of_the_strategy(found, strategy):
    changed = tuple(
        sorted(
            {
                f"person_days.{strategy}": 30.0,
                f"maintenance_hours.{strategy}": 9.0,
                "team_people": 3.0,
            }.items()
        )
    )
    figures = found(strategy, overrides=changed)
    assert (figures["time_to_first"].value, figures["maintenance"].value) == (10, 9)


def test_with_a_cost_the_total_stands_among_the_criteria(profile):
    plan = plan_of(STRATEGIES["prompting"], profile, TODAY)
    cost = estimate(plan, quote(BOOK, TODAY), TODAY)
    assert criteria(plan, TODAY, 0.5, profile, cost)["cost"] is cost.total


def test_the_catalogue_is_whole():
    ids = [criterion.id for criterion in SCORED]
    assert len(set(ids)) == len(ids) == 12
    assert COST not in CRITERIA
    assert {criterion.id for criterion in SCORED if criterion.more_is_better} == {"explainability", "quality"}
    for criterion in SCORED:
        if criterion.anchor is not None:
            assert (criterion.anchor.best > criterion.anchor.worst) == criterion.more_is_better
            assert ANCHORS[criterion.id] == criterion.anchor


def test_cost_weighs_as_much_as_the_ten_others_that_need_no_evaluation():
    weights = default_weights()
    others = [weights[each.id] for each in CRITERIA if not each.is_measured_only]
    assert weights["cost"] == sum(others)
    assert len(set(others)) == 1
