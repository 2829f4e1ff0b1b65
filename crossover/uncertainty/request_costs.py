"""What a request costs as inputs move: exact for one value, tabulated for draws (MODEL.md 2, F2.3-F2.4b)."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import product
from typing import Any, TypeVar

import numpy as np
from scipy.interpolate import RegularGridInterpolator

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
from crossover.cost.machines import ON_DEVICE
from crossover.cost.quote import Quote
from crossover.cost.request import CallPrices, request_cost
from crossover.cost.subject import Subject
from crossover.figure import Kind
from crossover.prices import CachePolicy, CacheRule
from crossover.strategies import Call, UsagePlan
from crossover.uncertainty.inputs import WHOLE_NUMBERS, Values
from crossover.uncertainty.levers import ANSWER_LENGTH, VOLUME

EFFECTIVENESS = "cache_effectiveness_share"
# Two levels per input and a few hundred rows: finer tables cost seconds and move no total by a percent.
TABLE_CELLS = 4
TABLE_ROWS = 256
MOST_WHOLE_LEVELS = 3

Rows = TypeVar("Rows", UsagePlan, Call)


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
    for name in set(values) & set(default_assumptions()):
        scenario = scenario.with_override(name, float(values[name]))
    if ANSWER_LENGTH in values:
        scenario = replace(scenario, output_length_factor=float(values[ANSWER_LENGTH]))
    return replace(subject, scenario=scenario)


def request_inputs(plan: UsagePlan, quote: Quote) -> tuple[str, ...]:
    """Inputs that change the requests: assumptions among the plan's quantities, answer length, rates."""
    by_label = {each.label: name for name, each in default_assumptions().items()}
    leaves = (leaf for quantity in plan.quantities for leaf in quantity.leaves())
    assumed = (by_label.get(leaf.name) for leaf in leaves if leaf.kind is Kind.ASSUMPTION)
    reranked = _RERANK_INPUTS if plan.rerank_units is not None else ()
    powered = _DEVICE_INPUTS if quote.host == ON_DEVICE else ()
    lengths = (ANSWER_LENGTH,) if plan.calls else ()
    return (*dict.fromkeys(name for name in assumed if name), *reranked, *powered, *lengths)


def corner_usd(plan: UsagePlan, prices: CallPrices) -> FloatArray:
    """Mean US dollars per request without and with certain cache hits, shape (2, 2).

    The first axis is the shared prefix, the second an earlier prompt of the same request. The cost
    is bilinear in the two hit shares (F2.4, F2.4b), so these four numbers hold all of it.
    """
    if prices.cache.policy is CachePolicy.NONE:
        return np.full((2, 2), _mean_usd(plan, prices))
    extends = any(call.previous_prompt_tokens is not None for call in plan.calls)
    corners = [
        [_mean_usd(plan, replace(prices, hit_share=hit, sequence_hit_share=found)) for hit in (0.0, 1.0)]
        for found in ((0.0, 1.0) if extends else (0.0,))
    ]
    return np.broadcast_to(np.transpose(corners), (2, 2))


def _mean_usd(plan: UsagePlan, prices: CallPrices) -> float:
    return float(request_cost(plan, prices).total.mean())


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
    of the draws, on at most TABLE_ROWS evenly spaced rows, and interpolated linearly in each input:
    exact where every token is billed alike, and near within one step of the cache where not.
    """
    drawn = {name: _as_used(name, value) for name, value in values.items() if np.ndim(value)}
    held = {name: value for name, value in values.items() if name not in drawn}
    levels = [_levels(name, draws, len(drawn)) for name, draws in drawn.items()]
    cells = [
        _sampled_corners(subject, {**held, **dict(zip(drawn, cell, strict=True))})
        for cell in product(*(each.tolist() for each in levels))
    ]
    added = np.reshape(np.asarray(cells) - _sampled_corners(subject, {}), (*map(len, levels), 2, 2))
    points = np.stack(list(drawn.values()), axis=-1)
    return today + np.asarray(RegularGridInterpolator(levels, added)(points), np.float64)


def _sampled_corners(subject: Subject, values: Values) -> FloatArray:
    """`corner_usd` of some rows of the plan at one number for each input of `values`, shape (2, 2)."""
    moved = subject_at(subject, values)
    plan = thinned(moved.plan, TABLE_ROWS)
    prices = call_prices(plan, moved.quote, moved.scenario)
    if prices is None:
        raise InvalidCostInput(f"The price of {plan.strategy}", "is not known")
    return corner_usd(plan, prices)


def thinned(plan: UsagePlan, most_rows: int) -> UsagePlan:
    """The plan for every k-th request only, so that at most `most_rows` are left."""
    step = max(1, -(-plan.requests // most_rows))
    calls = tuple(
        replace(_every(call, step), parts=tuple((part, tokens[::step]) for part, tokens in call.parts))
        for call in plan.calls
    )
    return replace(_every(plan, step), calls=calls, requests=len(range(0, plan.requests, step)))


def _every(value: Rows, step: int) -> Rows:
    arrays = {field.name: getattr(value, field.name) for field in fields(value)}
    kept: dict[str, Any] = {
        name: each[::step] for name, each in arrays.items() if isinstance(each, np.ndarray)
    }
    return replace(value, **kept)


def _as_used(name: str, draws: Amount) -> FloatArray:
    """The draws as a plan takes them: whole where it rounds."""
    return np.asarray(np.rint(draws) if name in WHOLE_NUMBERS else draws, np.float64)


def _levels(name: str, draws: FloatArray, inputs: int) -> FloatArray:
    """Where to tabulate: evenly, about TABLE_CELLS cells over all inputs; whole numbers at whole numbers."""
    low, high = float(draws.min()), float(draws.max())
    if name in WHOLE_NUMBERS:
        return np.unique(np.rint(np.linspace(low, high, MOST_WHOLE_LEVELS)))
    return np.linspace(low, high, max(2, round(TABLE_CELLS ** (1 / inputs)))) if high > low else draws[:1]
