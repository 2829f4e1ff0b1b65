"""Do the provider's limits hold in the busiest minute? (G7, MODEL.md F4.3, W22)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from crossover.figure import Figure, assumed, derived
from crossover.gates.gate import Checked, Gate, Status
from crossover.latency import (
    LimitVerdict,
    needed_calls_per_minute,
    needed_tokens_per_minute,
    peak_calls_per_minute,
)
from crossover.numbers import count, share
from crossover.scenario import Scenario
from crossover.strategies import UsagePlan
from crossover.units import unit_words
from crossover.words import mark, say

_NEED = mark("The busiest minute needs {need} {what}; your limit is {limit}.")
_NEED_WITHIN = mark("The busiest minute needs {need} {what}; your limit is {limit}: {apart} to spare.")
_NEED_OVER = mark("The busiest minute needs {need} {what}; your limit is {limit}: {apart} over.")


@dataclass(frozen=True, slots=True)
class RateNeed:
    """What the busiest minute asks of a provider: calls, and the tokens of their prompts and answers."""

    calls_per_minute: Figure
    tokens_per_minute: Figure


def rate_need(plan: UsagePlan, scenario: Scenario) -> RateNeed | None:
    """Calls and tokens that 999 of 1,000 peak minutes stay below (F4.3); None without calls or data.

    Counted is what is sent and written, cached or not; a provider that reserves the longest answer
    counts more.
    """
    if not plan.calls or not plan.requests:
        return None
    factor = scenario.assumption("peak_factor")
    per_request = sum(call.probability for call in plan.calls)
    mean_calls = peak_calls_per_minute(scenario.requests_per_month, factor.value or 0.0, per_request)
    mean, mean_squared = _tokens_per_call(plan, per_request)
    inputs = (scenario.volume, factor, *plan.quantities)
    formula = say("MODEL.md F4.3, what 999 of 1,000 peak minutes stay below")
    calls, tokens = (
        needed_calls_per_minute(mean_calls),
        needed_tokens_per_minute(mean_calls, mean, mean_squared),
    )
    return RateNeed(
        derived(calls, "calls per minute", formula, *inputs, name=say("Calls in the busiest minute")),
        derived(tokens, "tokens per minute", formula, *inputs, name=say("Tokens in the busiest minute")),
    )


def _tokens_per_call(plan: UsagePlan, calls_per_request: float) -> tuple[float, float]:
    """Mean and mean square of the tokens of a call, prompt and answer, over all calls of all requests."""
    mean = mean_squared = 0.0
    for call in plan.calls:
        tokens = call.input_tokens + call.output_tokens
        mean += call.probability * float(tokens.mean())
        mean_squared += call.probability * float(np.dot(tokens, tokens)) / len(tokens)
    return mean / calls_per_request, mean_squared / calls_per_request


def within_rate_limits(checked: Checked) -> Iterator[Gate]:
    """G7: the need against the limits a team has entered; batch jobs have a queue of their own."""
    scenario = checked.scenario
    limits = (scenario.requests_per_minute_limit, scenario.tokens_per_minute_limit)
    if limits == (None, None) or scenario.batch:
        return
    need = rate_need(checked.plan, scenario)
    if need is None:
        return
    figures = (need.calls_per_minute, need.tokens_per_minute)
    verdicts = [
        (LimitVerdict(figure.value or 0.0, limit), word)
        for figure, limit, word in zip(figures, limits, (say("calls"), say("tokens")), strict=True)
    ]
    sentences = " ".join(_sentence(verdict, word) for verdict, word in verdicts if verdict.fits is not None)
    known = (*figures, *_limit_figures(limits))
    if any(verdict.fits is False for verdict, _ in verdicts):
        remedy = say("Ask for a higher tier, spread the load, send batch jobs, or choose another host.")
        yield Gate("G7", Status.FAIL, say("Over the rate limit"), sentences, remedy, known)
    else:
        yield Gate("G7", Status.PASS, say("Within the rate limit"), sentences, "", known)


def _sentence(verdict: LimitVerdict, word: str) -> str:
    left = verdict.headroom_share
    template = _NEED if left is None else _NEED_WITHIN if left >= 0 else _NEED_OVER
    return say(
        template,
        need=count(round(verdict.needed_per_minute)),
        what=word,
        limit=count(verdict.limit_per_minute),
        apart=share(abs(left or 0.0)),
    )


def _limit_figures(limits: tuple[float | None, float | None]) -> Iterator[Figure]:
    for limit, unit in zip(limits, ("calls per minute", "tokens per minute"), strict=True):
        if limit is not None:
            name = say("Limit, {unit}", unit=unit_words(unit))
            yield assumed(limit, unit, say("your limit"), name=name)
