"""How long a strategy's requests take, from its plan and assumed speeds (MODEL.md F4.1, F4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from crossover.assumptions import default_assumptions
from crossover.latency.percentiles import Lognormal, uniform_stream
from crossover.latency.speeds import Seconds, Speeds, call_seconds, decode_seconds
from crossover.prices.machines import ON_DEVICE
from crossover.scenario import Scenario
from crossover.strategies import Call, Part, UsagePlan

DRAWS = 10_000


CLASSIFIER_SECONDS = 0.01
"""Word counts and a linear model take milliseconds; the network takes longer."""


def scenario_speeds(scenario: Scenario) -> Speeds:
    """The scenario's typical speeds; on a device of one's own those of the device, without a network."""
    if scenario.host == ON_DEVICE:
        prefill, decode = "device_prefill_tokens_per_second", "device_decode_tokens_per_second"
        return Speeds(0.0, 0.0, scenario.value(prefill), scenario.value(decode))
    return Speeds(
        scenario.value("network_seconds"),
        scenario.value("first_token_seconds"),
        scenario.value("prefill_tokens_per_second"),
        scenario.value("decode_tokens_per_second"),
    )


def latency_seconds(plan: UsagePlan, scenario: Scenario, cached_share: float) -> Seconds:
    """Expected seconds until the answer is complete, shape (n,); calls of a request follow each other.

    `cached_share` is the part of the shared prefix that is found in the cache.
    """
    if not plan.calls:
        return np.full(plan.requests, scenario.value("network_seconds") + CLASSIFIER_SECONDS)
    speeds = scenario_speeds(scenario)
    calls = sum(call.probability * _call_seconds(call, speeds, cached_share) for call in plan.calls)
    tools = _tool_runs(plan) * scenario.value("tool_seconds")
    return np.asarray(calls + _search_seconds(plan, scenario) + tools, np.float64)


def visible_after_seconds(plan: UsagePlan, scenario: Scenario, cached_share: float) -> Seconds:
    """Expected seconds until a person sees the first token of the answer, shape (n,) (F4.1).

    Searching, earlier calls and tools come first; only writing the answer itself comes after.
    """
    speeds = scenario_speeds(scenario)
    answers = (call for call in plan.calls if call.output_part is Part.OUTPUT)
    writing = sum(call.probability * decode_seconds(speeds, call.output_tokens) for call in answers)
    return latency_seconds(plan, scenario, cached_share) - writing


def simulated_latency_seconds(
    plan: UsagePlan, scenario: Scenario, cached_share: float, seed: int, draws: int = DRAWS
) -> Seconds:
    """Seconds of `draws` requests drawn from the samples, with times that vary (MODEL.md F4.2).

    The wait for the first token, the time per written token, tools and search are lognormal: the
    likely value is their median, the far end of the assumption's range their 95th percentile. Equal
    seeds give every strategy the same requests and the same luck. Empty without samples.
    """
    samples = plan.requests
    if not samples:
        return np.zeros(0)
    if not plan.calls:
        return np.full(draws, scenario.value("network_seconds") + CLASSIFIER_SECONDS)
    rows = (uniform_stream(seed, "latency.request", draws) * samples).astype(np.intp)
    seconds = np.zeros(draws)
    if plan.embedding_tokens is not None:
        searches = uniform_stream(seed, "latency.rounds", draws) < plan.search_share
        seconds += searches * _varied(scenario, "search_seconds", 0, seed, draws)
    if plan.rerank_units is not None:
        seconds += _varied(scenario, "rerank_seconds", 0, seed, draws)
    for call, rounds_before, is_made in _drawn_calls(plan, seed, draws):
        seconds += is_made * _drawn_call_seconds(call, scenario, cached_share, rows, (seed, rounds_before))
        if call.output_part is Part.CALLS and not plan.searches_by_tool:
            seconds += is_made * _varied(scenario, "tool_seconds", rounds_before, seed, draws)
    return seconds


def _call_seconds(call: Call, speeds: Speeds, cached_share: float) -> Seconds:
    cached = cached_share * call.shared_prefix_tokens
    return call_seconds(speeds, call.input_tokens - cached, call.output_tokens, cached)


def _search_seconds(plan: UsagePlan, scenario: Scenario) -> float:
    search = plan.search_share * scenario.value("search_seconds") if plan.embedding_tokens is not None else 0
    return search + (scenario.value("rerank_seconds") if plan.rerank_units is not None else 0.0)


def _tool_runs(plan: UsagePlan) -> float:
    """Expected tool rounds of a request: one after each call that asks for one; a search is no tool."""
    if plan.searches_by_tool:
        return 0.0
    return sum(call.probability for call in plan.calls if call.output_part is Part.CALLS)


def _drawn_calls(plan: UsagePlan, seed: int, draws: int) -> Iterator[tuple[Call, int, NDArray[np.bool_]]]:
    """Each call, the tool rounds before it, and which draws make it.

    A draw is one turn of a conversation. Its number of rounds hangs on one number: asking again needs
    ever more luck, and exactly one answering call is made, the one after the last round.
    """
    luck = uniform_stream(seed, "latency.rounds", draws)
    turns = max(call.turn for call in plan.calls)
    drawn_turn = 1 + (uniform_stream(seed, "latency.turn", draws) * turns).astype(np.intp)
    for turn in range(1, turns + 1):
        rounds_before, answered_from = 0, 1.0
        for call in (each for each in plan.calls if each.turn == turn):
            chance = call.probability * turns
            if call.output_part is Part.CALLS:
                yield call, rounds_before, (drawn_turn == turn) & (luck < chance)
                rounds_before += 1
            else:
                floor = max(0.0, answered_from - chance)
                is_made = (luck >= floor) & (luck < answered_from)
                yield call, rounds_before, (drawn_turn == turn) & is_made
                answered_from = floor


def _drawn_call_seconds(
    call: Call, scenario: Scenario, cached_share: float, rows: NDArray[np.intp], luck: tuple[int, int]
) -> Seconds:
    """Seconds of this call for each drawn row; `luck` is (seed, round)."""
    seed, round_number = luck
    draws, typical = len(rows), scenario_speeds(scenario)
    first = _varied(scenario, "first_token_seconds", round_number, seed, draws)
    speeds = replace(
        typical,
        first_token_seconds=first if typical.first_token_seconds else 0.0,
        decode_tokens_per_second=typical.decode_tokens_per_second
        / _slowdown(scenario, round_number, seed, draws),
    )
    cached = cached_share * call.shared_prefix_tokens
    return call_seconds(speeds, (call.input_tokens - cached)[rows], call.output_tokens[rows], cached)


def _varied(scenario: Scenario, name: str, round_number: int, seed: int, draws: int) -> Seconds:
    """Draws of a time whose median is the scenario's value and whose p95 lies as far up as its range."""
    assumption, median = default_assumptions()[name], scenario.value(name)
    if median == 0:
        return np.zeros(draws)
    spread = Lognormal.from_percentiles(median, median * assumption.high / assumption.likely)
    return spread.at(uniform_stream(seed, f"latency.{name}.{round_number}", draws))


def _slowdown(scenario: Scenario, round_number: int, seed: int, draws: int) -> Seconds:
    """Draws of how much slower than typical writing is; the range's low end is the slow 5 percent."""
    assumption = default_assumptions()["decode_tokens_per_second"]
    spread = Lognormal.from_percentiles(1.0, assumption.likely / assumption.low)
    return spread.at(uniform_stream(seed, f"latency.decode_tokens_per_second.{round_number}", draws))
