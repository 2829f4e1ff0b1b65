"""How prices moved, what the checks find, and prices as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.prices import LifecycleEvent, load_presets, load_price_book
from crossover.prices.checks import Level, check_prices
from crossover.prices.export import price_json
from crossover.prices.history import ChangeKind, changes, history

BOOK = load_price_book()
TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2023, 6, 1), date(2027, 12, 31))


def test_the_history_of_a_model_lists_every_price_once() -> None:
    rows = history(BOOK, "mistral", "mistral-large-4")
    assert [(row.valid_from, row.price.input_mtok) for row in rows] == [
        (date(2026, 10, 6), 0.68),
        (date(2026, 10, 20), 1.36),
        (date(2026, 10, 29), 0.70),
    ]


def test_a_history_has_no_gap_and_no_overlap_before_the_shutdown() -> None:
    for entry in BOOK.catalogue:
        rows = history(BOOK, entry.host, entry.model)
        for earlier, later in pairwise(rows):
            assert earlier.valid_to == later.valid_from, (entry.host, entry.model)


def test_what_moved_over_new_year_names_rises_shutdowns_and_closings() -> None:
    moved = changes(BOOK, TODAY, date(2027, 1, 31))
    rise = next(c for c in moved.prices if (c.host, c.model) == ("google", "gemini-4-argon"))
    assert (rise.on, rise.kind) == (date(2026, 12, 1), ChangeKind.CHANGED)
    assert {(f.name, f.before, f.after) for f in rise.fields} >= {
        ("input_mtok", 2.0, 4.0),
        ("output_mtok", 10.0, 20.0),
    }
    gone = {(c.host, c.model) for c in moved.prices if c.kind is ChangeKind.GONE}
    assert ("openai", "gpt-4o-mini") in gone
    assert any(e.event is LifecycleEvent.NO_NEW_JOBS and e.host == "openai" for e in moved.lifecycle)


def test_the_end_of_the_free_allowance_is_a_change_of_the_tuning_price() -> None:
    moved = changes(BOOK, date(2024, 9, 1), date(2024, 9, 30))
    (change,) = [c for c in moved.prices if c.model == "gpt-4o-mini"]
    assert (change.on, change.subject) == (date(2024, 9, 24), "tuning, sft, global")
    assert [(f.name, f.before, f.after) for f in change.fields] == [
        ("free_tokens_per_day", 2_000_000.0, None)
    ]


def test_a_price_known_only_from_its_first_sight_is_not_called_new() -> None:
    moved = changes(BOOK, date(2026, 10, 7), date(2026, 10, 8))
    kinds = {c.kind for c in moved.prices if c.host == "fireworks" and c.subject.startswith("tuning")}
    assert kinds == {ChangeKind.FIRST_SEEN}


@settings(max_examples=20, deadline=None)
@given(days=st.lists(DAYS, min_size=3, max_size=3).map(sorted))
def test_changes_of_two_spans_are_the_changes_of_both_together(days: list[date]) -> None:
    first, middle, last = days
    parts = changes(BOOK, first, middle).prices + changes(BOOK, middle, last).prices
    assert parts == changes(BOOK, first, last).prices


@settings(max_examples=20, deadline=None)
@given(day=DAYS)
def test_nothing_changes_within_no_time(day: date) -> None:
    moved = changes(BOOK, day, day)
    assert (moved.prices, moved.lifecycle) == ((), ())


def test_the_book_as_shipped_has_no_error() -> None:
    found = check_prices(BOOK, TODAY, load_presets().values())
    assert [finding for finding in found if finding.level is Level.ERROR] == []


def test_prices_read_more_than_90_days_ago_are_named() -> None:
    stale = {finding.where for finding in check_prices(BOOK, TODAY) if finding.kind == "stale"}
    assert "azure gpt-oss-20b" in stale  # read 2026-08-11, 103 days before
    assert "openai gpt-6-luna" not in stale


def test_a_preset_without_a_price_is_an_error() -> None:
    broken = replace(load_presets()["july_2024"], model="gpt-6-luna")
    (finding,) = [f for f in check_prices(BOOK, TODAY, [broken]) if f.level is Level.ERROR]
    assert (finding.kind, finding.where) == ("preset_without_price", "july_2024: openai gpt-6-luna")


def test_an_id_the_package_does_not_know_is_an_error() -> None:
    entry = replace(BOOK.catalogue[0], package_model="gpt-unheard-of")
    found = check_prices(replace(BOOK, catalogue=(entry,)), TODAY)
    assert [f.kind for f in found if f.level is Level.ERROR] == ["unknown_package_id"]


def test_disagreement_with_the_package_is_noted() -> None:
    found = {f.where for f in check_prices(BOOK, TODAY) if f.kind == "disagreement"}
    assert "google gemini-3.5-flash" in found


def test_price_json_survives_json_and_names_every_host() -> None:
    content = price_json(BOOK, "gpt-4o-mini", date(2024, 7, 23))
    assert json.loads(json.dumps(content)) == content
    hosts = {entry["host"]: entry for entry in content["prices"]}
    assert set(hosts) == {"openai", "azure"}
    assert hosts["openai"]["inference"]["price"]["input_mtok"] == 0.15
    assert hosts["openai"]["tuning"][0]["free_until"] == "2024-09-23"
    assert hosts["azure"]["tuning"] == []


def test_price_json_of_an_unknown_model_or_day_has_no_number() -> None:
    assert price_json(BOOK, "gpt-unheard-of", TODAY)["prices"] == []
    (entry,) = price_json(BOOK, "gpt-6-luna", date(2024, 7, 23))["prices"]
    assert entry["inference"] is None
    assert entry["tuning_state"] == "unknown"
