"""Our own price tables as values: one reader per file of data/prices."""

from __future__ import annotations

from pathlib import Path

from crossover.prices.fees import (
    GpuHourPrice,
    MeasuredSpeed,
    StoreUse,
    ToolFee,
    TuningNote,
    VectorStorePrice,
)
from crossover.prices.tables import Row, read_rows
from crossover.prices.types import CacheRule, EmbeddingPrice, InferencePrice, Source, TokenPrice, TuningPrice


def read_inference(path: Path) -> tuple[InferencePrice, ...]:
    """The lines of inference.csv; the cache rule is filled in by the book. Raises InvalidPriceRow."""
    return tuple(
        InferencePrice(
            host=row.name("host"),
            model=row.name("model"),
            price=token_price(row),
            cache=CacheRule(),
            source=row.source(),
            valid_from=row.day("valid_from"),
            valid_to=row.day("valid_to"),
            region=row.name("region"),
            batch=batch_price(row),
            first_seen=is_first_seen(row),
        )
        for row in read_rows(path)
    )


def read_training(path: Path) -> tuple[TuningPrice, ...]:
    """The lines of training.csv. Raises InvalidPriceRow."""
    return tuple(tuning_price(row, row.source()) for row in read_rows(path))


def read_embeddings(path: Path) -> tuple[EmbeddingPrice, ...]:
    """The lines of embeddings.csv. Raises InvalidPriceRow."""
    return tuple(
        EmbeddingPrice(
            host=row.name("host"),
            model=row.name("model"),
            input_mtok=row.price("input_mtok"),
            dimensions=row.whole("dimensions"),
            max_input_tokens=row.whole("max_input_tokens"),
            source=row.source(),
            valid_from=row.day("valid_from"),
            valid_to=row.day("valid_to"),
            batch_input_mtok=row.number("batch_input_mtok"),
        )
        for row in read_rows(path)
    )


def read_vector_stores(path: Path) -> tuple[VectorStorePrice, ...]:
    """The lines of vector_stores.csv. Raises InvalidPriceRow."""
    return tuple(
        VectorStorePrice(
            host=row.name("host"),
            product=row.name("product"),
            item=row.name("item"),
            usd=row.number("usd"),
            unit=row.name("unit"),
            source=row.source(),
            included=row.text("included"),
            monthly_minimum_usd=row.number("monthly_minimum_usd"),
            valid_from=row.day("valid_from"),
            valid_to=row.day("valid_to"),
            offers=row.names("offers"),
            free_units=row.number("free_units") or 0.0,
            holds=StoreUse(row.number("holds_gb"), row.number("holds_reads"), row.number("holds_writes")),
        )
        for row in read_rows(path)
    )


def read_tool_fees(path: Path) -> tuple[ToolFee, ...]:
    """The lines of tool_fees.csv. Raises InvalidPriceRow."""
    return tuple(
        ToolFee(
            host=row.name("host"),
            tool=row.name("tool"),
            applies_to=row.text("applies_to"),
            usd=row.price("usd"),
            unit=row.name("unit"),
            token_rule=row.text("token_rule"),
            source=row.source(),
            valid_from=row.day("valid_from"),
            valid_to=row.day("valid_to"),
        )
        for row in read_rows(path)
    )


def read_speeds(path: Path) -> tuple[MeasuredSpeed, ...]:
    """The lines of speed.csv. Raises InvalidPriceRow."""
    return tuple(
        MeasuredSpeed(
            host=row.name("host"),
            model=row.name("model"),
            variant=row.text("variant"),
            output_tokens_per_second=row.number("output_tokens_per_second"),
            time_to_first_token_seconds=row.number("time_to_first_token_seconds"),
            statistic=row.name("statistic"),
            workload=row.text("workload"),
            measured_by=row.name("measured_by"),
            source=row.source(),
        )
        for row in read_rows(path)
    )


def read_gpu_hours(path: Path) -> tuple[GpuHourPrice, ...]:
    """The lines of gpu_hours.csv. Raises InvalidPriceRow."""
    return tuple(
        GpuHourPrice(
            host=row.name("host"),
            gpu=row.name("gpu"),
            memory_gb=int(row.price("memory_gb")),
            offer=row.name("offer"),
            minimum_gpus=int(row.price("minimum_gpus")),
            usd_per_gpu_hour=row.price("usd_per_gpu_hour"),
            source=row.source(),
            valid_from=row.day("valid_from"),
            valid_to=row.day("valid_to"),
        )
        for row in read_rows(path)
    )


def read_tuning_notes(path: Path) -> tuple[TuningNote, ...]:
    """The lines of tuning_notes.csv. Raises InvalidPriceRow."""
    return tuple(
        TuningNote(
            host=row.name("host"),
            known=row.name("known"),
            source=row.source(),
            valid_from=row.day("valid_from"),
            valid_to=row.day("valid_to"),
        )
        for row in read_rows(path)
    )


def token_price(row: Row) -> TokenPrice:
    """The token price in the standard columns of a row."""
    return TokenPrice(
        input_mtok=row.price("input_mtok"),
        output_mtok=row.price("output_mtok"),
        cached_input_mtok=row.number("cached_input_mtok"),
        cache_write_mtok=row.number("cache_write_mtok"),
        long_from_tokens=row.whole("long_from_tokens"),
        long_input_mtok=row.number("long_input_mtok"),
        long_output_mtok=row.number("long_output_mtok"),
        long_cached_input_mtok=row.number("long_cached_input_mtok"),
        long_cache_write_mtok=row.number("long_cache_write_mtok"),
    )


def batch_price(row: Row) -> TokenPrice | None:
    """The batch price where both halves are listed; batch tables list no cached rate."""
    batch_input, batch_output = row.number("batch_input_mtok"), row.number("batch_output_mtok")
    if batch_input is None or batch_output is None:
        return None
    return TokenPrice(batch_input, batch_output)


def tuning_price(row: Row, source: Source) -> TuningPrice:
    """The tuning price in the standard columns of a row, according to `source`."""
    return TuningPrice(
        host=row.name("host"),
        model=row.name("model"),
        mode=row.name("mode"),
        training_usd_per_mtok=row.number("training_usd_per_mtok"),
        training_usd_per_hour=row.number("training_usd_per_hour"),
        tuned=_tuned_price(row),
        hosting_usd_per_hour=row.number("hosting_usd_per_hour"),
        source=source,
        minimum_fee_usd=row.number("minimum_fee_usd") or 0.0,
        bills_validation=bool(row.flag("bills_validation")),
        min_examples=row.whole("min_examples"),
        max_example_tokens=row.whole("max_example_tokens"),
        free_tokens_per_day=row.whole("free_tokens_per_day") or 0,
        free_until=row.day("free_until"),
        free_source=_free_source(row),
        text_only=row.flag("text_only") is not False,
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        tier=row.name("tier"),
        storage_usd_per_month=row.number("storage_usd_per_month"),
        first_seen=is_first_seen(row),
    )


def is_first_seen(row: Row) -> bool:
    """Whether the row's first day is only the oldest sight of it."""
    return row.text("basis") == "first_seen"


def _tuned_price(row: Row) -> TokenPrice | None:
    tuned_input, tuned_output = row.number("tuned_input_mtok"), row.number("tuned_output_mtok")
    if tuned_input is None or tuned_output is None:
        return None
    return TokenPrice(tuned_input, tuned_output, row.number("tuned_cached_input_mtok"))


def _free_source(row: Row) -> Source | None:
    if not row.text("free_source_url"):
        return None
    return Source(
        row.text("free_source_url"), row.day("seen_on"), row.text("free_confidence"), row.text("note")
    )
