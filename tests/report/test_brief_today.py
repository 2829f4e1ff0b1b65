"""A decision looked at again with later prices: what moved, what it costs now, whether it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crossover.comparison import compare
from crossover.cost.quote import quote
from crossover.demo import load_demo
from crossover.prices import Lifecycle, LifecycleEvent, load_price_book
from crossover.report.brief import brief
from crossover.report.brief_today import as_of
from crossover.report.brief_today_prices import Moved, repriced
from crossover.report.brief_today_words import Standing, amount_words, standing_words
from crossover.scenario import Scenario
from crossover.verdict import verdict
from crossover.whatif import sureness

THEN, LATER = date(2026, 9, 1), date(2026, 11, 1)
HOST, MODEL = "azure", "gpt-oss-20b"
BOOK = load_price_book()
SCENARIO = Scenario(price_date=THEN, host=HOST, model=MODEL, count_people=False)


@pytest.fixture(scope="module")
def samples():
    return load_demo("en")


@pytest.fixture(scope="module")
def made(samples):
    return briefed(compare(samples, SCENARIO, BOOK))


def briefed(comparison):
    sure = sureness(comparison)
    words = verdict(comparison, sure)
    return brief(comparison, sure, words, title="", made_on=comparison.scenario.price_date)


def with_price(**factors):
    """The book in which the model costs other prices from October on."""
    price = BOOK.inference(HOST, MODEL, THEN)
    moved = {name: getattr(price.price, name) * factor for name, factor in factors.items()}
    own = replace(price, price=replace(price.price, **moved), valid_from=date(2026, 10, 1), valid_to=None)
    return BOOK.with_overrides([own])


def rows(today):
    return {row.id: row for row in today.rows}


def test_where_nothing_moved_every_total_is_the_same_and_the_decision_stands(made):
    today = as_of(made, BOOK, THEN)
    assert today.moved == ()
    assert all((row.low_usd, row.high_usd) == (row.then_usd, row.then_usd) for row in today.rows)
    assert standing_words(made, today).standing is (Standing.STANDS if made.is_decided else Standing.OPEN)


def test_a_model_at_twice_its_prices_costs_what_a_new_comparison_says(samples, made):
    price = BOOK.inference(HOST, MODEL, THEN).price
    names = ["input_mtok", "output_mtok"]
    names += [name for name in ("cached_input_mtok", "cache_write_mtok") if getattr(price, name)]
    book = with_price(**dict.fromkeys(names, 2.0))
    fresh = compare(samples, replace(SCENARIO, price_date=LATER), book)
    then = compare(samples, SCENARIO, BOOK)
    for strategy in ("prompting", "tools"):
        row = rows(as_of(made, book, LATER))[strategy]
        assert row.low_usd == pytest.approx(row.high_usd)
        assert row.low_usd == pytest.approx(fresh.outcome(strategy).total_usd)
        assert row.then_usd == pytest.approx(then.outcome(strategy).total_usd)


def without_rates(made):
    """The brief as it was frozen before it told which of a model's prices brings what."""

    def older(row):
        units = tuple(replace(each, rate="") for each in row.cost.unit_costs) if row.cost else ()
        return replace(row, cost=replace(row.cost, unit_costs=units)) if row.cost else row

    return replace(made, strategies=tuple(map(older, made.strategies)))


def test_where_prices_moved_apart_every_part_moves_with_its_own_price(samples, made):
    book = with_price(input_mtok=3.0, output_mtok=0.5)
    fresh = compare(samples, replace(SCENARIO, price_date=LATER), book)
    found = rows(as_of(made, book, LATER))
    for strategy in ("prompting", "rag", "tools"):
        row = found[strategy]
        assert row.low_usd == row.high_usd == pytest.approx(fresh.outcome(strategy).total_usd, rel=1e-9)
        assert row.low_usd != pytest.approx(row.then_usd)


def test_what_no_single_price_brings_lies_between_those_that_bring_it(made):
    """Dollars without a price of their own: 1 to 4 times as much, as the writing of the cache moved."""
    row = next(row for row in made.strategies if row.id == "prompting")
    rest = replace(row.cost.unit_costs[-1], usd_per_request=0.5, rate="", price=None)
    cost = replace(row.cost, unit_costs=(*row.cost.unit_costs[:-1], rest), usd_by_part=(("rerank", 0.1),))
    then, now = (quote(BOOK, SCENARIO) for _ in range(2))
    old = replace(then.inference.price, cache_write_mtok=1.0)
    new = replace(old, cache_write_mtok=4.0)
    moved = Moved(
        *(replace(then, inference=replace(now.inference, price=price)) for price in (old, new)), True
    )
    usd = cost.costs.per_request_usd
    assert repriced(row, cost, moved) == pytest.approx((usd, usd + 0.5 * (4 - 1)))


def test_an_older_brief_gives_the_range_the_new_comparison_lies_in(samples, made):
    book = with_price(input_mtok=3.0, output_mtok=0.5)
    fresh = compare(samples, replace(SCENARIO, price_date=LATER), book)
    found = rows(as_of(without_rates(made), book, LATER))
    assert any(row.low_usd < row.high_usd for row in found.values())
    for strategy in ("prompting", "rag", "tools"):
        row = found[strategy]
        assert row.low_usd * (1 - 1e-9) <= fresh.outcome(strategy).total_usd <= row.high_usd * (1 + 1e-9)


def test_the_price_change_is_named_with_its_day(made):
    (event, *_) = as_of(made, with_price(input_mtok=3.0), LATER).moved
    assert event.on == date(2026, 10, 1)
    assert "input went from" in event.words


def test_at_another_volume_the_same_volume_holds_for_then_and_now(made):
    today = as_of(made, BOOK, THEN, 2 * made.requests_per_month)
    assert all(row.low_usd == row.then_usd for row in today.rows)
    assert rows(today)["prompting"].then_usd > rows(as_of(made, BOOK, THEN))["prompting"].then_usd


def shut_down(on):
    """The book in which the model stops answering on that day, as announced in October."""
    some = BOOK.lifecycle_rows[0]
    event = replace(
        some,
        host=HOST,
        model=MODEL,
        scope="inference",
        event=LifecycleEvent.SHUTDOWN,
        on=on,
        announced=date(2026, 10, 5),
        replacement="",
        remedy="",
    )
    assert isinstance(event, Lifecycle)
    return replace(BOOK, lifecycle_rows=(*BOOK.lifecycle_rows, event))


def test_a_model_that_stops_within_the_horizon_brings_the_decision_down(made):
    today = as_of(made, shut_down(date(2027, 3, 15)), LATER)
    found = standing_words(made, today)
    assert today.choosable == ()
    assert found.standing is Standing.FALLEN
    assert "its model stops on 2027-03-15, 4 of 12 months can be used" in found.sentence
    assert any("shut down on 2027-03-15" in event.words for event in today.moved)


def test_a_model_that_is_gone_has_no_price_and_says_so(made):
    today = as_of(made, shut_down(date(2026, 10, 20)), LATER)
    assert {row.low_usd for row in today.rows} == {None}
    assert "no price is known" in standing_words(made, today).sentence


def decided(made, *totals):
    """A brief with a named winner, and the day's totals as given: (strategy, low, high)."""
    today = as_of(made, BOOK, THEN)
    named = rows(today)
    moved = sorted(
        (replace(named[name], low_usd=low, high_usd=high) for name, low, high in totals),
        key=lambda row: row.low_usd,
    )
    first = next(row for row in made.strategies if row.id == totals[0][0])
    chosen = replace(made, is_decided=True, strategies=(replace(first, rank=1),))
    return standing_words(chosen, replace(today, rows=tuple(moved)))


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        ((100, 100), (120, 120), Standing.STANDS),  # 20 % ahead
        ((100, 100), (104, 104), Standing.IN_DOUBT),  # ahead, by less than 5 %
        ((100, 130), (120, 120), Standing.IN_DOUBT),  # the ranges overlap
        ((130, 140), (120, 125), Standing.FALLEN),  # dearer whatever holds
    ],
)
def test_a_decision_stands_with_a_lead_of_five_percent_at_the_worst(made, own, other, expected):
    assert decided(made, ("prompting", *own), ("rag", *other)).standing is expected


def test_a_range_is_shown_as_one_and_a_point_as_a_point():
    assert amount_words(100, 100.2) == "$100"
    assert amount_words(100, 120) == "$100 to $120"
    assert amount_words(None, None) == "unknown"
