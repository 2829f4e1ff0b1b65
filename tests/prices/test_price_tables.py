"""Every line of every price table, read the way a sceptical auditor would."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from crossover.prices import DATA, HOSTS, OWN_MACHINES, load_price_book
from crossover.prices.rules import cache_row
from crossover.prices.tables import Dated, InvalidPriceRow, Row, read_rows

TABLES = sorted((DATA / "prices").glob("*.csv"))
DATED = [path for path in TABLES if path.stem not in ("catalogue", "speed", "rules")]
KEYS = {
    "inference": ("host", "model", "region"),
    "training": ("host", "model", "mode", "tier"),
    "embeddings": ("host", "model", "region"),
    "vector_stores": ("host", "product", "item"),
    "tool_fees": ("host", "tool", "applies_to"),
    "gpu_hours": ("host", "gpu", "offer"),
    "tuning_notes": ("host",),
}
BOOK = load_price_book()


def rows_of(path: Path) -> list[Row]:
    return list(read_rows(path))


@pytest.mark.parametrize("path", [*TABLES, DATA / "lifecycle.csv"], ids=lambda path: path.stem)
def test_every_row_names_its_source_its_day_and_its_grade(path: Path) -> None:
    rows = rows_of(path)
    assert rows
    for row in rows:
        source = row.source()
        if source.as_of is None:
            assert "unknown" in source.note, row.place
        else:
            assert date(2024, 1, 1) <= source.as_of <= date(2026, 11, 22), row.place


@pytest.mark.parametrize("path", DATED, ids=lambda path: path.stem)
def test_no_period_ends_before_it_starts(path: Path) -> None:
    for row in rows_of(path):
        start, end = row.day("valid_from"), row.day("valid_to")
        assert end is None or (start is not None and start < end), row.place


@pytest.mark.parametrize("path", DATED, ids=lambda path: path.stem)
def test_no_two_rows_price_the_same_thing_on_the_same_day(path: Path) -> None:
    periods: dict[tuple[str, ...], list[tuple[date, date]]] = defaultdict(list)
    for row in rows_of(path):
        start = row.day("valid_from")
        if start is not None:
            key = tuple(row.text(column) for column in KEYS[path.stem])
            periods[key].append((start, row.day("valid_to") or date.max))
    for key, spans in periods.items():
        spans.sort()
        for (_, end), (start, _) in pairwise(spans):
            assert end <= start, key


@pytest.mark.parametrize("path", DATED, ids=lambda path: path.stem)
def test_every_row_says_how_its_first_day_is_known(path: Path) -> None:
    for row in rows_of(path):
        assert row.text("basis") in ("announced", "price_api", "first_seen"), row.place
        if row.text("basis") == "first_seen" and row.day("valid_from"):
            assert row.day("seen_on") is not None, row.place


@pytest.mark.parametrize("stem", ["catalogue", "inference", "training"])
def test_hosts_are_known(stem: str) -> None:
    for row in rows_of(DATA / "prices" / f"{stem}.csv"):
        assert row.text("host") in HOSTS, row.place


def test_a_cached_token_never_costs_more_and_a_cache_write_never_less_than_a_fresh_one() -> None:
    prices = [row.price for row in BOOK.inference_rows]
    prices += [row.tuned for row in BOOK.tuning_rows if row.tuned]
    prices += [
        BOOK.inference(m.host, m.model, date(2026, 11, 22)).price for m in BOOK.models(date(2026, 11, 22))
    ]
    for price in prices:
        assert price.cached_input_mtok is None or price.cached_input_mtok <= price.input_mtok
        assert price.cache_write_mtok is None or price.cache_write_mtok >= price.input_mtok
        assert price.long_input_mtok is None or price.long_input_mtok >= price.input_mtok


def test_prices_look_like_dollars_per_million_tokens() -> None:
    """A price per thousand tokens would be a thousand times off; ours lie between 0.01 and 200."""
    for row in BOOK.inference_rows:
        if row.host in OWN_MACHINES:  # an explicit 0: the machine is paid for by the hour
            assert (row.price.input_mtok, row.price.output_mtok) == (0.0, 0.0), row
            continue
        assert 0.01 <= row.price.input_mtok <= row.price.output_mtok <= 200, row
    for offer in BOOK.tuning_rows:
        if offer.training_usd_per_mtok is not None:
            assert 0.3 <= offer.training_usd_per_mtok <= 100, offer


def test_batch_never_costs_more_than_the_standard_price() -> None:
    for row in BOOK.inference_rows:
        if row.batch:
            assert row.batch.input_mtok <= row.price.input_mtok
            assert row.batch.output_mtok <= row.price.output_mtok


def test_a_tuning_row_is_priced_by_tokens_or_by_hours_never_by_both() -> None:
    for offer in BOOK.tuning_rows:
        assert (offer.training_usd_per_mtok is None) != (offer.training_usd_per_hour is None), offer


def test_a_free_allowance_has_a_size_an_end_and_a_source_or_is_absent() -> None:
    for offer in BOOK.tuning_rows:
        parts = (offer.free_tokens_per_day > 0, offer.free_until is not None, offer.free_source is not None)
        assert all(parts) or not any(parts), offer


def test_every_inference_row_belongs_to_a_model_of_the_catalogue() -> None:
    known = {(entry.host, entry.model) for entry in BOOK.catalogue}
    assert {(row.host, row.model) for row in BOOK.inference_rows} <= known


def test_no_name_in_the_catalogue_means_two_models() -> None:
    names = [(m.host, name) for m in BOOK.catalogue for name in (m.model, *m.aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("day", [date(2024, 11, 1), date(2026, 11, 22)])
def test_cached_prices_agree_with_the_share_in_the_cache_rules(day: date) -> None:
    """Two sources for one number: the listed cached price, and rule x input, up to the list's rounding."""
    checked = 0
    for host, model, _ in BOOK.models(day):
        price = BOOK.inference(host, model, day).price
        rule = cache_row(BOOK.cache_rows, host, model, day)
        if rule is not None and price.cached_input_mtok is not None:
            expected = rule.read_multiplier * price.input_mtok
            assert price.cached_input_mtok == pytest.approx(expected, rel=0.04, abs=0.001), (host, model)
            checked += 1
    assert checked


def undated(rows: Iterable[Dated]) -> list[Dated]:
    return [row for row in rows if row.valid_from is None]


def test_rows_without_a_first_day_are_never_returned() -> None:
    for day in (date(2024, 7, 23), date(2026, 11, 22), date(2030, 1, 1)):
        assert not undated(BOOK.vector_stores(day))
        assert not undated(BOOK.embeddings(day))
        assert not undated(BOOK.tuning_offers(day))


def one_row(folder: Path, **cells: str) -> Row:
    path = folder / "table.csv"
    with path.open("w", newline="") as lines:
        writer = csv.DictWriter(lines, list(cells))
        writer.writeheader()
        writer.writerow(cells)
    return next(read_rows(path))


@pytest.mark.parametrize("cell", ["0,15", "$3", "nan", "inf", "-1", "abc"])
def test_a_cell_that_is_not_a_plain_amount_is_refused_with_its_place(tmp_path: Path, cell: str) -> None:
    with pytest.raises(InvalidPriceRow, match=r"table\.csv, line 2, column input_mtok"):
        one_row(tmp_path, input_mtok=cell).number("input_mtok")


def test_an_empty_cell_is_unknown_and_not_zero(tmp_path: Path) -> None:
    row = one_row(tmp_path, usd="", other="0")
    assert row.number("usd") is None
    assert row.number("other") == 0.0


def test_a_line_of_the_wrong_length_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_text("a,b\n1\n")
    with pytest.raises(InvalidPriceRow, match=r"short\.csv, line 2"):
        list(read_rows(path))


@pytest.mark.parametrize("cell", ["2026-13-01", "1.2.2026", "2026"])
def test_a_day_that_is_not_a_date_is_refused(tmp_path: Path, cell: str) -> None:
    with pytest.raises(InvalidPriceRow, match="column valid_from"):
        one_row(tmp_path, valid_from=cell).day("valid_from")
