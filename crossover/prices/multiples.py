"""Prices that follow from another one by a host's rule: batch jobs and regions (MODEL.md F2.1, 0.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from crossover.prices.fees import PriceRule
from crossover.prices.types import InferencePrice, Source, TokenPrice
from crossover.words import say

BATCH, REGION, TUNED_BATCH = "batch", "region", "tuned_batch"
GLOBAL = "global"


class _Shares(NamedTuple):
    """A rule that says both what input and what output cost."""

    rule: PriceRule
    inputs: float
    outputs: float


def batch_price(inference: InferencePrice, rules: Iterable[PriceRule]) -> TokenPrice | None:
    """The price inside a batch job: the listed one, else the host's share of the standard price.

    None when neither is known. A cached rate stays unknown unless the rule says that caching stacks.
    """
    return inference.batch or batch_by_rule(inference.price, rules)


def batch_by_rule(price: TokenPrice, rules: Iterable[PriceRule]) -> TokenPrice | None:
    """`price` times the first batch rule with a share for input and output; None without one."""
    shares = _first_shares(rules)
    if shares is None:
        return None
    return _multiplied(price if shares.rule.stacks_with_cache else _without_cache(price), shares)


def regional_price(
    base: InferencePrice | None, rules: Iterable[PriceRule], region: str
) -> InferencePrice | None:
    """The global price with the region's uplift on every token, batch included; None without a rule."""
    shares = _first_shares(rule for rule in rules if rule.region == region)
    if base is None or shares is None:
        return None
    rule = shares.rule
    starts = [day for day in (base.valid_from, rule.valid_from) if day]
    ends = [day for day in (base.valid_to, rule.valid_to) if day]
    return replace(
        base,
        price=_multiplied(base.price, shares),
        batch=_multiplied(base.batch, shares) if base.batch else None,
        region=region,
        source=_by_rule(base.source, rule),
        valid_from=max(starts, default=None),
        valid_to=min(ends, default=None),
    )


def _by_rule(base: Source, rule: PriceRule) -> Source:
    """The rule's page, with where the multiplied price comes from."""
    share = say("{share:g} x the global price ({page})", share=rule.input_multiplier, page=base.url)
    note = "; ".join(filter(None, (share, rule.source.note)))
    return replace(rule.source, grade=max(base.grade, rule.source.grade), note=note)


def _first_shares(rules: Iterable[PriceRule]) -> _Shares | None:
    for rule in rules:
        if rule.input_multiplier is not None and rule.output_multiplier is not None:
            return _Shares(rule, rule.input_multiplier, rule.output_multiplier)
    return None


def _without_cache(price: TokenPrice) -> TokenPrice:
    return replace(
        price,
        cached_input_mtok=None,
        cache_write_mtok=None,
        long_cached_input_mtok=None,
        long_cache_write_mtok=None,
    )


def _multiplied(price: TokenPrice, shares: _Shares) -> TokenPrice:
    return TokenPrice(
        input_mtok=price.input_mtok * shares.inputs,
        output_mtok=price.output_mtok * shares.outputs,
        cached_input_mtok=_times(price.cached_input_mtok, shares.inputs),
        cache_write_mtok=_times(price.cache_write_mtok, shares.inputs),
        long_from_tokens=price.long_from_tokens,
        long_input_mtok=_times(price.long_input_mtok, shares.inputs),
        long_output_mtok=_times(price.long_output_mtok, shares.outputs),
        long_cached_input_mtok=_times(price.long_cached_input_mtok, shares.inputs),
        long_cache_write_mtok=_times(price.long_cache_write_mtok, shares.inputs),
    )


def _times(price: float | None, multiplier: float) -> float | None:
    return None if price is None else price * multiplier
