"""Limits a team sets: latency (G6), rate (G7), freshness (G11), budget (G13)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small_uploads import STRATEGIES, TODAY, rows

from crossover.gates import KnowledgeSource, Status, days_until_fresh, knowledge_sources, rate_need
from crossover.latency import latency_seconds
from crossover.samples import SampleSet
from crossover.strategies import Call, Part, UsagePlan

EVERY_STRATEGY = pytest.mark.parametrize("strategy", STRATEGIES)
MIXED = SampleSet(qa=rows([f"Question {i}?" for i in range(20)], ["Yes."] * 18 + ["word " * 2_000] * 2))


# ---------------------------------------------------------------- G6 latency


@EVERY_STRATEGY
def test_without_limits_nothing_is_said_about_them(gate, strategy):
    assert [gate(each, strategy) for each in ("G6", "G7", "G11", "G13")] == [None] * 4


def test_latency_passes_warns_and_fails_around_its_percentiles(check, gate):
    """Eighteen short answers and two long ones: the typical request is fast, the slowest of 20 is not."""
    checked = check("prompting", MIXED)
    seconds = latency_seconds(checked.plan, checked.scenario, checked.cached_share)
    p50, p95 = np.quantile(seconds, (0.5, 0.95)).tolist()
    assert p95 > 2 * p50
    assert gate("G6", "prompting", MIXED, latency_limit_seconds=p95 * 1.001) is None
    between = gate("G6", "prompting", MIXED, latency_limit_seconds=(p50 + p95) / 2)
    assert (between.status, between.label) == (Status.WARN, "Sometimes too slow")
    below = gate("G6", "prompting", MIXED, latency_limit_seconds=p50 * 0.999)
    assert below.status is Status.FAIL
    assert "faster model" in below.remedy


@EVERY_STRATEGY
def test_a_limit_of_no_time_fails_every_strategy_without_a_crash(gate, strategy):
    assert gate("G6", strategy, latency_limit_seconds=0.0).status is Status.FAIL


def test_a_batch_job_needs_a_limit_of_a_day_or_none(gate):
    assert gate("G6", "prompting", batch=True) is None
    assert gate("G6", "prompting", batch=True, latency_limit_seconds=86_400) is None
    found = gate("G6", "prompting", batch=True, latency_limit_seconds=86_399)
    assert found.status is Status.FAIL
    assert "Switch batch off" in found.remedy


# ---------------------------------------------------------------- G7 rate limits


def one_call(tokens, probability=1.0):
    column = np.asarray(tokens, float)
    return Call(((Part.QUESTION, column),), np.zeros(len(column)), 0.0, probability=probability)


def test_the_need_is_the_one_worked_by_hand():
    """W22: 3 M requests a month, two calls each, busiest minute six times the mean.

    3,000,000 / 43,800 x 6 x 2 = 821.9 calls; the 99.9 % quantile of a Poisson with that mean is 912.
    Calls of 1,400 - 700 and 1,400 + 700 tokens, half each: mean 1,400, mean square
    (700² + 2,100²) / 2 = 2,450,000; 821.9 x 1,400 + 3.0902 x sqrt(821.9 x 2,450,000) = 1,289,357.
    """
    plan = UsagePlan("prompting", (one_call([700.0, 2_100.0]), one_call([2_100.0, 700.0])), 2)
    need = rate_need(plan, replace(TODAY, requests_per_month=3_000_000))
    assert need.calls_per_minute.value == 912
    assert need.tokens_per_minute.value == pytest.approx(1_289_356.79948945, rel=1e-9)


def test_a_call_made_by_a_quarter_of_requests_weighs_a_quarter():
    """0.75 x 1,000 + 0.25 x 3,000 tokens over 1 call a request is what a sure call of 1,500 means."""
    calls = (one_call([1_000.0], 0.75), one_call([3_000.0], 0.25))
    need = rate_need(UsagePlan("tools", calls, 1), TODAY)
    mean_calls = 50_000 / 43_800 * 6
    spread = 3.090232306167813 * np.sqrt(mean_calls * (0.75 * 1_000**2 + 0.25 * 3_000**2))
    assert need.tokens_per_minute.value == pytest.approx(mean_calls * 1_500 + spread)


def test_limits_pass_with_what_is_to_spare_and_fail_with_what_is_over(check, gate):
    need = rate_need(check("prompting").plan, TODAY).calls_per_minute.value
    roomy = gate("G7", "prompting", requests_per_minute_limit=2 * need)
    assert (roomy.status, roomy.reason.split(": ")[-1]) == (Status.PASS, "50 % to spare.")
    assert gate("G7", "prompting", requests_per_minute_limit=need).status is Status.PASS
    tight = gate("G7", "prompting", requests_per_minute_limit=need / 2)
    assert (tight.status, tight.reason.split(": ")[-1]) == (Status.FAIL, "100 % over.")
    assert "tier" in tight.remedy
    assert {figure.unit for figure in tight.figures} == {"calls per minute", "tokens per minute"}


def test_one_limit_that_breaks_is_enough_to_fail(gate):
    limits = {"requests_per_minute_limit": 1e9, "tokens_per_minute_limit": 0.0}
    assert gate("G7", "prompting", **limits).status is Status.FAIL


def test_the_classifier_and_batch_jobs_meet_no_rate_limit(check, gate):
    assert rate_need(check("classifier").plan, TODAY) is None
    assert gate("G7", "classifier", requests_per_minute_limit=1) is None
    assert gate("G7", "prompting", requests_per_minute_limit=1, batch=True) is None


def test_without_volume_nothing_is_needed(check):
    checked = check("prompting", requests_per_month=0)
    need = rate_need(checked.plan, checked.scenario)
    assert (need.calls_per_minute.value, need.tokens_per_minute.value) == (0, 0)


# ---------------------------------------------------------------- G11 freshness

PROMPT, WHOLE, PASSAGES, TOOLS, WEIGHTS = KnowledgeSource


@pytest.mark.parametrize(
    ("strategy", "sources", "days"),
    [
        ("prompting", {PROMPT}, 1),
        ("retrieved", {PROMPT}, 1),
        ("long_context", {WHOLE}, 1),
        ("rag", {PASSAGES}, 7),
        ("rag_rerank", {PASSAGES}, 7),
        ("rag_tool", {PASSAGES}, 7),
        ("tuned_rag", {PASSAGES}, 7),
        ("tools", {TOOLS}, 0),
        ("agent", {TOOLS}, 0),
        ("tuned_tools", {TOOLS}, 0),
        ("router", {PROMPT, PASSAGES}, 7),
        ("tuning", {WEIGHTS}, 6 * 365 / 12 + 2),
        ("lora", {WEIGHTS}, 6 * 365 / 12 + 2),
        ("classifier", {WEIGHTS}, 6 * 365 / 12 + 2),
    ],
)
def test_where_facts_come_from_says_how_long_a_change_takes(check, strategy, sources, days):
    checked = check(strategy)
    assert knowledge_sources(checked.plan) == sources
    assert days_until_fresh(checked.plan, checked.scenario).value == pytest.approx(days)


def test_a_tuned_model_that_learns_a_fact_too_late_fails(gate):
    found = gate("G11", "tuning", update_within_days=30)
    assert (found.status, found.label) == (Status.FAIL, "Not fresh enough")
    assert "RAG" in found.remedy
    assert gate("G11", "tuning", update_within_days=185) is None


def test_with_passages_or_tools_a_tuned_model_is_fresh(gate):
    assert gate("G11", "tuned_rag", update_within_days=30) is None
    assert gate("G11", "tuned_tools", update_within_days=0) is None


def test_what_can_be_refreshed_more_often_only_warns(gate):
    found = gate("G11", "rag", update_within_days=2)
    assert found.status is Status.WARN
    assert found.remedy.startswith("Refresh the index")


# ---------------------------------------------------------------- G13 budget


def test_the_budget_is_held_against_the_one_off_cost_and_the_first_month(check, gate):
    cost = check("rag").cost
    spent = cost.one_off.value + cost.monthly.value
    assert gate("G13", "rag", budget_usd=spent) is None
    found = gate("G13", "rag", budget_usd=spent * 0.999)
    assert found.status is Status.WARN
    assert found.figures[:2] == (cost.one_off, cost.monthly)


def test_without_a_cost_no_budget_is_exceeded(gate):
    no_documents = SampleSet(qa=rows(["Hi?"] * 12, ["Hello."] * 12))
    assert gate("G13", "rag", no_documents, budget_usd=0) is None
