"""Gates on the market: retraining after the last day for jobs (G4), own machines, prices (G14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small_uploads import STRATEGIES

from crossover.gates import Status, blocked_retrainings, gates, months_in_view, usable_months


def test_retrainings_after_the_last_day_for_jobs_are_blocked():
    """W32: jobs until 2027-01-06, so none from the 7th; every four months from 2026-12-01."""
    blocked = blocked_retrainings(date(2026, 12, 1), 12, 4, date(2027, 1, 7))
    assert blocked == (date(2027, 4, 1), date(2027, 8, 1))
    assert usable_months(date(2026, 12, 1), date(2027, 1, 14), 12) == 1
    assert blocked_retrainings(date(2026, 12, 1), 12, 4, date(2027, 8, 2)) == ()
    assert blocked_retrainings(date(2026, 12, 1), 12, 4, date(2027, 8, 1)) == (date(2027, 8, 1),)


@pytest.mark.parametrize(("new_customer", "labels"), [(False, {"No retraining"}), (True, set())])
def test_whoever_may_tune_today_is_told_of_retrainings_nobody_can_start(check, new_customer, labels):
    """gpt-4o-mini at OpenAI: closed to new customers, to everybody from January 2027."""
    checked = check("tuning", host="openai", model="gpt-4o-mini", new_customer=new_customer)
    failed = {gate.label: gate for gate in gates(checked) if gate.status is Status.FAIL and gate.id == "G4"}
    assert labels <= set(failed)
    assert ("No retraining" in failed) == bool(labels)
    for label in labels:
        assert "2027-05-22" in failed[label].reason
        assert failed[label].remedy


def test_a_retraining_interval_beyond_the_horizon_is_not_blocked(check):
    options = {"host": "openai", "model": "gpt-4o-mini", "new_customer": False}
    checked = check("tuning", overrides=(("retrain_every_months", 12.0),), **options)
    assert "No retraining" not in {gate.label for gate in gates(checked)}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_model_without_a_price_leaves_no_strategy_ranked_except_the_one_without_a_model(check, strategy):
    checked = replace(check(strategy, price_date=date(2023, 1, 1)), cost=None)
    told = {gate.status for gate in gates(checked) if gate.id == "G14"}
    assert told == (set() if strategy == "classifier" else {Status.UNKNOWN})


def test_a_strategy_with_a_cost_lacks_no_price(check):
    checked = check("prompting")
    assert checked.cost is not None
    assert not [gate for gate in gates(checked) if gate.id == "G14"]


def test_a_shutdown_does_not_stop_what_calls_no_model(check):
    options = {"host": "openai", "model": "gpt-4o-mini"}
    assert months_in_view(check("prompting", **options)) == 1
    assert months_in_view(check("classifier", **options)) == 12


def test_nobody_can_close_training_on_a_machine_of_ones_own(check):
    found = gates(check("lora", host="self-hosted"))
    assert not [gate for gate in found if gate.id == "G4"]
