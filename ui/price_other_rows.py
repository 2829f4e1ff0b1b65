"""Prices that are not about calling or tuning a model: embeddings, stores, tools, GPU hours, rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from crossover.numbers import unit_price, unknown
from crossover.prices import (
    CachePolicy,
    EmbeddingPrice,
    GpuHourPrice,
    PriceBook,
    PriceRule,
    ToolFee,
    VectorStorePrice,
)
from crossover.prices.rules import CacheRuleRow
from crossover.prices.tables import holds_on
from crossover.words import localised, mark, say
from ui.price_row import PriceRow, Purpose
from ui.price_vocabulary import PER_MILLION, policy_words, unit_words

_RULE_NAMES = {
    "batch": mark("Batch jobs"),
    "tuned_batch": mark("Batch jobs of tuned models"),
    "long_context": mark("Long context"),
    "region": mark("Regional processing"),
    "explicit_cache": mark("Explicit cache"),
}


def other_rows(book: PriceBook, on: date) -> Iterator[PriceRow]:
    """Every such price that holds on that day."""
    yield from (_embedding_row(row) for row in book.embeddings(on))
    yield from (_store_row(row) for row in book.vector_stores(on))
    yield from (_undated_store_row(row) for row in book.vector_store_rows if row.valid_from is None)
    yield from (_fee_row(row) for row in book.tool_fee_rows if holds_on(row, on))
    yield from (_gpu_row(row) for row in book.gpu_hours(on))
    yield from (_rule_row(row, n) for n, row in enumerate(book.rule_rows) if holds_on(row, on))
    yield from (_cache_row(row, n) for n, row in enumerate(book.cache_rows) if holds_on(row, on))


def _embedding_row(row: EmbeddingPrice) -> PriceRow:
    return PriceRow(
        purpose=Purpose.EMBEDDING,
        host=row.host,
        item=row.model,
        label=row.model,
        price=unit_price(row.input_mtok),
        usd=row.input_mtok,
        unit=say(PER_MILLION),
        source=row.source,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        facts={
            say("Input"): unit_price(row.input_mtok),
            say("Inside a batch job"): unit_price(row.batch_input_mtok),
            say("Dimensions"): _whole(row.dimensions),
            say("Longest text, tokens"): _whole(row.max_input_tokens),
        },
    )


def _store_row(row: VectorStorePrice) -> PriceRow:
    return PriceRow(
        purpose=Purpose.VECTOR_STORE,
        host=row.host,
        item=row.product,
        label=row.product,
        price=unit_price(row.usd),
        usd=row.usd,
        unit=unit_words(row.unit),
        source=row.source,
        variant=store_variant(row),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        facts={
            say("Included"): say(row.included) or say("nothing known"),
            say("Monthly minimum, USD"): unit_price(row.monthly_minimum_usd),
        },
    )


def _undated_store_row(row: VectorStorePrice) -> PriceRow:
    """A price nobody can date: shown for the record, without an amount a comparison could use."""
    facts = {
        say("Listed at some time"): f"{unit_price(row.usd)} {unit_words(row.unit)}",
        say("Why it is not used"): say("The day it was read is unknown, so it is used for no date."),
    }
    shown = _store_row(row)
    return replace(shown, price=say("day unknown"), usd=None, facts={**shown.facts, **facts})


def store_variant(row: VectorStorePrice) -> str:
    """What tells one line of a store's price list from the others."""
    return f"{row.item}, {row.unit.replace('_', ' ')}"


def _fee_row(row: ToolFee) -> PriceRow:
    return PriceRow(
        purpose=Purpose.TOOL_FEE,
        host=row.host,
        item=row.tool,
        label=row.tool,
        price=unit_price(row.usd),
        usd=row.usd,
        unit=unit_words(row.unit),
        source=row.source,
        variant=row.applies_to,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        facts={say("Tokens"): say(row.token_rule) or say("nothing known")},
    )


def _gpu_row(row: GpuHourPrice) -> PriceRow:
    return PriceRow(
        purpose=Purpose.GPU_HOUR,
        host=row.host,
        item=row.gpu,
        label=row.gpu,
        price=unit_price(row.usd_per_gpu_hour),
        usd=row.usd_per_gpu_hour,
        unit=say("USD per GPU hour"),
        source=row.source,
        variant=row.offer,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        facts={
            say("Memory, GB"): str(row.memory_gb),
            say("Sold from"): say("{gpus} GPU", gpus=row.minimum_gpus),
        },
    )


def _rule_row(row: PriceRule, place: int) -> PriceRow:
    storage = row.storage_usd_per_mtok_hour
    return PriceRow(
        purpose=Purpose.RULE,
        host=row.host,
        item=f"{row.kind} {place}",
        label=say(_RULE_NAMES.get(row.kind, row.kind)),
        price=", ".join(_multiples(row)) or unknown(),
        usd=row.input_multiplier,
        unit=say("multiples of the price"),
        source=row.source,
        variant=", ".join(row.models),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        facts={say("Storage, USD per million tokens and hour"): unit_price(storage)}
        if storage is not None
        else {},
    )


def _multiples(rule: PriceRule) -> Iterator[str]:
    if rule.input_multiplier is not None:
        yield say("input × {factor:g}", factor=rule.input_multiplier)
    if rule.output_multiplier is not None:
        yield say("output × {factor:g}", factor=rule.output_multiplier)
    if rule.long_from_tokens:
        yield say("beyond {tokens:,} tokens", tokens=rule.long_from_tokens)


def _cache_row(row: CacheRuleRow, place: int) -> PriceRow:
    low, high = row.rule.ttl_minutes
    reads, writes = (_multiple(each) for each in (row.read_multiplier, row.write_multiplier))
    policy = row.rule.policy
    reuse = say("not at all") if policy is CachePolicy.NONE else policy_words(policy)
    return PriceRow(
        purpose=Purpose.RULE,
        host=row.host,
        item=f"cache {place}",
        label=say("Prompt caching"),
        price=say("reads {reads}, writes {writes}", reads=reads, writes=writes),
        usd=row.read_multiplier,
        unit=say("multiples of the input price"),
        source=row.rule.source,
        variant=", ".join(row.models),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        facts={
            say("How a prefix is reused"): reuse,
            say("Shortest prefix, tokens"): localised(f"{row.rule.minimum_tokens:,}"),
            say("Kept while idle, minutes"): say("{low:g} to {high:g}", low=low, high=high),
        },
    )


def _multiple(value: float | None) -> str:
    return unknown() if value is None else localised(f"× {value:g}")


def _whole(value: int | None) -> str:
    return unknown() if value is None else localised(f"{value:,}")
