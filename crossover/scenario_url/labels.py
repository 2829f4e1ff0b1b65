"""What the parameters of a link are called in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from crossover.words import mark, say

FIELD_WORDS: Mapping[str, str] = {
    "price_date": mark("price date"),
    "host": mark("host"),
    "model": mark("model"),
    "requests_per_month": mark("requests per month"),
    "growth_per_month_share": mark("growth per month share"),
    "horizon_months": mark("horizon months"),
    "few_shot_examples": mark("few shot examples"),
    "chunks_per_request": mark("chunks per request"),
    "chunking": mark("chunking"),
    "output_length_factor": mark("output length factor"),
    "prompt_caching": mark("prompt caching"),
    "count_people": mark("count people"),
    "new_customer": mark("new customer"),
    "preset": mark("preset"),
    "embedding_host": mark("embedding host"),
    "embedding_model": mark("embedding model"),
    "token_correction": mark("token correction"),
    "token_correction_source": mark("token correction source"),
    "strategy_models": mark("strategy models"),
    "extra_strategies": mark("extra strategies"),
    "cache_tail": mark("cache tail"),
    "batch": mark("batch"),
    "region": mark("region"),
    "turns_per_conversation": mark("turns per conversation"),
    "keep_passages": mark("keep passages"),
    "gpu": mark("gpu"),
    "vector_store": mark("vector store"),
    "latency_limit_seconds": mark("latency limit seconds"),
    "budget_usd": mark("budget usd"),
    "requests_per_minute_limit": mark("requests per minute limit"),
    "tokens_per_minute_limit": mark("tokens per minute limit"),
    "update_within_days": mark("update within days"),
    "target_success_share": mark("target success share"),
    "personal_data_may_leave": mark("personal data may leave"),
    "data_may_leave": mark("data may leave"),
    "weights": mark("weights"),
    "success_shares": mark("success shares"),
    "discount_per_year_share": mark("discount per year share"),
    "seed": mark("seed"),
}


def field_words(name: str) -> str:
    """A field, or a group of fields that travel together, as a person would call it."""
    return say(FIELD_WORDS[name])
