"""W29, W30 and W32: the index, tiers and windows, and the end of a model (MODEL.md 1.8-2.1, 8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from crossover import cost
from crossover.calendar import add_months
from crossover.cost import InputTokens
from crossover.gates import blocked_retrainings, usable_months
from crossover.prices.types import TokenPrice
from crossover.retrieval import chunk_count, rerank_units

from .example_file import Computed, Inputs, example
from .presets import price_of, usd
from .token_examples import chunks_of

LONG_TIER_ANSWER, BATCHED_PROMPT, BATCHED_ANSWER, BATCH_DISCOUNT = 1000, 1000, 200, 0.5  # W30
JULY_2024, MONTH_END = date(2024, 7, 23), date(2027, 1, 31)  # W32 `jul2024`, `month_end_start`


@example("W29")
def retrieval_index(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    size, overlap = inputs["size"], inputs["overlap"]
    chunks = chunk_count(inputs["total_tokens"], size, overlap)
    build = float(cost.embedding_usd(chunks.embedded_tokens, inputs["embed_price"]))
    return {
        "chunks": chunks_of(inputs["total_tokens"], size, overlap),
        "build_cost": build,
        "monthly_refresh": cost.index_refresh_usd_per_month(build, inputs["monthly_churn"]),
        "storage_gb": cost.index_storage_gb(chunks.n, inputs["dims"], inputs["payload_bytes"]),
        "rerank_units": [rerank_units(*case) for case in inputs["rerank"]],
        "per_document_sum_of_10_docs": 10 * chunk_count(inputs["total_tokens"] // 10, size, overlap).n,
    }


@example("W30")
def tiers_batch_window_and_currency(inputs: Inputs, every: Mapping[str, Inputs]) -> Computed:
    given, pay_back = inputs["price"], every["W14"]
    price = TokenPrice(
        given["inp"],
        given["out"],
        long_from_tokens=given["long_from"],
        long_input_mtok=given["long_inp"],
        long_output_mtok=given["long_out"],
    )
    dollars = usd(price_of(pay_back["base"]), pay_back["base_in"], pay_back["out"])
    batched = cost.call_usd(InputTokens(BATCHED_PROMPT), BATCHED_ANSWER, price, BATCH_DISCOUNT)
    return {
        "at_272000": usd(price, 272_000, LONG_TIER_ANSWER),
        "at_272001": usd(price, 272_001, LONG_TIER_ANSWER),
        "batch_at_1000": batched,
        "overflow_share": cost.overflow_share(inputs["inputs"], inputs["max_out"], inputs["window"]),
        "eur": dollars * inputs["eur_per_usd"],
    }


@example("W32")
def lifecycle(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    start, shutdown, last_day = (
        date.fromisoformat(inputs[key]) for key in ("start", "shutdown", "new_jobs_until")
    )
    months, every = inputs["horizon"], inputs["retrain_every"]
    return {
        "oai": life(start, months, every, shutdown, last_day),
        "no_dates": life(start, months, every, None, None),
        "jul2024": life(JULY_2024, months, every, shutdown, last_day),
        "month_end_start": life(MONTH_END, 1, every, None, None),
    }


def life(start: date, months: int, every: int, shutdown: date | None, last_day: date | None) -> Computed:
    """What is left of a horizon, and which trainings come after the last day for new jobs."""
    usable = months if shutdown is None else usable_months(start, shutdown, months)
    blocked = [] if last_day is None else blocked_trainings(start, months, every, last_day)
    return {
        "end": add_months(start, months).isoformat(),
        "passes": usable == months and not blocked,
        "blocked_trainings": [day.isoformat() for day in blocked],
        "full_months_usable": usable,
    }


def blocked_trainings(start: date, months: int, every: int, last_day: date) -> list[date]:
    """The first training and those that follow; jobs end on the day after the last one that takes them."""
    first = [start] if start > last_day else []
    return [*first, *blocked_retrainings(start, months, every, last_day + timedelta(days=1))]
