"""Batch discounts and regional uplifts: listed prices first, the host's rule for the rest, else unknown."""

from __future__ import annotations

import csv
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.prices import (
    CacheRule,
    InferencePrice,
    PriceRule,
    Source,
    TokenPrice,
    batch_price,
    history,
    load_price_book,
    region_label,
    regional_price,
)

SHARED = Path(os.environ.get("CROSSOVER_SHARED") or Path(__file__).resolve().parents[3] / "shared") / "prices"
BOOK = load_price_book()
TODAY = date(2026, 11, 22)
PAGE = Source("https://example.org", TODAY)
PRICED = [model[:2] for model in BOOK.models(TODAY)]
WITH_BATCH_RULE = [pair for pair in PRICED if BOOK.rules("batch", *pair, TODAY)]


def shared_rules(kind: str) -> list[dict[str, str]]:
    path = SHARED / "caching_rules.csv"
    if not path.exists():
        pytest.skip(f"shared data absent: {path}")
    with path.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["rule_type"] == kind]


def rule(inputs: float | None, outputs: float | None, **more: object) -> PriceRule:
    return PriceRule(
        kind="batch",
        host="h",
        models=("*",),
        source=PAGE,
        input_multiplier=inputs,
        output_multiplier=outputs,
        **more,
    )


def inference(price: TokenPrice, batch: TokenPrice | None = None) -> InferencePrice:
    return InferencePrice("h", "m", price, CacheRule(), PAGE, date(2026, 1, 1), batch=batch)


@pytest.mark.parametrize(("host", "model"), WITH_BATCH_RULE, ids=str)
def test_every_model_of_a_host_with_a_batch_rule_has_a_batch_price_of_about_half(
    host: str, model: str
) -> None:
    price = BOOK.inference(host, model, TODAY)
    for name in ("input_mtok", "output_mtok"):
        assert getattr(price.batch, name) == pytest.approx(getattr(price.price, name) / 2, rel=0.02)


def test_at_least_forty_models_have_a_batch_price_today() -> None:
    assert sum(BOOK.inference(*pair, TODAY).batch is not None for pair in PRICED) >= 40


def test_a_host_without_a_batch_rule_and_without_a_listed_one_stays_unknown() -> None:
    assert BOOK.inference("cohere", "command-a", TODAY).batch is None
    assert BOOK.inference("azure", "gpt-oss-20b", TODAY).batch is None


def test_a_price_the_package_lists_without_batch_gets_the_hosts_share() -> None:
    batch = BOOK.inference("google", "gemini-3.7-flash", TODAY).batch  # 0.75 / 3.75, half in a batch
    assert (batch.input_mtok, batch.output_mtok) == (0.375, 1.875)
    assert batch.cached_input_mtok is None  # nobody says that caching stacks with batch there


def test_the_rule_says_nothing_about_the_days_before_it_was_read() -> None:
    assert BOOK.inference("mistral", "mistral-small-4", date(2026, 10, 13)).batch is None
    assert BOOK.inference("mistral", "mistral-small-4", date(2026, 10, 14)).batch is not None


def test_the_snapshot_without_a_discount_and_tuned_models_are_not_under_the_rule() -> None:
    assert BOOK.rules("batch", "openai", "gpt-3.5-turbo-1106", TODAY) == ()
    assert BOOK.rules("batch", "openai", "ft:gpt-4.1", TODAY) == ()
    assert BOOK.rules("batch", "openai", "gpt-4.1", TODAY)
    old = BOOK.inference("openai", "gpt-3.5-turbo-1106", date(2026, 10, 14))
    assert old is None or old.batch is None


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("gpt-4o-mini", (0.15, 0.60)),  # half of 0.30 / 1.20
        ("gpt-4o", (2.225, 12.50)),  # as listed, not half of 3.75 / 15.00
    ],
)
def test_tuned_models_have_the_batch_price_of_the_list(model: str, expected: tuple[float, float]) -> None:
    batch = BOOK.tuned_batch(BOOK.tuning("openai", model, TODAY)[0], TODAY)
    assert (batch.input_mtok, batch.output_mtok) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("host", "model"), [("openai", "gpt-4.1"), ("azure", "gpt-4o-mini"), ("together", "llama-3.1-8b")]
)
def test_a_tuned_batch_price_nobody_lists_is_unknown(host: str, model: str) -> None:
    assert BOOK.tuned_batch(BOOK.tuning(host, model, TODAY)[0], TODAY) is None


def test_a_listed_batch_price_wins_over_the_rule() -> None:
    listed = TokenPrice(0.7, 0.9)
    assert batch_price(inference(TokenPrice(1, 2), listed), [rule(0.5, 0.5)]) == listed


def test_caching_stacks_with_a_batch_only_where_the_rule_says_so() -> None:
    full = TokenPrice(1, 5, 0.1, 1.25, 100_000, 5, 25, 0.5, 6.25)
    stacked = batch_price(inference(full), [rule(0.5, 0.5, stacks_with_cache=True)])
    assert stacked == TokenPrice(0.5, 2.5, 0.05, 0.625, 100_000, 2.5, 12.5, 0.25, 3.125)
    for unsaid in (None, False):
        plain = batch_price(inference(full), [rule(0.5, 0.5, stacks_with_cache=unsaid)])
        assert plain == TokenPrice(0.5, 2.5, None, None, 100_000, 2.5, 12.5)


def test_a_rule_for_input_alone_prices_no_batch() -> None:
    assert batch_price(inference(TokenPrice(1, 2)), [rule(0.67, None)]) is None
    assert batch_price(inference(TokenPrice(1, 2)), []) is None


@given(inputs=st.floats(0, 200), outputs=st.floats(0, 200), share=st.floats(0.01, 1))
def test_a_share_of_at_most_one_never_makes_a_batch_dearer(
    inputs: float, outputs: float, share: float
) -> None:
    batch = batch_price(inference(TokenPrice(inputs, outputs)), [rule(share, share)])
    assert batch.input_mtok <= inputs
    assert batch.output_mtok <= outputs


def test_each_batch_row_we_were_given_prices_its_hosts_models() -> None:
    hosts = {host for host, _ in PRICED}
    for row in shared_rules("batch"):
        share = float(row["input_multiplier"])
        held = [r for r in BOOK.rule_rows if (r.kind, r.host) == ("batch", row["provider"])]
        assert [r.input_multiplier for r in held] == [share], row
        assert [r.output_multiplier for r in held] == [float(row["output_multiplier"] or 0) or None], row
        if row["provider"] in hosts:
            assert any(host == row["provider"] for host, _ in WITH_BATCH_RULE), row


# Regions


def test_data_residency_costs_a_tenth_more_on_every_token_batch_included() -> None:
    plain = BOOK.inference("openai", "gpt-6-luna", TODAY)
    there = BOOK.inference("openai", "gpt-6-luna", TODAY, "data-residency")
    assert BOOK.regions("openai", "gpt-6-luna", TODAY) == ("global", "data-residency")
    assert there.price.input_mtok == pytest.approx(0.11)  # 0.10 x 1.1
    assert there.price.output_mtok == pytest.approx(0.55)  # 0.50 x 1.1
    assert there.price.long_input_mtok == pytest.approx(0.22)  # 0.20 x 1.1, above 272,000 tokens
    assert there.price.cached_input_mtok == pytest.approx(1.1 * plain.price.cached_input_mtok)
    assert there.batch.input_mtok == pytest.approx(0.055)  # 0.05 x 1.1
    assert (there.region, there.cache) == ("data-residency", plain.cache)
    assert there.source.url.startswith("https://")
    assert plain.source.url in there.source.note


@pytest.mark.parametrize(
    ("host", "model", "day", "region"),
    [
        ("openai", "gpt-4.1-mini", TODAY, "data-residency"),  # older than the rule
        ("openai", "gpt-6-luna", date(2026, 9, 21), "data-residency"),  # the day before the model
        ("openai", "gpt-6-luna", TODAY, "data-zone"),
        ("azure", "gpt-5-mini", TODAY, "data-zone"),  # no meter of that zone was read
        ("azure", "gpt-4.1-mini", date(2026, 4, 30), "data-zone"),
    ],
)
def test_a_region_nobody_prices_is_missing(host: str, model: str, day: date, region: str) -> None:
    assert BOOK.inference(host, model, day, region) is None
    assert region not in BOOK.regions(host, model, day)


def test_a_regional_price_has_a_history_of_its_own() -> None:
    by_rule = history(BOOK, "openai", "gpt-6-luna", "data-residency")
    assert [price.valid_from for price in by_rule] == [date(2026, 9, 22)]
    listed = history(BOOK, "azure", "gpt-4.1-mini", "data-zone")
    assert [(price.valid_from, price.price.input_mtok) for price in listed] == [(date(2026, 5, 1), 0.44)]
    assert all(price.region == "global" for price in history(BOOK, "azure", "gpt-4.1-mini"))


def test_a_listed_zone_price_has_its_own_batch_price() -> None:
    zone = BOOK.inference("azure", "gpt-4.1-mini", TODAY, "data-zone")
    assert (zone.price.input_mtok, zone.batch.input_mtok, zone.batch.output_mtok) == (0.44, 0.22, 0.88)


def test_every_data_zone_price_is_a_tenth_above_the_global_one() -> None:
    zones = [row for row in BOOK.inference_rows if row.region == "data-zone"]
    assert zones
    for zone in zones:
        base = BOOK.inference(zone.host, zone.model, TODAY)
        assert zone.price.input_mtok == pytest.approx(1.1 * base.price.input_mtok), zone.model
        assert zone.price.output_mtok == pytest.approx(1.1 * base.price.output_mtok), zone.model


def test_every_region_has_a_name_for_people() -> None:
    regions = {row.region for row in (*BOOK.inference_rows, *BOOK.rule_rows)} - {""}
    assert all(region_label(region) != region for region in regions)
    assert region_label("mars") == "mars"


def test_each_region_row_we_were_given_acts_on_its_hosts_models() -> None:
    for row in shared_rules("region"):
        (held,) = [r for r in BOOK.rule_rows if (r.kind, r.host) == ("region", row["provider"])]
        assert held.input_multiplier == float(row["input_multiplier"])
        assert held.output_multiplier == float(row["output_multiplier"])
        assert held.valid_from == date.fromisoformat(row["effective_from"])
        uplifted = [pair for pair in PRICED if held.region in BOOK.regions(*pair, TODAY)]
        assert len(uplifted) >= 10


def test_a_regional_price_holds_only_while_both_its_price_and_its_rule_do() -> None:
    base = replace(inference(TokenPrice(1, 2)), valid_to=date(2027, 1, 1))
    uplift = rule(1.1, 1.2, region="eu", valid_from=date(2026, 3, 5), valid_to=date(2026, 12, 1))
    there = regional_price(base, [uplift], "eu")
    assert (there.valid_from, there.valid_to) == (date(2026, 3, 5), date(2026, 12, 1))
    assert (there.price.input_mtok, there.price.output_mtok) == pytest.approx((1.1, 2.4))
    assert regional_price(base, [uplift], "us") is None
    assert regional_price(None, [uplift], "eu") is None
