"""Vector stores one can choose and what a month costs, by hand from the price lists."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.prices import (
    VectorStoreMonth,
    VectorStoreProduct,
    load_price_book,
    vector_store_products,
    vector_store_usd_per_month,
)

BOOK = load_price_book()
TODAY = date(2026, 11, 22)
STORES = {store.name: store for store in vector_store_products(BOOK.vector_store_rows, TODAY)}
PRICED = [store for store in STORES.values() if not store.reason]
AMOUNTS = st.floats(0, 1e6)


def month(name: str, gb: float = 0, queries: float = 0, writes: float = 0) -> VectorStoreMonth:
    return vector_store_usd_per_month(STORES[name], gb, queries, writes)


def test_every_store_of_the_price_lists_can_be_chosen_or_says_why_not() -> None:
    assert {store.host for store in STORES.values()} == {row.host for row in BOOK.vector_store_rows}
    assert len(PRICED) >= 8
    assert all(store.reason.endswith(".") for store in STORES.values() if store not in PRICED)


def test_file_search_charges_what_lies_above_the_free_gigabyte_by_the_day_and_the_calls() -> None:
    bill = month("OpenAI file search", gb=3, queries=50_000)
    assert bill.usd == pytest.approx(2 * 0.10 * 730 / 24 + 50 * 2.50)  # 6.08 + 125
    assert month("OpenAI file search", gb=0.5).usd == 0.0  # inside the free gigabyte: known, not unknown


def test_a_monthly_minimum_counts_once_and_only_while_the_use_is_smaller() -> None:
    small = month("Pinecone Standard (AWS us-east-1)", gb=1, queries=100_000, writes=10_000)
    # 0.33 + 0.1 x 16 + 0.01 x 4 = 1.97
    assert sum(line.usd for line in small.lines) == pytest.approx(1.97)
    assert (small.usd, small.minimum_usd) == (50.0, 50.0)
    large = month("Pinecone Standard (AWS us-east-1)", gb=10, queries=1_000_000, writes=1_000_000)
    # 10 x 0.33 + (1,000,000 queries x 10 units) x 16 per million + 4 = 167.30
    assert large.usd == pytest.approx(3.30 + 160 + 4)
    assert large.minimum_usd is None
    assert "a query reads one unit for every GB" in large.assumes[0]


def test_a_flat_plan_costs_the_same_until_it_is_full_and_then_has_no_price() -> None:
    assert month("Pinecone Builder", gb=10, queries=2e6, writes=5e6).usd == 20.0
    full = month("Pinecone Builder", gb=10.5)
    assert (full.usd, full.lines) == (None, ())
    assert "holds 10 GB; you need 10.5" in full.reason
    assert month("Pinecone Builder", queries=2_000_001).usd is None


def test_a_free_plan_costs_an_explicit_zero() -> None:
    assert month("Pinecone Starter", gb=2).usd == 0.0


def test_a_database_by_the_hour_is_assumed_to_run_all_month_and_says_so() -> None:
    bill = month("Neon Launch (Postgres)", gb=4)
    assert bill.usd == pytest.approx(0.106 * 730 + 4 * 0.35)  # 77.38 + 1.40
    assert bill.assumes == ("one compute unit runs all month",)


@pytest.mark.parametrize("name", ["Pinecone Enterprise", "Supabase Pro"])
@pytest.mark.parametrize("day", [date(2024, 7, 23), TODAY])
def test_a_store_whose_price_nobody_can_date_is_listed_every_day_and_priced_on_none(
    name: str, day: date
) -> None:
    store = next(s for s in vector_store_products(BOOK.vector_store_rows, day) if s.name == name)
    assert "unknown" in store.reason
    bill = vector_store_usd_per_month(store, 1, 1, 1)
    assert (bill.usd, bill.reason) == (None, store.reason)
    assert bill.sources[0].url.startswith("https://")


def test_a_price_that_is_not_published_is_unknown_with_what_is_known() -> None:
    flex = month("Weaviate Flex", gb=1)
    assert flex.usd is None
    assert "vector dimensions" in flex.reason
    assert "At least 45 USD" in flex.reason
    assert month("Qdrant Cloud Standard", gb=1).usd is None


def test_stores_begin_on_the_first_day_of_their_prices() -> None:
    names = {store.name for store in vector_store_products(BOOK.vector_store_rows, date(2024, 7, 23))}
    assert names == {"Azure file search", "Pinecone Enterprise", "Supabase Pro"}


def test_less_than_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="less than nothing"):
        month("Pinecone Starter", gb=-1)


@given(store=st.sampled_from(PRICED), gb=AMOUNTS, queries=AMOUNTS, writes=AMOUNTS, more=AMOUNTS)
def test_more_use_never_costs_less(
    store: VectorStoreProduct, gb: float, queries: float, writes: float, more: float
) -> None:
    before = vector_store_usd_per_month(store, gb, queries, writes).usd
    for used in ((gb + more, queries, writes), (gb, queries + more, writes), (gb, queries, writes + more)):
        after = vector_store_usd_per_month(store, *used).usd
        assert after is None or (before is not None and after >= before * (1 - 1e-12))


@given(store=st.sampled_from(list(STORES.values())), gb=AMOUNTS, queries=AMOUNTS, writes=AMOUNTS)
def test_a_month_has_an_amount_or_a_reason_never_both(
    store: VectorStoreProduct, gb: float, queries: float, writes: float
) -> None:
    bill = vector_store_usd_per_month(store, gb, queries, writes)
    assert (bill.usd is None) == bool(bill.reason)
    assert bill.usd is None or bill.usd >= sum(line.usd for line in bill.lines)
