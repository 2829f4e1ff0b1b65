"""From a quote to the rates a plan's calls are billed at, with their provenance."""

from __future__ import annotations

import math

import numpy as np

from crossover.cost.hit_rates import expected_hit_rate
from crossover.cost.machines import energy_usd
from crossover.cost.quote import Quote, price_figure
from crossover.cost.request import NO_PRICE, CallPrices, Energy
from crossover.figure import Figure, derived
from crossover.prices import CachePolicy, CacheRule, EmbeddingPrice, InferencePrice, TokenPrice
from crossover.prices.machines import ON_DEVICE
from crossover.scenario import Scenario
from crossover.strategies import UsagePlan
from crossover.words import mark, say

INPUT_PRICE, OUTPUT_PRICE = "input_price", "output_price"
CACHED_INPUT_PRICE, EMBEDDING_PRICE = "cached_input_price", "embedding_price"
"""The ids of the figures of token prices."""

_NO_CACHE = CacheRule(CachePolicy.NONE)
_WHICH_MODEL = {
    (False, False): mark("model"),
    (False, True): mark("model, batch"),
    (True, False): mark("tuned model"),
    (True, True): mark("tuned model, batch"),
}
"""Whose price it is: (tuned, inside a batch job)."""


def call_prices(plan: UsagePlan, quote: Quote, scenario: Scenario) -> CallPrices | None:
    """Rates for the plan's calls; None when a price they need is missing (MODEL.md E12)."""
    price = token_price(plan, quote) if plan.calls else NO_PRICE
    embedding = quote.embedding.input_mtok if quote.embedding else None
    if price is None or (plan.embedding_tokens is not None and embedding is None):
        return None
    cache = _cache_rule(quote.inference, price, scenario)
    return CallPrices(
        price=price,
        cache=cache,
        hit_share=_hit_share(cache, scenario),
        sequence_hit_share=scenario.value("cache_effectiveness_share") if _is_on(cache) else 0.0,
        pause_factor=pause_factor(cache, scenario),
        writes_tail=scenario.cache_tail,
        embedding_usd_per_mtok=embedding,
        rerank_usd_per_1000=scenario.value("rerank_usd_per_1000_searches"),
        energy=device_energy(quote, scenario),
    )


def token_price(plan: UsagePlan, quote: Quote) -> TokenPrice | None:
    """The price of the tuned model for plans that train one, else that of the base model."""
    if quote.inference is None:
        return None
    if plan.tuned:
        return quote.tuning.tuned if quote.tuning else None
    return quote.inference.price


def price_figures(
    plan: UsagePlan, quote: Quote, scenario: Scenario, prices: CallPrices
) -> tuple[Figure, ...]:
    """The prices and assumptions that turn one request into money, as figures."""
    return (
        *_token_figures(plan, quote, scenario, prices),
        *_embedding_figures(plan, quote),
        *_other_figures(plan, scenario, prices),
    )


def _token_figures(
    plan: UsagePlan, quote: Quote, scenario: Scenario, prices: CallPrices
) -> tuple[Figure, ...]:
    offer = quote.tuning if plan.tuned else quote.inference
    if offer is None or not plan.calls:
        return ()
    which = say(_WHICH_MODEL[plan.tuned, scenario.batch])
    unit, source, price = "USD per million tokens", offer.source, prices.price
    found = [
        price_figure(price.input_mtok, unit, source, say("Input price, {model}", model=which), INPUT_PRICE),
        price_figure(
            price.output_mtok, unit, source, say("Output price, {model}", model=which), OUTPUT_PRICE
        ),
    ]
    if _is_on(prices.cache):
        name = say("Cached input price, {model}", model=which)
        found.append(price_figure(price.cached_input_mtok, unit, source, name, CACHED_INPUT_PRICE))
    return tuple(found)


def _embedding_figures(plan: UsagePlan, quote: Quote) -> tuple[Figure, ...]:
    if plan.embedding_tokens is None or quote.embedding is None:
        return ()
    return (embedding_price(quote.embedding),)


def embedding_price(offer: EmbeddingPrice) -> Figure:
    """The price of embedding a text."""
    name = say("Embedding price")
    return price_figure(offer.input_mtok, "USD per million tokens", offer.source, name, EMBEDDING_PRICE)


def _other_figures(plan: UsagePlan, scenario: Scenario, prices: CallPrices) -> tuple[Figure, ...]:
    names: list[str] = []
    if plan.rerank_units is not None:
        names.append("rerank_usd_per_1000_searches")
    if prices.energy is not None and plan.calls:
        names += ["device_watts", "electricity_usd_per_kwh"]
        names += ["device_prefill_tokens_per_second", "device_decode_tokens_per_second"]
    if plan.calls:
        names += ["failed_attempt_share", "attempts_at_most", "failed_attempt_billed_share"]
    return tuple(scenario.assumption(name) for name in names)


def hit_share_figure(plan: UsagePlan, prices: CallPrices, scenario: Scenario) -> Figure:
    """How often the shared prefix is found in the cache, at this traffic (MODEL.md F2.3).

    Never, with a note on how much is missing, where it is shorter than the provider asks (E35).
    """
    effort, short = scenario.assumption("cache_effectiveness_share"), _too_short(plan, prices.cache)
    found, inputs = 0.0 if short else prices.hit_share, (scenario.volume, effort)
    name = say("Cache hits")
    return derived(found, "share", "MODEL.md F2.3", *inputs, name=name, note=short, id="cache_hits")


def _too_short(plan: UsagePlan, cache: CacheRule) -> str:
    """What the longest shared prefix of a plan lacks to be cached at all; "" when nothing (E35)."""
    longest, least = (
        max((call.shared_prefix_tokens for call in plan.calls), default=0.0),
        cache.minimum_tokens,
    )
    if cache.policy is CachePolicy.STORED or longest >= least:
        return ""
    missing = math.ceil(least - longest)
    return say(
        "not cacheable ({there:,} of {least:,} tokens): {missing:,} more would have to stand "
        "alike at the start of every prompt",
        there=least - missing,
        least=least,
        missing=missing,
    )


def device_energy(quote: Quote, scenario: Scenario) -> Energy | None:
    """What a device of one's own uses while it answers; None at every other host."""
    if quote.host != ON_DEVICE:
        return None
    watts, price = scenario.value("device_watts"), scenario.value("electricity_usd_per_kwh")
    per_second = float(energy_usd(1.0, watts, price))
    return Energy(
        usd_per_input_token=per_second / scenario.value("device_prefill_tokens_per_second"),
        usd_per_output_token=per_second / scenario.value("device_decode_tokens_per_second"),
    )


def pause_factor(cache: CacheRule, scenario: Scenario) -> float:
    """Chance that a person answers before the cache forgets the last turn (MODEL.md F2.4b)."""
    think, lifetime = scenario.value("think_minutes"), cache.ttl_minutes[0]
    return 1.0 if think == 0 else float(-np.expm1(-lifetime / think))


def _cache_rule(inference: InferencePrice | None, price: TokenPrice, scenario: Scenario) -> CacheRule:
    """The host's caching; none when it is off or has no price (F2.1)."""
    if inference is None or not scenario.prompt_caching or price.cached_input_mtok is None:
        return _NO_CACHE
    return inference.cache


def _is_on(cache: CacheRule) -> bool:
    return cache.policy is not CachePolicy.NONE


def _hit_share(cache: CacheRule, scenario: Scenario) -> float:
    if not _is_on(cache):
        return 0.0
    return expected_hit_rate(cache, scenario.requests_per_month, scenario.value("cache_effectiveness_share"))
