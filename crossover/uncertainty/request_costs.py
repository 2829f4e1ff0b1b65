"""What a request costs as inputs move: exact for one value, tabulated for draws (MODEL.md 2, F2.3-F2.4b)."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np

from crossover.assumptions import default_assumptions
from crossover.cost import (
    Amount,
    FloatArray,
    InvalidCostInput,
    cache_machines,
    requests_per_minute,
    rule_hit_rate,
)
from crossover.cost.call_prices import call_prices
from crossover.cost.quote import Quote
from crossover.cost.request import CallPrices
from crossover.cost.request_mean import StackedPlan
from crossover.cost.subject import Subject
from crossover.figure import Kind
from crossover.prices import CachePolicy, CacheRule
from crossover.prices.machines import ON_DEVICE
from crossover.strategies import UsagePlan
from crossover.uncertainty.inputs import WHOLE_NUMBERS, Values
from crossover.uncertainty.levers import ANSWER_LENGTH, VOLUME

EFFECTIVENESS = "cache_effectiveness_share"
# Two levels per input and a few hundred rows: finer tables cost seconds and move no total by a percent.
TABLE_CELLS = 4
TABLE_ROWS = 256
MOST_WHOLE_LEVELS = 3  # enough for rounds of tools: their input is a square (F2.8)
# A loop's input grows with the square of its rounds, and those with every chance to go on (F2.9).
_CURVED_LEVELS = {"agent_continue_share": 5, "agent_rounds_at_most": 4}

_RERANK_INPUTS = ("rerank_usd_per_1000_searches",)
_DEVICE_INPUTS = (
    "device_watts",
    "electricity_usd_per_kwh",
    "device_prefill_tokens_per_second",
    "device_decode_tokens_per_second",
)


def subject_at(subject: Subject, values: Values) -> Subject:
    """The subject with one number for each of the inputs that change its requests, where given."""
    scenario = subject.scenario
    moved = {name: float(values[name]) for name in set(values) & set(default_assumptions())}
    scenario = replace(
        scenario,
        overrides=tuple(sorted({**dict(scenario.overrides), **moved}.items())),
        ranges=(),  # what a value may be has no say in what it costs
        output_length_factor=float(values.get(ANSWER_LENGTH, scenario.output_length_factor)),
    )
    return replace(subject, scenario=scenario)


def request_inputs(plan: UsagePlan, quote: Quote) -> tuple[str, ...]:
    """Inputs that change the requests: assumptions among the plan's quantities, answer length, rates."""
    leaves = (leaf for quantity in plan.quantities for leaf in quantity.leaves())
    assumed = (leaf.id for leaf in leaves if leaf.kind is Kind.ASSUMPTION)
    reranked = _RERANK_INPUTS if plan.rerank_units is not None else ()
    powered = _DEVICE_INPUTS if quote.host == ON_DEVICE else ()
    lengths = (ANSWER_LENGTH,) if plan.calls else ()
    return (
        *dict.fromkeys(name for name in assumed if name in default_assumptions()),
        *reranked,
        *powered,
        *lengths,
    )


def corner_usd(plan: UsagePlan, prices: CallPrices, most_rows: int | None = None) -> FloatArray:
    """Mean US dollars per request without and with certain cache hits, shape (2, 2).

    Over all requests, or over at most `most_rows` evenly spaced ones. The first axis is the shared
    prefix, the second an earlier prompt of the same request. The cost is bilinear in the two hit
    shares (F2.4, F2.4b), so these four numbers hold all of it.
    """
    stacked = StackedPlan.of(plan, 1 if most_rows is None else max(1, -(-plan.requests // most_rows)))
    if prices.cache.policy is CachePolicy.NONE:
        return np.full((2, 2), stacked.mean_usd(prices))
    extends = any(call.previous_prompt_tokens is not None for call in plan.calls)
    corners = [
        [stacked.mean_usd(replace(prices, hit_share=hit, sequence_hit_share=found)) for hit in (0.0, 1.0)]
        for found in ((0.0, 1.0) if extends else (0.0,))
    ]
    return np.broadcast_to(np.transpose(corners), (2, 2))


def mixed_usd(corners: FloatArray, hit_share: Amount, sequence_hit_share: Amount) -> Amount:
    """The cost at these hit shares; `corners` has shape (2, 2) or (draws, 2, 2)."""
    cold = corners[..., 0, 0] + sequence_hit_share * (corners[..., 0, 1] - corners[..., 0, 0])
    warm = corners[..., 1, 0] + sequence_hit_share * (corners[..., 1, 1] - corners[..., 1, 0])
    mixed: Amount = np.maximum(0.0, cold + hit_share * (warm - cold))
    return mixed


def hit_shares(cache: CacheRule, values: Values) -> tuple[Amount, Amount]:
    """Hit shares of the shared prefix and of an earlier prompt at the volume of `values` (F2.3)."""
    if cache.policy is CachePolicy.NONE:
        return 0.0, 0.0
    effectiveness, rate = values[EFFECTIVENESS], requests_per_minute(values[VOLUME])
    return effectiveness * rule_hit_rate(cache, rate / cache_machines(rate)), effectiveness


def corners_over_draws(subject: Subject, today: FloatArray, values: Values) -> FloatArray:
    """`corner_usd` where at least one input of `values` is drawn, shape (draws, 2, 2).

    `today` is `corner_usd` as it stands. What the inputs add to it is tabulated between the extremes
    of the draws, on at most TABLE_ROWS evenly spaced rows, and a polynomial through the levels of each
    input read between them: exact where every token is billed alike, near within one step of the
    cache where not, and within a percent or two of the requests of an agent.
    """
    drawn = {name: _as_used(name, value) for name, value in values.items() if np.ndim(value)}
    held = {name: value for name, value in values.items() if name not in drawn}
    levels = [_levels(name, draws, len(drawn)) for name, draws in drawn.items()]
    cells = [
        _sampled_corners(subject, {**held, **dict(zip(drawn, cell, strict=True))})
        for cell in product(*(each.tolist() for each in levels))
    ]
    added = np.reshape(np.asarray(cells) - _sampled_corners(subject, {}), (*map(len, levels), 2, 2))
    first, *others = (_basis(*each) for each in zip(levels, drawn.values(), strict=True))
    read = np.tensordot(first, added, axes=1)
    for basis in others:
        read = np.einsum("dl,dl...->d...", basis, read)
    return today + read


def _basis(levels: FloatArray, points: FloatArray) -> FloatArray:
    """What each level weighs at each point in the polynomial through all levels, shape (points, levels)."""
    weights = []
    for place, level in enumerate(levels):
        rest = np.delete(levels, place)
        weights.append(np.prod((points[:, None] - rest) / (level - rest), axis=1))
    return np.stack(weights, axis=1)


def _sampled_corners(subject: Subject, values: Values) -> FloatArray:
    """`corner_usd` of some rows of the plan at one number for each input of `values`, shape (2, 2)."""
    moved = subject_at(subject, values)
    plan = moved.plan
    prices = call_prices(plan, moved.quote, moved.scenario)
    if prices is None:
        raise InvalidCostInput(f"The price of {plan.strategy}", "is not known")
    return corner_usd(plan, prices, TABLE_ROWS)


def _as_used(name: str, draws: Amount) -> FloatArray:
    """The draws as a plan takes them: whole where it rounds."""
    return np.asarray(np.rint(draws) if name in WHOLE_NUMBERS else draws, np.float64)


def _levels(name: str, draws: FloatArray, inputs: int) -> FloatArray:
    """Where to tabulate: evenly, about TABLE_CELLS cells over all inputs; whole numbers at whole numbers.

    Where the cost bends there are more levels, closer together towards the ends (Chebyshev's).
    """
    low, high = float(draws.min()), float(draws.max())
    if not high > low:
        return draws[:1]
    if name in _CURVED_LEVELS:
        angles = np.linspace(np.pi, 0.0, _CURVED_LEVELS[name])
        found = (low + high) / 2 + (high - low) / 2 * np.cos(angles)
    else:
        is_whole = name in WHOLE_NUMBERS
        count = MOST_WHOLE_LEVELS if is_whole else max(2, round(TABLE_CELLS ** (1 / inputs)))
        found = np.linspace(low, high, count)
    return np.unique(np.rint(found)) if name in WHOLE_NUMBERS else found
