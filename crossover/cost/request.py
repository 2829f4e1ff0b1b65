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


@dataclass(frozen=True, slots=True)
class CallPrices:
    """What the calls of a plan are billed at, and how often a shared prefix is found in the cache.

    `hit_share` is the chance for the prefix all requests share (F2.3); `sequence_hit_share` that
    of the previous prompt of the same request (F2.4b).
    """

    price: TokenPrice
    cache: CacheRule
    hit_share: float = 0.0
    sequence_hit_share: float = 0.0
    embedding_usd_per_mtok: float | None = None


@dataclass(frozen=True, slots=True)
class RequestCost:
    """US dollars per request by part, each of shape (n,); the parts add up to `total`."""

    by_part: Mapping[Part, Usd]

    @property
    def total(self) -> Usd:
        """US dollars of each request, shape (n,)."""
        return np.sum(list(self.by_part.values()), axis=0)  # type: ignore[no-any-return]

    def means(self) -> dict[Part, float]:
        """Mean US dollars per request by part, in prompt order, parts that cost nothing left out."""
        means = {part: float(self.by_part[part].mean()) for part in Part if part in self.by_part}
        return {part: mean for part, mean in means.items() if mean > 0}


def request_cost(plan: UsagePlan, prices: CallPrices) -> RequestCost:
    """Price every call of a plan, weighted by how often it happens, and its embedding (F2.1-F2.4b)."""
    parts: dict[Part, Usd] = {}
    for call in plan.calls:
        for part, usd in _call_usd(call, prices):
            parts[part] = parts.get(part, 0.0) + call.probability * usd
    if plan.embedding_tokens is not None and prices.embedding_usd_per_mtok is not None:
        parts[Part.EMBEDDING] = plan.embedding_tokens * prices.embedding_usd_per_mtok / 1e6
    return RequestCost(parts)


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
    on a miss, written where writing has its own price (F2.4, F2.4b).
    """
    read = rates.cache_read_mtok - rates.plain_mtok
    writes = prices.cache.policy is CachePolicy.BREAKPOINT
    write = (rates.cache_write_mtok - rates.plain_mtok) if writes else 0.0
    on_shared = prices.hit_share * read + (1 - prices.hit_share) * write
    change = _inside_prefix(call, prices.cache, call.shared_prefix_tokens) * on_shared
    if call.previous_prompt_tokens is None:
        return change
    previous = cacheable_tokens(prices.cache, call.previous_prompt_tokens, call.input_tokens)
    found = np.where(previous > 0, prices.sequence_hit_share, 0.0)
    longer = _inside_prefix(call, prices.cache, call.previous_prompt_tokens)
    return found * longer * read + (1 - found) * change


def _inside_prefix(call: Call, rule: CacheRule, prefix_tokens: float | Usd) -> Usd:
    """Tokens of each part that lie inside the cacheable start of the prompt, shape (parts, n)."""
    cacheable = cacheable_tokens(rule, prefix_tokens, call.input_tokens)
    parts = [tokens for _, tokens in call.parts]
    ends = np.cumsum(parts, axis=0)
    return np.clip(np.minimum(ends, cacheable) - (ends - parts), 0.0, None)
