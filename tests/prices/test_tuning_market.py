"""Where tuning can be bought: every host, what is known, and never 0 for an unknown price."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.prices import (
    HOSTS,
    TuningAvailability,
    TuningPlace,
    load_price_book,
    market_json,
    price_json,
    tuning_market,
    tuning_place,
)

BOOK = load_price_book()
TODAY = date(2026, 11, 22)
ARTICLE = date(2024, 7, 23)
VENDORS_OF_THE_ARTICLE_AND_TODAY = {
    "openai": TuningAvailability.CLOSED_TO_NEW,
    "azure": TuningAvailability.PRICED,
    "google-vertex": TuningAvailability.PRICE_UNKNOWN,
    "mistral": TuningAvailability.PRICE_UNKNOWN,
    "cohere": TuningAvailability.ENDED,
    "together": TuningAvailability.PRICED,
    "fireworks": TuningAvailability.PRICED,
    "aws-bedrock": TuningAvailability.PRICE_UNKNOWN,
    "anthropic": TuningAvailability.NOT_OFFERED,
    "self-hosted": TuningAvailability.PRICED,
    "on-device": TuningAvailability.PRICED,
}


def places(on: date, prefer: str = "") -> dict[str, TuningPlace]:
    return {place.host: place for place in tuning_market(BOOK, on, prefer)}


def test_all_eleven_vendors_and_the_gemini_api_are_listed_today_with_their_state() -> None:
    found = places(TODAY)
    assert set(found) == set(HOSTS) == {*VENDORS_OF_THE_ARTICLE_AND_TODAY, "google"}
    states = {host: found[host].availability for host in VENDORS_OF_THE_ARTICLE_AND_TODAY}
    assert states == VENDORS_OF_THE_ARTICLE_AND_TODAY


def test_every_host_says_today_what_is_known_and_who_says_it() -> None:
    for place in places(TODAY).values():
        assert place.notes, place.host
        assert all(source.url.startswith("https://") for source in place.sources)


def test_cohere_ended_on_its_day_and_was_unknown_before() -> None:
    assert places(TODAY)["cohere"].since == date(2025, 9, 15)
    eve = places(date(2025, 9, 14))["cohere"]
    assert (eve.availability, eve.offer) == (TuningAvailability.PRICE_UNKNOWN, None)


def test_mistral_is_unknown_with_its_minimum_named_and_its_source_undated() -> None:
    mistral = places(TODAY)["mistral"]
    assert (mistral.offer, mistral.model) == (None, "")
    (note,) = mistral.notes
    assert ("4 USD a job" in note.known, note.source.as_of, note.source.grade) == (True, None, "C")


def test_anthropic_never_sold_tuning_and_points_to_bedrock() -> None:
    anthropic = places(TODAY)["anthropic"]
    assert anthropic.availability is TuningAvailability.NOT_OFFERED
    assert "Bedrock" in anthropic.notes[0].known


def test_openai_is_open_with_a_price_on_the_articles_day_and_the_others_are_unknown() -> None:
    found = places(ARTICLE)
    assert found["openai"].offer.training_usd_per_mtok == 3.00
    assert {p.availability for host, p in found.items() if host != "openai"} == {
        TuningAvailability.PRICE_UNKNOWN
    }


def test_after_the_last_job_openai_is_ended() -> None:
    assert places(date(2027, 1, 6))["openai"].availability is TuningAvailability.ENDED


def test_the_wanted_model_speaks_for_its_host_where_it_is_as_open_as_the_others() -> None:
    assert places(TODAY)["azure"].model == "ministral-3b"  # the cheapest to train: 1.00
    assert places(TODAY, "gpt-oss-20b")["azure"].model == "gpt-oss-20b"
    assert places(TODAY, "gpt-oss-20b")["aws-bedrock"].model.startswith("nova-")  # not tunable there


def test_one_model_at_one_host_is_a_place_too() -> None:
    place = tuning_place(BOOK, "openai", "gpt-6-luna", TODAY)
    assert (place.availability, place.model) == (TuningAvailability.NOT_OFFERED, "gpt-6-luna")
    nobody = tuning_place(BOOK, "nowhere", "nothing", TODAY)
    assert (nobody.availability, nobody.sources) == (TuningAvailability.PRICE_UNKNOWN, ())


@settings(deadline=None)
@given(on=st.dates(date(2022, 1, 1), date(2028, 12, 31)))
def test_on_any_day_only_a_priced_place_has_an_offer_and_unknown_is_never_zero(on: date) -> None:
    priced = (TuningAvailability.PRICED, TuningAvailability.CLOSED_TO_NEW)
    for place in tuning_market(BOOK, on):
        if place.availability in priced:
            offer = place.offer
            assert (offer.training_usd_per_mtok or offer.training_usd_per_hour) > 0
        elif place.availability in (TuningAvailability.PRICE_UNKNOWN, TuningAvailability.NOT_OFFERED):
            assert place.offer is None


def test_as_json_an_unknown_price_is_null() -> None:
    content = market_json(BOOK, TODAY)
    by_host = {place["host"]: place for place in content["tuning"]}
    assert by_host["mistral"]["offer"] is None
    assert by_host["mistral"]["availability"] == "price_unknown"
    assert by_host["cohere"]["since"] == "2025-09-15"
    assert by_host["azure"]["offer"]["training_usd_per_mtok"] == pytest.approx(1.00)


def test_the_price_of_a_model_says_what_else_is_known_about_tuning_it() -> None:
    (mistral,) = price_json(BOOK, "mistral-medium-3-5", TODAY, "mistral")["prices"]
    assert mistral["tuning"] == []
    assert "4 USD a job" in mistral["tuning_notes"][0]["known"]
