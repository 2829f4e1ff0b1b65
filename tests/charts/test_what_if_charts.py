"""Charts of the What-if page: their frames hold the results, and colour is never the only sign."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from crossover.charts import (
    about_usd,
    chance,
    cheapest_map_chart,
    cheapest_shares_chart,
    difference_tornado,
    map_frame,
    score_bars,
    scores_frame,
    standings_frame,
    tornado_frame,
    total_bands_chart,
)
from crossover.comparison import compare
from crossover.criteria import scored
from crossover.demo import load_demo
from crossover.figure import Kind
from crossover.prices import load_price_book
from crossover.scenario import Scenario
from crossover.uncertainty import Bar, UncertainInput
from crossover.whatif import strategy_map, sureness


@pytest.fixture(scope="module")
def comparison():
    return compare(load_demo("en"), Scenario(price_date=date(2026, 11, 22)), load_price_book())


@pytest.fixture(scope="module")
def labels(comparison):
    return {each.strategy.id: each.strategy.label for each in comparison.outcomes}


def bar(label, low, high, flips=False):
    asked = UncertainInput(label, label, "days", 1.0, 0.0, 2.0, Kind.ASSUMPTION, "assumed", (0.0, 9.0))
    return Bar(asked, low, high, flips)


def test_a_bar_that_crosses_zero_is_marked_by_a_sign_in_its_name():
    """The leader costs 50 less today; at x's high it costs 10 more."""
    frame = tornado_frame([bar("x", -90.0, 10.0, flips=True), bar("y", -60.0, -40.0)], -50.0)
    figure = difference_tornado(frame, "RAG", "Prompt engineering")
    assert list(frame["turns"]) == [True, False]
    assert list(figure.data[0].y) == ["◆ x", "y"]
    low, high = figure.data
    assert (low.base[0] + low.x[0], high.base[0] + high.x[0]) == (90.0, -10.0)


def test_bars_too_short_to_see_are_left_out_but_for_those_that_turn():
    frame = tornado_frame(
        [bar("long", -1e6, -1.0), bar("short", -9.0, -8.0), bar("turn", -9.0, 9.0, True)], -8.0
    )
    assert list(frame["input"]) == ["long", "turn"]


def test_names_of_inputs_cannot_bring_markup_into_a_chart():
    """A model of one's own may be called anything."""
    frame = tornado_frame([bar("Input price of <a href='x'>m</a>", -9.0, 9.0)], 1.0)
    figure = difference_tornado(frame, "RAG", "Fine-tuning")
    assert "<a" not in figure.to_json()


def test_the_chances_add_up_and_money_stands_in_order(comparison, labels):
    frame = standings_frame(sureness(comparison), labels)
    assert frame["cheapest_share"].sum() == pytest.approx(1)
    assert (frame["p5_usd"] <= frame["p50_usd"]).all()
    assert (frame["p50_usd"] <= frame["p95_usd"]).all()
    assert list(cheapest_shares_chart(frame).data[0].y) == list(frame["strategy"])
    assert {trace.name for trace in total_bands_chart(frame).data} == set(labels.values())


@pytest.mark.parametrize(
    ("value", "words"),
    [(12_345.0, "$12,300"), (0.2, "under $1"), (0.0, "$0.00"), (7.891, "$7.89"), (1_234_567.0, "$1,230,000")],
)
def test_a_drawn_amount_has_three_digits(value, words):
    assert about_usd(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0, "0 %"), (1.0, "100 %"), (0.0001, "under 0.1 %"), (0.9999, "over 99.9 %"), (0.5, "50 %")],
)
def test_a_chance_is_never_rounded_to_none_or_all(value, words):
    assert chance(value) == words
    assert chance(None) == "unknown"


def test_the_pieces_of_a_bar_add_up_to_its_score(comparison, labels):
    found = scored({each.strategy.id: each.criteria for each in comparison.outcomes})
    frame = scores_frame(found, labels)
    sums = frame.groupby("strategy")["points"].sum()
    for score in found.scores:
        assert sums[labels[score.strategy]] == pytest.approx(score.weighted)
    assert {trace.name for trace in score_bars(frame).data} == {each.label for each in found.criteria}


def test_a_gated_strategy_keeps_its_bar_and_is_marked(comparison, labels):
    found = scored({each.strategy.id: each.criteria for each in comparison.outcomes}, gated={"rag"})
    assert scores_frame(found, labels)["strategy"].iloc[-1] == "RAG ×"


def test_every_cell_of_the_map_has_its_colour_and_the_legend_names_it(comparison, labels):
    found = strategy_map(comparison)
    frame, figure = map_frame(found), cheapest_map_chart(found, labels)
    assert len(frame) == found.cheapest.winner.size
    named = {trace.name for trace in figure.data}
    assert {labels[name] for name in frame["id"]} <= named
    assert "Today" in named


def test_ties_are_dotted_and_gated_winners_hatched(comparison, labels):
    found = strategy_map(comparison)
    gated = np.zeros_like(found.is_gated)
    gated[0, :3] = True
    figure = cheapest_map_chart(replace(found, is_gated=gated), labels)
    traces = {trace.name: trace for trace in figure.data if trace.x != (None,)}
    hatched, dotted = traces["Cannot be chosen there"], traces["Too close to call (under 5 %)"]
    assert len(hatched.x) == 3
    assert hatched.marker.symbol.startswith("line-")
    assert len(dotted.x) == int(found.cheapest.is_tie.sum()) > 0


def test_a_map_without_requests_today_shows_no_mark(comparison, labels):
    found = replace(strategy_map(comparison), today=(0.0, 0.0))
    assert "Today" not in {trace.name for trace in cheapest_map_chart(found, labels).data}
