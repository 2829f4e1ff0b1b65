"""How a field of the scenario is called inside a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from crossover.words import mark

FIELD_LABELS: Mapping[str, str] = {
    "price_date": mark("the price date"),
    "host": mark("the provider"),
    "model": mark("the model"),
    "requests_per_month": mark("requests per month"),
    "growth_per_month_share": mark("growth per month"),
    "horizon_months": mark("the horizon in months"),
    "few_shot_examples": mark("examples in the prompt"),
    "chunks_per_request": mark("passages per request"),
    "chunk_tokens": mark("tokens per passage"),
    "chunk_overlap_tokens": mark("overlapping tokens of passages"),
    "output_length_factor": mark("the answer length factor"),
    "prompt_caching": mark("prompt caching"),
    "count_people": mark("counting people's time"),
    "new_customer": mark("being a new customer"),
    "preset": mark("the ready-made setting"),
    "embedding_host": mark("the embedding provider"),
    "embedding_model": mark("the embedding model"),
    "token_correction": mark("the token correction"),
    "token_correction_source": mark("the source of the token correction"),
    "overrides": mark("the assumption"),
    "own_prices": mark("own prices"),
    "ranges": mark("own ranges of assumptions"),
    "strategy_models": mark("models chosen for single strategies"),
    "extra_strategies": mark("the further strategies"),
    "cache_tail": mark("caching each conversation's end"),
    "batch": mark("batch processing"),
    "region": mark("the region"),
    "turns_per_conversation": mark("turns per conversation"),
    "keep_passages": mark("keeping passages in the conversation"),
    "gpu": mark("the GPU"),
    "vector_store": mark("the vector store"),
    "latency_limit_seconds": mark("the longest wait allowed, in seconds,"),
    "budget_usd": mark("the budget"),
    "requests_per_minute_limit": mark("the limit of requests per minute"),
    "tokens_per_minute_limit": mark("the limit of tokens per minute"),
    "update_within_days": mark("the days allowed for an update"),
    "target_success_share": mark("the target share of correct answers"),
    "personal_data_may_leave": mark("letting personal data leave"),
    "data_may_leave": mark("letting data leave"),
    "weights": mark("the weight of"),
    "success_shares": mark("the share of correct answers of"),
    "discount_per_year_share": mark("discount a year"),
    "seed": mark("the random seed"),
}
