"""What one request costs: a plan's tokens at a model's prices, kept apart by part (MODEL.md 2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossover.cost.caching import cacheable_tokens
from crossover.cost.call import Rates, rates_at
from crossover.prices import CachePolicy, CacheRule, TokenPrice
from crossover.strategies import Call, Part, UsagePlan

Usd = NDArray[np.float64]
NO_PRICE = TokenPrice(0.0, 0.0)
"""For plans that call no model."""


@dataclass(frozen=True, slots=True)
class Energy:
    """Electricity of a device of one's own, in US dollars by token."""

    usd_per_input_token: float
    usd_per_output_token: float


@dataclass(frozen=True, slots=True)
class CallPrices:
    """What the calls of a plan are billed at, and how often a prefix is found in the cache.

    `hit_share` is the chance for the prefix all requests share (F2.3), `sequence_hit_share` that of
    the previous prompt of the same request, times `pause_factor` where a person's pause lies between
    (F2.4b). `writes_tail`: the end of each prompt is marked as well, where marking is needed.
    """

    price: TokenPrice
    cache: CacheRule
    hit_share: float = 0.0
    sequence_hit_share: float = 0.0
    pause_factor: float = 1.0
    writes_tail: bool = False
    embedding_usd_per_mtok: float | None = None
    rerank_usd_per_1000: float = 0.0
    energy: Energy | None = None

    def later_hit_share(self, call: Call) -> float:
        """Chance that a call finds the previous prompt; 0 where only marked starts can be found."""
        if self.cache.policy is CachePolicy.BREAKPOINT and not self.writes_tail:
            return 0.0
        return self.sequence_hit_share * (self.pause_factor if call.after_pause else 1.0)


@dataclass(frozen=True, slots=True)
class RequestCost:
    """US dollars of `requests` requests by part, each of shape (n,); the parts add up to `total`."""

    by_part: Mapping[Part, Usd]
    requests: int

    @property
    def total(self) -> Usd:
        """US dollars of each request, shape (n,)."""
        return sum(self.by_part.values(), np.zeros(self.requests))

    def means(self) -> dict[Part, float]:
        """Mean US dollars per request by part, in prompt order, parts that cost nothing left out."""
        means = {part: float(self.by_part[part].mean()) for part in Part if part in self.by_part}
        return {part: mean for part, mean in means.items() if mean > 0}

    def with_retries(self, multiplier: float) -> RequestCost:
        """The same request with what failed attempts add, as a part of its own (MODEL.md F2.6)."""
        if multiplier == 1 or not self.by_part:
            return self
        return RequestCost({**self.by_part, Part.RETRIES: (multiplier - 1) * self.total}, self.requests)


def request_cost(plan: UsagePlan, prices: CallPrices) -> RequestCost:
    """Price every call of a plan, weighted by how often it happens, and what is beside (F2.1-F2.4b)."""
    parts: dict[Part, Usd] = {}
    for call in plan.calls:
        for part, usd in _call_usd(call, prices):
            parts[part] = parts.get(part, 0.0) + call.probability * usd
    if plan.embedding_tokens is not None and prices.embedding_usd_per_mtok is not None:
        parts[Part.EMBEDDING] = plan.embedding_tokens * prices.embedding_usd_per_mtok / 1e6
    if plan.rerank_units is not None:
        parts[Part.RERANK] = plan.rerank_units * prices.rerank_usd_per_1000 / 1000
    if prices.energy is not None:
        parts[Part.ENERGY] = _energy_usd(plan, prices.energy)
    return RequestCost(parts, plan.requests)


def _energy_usd(plan: UsagePlan, energy: Energy) -> Usd:
    reading = plan.expected_input_tokens() * energy.usd_per_input_token
    return reading + plan.expected_output_tokens() * energy.usd_per_output_token


def _call_usd(call: Call, prices: CallPrices) -> list[tuple[Part, Usd]]:
    """US dollars of each prompt part and of the output of one call."""
    prompt = call.input_tokens
    rates = rates_at(prices.price, prompt)
    saved = _expected_change(call, prices, rates)
    found = [
        (part, (tokens * rates.plain_mtok + change) / 1e6)
        for (part, tokens), change in zip(call.parts, saved, strict=True)
    ]
    hidden = np.full_like(prompt, call.reasoning_tokens)
    outputs = [(call.output_part, call.written_tokens), (Part.REASONING, hidden)]
    return [*found, *((part, tokens * rates.output_mtok / 1e6) for part, tokens in outputs)]


def _expected_change(call: Call, prices: CallPrices, rates: Rates) -> Usd:
    """What caching adds to (below 0: takes off) the plain price of each part, shape (parts, n).

    With the sequence hit rate the previous prompt is read, otherwise the shared prefix is read or,
    on a miss, written where writing has its own price; a marked tail writes the rest (F2.4, F2.4b).
    """
    if prices.cache.policy is CachePolicy.NONE:
        return np.zeros((len(call.parts), len(call.written_tokens)))
    read = rates.cache_read_mtok - rates.plain_mtok
    writes = prices.cache.policy is CachePolicy.BREAKPOINT
    write = (rates.cache_write_mtok - rates.plain_mtok) if writes else 0.0
    is_long = call.input_tokens >= prices.cache.minimum_tokens
    tail = np.where(is_long, write, 0.0) if prices.writes_tail else 0.0
    on_shared = prices.hit_share * read + (1 - prices.hit_share) * write
    shared, rest = _split(call, prices.cache, call.shared_prefix_tokens)
    change = shared * on_shared + rest * tail
    if call.previous_prompt_tokens is None:
        return change
    previous = cacheable_tokens(prices.cache, call.previous_prompt_tokens, call.input_tokens)
    found = np.where(previous > 0, prices.later_hit_share(call), 0.0)
    longer, after = _split(call, prices.cache, call.previous_prompt_tokens)
    return found * (longer * read + after * tail) + (1 - found) * change


def _split(call: Call, rule: CacheRule, prefix_tokens: float | Usd) -> tuple[Usd, Usd]:
    """Tokens of each part inside and behind the cacheable start of the prompt, each (parts, n)."""
    cacheable = cacheable_tokens(rule, prefix_tokens, call.input_tokens)
    parts = np.asarray([tokens for _, tokens in call.parts])
    ends = np.cumsum(parts, axis=0)
    inside = np.clip(np.minimum(ends, cacheable) - (ends - parts), 0.0, None)
    return inside, parts - inside
