"""What prompt caching saves: cacheable tokens, hit rates and expected input (MODEL.md 2.2-2.4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from crossover.cost.arrays import Amount, FloatArray
from crossover.cost.call import InputTokens, input_usd
from crossover.cost.hit_rates import HOURS_PER_MONTH
from crossover.prices.types import CachePolicy, CacheRule, TokenPrice


@dataclass(frozen=True, slots=True)
class Prompts:
    """Calls with what each shares with earlier ones, in tokens; arrays over calls broadcast.

    The static prefix is common to all requests, the sequence prefix to the call before in the same
    conversation or request.
    """

    prompt_tokens: Amount
    static_prefix_tokens: Amount
    sequence_prefix_tokens: Amount


@dataclass(frozen=True, slots=True)
class HitRates:
    """Chance (0..1) that the static and the sequence prefix are found; 0 for the first of a sequence."""

    static: Amount
    sequence: Amount


def cacheable_tokens(rule: CacheRule, prefix_tokens: ArrayLike, prompt_tokens: ArrayLike) -> FloatArray:
    """Tokens of a common prefix that can be read from the cache, by policy (MODEL.md F2.2, W09).

    `prefix_tokens` are the leading tokens shared with an earlier prompt, `prompt_tokens` the whole
    prompt; both broadcast. The result never exceeds the prefix.
    """
    prefix, prompt = np.broadcast_arrays(
        np.asarray(prefix_tokens, np.float64), np.asarray(prompt_tokens, np.float64)
    )
    match rule.policy:
        case CachePolicy.NONE:
            return np.zeros_like(prefix)
        case CachePolicy.STORED:
            return prefix.copy()
        case CachePolicy.BREAKPOINT:
            return np.where(prefix >= rule.minimum_tokens, prefix, 0.0)
        case CachePolicy.INCREMENT | CachePolicy.IMPLICIT:
            step = 1 if rule.policy is CachePolicy.IMPLICIT else rule.step_tokens
            return _whole_steps(prefix, prompt, rule.minimum_tokens, step)


def _whole_steps(prefix: FloatArray, prompt: FloatArray, minimum: int, step: int) -> FloatArray:
    long_enough = np.minimum(prefix, prompt) >= minimum
    return np.where(long_enough, minimum + step * np.floor((prefix - minimum) / step), 0.0)


def expected_input_tokens(
    rule: CacheRule,
    prompt_tokens: ArrayLike,
    prefix_tokens: ArrayLike,
    hit_rate: ArrayLike,
    writes_tail: bool = False,
) -> InputTokens:
    """Expected plain, read and written tokens of a call that shares a static prefix (MODEL.md F2.4).

    With a breakpoint policy a miss writes the prefix; with the others it is plain input.
    `writes_tail` adds a breakpoint at the end of the prompt: what follows the prefix is written.
    """
    prompt = np.asarray(prompt_tokens, np.float64)
    cacheable = cacheable_tokens(rule, prefix_tokens, prompt)
    read = cacheable * np.asarray(hit_rate, np.float64)
    written = cacheable - read if rule.policy is CachePolicy.BREAKPOINT else np.zeros_like(read)
    if writes_tail:
        written = written + _written_tail(rule, prompt, cacheable)
    return InputTokens(prompt, read, written)


def expected_sequence_tokens(
    rule: CacheRule, prompts: Prompts, hit_rates: HitRates, writes_tail: bool = False
) -> InputTokens:
    """Expected tokens of calls that may extend an earlier prompt (MODEL.md F2.4b, W10b, W11b).

    With the sequence hit rate the longer prefix is read; otherwise the call is one on the static
    prefix. A sequence prefix that cannot be cached is never found.
    """
    prompt = np.asarray(prompts.prompt_tokens, np.float64)
    longer = cacheable_tokens(rule, prompts.sequence_prefix_tokens, prompt)
    hit = np.where(longer > 0, hit_rates.sequence, 0.0)
    fresh = expected_input_tokens(rule, prompt, prompts.static_prefix_tokens, hit_rates.static, writes_tail)
    tail = _written_tail(rule, prompt, longer) if writes_tail else np.zeros_like(longer)
    read = hit * longer + (1 - hit) * fresh.cache_read_tokens
    written = hit * tail + (1 - hit) * fresh.cache_write_tokens
    return InputTokens(prompt, read, written)


def _written_tail(rule: CacheRule, prompt: FloatArray, read_before: FloatArray) -> FloatArray:
    if rule.policy is not CachePolicy.BREAKPOINT:
        return np.zeros_like(read_before)
    return np.where(prompt >= rule.minimum_tokens, prompt - read_before, 0.0)


def expected_input_usd(
    rule: CacheRule,
    price: TokenPrice,
    prompt_tokens: ArrayLike,
    prefix_tokens: ArrayLike,
    hit_rate: ArrayLike,
) -> FloatArray:
    """Expected US dollars of the input of a call that shares a static prefix (MODEL.md F2.4, W09)."""
    return input_usd(expected_input_tokens(rule, prompt_tokens, prefix_tokens, hit_rate), price)


def break_even_hit_rate(price: TokenPrice) -> float | None:
    """Hit rate above which writing a prefix to the cache pays (MODEL.md F2.5, W09).

    0 where writing costs no more than plain input; None where reading is not cheaper, so that
    it never pays.
    """
    plain = price.input_mtok
    read = plain if price.cached_input_mtok is None else price.cached_input_mtok
    write = plain if price.cache_write_mtok is None else price.cache_write_mtok
    if read >= plain:
        return None
    return max(0.0, (write - plain) / (write - read)) if write > plain else 0.0


def stored_cache_usd(stored_tokens: float, usd_per_mtok_hour: float, hours: float = HOURS_PER_MONTH) -> float:
    """US dollars for keeping an explicit cache for `hours` (MODEL.md F2.2, policy "stored").

    Creating it is not in here: a miss in `expected_input_tokens` bills it as plain input.
    """
    return stored_tokens / 1e6 * usd_per_mtok_hour * hours
