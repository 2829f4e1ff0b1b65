"""The map's cells against comparisons made at their volume, and what the map must not hide."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from crossover.strategies import Part
from crossover.whatif import strategy_map


def test_a_prompt_without_context_costs_what_the_comparison_says(first_visit):
    found = strategy_map(first_visit.comparison)
    for column in (0, 9, 20):
        there = first_visit.at(requests_per_month=float(found.volumes[column]))
        for strategy in ("prompting", "tuning"):
            assert found.totals_usd[strategy][0, column] == pytest.approx(
                there.outcome(strategy).total_usd, rel=1e-6
            )


def test_a_search_with_plenty_of_context_costs_what_the_comparison_says(first_visit):
    """The passages are what was found, however much more there is to find."""
    found = strategy_map(first_visit.comparison)
    for column in (0, 9, 20):
        there = first_visit.at(requests_per_month=float(found.volumes[column]))
        assert found.totals_usd["rag"][-1, column] == pytest.approx(there.outcome("rag").total_usd, rel=1e-6)


def test_each_cell_names_the_lowest_of_its_totals(demo_with_all):
    found = strategy_map(demo_with_all.comparison)
    stacked = np.stack([found.totals_usd[name] for name in found.cheapest.names])
    lowest = np.take_along_axis(stacked, found.cheapest.winner[None], axis=0)[0]
    assert (lowest == stacked.min(axis=0)).all()


def test_a_strategy_that_cannot_be_chosen_is_marked_wherever_it_wins(demo):
    kept_in = replace(demo, scenario=replace(demo.scenario, data_may_leave=False))
    assert not kept_in.comparison.ranked
    assert strategy_map(kept_in.comparison).is_gated.all()


def test_the_caveat_names_who_answers_without_the_context(xquad):
    caveat = strategy_map(xquad.comparison).caveat
    assert "Fine-tuning" in caveat
    assert "RAG" not in caveat


def test_today_lies_at_today_s_volume_and_passages(demo):
    volume, context = strategy_map(demo.comparison).today
    (call,) = demo.comparison.outcome("rag").plan.calls
    passages = sum(float(tokens.mean()) for part, tokens in call.parts if part is Part.CONTEXT)
    assert volume == demo.scenario.requests_per_month
    assert context == pytest.approx(passages)
    assert context > 0


def test_without_documents_today_has_no_context(demo):
    without = replace(demo, samples=replace(demo.samples, documents=()), profiles={})
    assert strategy_map(without.comparison).today[1] == 0.0
