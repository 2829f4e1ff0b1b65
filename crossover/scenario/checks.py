"""What no formula allows in a scenario, met where it is built (MODEL.md E03-E06, E14, E15)."""

from __future__ import annotations

import math
import reprlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from crossover.assumptions import default_assumptions
from crossover.words import say

MOST_CHUNKS = 20
MOST_TURNS = 30
NEVER_ZERO = frozenset(
    {
        "hours_per_day",
        "team_people",
        "attempts_at_most",
        "prefill_tokens_per_second",
        "decode_tokens_per_second",
        "gpu_prefill_tokens_per_second",
        "gpu_decode_tokens_per_second",
        "gpu_utilisation_share",
        "gpu_training_tokens_per_second",
        "device_prefill_tokens_per_second",
        "device_decode_tokens_per_second",
    }
)
_TEXTS = (
    "host",
    "model",
    "region",
    "preset",
    "embedding_host",
    "embedding_model",
    "token_correction_source",
    "gpu",
    "vector_store",
)
_SWITCHES = (
    "prompt_caching",
    "cache_tail",
    "batch",
    "keep_passages",
    "count_people",
    "new_customer",
    "personal_data_may_leave",
    "data_may_leave",
)
_LIMITS = (
    "latency_limit_seconds",
    "budget_usd",
    "requests_per_minute_limit",
    "tokens_per_minute_limit",
    "update_within_days",
)


class InvalidScenario(ValueError):
    """A scenario value outside what the model can compute; the message names the field."""


def check(scenario: Any) -> None:
    """Raise InvalidScenario naming the first field that no formula allows."""
    _require_types(scenario)
    _require_between(scenario, "requests_per_month", 0, 1e10)
    _require_between(scenario, "growth_per_month_share", -0.9999, 10)
    _require_between(scenario, "output_length_factor", 0, 100)
    _require_between(scenario, "discount_per_year_share", 0, 1)
    _require_between(scenario, "token_correction", 0.1, 10)
    _require_whole(scenario, "horizon_months", 0, 120)
    _require_whole(scenario, "few_shot_examples", 0, 100)
    _require_whole(scenario, "chunks_per_request", 1, MOST_CHUNKS)
    _require_whole(scenario, "chunk_tokens", 20, 8000)
    _require_whole(scenario, "chunk_overlap_tokens", 0, scenario.chunk_tokens - 1)
    _require_whole(scenario, "turns_per_conversation", 1, MOST_TURNS)
    _require_whole(scenario, "seed", 0, 2**31)
    _require_limits(scenario)
    _require_known_overrides(scenario.overrides)
    _require_known_ranges(scenario)
    _require_numbers("weights", scenario.weights, 1e6)
    _require_numbers("success_shares", scenario.success_shares, 1)


def _require_types(scenario: Any) -> None:
    if not isinstance(scenario.price_date, date):
        raise InvalidScenario(say("price_date must be a date such as 2026-11-22."))
    for name in _TEXTS:
        if not isinstance(getattr(scenario, name), str):
            raise InvalidScenario(say("{name} must be text.", name=name))
    for name in _SWITCHES:
        if not isinstance(getattr(scenario, name), bool):
            raise InvalidScenario(say("{name} must be true or false.", name=name))
    if not all(isinstance(each, str) for each in scenario.extra_strategies):
        raise InvalidScenario(say("extra_strategies must be a list of strategy names."))


def _require_between(scenario: Any, name: str, low: float, high: float) -> None:
    value = getattr(scenario, name)
    if not is_number(value):
        raise InvalidScenario(
            say("{name} must be a number, not {value}.", name=name, value=reprlib.repr(value))
        )
    if not low <= value <= high:
        raise InvalidScenario(
            say(
                "{name} must lie between {low:g} and {high:g}, not {value:g}.",
                name=name,
                low=low,
                high=high,
                value=value,
            )
        )


def _require_whole(scenario: Any, name: str, low: int, high: int) -> None:
    _require_between(scenario, name, low, high)
    if not isinstance(getattr(scenario, name), int):
        value = getattr(scenario, name)
        raise InvalidScenario(say("{name} must be a whole number, not {value!r}.", name=name, value=value))


def _require_limits(scenario: Any) -> None:
    """A limit is either absent or a number of at least 0; a target is a share."""
    for name in _LIMITS:
        if getattr(scenario, name) is not None:
            _require_between(scenario, name, 0, 1e12)
    if scenario.target_success_share is not None:
        _require_between(scenario, "target_success_share", 0, 1)


def _require_known_overrides(overrides: Iterable[tuple[str, float]]) -> None:
    for name, value in overrides:
        _require_assumption(name)
        if not is_number(value) or value < 0:
            shown = reprlib.repr(value)
            raise InvalidScenario(
                say("{name} must be a number of at least 0, not {value}.", name=name, value=shown)
            )
        if value == 0 and name in NEVER_ZERO:
            raise InvalidScenario(
                say("{name} must be more than 0: other figures are divided by it.", name=name)
            )
        if value > 1 and default_assumptions()[name].unit == "share":
            raise InvalidScenario(say("{name} is a share: at most 1, not {value:g}.", name=name, value=value))


def _require_known_ranges(scenario: Any) -> None:
    for name, low, high in scenario.ranges:
        _require_assumption(name)
        if not (is_number(low) and is_number(high)) or low < 0:
            raise InvalidScenario(say("ranges: that of {name} must be two numbers of at least 0.", name=name))
        if not low <= scenario.value(name) <= high:
            raise InvalidScenario(
                say(
                    "ranges: that of {name}, {low:g} to {high:g}, must hold its likely value {value:g}.",
                    name=name,
                    low=low,
                    high=high,
                    value=scenario.value(name),
                )
            )


def _require_assumption(name: str) -> None:
    if name not in default_assumptions():
        raise InvalidScenario(say("There is no assumption called {name!r}.", name=name))


def _require_numbers(field: str, named: Iterable[tuple[str, float]], most: float) -> None:
    for name, value in named:
        if not is_number(value) or not 0 <= value <= most:
            raise InvalidScenario(
                say(
                    "{field}: {name} must lie between 0 and {most:g}, not {value}.",
                    field=field,
                    name=name,
                    most=most,
                    value=reprlib.repr(value),
                )
            )


def is_number(value: object) -> bool:
    """Whether `value` is a finite number; True and False are none."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number of hundreds of digits, which no formula can take
        return False
