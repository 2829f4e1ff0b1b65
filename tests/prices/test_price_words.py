"""What prices say in German: hosts, refusals, limits, and where an own price came from."""

from __future__ import annotations

from datetime import date

import pytest

from crossover.prices import (
    VectorStoreProduct,
    host_label,
    load_presets,
    load_price_book,
    vector_store_usd_per_month,
)
from crossover.prices.fees import StoreUse, VectorStorePrice
from crossover.prices.overrides import TYPED, dropped_from, origin_words, read_overrides
from crossover.prices.types import Source
from crossover.words import CATALOGUES, in_language

TODAY = date(2026, 11, 22)
PAGE = Source("https://prices.example/stores", TODAY)


def test_only_hosts_that_are_no_brand_have_a_german_name():
    with in_language("de"):
        assert [host_label(host) for host in ("openai", "self-hosted", "somebody")] == [
            "OpenAI",
            "Selbst betrieben",
            "somebody",
        ]


def test_a_price_that_cannot_be_read_is_refused_in_german_with_its_column():
    with in_language("de"):
        (problem,) = read_overrides(
            "host,model,input_mtok,output_mtok\nopenai,m,cheap,1\n", "x", TODAY
        ).problems
    assert (
        problem.what == "m, Spalte input_mtok: muss eine einfache Zahl wie 0.15 sein, gefunden wurde 'cheap'."
    )
    assert problem.remedy.startswith("Berichtigen Sie")


@pytest.mark.parametrize(
    ("gb", "queries", "sentence"),
    [
        (2_500.0, 1.0, "Klein fasst 1.000 GB, Sie brauchen 2.500. Wählen Sie einen größeren Tarif."),
        (1.0, 1.5e6, "Klein umfasst 1.000.000 Abfragen im Monat, Sie brauchen 1.500.000. "),
    ],
)
def test_a_store_too_small_says_what_is_too_much_with_german_digits(gb, queries, sentence):
    line = VectorStorePrice(
        "x", "Klein", "plan", 20.0, "month", PAGE, valid_from=TODAY, holds=StoreUse(1_000.0, 1_000_000.0)
    )
    with in_language("de"):
        month = vector_store_usd_per_month(VectorStoreProduct("x", "Klein", (line,)), gb, queries, 0.0)
    assert month.reason.startswith(sentence)


def test_the_origin_of_an_own_price_is_stored_in_english_and_said_where_shown():
    assert (TYPED, dropped_from("a.csv")) == ("entered on the Prices page", "from a.csv")
    with in_language("de"):
        assert origin_words(TYPED) == "auf der Seite „Preise“ eingetragen"
        assert origin_words(dropped_from("from a.csv")) == "aus from a.csv"
        assert origin_words("contract.csv") == "contract.csv"


@pytest.mark.parametrize("preset", load_presets().values(), ids=lambda preset: preset.id)
def test_what_a_ready_made_world_says_to_people_is_known_to_the_catalogues(preset):
    assert CATALOGUES["de"].gettext(preset.label) != preset.label
    assert CATALOGUES["de"].gettext(preset.note) != preset.note


def test_a_closed_door_comes_with_its_remedy_in_the_language_spoken():
    book = load_price_book()
    english = book.tuning_status("openai", "gpt-4o-mini", TODAY)
    with in_language("de"):
        german = book.tuning_status("openai", "gpt-4o-mini", TODAY)
    assert english.remedy.startswith("Tune on Azure")
    assert german.remedy.startswith("Nutzen Sie das Fine-Tuning von Azure")
    assert (german.state, german.since) == (english.state, english.since)
