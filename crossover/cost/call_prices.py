"""From a quote to the rates a plan's calls are billed at, with their provenance."""

from __future__ import annotations

from dataclasses import replace

from crossover.cost.hit_rates import expected_hit_rate
from crossover.cost.quote import Quote, price_figure
from crossover.cost.request import CallPrices
from crossover.figure import Figure, derived
from crossover.prices import CachePolicy, CacheRule, InferencePrice, TokenPrice
from crossover.scenario import Scenario
from crossover.strategies import UsagePlan


def call_prices(plan: UsagePlan, quote: Quote, scenario: Scenario) -> CallPrices | None:
    """Rates for the plan's calls; None when a price they need is missing (MODEL.md E12)."""
    inference, price = quote.inference, token_price(plan, quote)
    if inference is None or price is None:
        return None
    embedding = quote.embedding.input_mtok if quote.embedding else None
    if plan.embedding_tokens is not None and embedding is None:
        return None
    cache = inference.cache if scenario.prompt_caching and _has_cached_price(price) else _no_cache(inference)
    return CallPrices(
        price=price,
        cache=cache,
        hit_share=_hit_share(cache, scenario),
        sequence_hit_share=scenario.value("cache_effectiveness_share") if _is_on(cache) else 0.0,
        embedding_usd_per_mtok=embedding,
    )


def token_price(plan: UsagePlan, quote: Quote) -> TokenPrice | None:
    """The price of the tuned model for plans that train one, else that of the base model."""
    if plan.tuned:
        return quote.tuning.tuned if quote.tuning else None
    return quote.inference.price if quote.inference else None


def price_figures(plan: UsagePlan, quote: Quote, prices: CallPrices) -> tuple[Figure, ...]:
    """The prices used for one request, as figures."""
    source = (
        quote.tuning.source if plan.tuned and quote.tuning else quote.inference and quote.inference.source
    )
    if not source:
        return ()
    which = "tuned model" if plan.tuned else "model"
    unit, price = "USD per million tokens", prices.price
    found = [
        price_figure(price.input_mtok, unit, source, f"Input price, {which}"),
        price_figure(price.output_mtok, unit, source, f"Output price, {which}"),
    ]
    if _is_on(prices.cache):
        found.append(price_figure(price.cached_input_mtok, unit, source, f"Cached input price, {which}"))
    if plan.embedding_tokens is not None and quote.embedding:
        embedding = quote.embedding
        found.append(price_figure(embedding.input_mtok, unit, embedding.source, "Embedding price"))
    return tuple(found)


def hit_share_figure(prices: CallPrices, scenario: Scenario) -> Figure:
    """How often the shared prefix is found in the cache, at this traffic (MODEL.md F2.3)."""
    effort = scenario.assumption("cache_effectiveness_share")
    name = "Cache hits"
    return derived(prices.hit_share, "share", "MODEL.md F2.3", scenario.volume, effort, name=name)


def _has_cached_price(price: TokenPrice) -> bool:
    return price.cached_input_mtok is not None


def _no_cache(inference: InferencePrice) -> CacheRule:
    return replace(inference.cache, policy=CachePolicy.NONE)


def _is_on(cache: CacheRule) -> bool:
    return cache.policy is not CachePolicy.NONE


def _hit_share(cache: CacheRule, scenario: Scenario) -> float:
    if not _is_on(cache):
        return 0.0
    return expected_hit_rate(cache, scenario.requests_per_month, scenario.value("cache_effectiveness_share"))
