"""What limits and devices can answer at all, by hand arithmetic."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crossover.comparison import compare
from crossover.demo import load_demo
from crossover.gates import Status, most_requests_per_month, rate_need
from crossover.latency import latency_seconds
from crossover.prices import load_price_book
from crossover.scenario import Scenario
from crossover.verdict import verdict

DEVICE = Scenario(price_date=date(2026, 11, 22), host="on-device", model="llama-3.1-8b")


@pytest.fixture(scope="module")
def at():
    samples, book = load_demo("en"), load_price_book()
    return lambda scenario: compare(samples, scenario, book)


def test_one_device_answers_one_request_after_the_other_at_the_busiest_time(at):
    outcome = at(DEVICE).outcome("prompting")
    seconds = latency_seconds(outcome.plan, DEVICE, 0.0).mean()
    by_hand = 730 * 3600 / (seconds * DEVICE.value("peak_factor"))
    assert most_requests_per_month(outcome.plan, DEVICE) == pytest.approx(by_hand)
    more = at(replace(DEVICE, requests_per_month=2 * by_hand)).outcome("prompting")
    gate = next(gate for gate in more.gates if gate.id == "capacity")
    assert gate.status is Status.FAIL
    assert "Count 2 devices" in gate.remedy


def test_own_phones_have_no_such_limit_and_small_models_come_with_a_warning(at):
    outcome = at(DEVICE.with_override("devices", 0)).outcome("prompting")
    assert most_requests_per_month(outcome.plan, DEVICE.with_override("devices", 0)) is None
    assert "quality" in [gate.id for gate in outcome.gates]


def test_a_rate_limit_is_met_exactly_at_the_largest_volume_it_allows(at):
    limited = replace(Scenario(price_date=DEVICE.price_date), requests_per_minute_limit=60.0)
    plan = at(limited).outcome("tools").plan
    most = most_requests_per_month(plan, limited)
    assert rate_need(plan, replace(limited, requests_per_month=most)).calls_per_minute.value <= 60
    assert rate_need(plan, replace(limited, requests_per_month=1.05 * most)).calls_per_minute.value > 60


def test_a_break_even_beyond_the_limit_says_so(at):
    """E32: shown, with "not reachable at the current limit"."""
    limited = replace(Scenario(price_date=DEVICE.price_date), requests_per_minute_limit=60.0)
    assert any("not reachable at the current limit" in reason for reason in verdict(at(limited)).reasons)


def test_when_every_attempt_fails_nothing_can_be_chosen(at):
    """E28: success 0, so the strategy is gated."""
    failing = Scenario(price_date=DEVICE.price_date).with_override("failed_attempt_share", 1.0)
    comparison = at(failing)
    assert comparison.leader is None
    assert "E28" in [gate.id for gate in comparison.outcome("prompting").gates]
