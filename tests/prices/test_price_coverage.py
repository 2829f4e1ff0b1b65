"""How much of the world the book covers, and that nothing we were given got lost."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest

from crossover.prices import load_price_book

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("CROSSOVER_SHARED") or ROOT.parent / "shared") / "prices"
LEFT_OUT = (ROOT / "docs" / "prices.md").read_text(encoding="utf-8")
BOOK = load_price_book()
TODAY = date(2026, 11, 22)


def shared_rows(name: str) -> list[dict[str, str]]:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"shared data absent: {path}")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def amount(text: str) -> float | None:
    return float(text) if text else None


def is_left_out(file: str, row: dict[str, str], name: str) -> bool:
    return f"| {file} | {row['provider']}, {row[name]} |" in LEFT_OUT


def test_at_least_forty_models_of_eight_vendors_can_be_priced_today() -> None:
    priced = {(model.host, model.model) for model in BOOK.models(TODAY)}
    entries = [entry for entry in BOOK.catalogue if (entry.host, entry.model) in priced]
    assert len({entry.label for entry in entries}) >= 40
    assert len({entry.vendor for entry in entries}) >= 8
    assert len({entry.host for entry in entries}) >= 8


def test_some_models_have_regional_prices() -> None:
    assert BOOK.regions("azure", "gpt-4.1-mini", TODAY) == ("global", "data-zone")
    plain = BOOK.inference("azure", "gpt-4.1-mini", TODAY).price
    zone = BOOK.inference("azure", "gpt-4.1-mini", TODAY, "data-zone").price
    assert zone.input_mtok == pytest.approx(1.10 * plain.input_mtok)  # Data Zone costs 10 % more


def test_gpu_hours_are_listed_cheapest_first() -> None:
    prices = [offer.usd_per_gpu_hour for offer in BOOK.gpu_hours(TODAY)]
    assert prices == sorted(prices)
    assert BOOK.gpu_hours(date(2024, 7, 23)) == ()


def test_every_training_fact_is_in_the_book_or_listed_as_left_out() -> None:
    carried = {
        (
            row.host,
            row.training_usd_per_mtok if row.training_usd_per_mtok is not None else row.training_usd_per_hour,
            row.tuned.input_mtok if row.tuned else None,
            row.tuned.output_mtok if row.tuned else None,
            row.hosting_usd_per_hour,
            row.max_example_tokens,
        )
        for row in BOOK.tuning_rows
    }
    for row in shared_rows("training_prices.csv"):
        columns = (
            "training_price",
            "tuned_input",
            "tuned_output",
            "hosting_per_hour",
            "max_tokens_per_example",
        )
        fact = (row["provider"], *(amount(row[column]) for column in columns))
        assert fact in carried or is_left_out("training_prices.csv", row, "model"), row


def test_the_number_of_training_facts_adds_up() -> None:
    facts = shared_rows("training_prices.csv")
    left_out = sum(is_left_out("training_prices.csv", row, "model") for row in facts)
    offers = {(row.host, row.model, row.mode, row.tier) for row in BOOK.tuning_rows}
    assert len(offers) == len(facts) - left_out


def test_every_page_of_the_research_is_a_page_of_the_book_or_of_a_row_left_out() -> None:
    tables = (
        BOOK.inference_rows,
        BOOK.tuning_rows,
        BOOK.embedding_rows,
        BOOK.vector_store_rows,
        BOOK.tool_fee_rows,
        BOOK.rule_rows,
        BOOK.speed_rows,
        BOOK.lifecycle_rows,
        BOOK.tuning_notes,
    )
    pages = {row.source.url for rows in tables for row in rows}
    pages |= {row.rule.source.url for row in BOOK.cache_rows if row.rule.source}
    files = (
        "training_prices",
        "embedding_prices",
        "vector_store_prices",
        "tool_fees",
        "caching_rules",
        "speed",
    )
    facts = [(f"{name}.csv", row) for name in files for row in shared_rows(f"{name}.csv")]
    assert len(facts) > 170
    for file, row in facts:
        assert row["source_url"] in pages or is_left_out(file, row, "model"), (file, row)


def test_every_embedding_fact_is_in_the_book() -> None:
    carried = {
        (row.host, row.input_mtok, row.batch_input_mtok, row.dimensions) for row in BOOK.embedding_rows
    }
    for row in shared_rows("embedding_prices.csv"):
        numbers = (
            amount(row["price_per_mtok"]),
            amount(row["batch_price_per_mtok"]),
            amount(row["dimensions"]),
        )
        assert (row["provider"], *numbers) in carried, row


def test_every_vector_store_fact_is_in_the_book() -> None:
    carried = {(row.host, row.item, row.usd, row.monthly_minimum_usd) for row in BOOK.vector_store_rows}
    for row in shared_rows("vector_store_prices.csv"):
        fact = (row["provider"], row["item"], amount(row["price"]), amount(row["monthly_minimum"]))
        assert fact in carried, row


def test_every_tool_fee_is_in_the_book() -> None:
    carried = {(row.host, row.applies_to, row.usd) for row in BOOK.tool_fee_rows}
    for row in shared_rows("tool_fees.csv"):
        assert (row["provider"], row["applies_to"], amount(row["price"])) in carried, row


def test_every_speed_measurement_is_in_the_book() -> None:
    carried = {
        (row.output_tokens_per_second, row.time_to_first_token_seconds, row.source.url)
        for row in BOOK.speed_rows
    }
    for row in shared_rows("speed.csv"):
        fact = (amount(row["output_tokens_per_s"]), amount(row["ttft_s"]), row["source_url"])
        assert fact in carried, row


def test_every_caching_batch_region_and_long_context_rule_is_in_the_book() -> None:
    caching = {(row.host, row.read_multiplier, row.write_multiplier) for row in BOOK.cache_rows}
    others = {
        (row.kind, row.host, row.input_multiplier, row.output_multiplier, row.long_from_tokens)
        for row in BOOK.rule_rows
    }
    for row in shared_rows("caching_rules.csv"):
        if row["rule_type"] == "cache":
            fact = (row["provider"], amount(row["read_multiplier"]), amount(row["write_multiplier"]))
            one_hour_write = row["provider"] == "anthropic" and row["write_ttl"] == "1h"
            assert fact in caching or one_hour_write, row
            storage = amount(row["storage_fee_usd_per_mtok_hour"])
            assert storage in {rule.storage_usd_per_mtok_hour for rule in BOOK.rule_rows}, row
        else:
            columns = ("input_multiplier", "output_multiplier", "threshold_input_tokens")
            fact = (row["rule_type"], row["provider"], *(amount(row[column]) for column in columns))
            assert fact in others, row
    assert "one-hour cache writes" in LEFT_OUT
