"""Charts in German: signs of numbers, money and days as the language writes them."""

from __future__ import annotations

from datetime import date

import pytest

from crossover.charts import about_usd, chance, cost_by_part, cumulative_cost
from crossover.charts.axes import day_axis, money_axis, separators, share_axis
from crossover.comparison import compare
from crossover.demo import load_demo
from crossover.prices import load_price_book
from crossover.scenario import Scenario
from crossover.words import in_language


@pytest.fixture
def german():
    with in_language("de"):
        yield


def test_english_axes_are_as_plotly_draws_them():
    assert separators() == ".,"
    assert money_axis() == {"tickprefix": "$", "ticksuffix": "", "tickformat": "~s"}
    assert day_axis() == {"type": "date"}
    assert share_axis()["ticktext"][1] == "20%"


def test_german_axes_put_signs_where_german_does(german):
    assert separators() == ",."
    assert (money_axis()["tickprefix"], money_axis()["ticksuffix"].strip()) == ("", "$")
    assert share_axis()["ticktext"][-1] == "100\u00a0%"
    assert all("%b" not in each["value"] for each in day_axis()["tickformatstops"])


def test_amounts_near_nothing_and_all_are_said(german):
    assert (about_usd(0.5), about_usd(1234.0)) == ("unter 1\u00a0$", "1.230\u00a0$")
    assert (chance(0.0001), chance(0.9999), chance(0.25)) == (
        "unter 0,1\u00a0%",
        "über 99,9\u00a0%",
        "25\u00a0%",
    )


def test_a_comparison_is_drawn_in_german(german):
    comparison = compare(load_demo("en"), Scenario(price_date=date(2026, 11, 22)), load_price_book())
    parts, months = cost_by_part(comparison), cumulative_cost(comparison)
    assert parts.layout.xaxis.title.text == "USD pro 1.000 Anfragen"
    assert "Anweisungen" in {trace.name for trace in parts.data}
    assert (parts.layout.separators, months.layout.separators) == (",.", ",.")
