"""scored(): from figures to places, with everything that can be unknown, gated or equal."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.criteria import InvalidCriteria, RankInterval, anchors_for, scored, tie_sentence
from crossover.figure import assumed, measured

DAYS_WORST = np.log1p(120)


def figures(**quantities):
    """Figures by criterion id; None is unknown."""
    return {
        name: measured(None, "-", "not measured", None)
        if value is None
        else assumed(value, "-", "for the test")
        for name, value in quantities.items()
    }


THREE = {
    "prompting": figures(cost=4_000, freshness=1, explainability=1),
    "rag": figures(cost=13_000, freshness=7, explainability=3),
    "tuning": figures(cost=8_900, freshness=180, explainability=0),
}


def test_a_score_is_the_sum_of_weight_times_value():
    """Weights 10, 1, 1 of 12. Prompting costs least (1), ln(121/2) / ln 121 fresh, traced 1/3 of the way.

    RAG: ln(13/40) / ln(1/10), ln(121/8) / ln 121, 1. Tuning is beyond the worst freshness: 0.
    """
    found = scored(THREE)
    expected = {
        "prompting": (10 + np.log(121 / 2) / DAYS_WORST + 1 / 3) / 12,
        "rag": (10 * np.log(13 / 40) / np.log(1 / 10) + np.log(121 / 8) / DAYS_WORST + 1) / 12,
        "tuning": 10 * np.log(8.9 / 40) / np.log(1 / 10) / 12,
    }
    for name, value in expected.items():
        assert found.score(name).weighted == pytest.approx(value)
        assert sum(found.score(name).pieces.values()) == pytest.approx(value)
    assert [score.strategy for score in found.scores] == ["prompting", "tuning", "rag"]
    assert [criterion.id for criterion in found.criteria] == ["cost", "freshness", "explainability"]
    assert {criterion.id for criterion in found.left_out} >= {"quality", "latency"}


def test_the_persons_weights_replace_the_default_ones():
    found = scored(THREE, {"cost": 0, "explainability": 3})
    assert found.weights.tolist() == pytest.approx([1 / 4, 3 / 4])
    assert [score.strategy for score in found.scores] == ["rag", "prompting", "tuning"]
    assert "cost" in {criterion.id for criterion in found.left_out}


def test_a_gated_strategy_keeps_its_score_comes_last_and_moves_nobody():
    open_only = scored({name: THREE[name] for name in ("rag", "tuning")})
    found = scored(THREE, gated={"prompting"})
    assert [score.strategy for score in found.scores] == ["tuning", "rag", "prompting"]
    last = found.scores[-1]
    assert last.is_gated
    assert last.weighted is not None
    assert (last.topsis, last.places, last.first_place_share) == (None, None, None)
    for name in ("rag", "tuning"):
        assert found.score(name) == open_only.score(name)


def test_when_everything_is_gated_scores_are_kept_and_nobody_is_compared():
    found = scored(THREE, gated=set(THREE))
    assert all(score.is_gated and score.weighted is not None for score in found.scores)
    assert (found.ties, found.methods_disagree) == ((), False)


def test_quality_counts_only_once_it_is_measured_for_all_that_can_be_chosen():
    some = {
        "prompting": THREE["prompting"] | figures(quality=0.8),
        "rag": THREE["rag"] | figures(quality=0.9),
        "tuning": THREE["tuning"] | figures(quality=None),
    }
    assert "quality" in {criterion.id for criterion in scored(some).left_out}
    assert scored(some).score("rag").weighted == scored(THREE).score("rag").weighted
    assert "quality" in {criterion.id for criterion in scored(some, gated={"tuning"}).criteria}


def test_an_unknown_quantity_leaves_a_span_of_places_and_no_score():
    """Alone on freshness a strategy of unknown freshness may be first or last of three."""
    quantities = {"a": 1, "b": 30, "c": None}
    found = scored({name: figures(freshness=value) for name, value in quantities.items()})
    assert found.score("c").weighted is None
    assert found.score("c").places == RankInterval(1, 3)
    assert found.score("a").places == RankInterval(1, 2)
    assert [score.strategy for score in found.scores] == ["a", "b", "c"]
    assert found.score("c").pieces == {"freshness": None}


def test_the_dominated_one_names_who_beats_it():
    worse = {**THREE, "worse": figures(cost=5_000, freshness=1, explainability=1)}
    found = scored(worse)
    assert found.score("worse").dominated_by == "prompting"
    assert found.score("prompting").dominated_by is None
    assert found.score("worse").first_place_share == 0


def test_shares_of_first_places_add_up_and_stand_firmer_around_the_persons_weights():
    found = scored(THREE)
    assert sum(score.first_place_share for score in found.scores) == pytest.approx(1)
    assert sum(score.first_place_share_nearby for score in found.scores) == pytest.approx(1)
    first = found.scores[0]
    assert first.first_place_share_nearby > first.first_place_share


def test_the_weight_named_really_is_where_the_rival_catches_up():
    found = scored(THREE)
    assert found.ties
    for tie in found.ties:
        column = [criterion.label for criterion in found.criteria].index(tie.criterion)
        rest = np.delete(found.weights, column)
        weights = np.insert(rest / rest.sum() * (1 - tie.weight), column, tie.weight)
        again = scored(THREE, {each.id: weight for each, weight in zip(found.criteria, weights, strict=True)})
        assert again.score(tie.leader).weighted == pytest.approx(again.score(tie.rival).weighted)
    changes = [abs(tie.weight - tie.weight_today) for tie in found.ties]
    assert changes == sorted(changes)


def test_a_tie_reads_as_a_sentence_with_the_names_people_see():
    labels = {"prompting": "Prompt engineering", "rag": "RAG", "tuning": "Fine-tuning"}
    sentences = [tie_sentence(tie, labels) for tie in scored(THREE).ties]
    assert any(
        text.startswith("RAG overtakes prompt engineering if cost weighs less than ")
        and text.endswith("(now 83 %).")
        for text in sentences
    )


def test_equal_strategies_tie_in_stable_order():
    found = scored({"b": THREE["rag"], "a": THREE["rag"]})
    assert [score.strategy for score in found.scores] == ["a", "b"]
    assert found.ties == ()
    assert {score.first_place_share for score in found.scores} == {0.5}


@pytest.mark.parametrize("weights", [{"cost": 0, "freshness": 0, "explainability": 0}])
def test_no_weight_at_all_and_no_strategy_are_refused(weights):
    with pytest.raises(InvalidCriteria, match="All weights are 0"):
        scored(THREE, weights)
    with pytest.raises(InvalidCriteria, match="at least one strategy"):
        scored({})


def test_anchors_can_be_held_while_strategies_come_and_go():
    """Without them the cheapest of what is left sets the scale of cost."""
    held = anchors_for(THREE)
    without = {name: THREE[name] for name in ("rag", "tuning")}
    assert scored(without, anchors=held).score("rag").weighted == scored(THREE).score("rag").weighted
    assert scored(without).score("rag").weighted != scored(THREE).score("rag").weighted


@pytest.mark.parametrize("limit", [None, 0.0, 0.3, 0.5, 4.0])
def test_every_latency_limit_gives_an_anchor_where_faster_is_better(limit):
    anchor = anchors_for(THREE, latency_limit_seconds=limit)["latency"]
    assert anchor.worst > anchor.best
    assert anchor.worst == (20.0 if limit is None else pytest.approx(2 * max(limit, 0.001)))


def test_a_free_strategy_is_worth_everything_in_cost():
    found = scored({"free": figures(cost=0), "paid": figures(cost=100)})
    assert [score.weighted for score in found.scores] == [1, 0]


quantity = st.none() | st.floats(0, 1e6)
alternatives = st.dictionaries(
    st.sampled_from("abcdef"),
    st.fixed_dictionaries(
        {"cost": quantity, "freshness": quantity, "privacy": st.none() | st.integers(0, 3)}
    ),
    min_size=1,
)


@given(alternatives, st.sets(st.sampled_from("abcdef")))
def test_whatever_is_unknown_or_gated_every_strategy_gets_one_place(given_quantities, gated):
    table = {name: figures(**each) for name, each in given_quantities.items()}
    try:
        found = scored(table, gated=gated)
    except InvalidCriteria:
        open_ones = [each for name, each in given_quantities.items() if name not in gated]
        judged = open_ones or list(given_quantities.values())
        assert all(value is None for each in judged for value in each.values())
        return
    assert sorted(score.strategy for score in found.scores) == sorted(table)
    assert found.values.shape == (len(table), len(found.criteria))
    flags = [score.is_gated for score in found.scores]
    assert flags == sorted(flags)
    known = [score.weighted for score in found.scores if not score.is_gated and score.weighted is not None]
    assert known == sorted(known, reverse=True)
    assert all(-1e-12 <= value <= 1 + 1e-12 for value in known)
