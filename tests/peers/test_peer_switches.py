"""One change turns a published comparison round, in our functions as in the peers' rules."""

from __future__ import annotations

import pytest
from switches import (
    EXPIRING_CACHE,
    OWN_GPU,
    PROMPT_CACHE,
    SAME_MODEL,
    SAME_MODEL_AS_STATED,
    SWITCHES,
    TUNED_PRICE,
    cheapest,
    gpu_break_even,
)

from crossover.cost import VolumeStatus


def lead(bills, winner, loser):
    return bills[loser] - bills[winner]


def test_on_one_base_model_the_lead_of_tuning_shrinks_from_thousands_to_cents():
    """2,261.28 - 111.13 before; 111.775 - 111.125 after: the lead was the price of the other model."""
    assert lead(SAME_MODEL.before, "tuned", "RAG") == pytest.approx(2_150.15, abs=0.005)
    assert lead(SAME_MODEL.after, "tuned", "RAG") == pytest.approx(0.65, abs=0.005)


def test_on_one_base_model_at_the_stated_database_rates_rag_is_the_cheaper_one():
    """0.525 + 1.2595 + 100.50 = 102.28 for RAG, 111.125 for the tuned model."""
    assert (cheapest(SAME_MODEL_AS_STATED.before), cheapest(SAME_MODEL_AS_STATED.after)) == ("tuned", "RAG")
    assert SAME_MODEL_AS_STATED.after["RAG"] == pytest.approx(102.2845, abs=1e-6)


def test_at_twice_the_price_the_tuned_model_loses_to_the_prompt():
    assert TUNED_PRICE.before == pytest.approx({"tuned": 405.0, "prompt": 540.0})
    assert TUNED_PRICE.after == pytest.approx({"tuned": 675.0, "prompt": 540.0})
    assert (cheapest(TUNED_PRICE.before), cheapest(TUNED_PRICE.after)) == ("tuned", "prompt")


def test_with_nine_tenths_off_the_cached_examples_the_prompt_wins():
    assert PROMPT_CACHE.before == pytest.approx({"tuned": 405.0, "prompt": 540.0})
    assert PROMPT_CACHE.after == pytest.approx({"tuned": 405.0, "prompt": 297.0})
    assert (cheapest(PROMPT_CACHE.before), cheapest(PROMPT_CACHE.after)) == ("tuned", "prompt")


def test_on_a_gpu_of_its_own_the_tuned_model_loses_to_rag_below_six_and_a_half_million():
    """7 x 730 = 5,110 a month; (5,110 - 70) / 0.000775 = 6,503,226 requests."""
    assert OWN_GPU.before == pytest.approx({"tuned": 94.50, "RAG": 186.25})
    assert OWN_GPU.after == pytest.approx({"tuned": 5_110.0, "RAG": 186.25})
    assert (cheapest(OWN_GPU.before), cheapest(OWN_GPU.after)) == ("tuned", "RAG")
    assert gpu_break_even().status is VolumeStatus.A_CHEAPER_ABOVE
    assert gpu_break_even().volume == pytest.approx(5_040 / 0.000775, rel=1e-12)


def test_a_cache_that_expires_after_five_minutes_loses_to_rag():
    assert (cheapest(EXPIRING_CACHE.before), cheapest(EXPIRING_CACHE.after)) == ("cached", "RAG")


def test_every_switch_but_the_first_turns_the_answer():
    assert [switch.turns for switch in SWITCHES] == [False, True, True, True, True, True]
