"""What the price book answers, and what it refuses to answer."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.metadata import version

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.prices import (
    CachePolicy,
    LifecycleEvent,
    TuningState,
    load_presets,
    load_price_book,
)
from crossover.prices.package import PACKAGE_AS_OF, PACKAGE_NAME, PACKAGE_VERSION, package_models

BOOK = load_price_book()
ARTICLE = date(2024, 7, 23)
TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2022, 1, 1), date(2028, 12, 31))


# The article's world, 2024-07-23 (PRICES.md 7)


def test_gpt_4o_mini_on_the_articles_day() -> None:
    price = BOOK.inference("openai", "gpt-4o-mini", ARTICLE)
    assert (price.price.input_mtok, price.price.output_mtok) == (0.15, 0.60)
    (offer,) = BOOK.tuning("openai", "gpt-4o-mini", ARTICLE)
    assert offer.training_usd_per_mtok == 3.00
    assert (offer.tuned.input_mtok, offer.tuned.output_mtok) == (0.30, 1.20)  # twice the base price
    assert (offer.max_example_tokens, offer.text_only, offer.min_examples) == (65_536, True, 10)
    assert (offer.free_tokens_per_day, offer.free_until) == (2_000_000, date(2024, 9, 23))
    assert offer.hosting_usd_per_hour == 0.0


def test_gpt_35_turbo_on_the_articles_day() -> None:
    price = BOOK.inference("openai", "gpt-3.5-turbo", ARTICLE)
    assert (price.price.input_mtok, price.price.output_mtok) == (0.50, 1.50)
    (offer,) = BOOK.tuning("openai", "gpt-3.5-turbo", ARTICLE)
    assert offer.training_usd_per_mtok == 8.00
    assert (offer.tuned.input_mtok, offer.tuned.output_mtok) == (3.00, 6.00)
    assert offer.max_example_tokens == 16_385
    assert offer.free_tokens_per_day == 0


def test_nothing_was_cached_before_october_2024() -> None:
    price = BOOK.inference("openai", "gpt-4o-mini", ARTICLE)
    assert price.price.cached_input_mtok is None
    assert price.cache.policy is CachePolicy.NONE
    (offer,) = BOOK.tuning("openai", "gpt-4o-mini", ARTICLE)
    assert offer.tuned.cached_input_mtok is None
    later = BOOK.inference("openai", "gpt-4o-mini", date(2024, 10, 1))
    assert (later.price.cached_input_mtok, later.cache.policy) == (0.075, CachePolicy.INCREMENT)


@pytest.mark.parametrize("day", [date(2024, 9, 24), date(2024, 10, 1), date(2024, 10, 31), date(2024, 11, 1)])
def test_the_extension_of_unknown_size_gives_no_free_tokens(day: date) -> None:
    (offer,) = BOOK.tuning("openai", "gpt-4o-mini", day)
    assert (offer.free_tokens_per_day, offer.free_until) == (0, None)
    assert ("not applied" in offer.source.note) == (day < date(2024, 11, 1))


def test_retrieval_can_be_priced_on_the_articles_day() -> None:
    assert BOOK.embedding("openai", "text-embedding-3-small", ARTICLE).input_mtok == 0.02


# Today, 2026-11-22


def test_a_new_customer_cannot_tune_at_openai_today_and_is_shown_the_way_out() -> None:
    status = BOOK.tuning_status("openai", "gpt-4o-mini", TODAY)
    assert status.state is TuningState.CLOSED_TO_NEW
    assert status.open_to_new_customers is False
    assert status.open_to_active_customers is True
    assert status.since == date(2026, 5, 7)
    assert status.closes_on == date(2027, 1, 6)
    assert status.shutdown_on == date(2027, 1, 14)
    assert status.source.url.startswith("https://developers.openai.com/")
    assert all(word in status.remedy for word in ("Azure", "Vertex AI", "Together", "Fireworks", "self-host"))


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2024, 7, 22), TuningState.UNKNOWN),
        (ARTICLE, TuningState.OPEN),
        (date(2026, 5, 6), TuningState.OPEN),
        (date(2026, 5, 7), TuningState.CLOSED_TO_NEW),
        (date(2027, 1, 6), TuningState.NO_NEW_JOBS),
        (date(2027, 1, 14), TuningState.SHUT_DOWN),
    ],
)
def test_the_wind_down_of_gpt_4o_mini_tuning_day_by_day(day: date, state: TuningState) -> None:
    assert BOOK.tuning_status("openai", "gpt-4o-mini", day).state is state


def test_a_replay_of_2024_does_not_know_what_was_announced_in_2026() -> None:
    status = BOOK.tuning_status("openai", "gpt-4o-mini", ARTICLE)
    assert (status.closes_on, status.shutdown_on, status.events) == (None, None, ())
    assert BOOK.shutdown("openai", "gpt-4o-mini", known_on=ARTICLE) is None
    eve = BOOK.shutdown("openai", "gpt-4o-mini", known_on=date(2026, 10, 13))
    announced = BOOK.shutdown("openai", "gpt-4o-mini", known_on=date(2026, 10, 14))
    assert (eve, announced.on) == (None, date(2027, 1, 14))


@pytest.mark.parametrize(
    ("host", "model", "state"),
    [
        ("azure", "gpt-oss-20b", TuningState.OPEN),
        ("openai", "gpt-6-luna", TuningState.NOT_TUNABLE),
        ("openai", "gpt-3.5-turbo", TuningState.SHUT_DOWN),
        ("google", "gemini-3.8-flash", TuningState.NOT_TUNABLE),
        ("google-vertex", "gemini-3.5-flash", TuningState.OPEN),
        ("google-vertex", "gemini-2.5-flash", TuningState.SHUT_DOWN),
        ("anthropic", "claude-haiku-4-5", TuningState.NOT_TUNABLE),
        ("cohere", "command-r", TuningState.NO_NEW_JOBS),
        ("aws-bedrock", "nova-lite", TuningState.OPEN),
        ("mistral", "mistral-small-4", TuningState.UNKNOWN),
        ("openai", "gpt-5.4", TuningState.UNKNOWN),
        ("nowhere", "nothing", TuningState.UNKNOWN),
    ],
)
def test_the_state_of_tuning_today(host: str, model: str, state: TuningState) -> None:
    assert BOOK.tuning_status(host, model, TODAY).state is state


def test_unknown_is_neither_open_nor_closed() -> None:
    status = BOOK.tuning_status("mistral", "mistral-small-4", TODAY)
    assert status.open_to_new_customers is None
    assert status.open_to_active_customers is None


def test_the_default_of_today_can_be_bought_and_tuned() -> None:
    price = BOOK.inference("azure", "gpt-oss-20b", TODAY)
    assert (price.price.input_mtok, price.price.output_mtok) == (0.07, 0.30)
    offer = BOOK.tuning("azure", "gpt-oss-20b", TODAY)[0]
    assert (offer.training_usd_per_mtok, offer.hosting_usd_per_hour) == (3.60, 0.30)


def test_offers_to_new_customers_leave_out_hosts_that_closed() -> None:
    hosts = {offer.host for offer in BOOK.tuning_offers(TODAY, new_customer=True)}
    assert "openai" not in hosts
    assert {"azure", "together", "fireworks"} <= hosts
    assert "openai" in {offer.host for offer in BOOK.tuning_offers(TODAY)}


def test_a_size_class_price_answers_under_the_models_own_name() -> None:
    offers = BOOK.tuning("fireworks", "gpt-oss-20b", TODAY)  # 21 B parameters: the class of 16.1 to 80 B
    assert {offer.model for offer in offers} == {"gpt-oss-20b"}
    assert (offers[0].mode, offers[0].training_usd_per_mtok) == ("sft-lora", 3.00)
    assert offers[0].hosting_usd_per_hour is None  # a dedicated GPU at a rate nobody here has read


def test_the_plainest_offer_comes_first() -> None:
    assert [offer.tier for offer in BOOK.tuning("azure", "gpt-4.1-mini", TODAY)] == [
        "global",
        "data-zone",
        "developer",
    ]


def test_the_long_context_price_is_a_cliff_above_272000_tokens() -> None:
    price = BOOK.inference("openai", "gpt-6-luna", TODAY).price
    assert (price.input_mtok, price.cached_input_mtok, price.cache_write_mtok, price.output_mtok) == (
        0.10,
        0.01,
        0.125,
        0.50,
    )
    assert (price.long_from_tokens, price.long_input_mtok, price.long_output_mtok) == (272_000, 0.20, 0.75)


def test_a_batch_price_is_half_once_it_was_verified_and_unknown_before() -> None:
    batch = BOOK.inference("openai", "gpt-4.1-mini", TODAY).batch
    assert (batch.input_mtok, batch.output_mtok) == (0.20, 0.80)  # half of 0.40 and 1.60
    assert batch.cached_input_mtok is None  # the batch table lists no cached rate
    assert BOOK.inference("openai", "gpt-4.1-mini", date(2026, 10, 13)).batch is None
    assert BOOK.inference("openai", "gpt-4o-mini", date(2026, 10, 13)).batch is None


@pytest.mark.parametrize(
    ("host", "model", "policy", "minimum"),
    [
        ("openai", "gpt-4.1-mini", CachePolicy.INCREMENT, 1024),
        ("openai", "gpt-6-luna", CachePolicy.BREAKPOINT, 1024),
        ("anthropic", "claude-haiku-4-5", CachePolicy.BREAKPOINT, 4096),
        ("anthropic", "claude-haiku-5-5", CachePolicy.BREAKPOINT, 512),
        ("google", "gemini-3.8-flash", CachePolicy.IMPLICIT, 4096),
        ("azure", "gpt-oss-20b", CachePolicy.NONE, 1024),
    ],
)
def test_the_cache_rule_fits_the_model(host: str, model: str, policy: CachePolicy, minimum: int) -> None:
    rule = BOOK.inference(host, model, TODAY).cache
    assert (rule.policy, rule.minimum_tokens) == (policy, minimum)


def test_a_price_that_changes_on_a_day_has_two_rows() -> None:
    before = BOOK.inference("google", "gemini-4-argon", date(2026, 11, 30))
    after = BOOK.inference("google", "gemini-4-argon", date(2026, 12, 1))
    assert (before.price.input_mtok, before.price.output_mtok, before.valid_to) == (2, 10, date(2026, 12, 1))
    assert (after.price.input_mtok, after.price.output_mtok) == (4, 20)


def test_vector_stores_of_today_leave_unpublished_prices_unknown() -> None:
    rows = BOOK.vector_stores(TODAY)
    assert any(row.host == "qdrant" and row.usd is None for row in rows)
    assert any((row.host, row.unit, row.usd) == ("openai", "gb_day", 0.10) for row in rows)


def test_rules_of_a_family_are_found_by_model_and_day() -> None:
    (residency,) = BOOK.rules("region", "openai", "gpt-6-luna", TODAY)
    assert (residency.input_multiplier, residency.output_multiplier) == (1.10, 1.10)
    assert BOOK.rules("region", "openai", "gpt-4.1-mini", TODAY) == ()  # older than the rule
    (stored,) = BOOK.rules("explicit_cache", "google", "gemini-2.5-pro", TODAY)
    assert stored.storage_usd_per_mtok_hour == 4.50


def test_tool_fees_of_a_host_carry_their_unit() -> None:
    fees = {(fee.tool, fee.applies_to): fee for fee in BOOK.tool_fees("openai", TODAY)}
    assert fees["function calling (your own tools)", "all tool-capable models"].usd == 0.0
    search = fees["web search", "all models"]
    assert (search.usd, search.unit) == (10.0, "thousand_calls")


# What it refuses


@pytest.mark.parametrize(
    ("host", "model", "day"),
    [
        ("openai", "gpt-4o-mini", date(2024, 7, 17)),  # the day before its first
        ("openai", "gpt-6-luna", ARTICLE),  # the package would answer 0.10
        ("openai", "gpt-4o", ARTICLE),  # the package would answer 2.50; the alias cost 5.00 then
        ("openai", "gpt-3.5-turbo", date(2026, 10, 23)),  # shut down that day
        ("openai", "gpt-4o-mini", date(2027, 1, 14)),
        ("google-vertex", "gemini-2.5-flash", TODAY),
        ("openai", "gpt-4o-mini-", TODAY),
        ("openai", "ft:gpt-4.1-mini", TODAY),
        ("openai", "text-embedding-3-small", TODAY),  # no output price: not a chat model
        ("self-hosted", "gpt-oss-20b", date(2025, 8, 4)),  # the day before its weights were published
        ("self-hosted", "kimi-k3", TODAY),  # its weights do not fit one GPU: not in the book
        ("on-device", "gpt-oss-120b", TODAY),
        ("nowhere", "gpt-4o-mini", TODAY),
    ],
)
def test_no_price_is_none_and_never_the_nearest_row(host: str, model: str, day: date) -> None:
    assert BOOK.inference(host, model, day) is None


def test_tuning_has_no_price_before_its_first_day() -> None:
    assert BOOK.tuning("openai", "gpt-4o-mini", ARTICLE - timedelta(days=1)) == ()


def test_a_package_price_without_a_known_start_proves_nothing_before_the_package() -> None:
    model = next(m for m in package_models("openai") if m == "o1")
    assert BOOK.inference("openai", model, PACKAGE_AS_OF) is not None
    assert BOOK.inference("openai", model, PACKAGE_AS_OF - timedelta(days=1)) is None


def test_the_package_is_the_version_its_day_was_taken_from() -> None:
    assert version(PACKAGE_NAME) == PACKAGE_VERSION


def test_an_alias_means_its_model() -> None:
    by_alias = BOOK.inference("openai", "gpt-4o-mini-2024-07-18", TODAY)
    assert by_alias == BOOK.inference("openai", "gpt-4o-mini", TODAY)


def test_the_shutdown_of_the_base_model_ends_the_tuned_one() -> None:
    event = BOOK.shutdown("openai", "gpt-4o-mini", "tuning")
    assert (event.event, event.on, event.replacement) == (
        LifecycleEvent.SHUTDOWN,
        date(2027, 1, 14),
        "gpt-6-luna",
    )
    assert BOOK.shutdown("openai", "gpt-6-luna") is None


def test_validity_ends_with_the_announced_shutdown() -> None:
    assert BOOK.inference("openai", "gpt-4o-mini", TODAY).valid_to == date(2027, 1, 14)


# Laws


@settings(deadline=None)
@given(day=DAYS)
def test_every_model_listed_for_a_day_has_a_price_valid_on_that_day(day: date) -> None:
    for host, model, _ in BOOK.models(day):
        price = BOOK.inference(host, model, day)
        assert price.valid_from <= day
        assert price.valid_to is None or day < price.valid_to


@settings(deadline=None)
@given(day=DAYS)
def test_every_offer_of_a_day_can_be_found_by_its_model(day: date) -> None:
    for offer in BOOK.tuning_offers(day):
        assert offer in BOOK.tuning(offer.host, offer.model, day)


# Presets


@pytest.mark.parametrize("preset", load_presets().values(), ids=lambda preset: preset.id)
def test_every_model_of_a_preset_has_a_price_on_its_day(preset) -> None:
    day = preset.price_date_on(TODAY)
    for host, model in ((preset.host, preset.model), *preset.alternatives):
        assert BOOK.inference(host, model, day) is not None, (host, model)


def test_july_2024_pins_the_articles_day_without_caching() -> None:
    july = load_presets()["july_2024"]
    assert (july.price_date, july.host, july.model, july.caching) == (ARTICLE, "openai", "gpt-4o-mini", False)
    assert july.alternatives == (("openai", "gpt-3.5-turbo"),)


def test_today_starts_with_a_model_a_new_customer_can_tune() -> None:
    today = load_presets()["today"]
    assert today.price_date is None
    assert BOOK.tuning_status(today.host, today.model, TODAY).open_to_new_customers
