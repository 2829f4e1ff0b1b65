"""How long a strategy's requests take, from its plan and assumed speeds (MODEL.md F4.1, F4.2)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from crossover.assumptions import default_assumptions
from crossover.latency.percentiles import Lognormal, uniform_stream
from crossover.latency.speeds import Seconds, Speeds, call_seconds, decode_seconds
from crossover.scenario import Scenario
from crossover.strategies import Call, Part, UsagePlan

DRAWS = 10_000


def scenario_speeds(scenario: Scenario) -> Speeds:
    """The scenario's typical speeds."""
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
    samples = len(plan.calls[0].output_tokens) if plan.calls else 0
    if not samples:
        return np.zeros(0)
    rows = (uniform_stream(seed, "latency.request", draws) * samples).astype(np.intp)
    seconds = np.zeros(draws)
    if plan.embedding_tokens is not None:
        seconds += _varied(scenario, "search_seconds", 0, seed, draws)
    for call, rounds_before, is_made in _drawn_calls(plan, uniform_stream(seed, "latency.rounds", draws)):
        seconds += is_made * _drawn_call_seconds(call, scenario, cached_share, rows, (seed, rounds_before))
    return seconds


def _call_seconds(call: Call, speeds: Speeds, cached_share: float) -> Seconds:
    cached = cached_share * call.shared_prefix_tokens
    return call_seconds(speeds, call.input_tokens - cached, call.output_tokens, cached)


def _search_seconds(plan: UsagePlan, scenario: Scenario) -> float:
    return scenario.value("search_seconds") if plan.embedding_tokens is not None else 0.0


def _tool_runs(plan: UsagePlan) -> float:
    """Expected tool rounds of a request: one after each call that asks for a tool."""
    return sum(call.probability for call in plan.calls if call.output_part is Part.CALLS)


def _drawn_calls(plan: UsagePlan, luck: Seconds) -> Iterator[tuple[Call, int, NDArray[np.bool_]]]:
    """Each call, the tool rounds before it, and which draws make it.

    A request's number of rounds hangs on one number: asking again needs ever more luck, and exactly
    one answering call is made, the one after the last round.
    """
    rounds_before, answered_from = 0, 1.0
    for call in plan.calls:
        if call.output_part is Part.CALLS:
            yield call, rounds_before, luck < call.probability
            rounds_before += 1
        else:
            floor = max(0.0, answered_from - call.probability)
            yield call, rounds_before, (luck >= floor) & (luck < answered_from)
            answered_from = floor


def _drawn_call_seconds(
    call: Call, scenario: Scenario, cached_share: float, rows: NDArray[np.intp], luck: tuple[int, int]
) -> Seconds:
    """Seconds of this call for each drawn row, with the tool it asks for; `luck` is (seed, round)."""
    seed, round_number = luck
    draws = len(rows)
    first = _varied(scenario, "first_token_seconds", round_number, seed, draws)
    decoding = scenario.value("decode_tokens_per_second") / _slowdown(scenario, round_number, seed, draws)
    speeds = Speeds(
        scenario.value("network_seconds"), first, scenario.value("prefill_tokens_per_second"), decoding
    )
    cached = cached_share * call.shared_prefix_tokens
    seconds = call_seconds(speeds, (call.input_tokens - cached)[rows], call.output_tokens[rows], cached)
    if call.output_part is Part.CALLS:
        seconds = seconds + _varied(scenario, "tool_seconds", round_number, seed, draws)
    return seconds


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
