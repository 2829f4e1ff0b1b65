"""The price of one model call from its billed tokens (MODEL.md F2.1)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from crossover.cost.arrays import Amount, FloatArray
from crossover.cost.errors import require_share
from crossover.prices.types import TokenPrice


@dataclass(frozen=True, slots=True)
class InputTokens:
    """Input tokens of calls and how many of them the cache changes; arrays of one shape, or numbers.

    Every token is billed at one rate. One that is written to the cache stands in
    `cache_write_tokens`: the write price replaces the plain one.
    """

    total_tokens: Amount
    cache_read_tokens: Amount = 0.0
    cache_write_tokens: Amount = 0.0

    @property
    def plain_tokens(self) -> FloatArray:
        """Tokens billed at the plain rate."""
        return np.asarray(self.total_tokens - self.cache_read_tokens - self.cache_write_tokens, np.float64)


@dataclass(frozen=True, slots=True)
class Rates:
    """US dollars per million tokens in force for each call, in the shape of its input tokens."""

    plain_mtok: FloatArray
    cache_read_mtok: FloatArray
    cache_write_mtok: FloatArray
    output_mtok: FloatArray


def call_usd(
    input_tokens: InputTokens,
    output_tokens: ArrayLike,
    price: TokenPrice,
    batch_discount_share: float = 0.0,
    batch_stacks_with_cache: bool = True,
) -> FloatArray:
    """US dollars of each call, unrounded (MODEL.md F2.1, W30).

    Above the price's long-context limit the long prices apply to the whole call. Where a batch
    discount does not stack with caching, cached tokens are billed as plain ones. Raises
    InvalidCostInput when the discount is not a share.
    """
    require_share("batch_discount_share", batch_discount_share)
    if batch_discount_share and not batch_stacks_with_cache:
        input_tokens = InputTokens(input_tokens.total_tokens)
    full = input_usd(input_tokens, price) + output_usd(output_tokens, price, input_tokens.total_tokens)
    return np.asarray(full * (1 - batch_discount_share), np.float64)


def input_usd(tokens: InputTokens, price: TokenPrice) -> FloatArray:
    """US dollars of the input side of each call (MODEL.md F2.1, its first three terms)."""
    rates = rates_at(price, tokens.total_tokens)
    plain = tokens.plain_tokens * rates.plain_mtok
    read = tokens.cache_read_tokens * rates.cache_read_mtok
    write = tokens.cache_write_tokens * rates.cache_write_mtok
    return np.asarray((plain + read + write) / 1e6, np.float64)


def output_usd(output_tokens: ArrayLike, price: TokenPrice, input_tokens: ArrayLike = 0.0) -> FloatArray:
    """US dollars of the output side; `input_tokens` decides whether the long price applies."""
    rate = rates_at(price, input_tokens).output_mtok
    return np.asarray(np.asarray(output_tokens, np.float64) * rate / 1e6, np.float64)


def rates_at(price: TokenPrice, input_tokens: ArrayLike) -> Rates:
    """The rates a call of `input_tokens` is billed at (MODEL.md F2.1, W30).

    A missing cached, write or long price falls back to the plain price of the same tier, a missing
    long plain price to the short one (MODEL.md 0.5: "no discount known").
    """
    short = _tier(price.input_mtok, price.cached_input_mtok, price.cache_write_mtok, price.output_mtok)
    limit = price.long_from_tokens
    is_long = np.asarray(input_tokens, np.float64) > (np.inf if limit is None else limit)
    long = _tier(
        _known(price.long_input_mtok, price.input_mtok),
        price.long_cached_input_mtok,
        price.long_cache_write_mtok,
        _known(price.long_output_mtok, price.output_mtok),
    )
    return Rates(*(np.where(is_long, high, low) for high, low in zip(long, short, strict=True)))


def _tier(
    plain: float, read: float | None, write: float | None, output: float
) -> tuple[float, float, float, float]:
    return plain, _known(read, plain), _known(write, plain), output


def _known(price_mtok: float | None, otherwise_mtok: float) -> float:
    return otherwise_mtok if price_mtok is None else price_mtok
