"""Own prices from files in the shapes people have."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crossover.prices import InferencePrice, TuningPrice, load_price_book
from crossover.prices.overrides import read_overrides

TODAY = date(2026, 11, 22)
BOOK = load_price_book()

OWN_CSV = """host,model,input_mtok,output_mtok,note
openai,gpt-6-luna,0.08,0.40,contract 17
azure,gpt-oss-20b,0.06,0.25,
"""


def only(text: str) -> InferencePrice:
    read = read_overrides(text, "prices.json", TODAY)
    assert read.problems == ()
    (row,) = read.rows
    assert isinstance(row, InferencePrice)
    return row


def test_own_prices_win_over_all_others_and_say_so() -> None:
    read = read_overrides(OWN_CSV, "contract.csv", TODAY)
    price = BOOK.with_overrides(read.rows).inference("openai", "gpt-6-luna", TODAY)
    assert (price.price.input_mtok, price.price.output_mtok) == (0.08, 0.40)
    assert price.source.url == "your own prices: contract.csv"
    assert price.source.as_of == TODAY
    assert price.source.note == "contract 17"
    assert (
        BOOK.inference("openai", "gpt-6-luna", TODAY).price.input_mtok == 0.10
    )  # the book itself is unchanged


def test_an_own_price_may_use_another_name_of_the_model() -> None:
    text = "host,model,input_mtok,output_mtok\nopenai,gpt-4o-mini-2024-07-18,0.10,0.40\n"
    book = BOOK.with_overrides(read_overrides(text, "own.csv", TODAY).rows)
    assert book.inference("openai", "gpt-4o-mini", TODAY).price.input_mtok == 0.10


def test_an_own_price_makes_an_unknown_model_choosable() -> None:
    text = "host,model,input_mtok,output_mtok\nself-hosted,our-model,0.10,0.40\n"
    book = BOOK.with_overrides(read_overrides(text, "own.csv", TODAY).rows)
    assert ("self-hosted", "our-model", "our-model") in book.models(TODAY)
    assert book.models(TODAY)[:-1] == BOOK.models(TODAY)


def test_what_an_own_price_leaves_out_is_unknown() -> None:
    row = read_overrides(OWN_CSV, "contract.csv", TODAY).rows[0]
    assert row.price.cached_input_mtok is None
    assert row.batch is None


def test_an_own_tuning_price_replaces_the_offer_of_the_same_mode_and_tier() -> None:
    text = "host,model,training_usd_per_mtok,tuned_input_mtok,tuned_output_mtok,hosting_usd_per_hour\n"
    read = read_overrides(text + "azure,gpt-oss-20b,2.5,0.05,0.2,0\n", "own.csv", TODAY)
    (row,) = read.rows
    assert isinstance(row, TuningPrice)
    offers = BOOK.with_overrides(read.rows).tuning("azure", "gpt-oss-20b", TODAY)
    assert [(offer.training_usd_per_mtok, offer.hosting_usd_per_hour) for offer in offers] == [(2.5, 0.0)]


def test_own_json_is_the_same_table() -> None:
    row = only(json.dumps([{"host": "mistral", "model": "m", "input_mtok": 0.1, "output_mtok": 0.3}]))
    assert (row.host, row.model, row.price.input_mtok, row.price.output_mtok) == ("mistral", "m", 0.1, 0.3)


def test_litellm_prices_per_token_become_prices_per_million() -> None:
    entry = {
        "litellm_provider": "azure",
        "input_cost_per_token": 1.5e-07,
        "output_cost_per_token": 6e-07,
        "cache_read_input_token_cost": 7.5e-08,
        "input_cost_per_token_above_200k_tokens": 3e-07,
        "output_cost_per_token_above_200k_tokens": 9e-07,
    }
    row = only(json.dumps({"azure/gpt-4o-mini": entry}))
    assert (row.host, row.model) == ("azure", "gpt-4o-mini")
    price = row.price  # 1.5e-07 x 1,000,000 = 0.15
    assert (price.input_mtok, price.output_mtok, price.cached_input_mtok) == (0.15, 0.6, 0.075)
    assert (price.long_from_tokens, price.long_input_mtok, price.long_output_mtok) == (200_000, 0.3, 0.9)


def test_litellm_embedding_entries_are_left_out_without_complaint() -> None:
    read = read_overrides(json.dumps({"e": {"input_cost_per_token": 2e-08}}), "map.json", TODAY)
    assert (read.rows, read.problems) == ((), ())


def test_genai_prices_with_dates_become_consecutive_rows() -> None:
    prices = [
        {"prices": {"input_mtok": 2, "output_mtok": 10}},
        {"constraint": {"start_date": "2026-12-01"}, "prices": {"input_mtok": 4, "output_mtok": 20}},
    ]
    providers = [{"id": "aws", "models": [{"id": "argon", "prices": prices}]}]
    read = read_overrides(json.dumps(providers), "data.json", TODAY)
    book = BOOK.with_overrides(read.rows)
    assert book.inference("aws-bedrock", "argon", date(2026, 11, 30)).price.input_mtok == 2
    assert book.inference("aws-bedrock", "argon", date(2026, 12, 1)).price.input_mtok == 4


def test_a_genai_cliff_keeps_its_limit() -> None:
    cliff = {"base": 1, "tiers": [{"start": 200000, "price": 2}]}
    model = {"id": "x", "prices": {"input_mtok": cliff, "output_mtok": 5}}
    price = only(json.dumps([{"id": "google", "models": [model]}])).price
    assert (price.input_mtok, price.long_from_tokens, price.long_input_mtok, price.long_output_mtok) == (
        1,
        200_000,
        2,
        5,
    )


def test_a_bad_line_is_named_and_the_others_are_kept() -> None:
    text = "host,model,input_mtok,output_mtok\nopenai,a,0.1,0.2\nopenai,b,cheap,0.2\nopenai,c,-1,0.2\n"
    read = read_overrides(text, "own.csv", TODAY)
    assert [row.model for row in read.rows] == ["a"]
    assert [(problem.line, problem.kind) for problem in read.problems] == [
        (3, "invalid_price"),
        (4, "invalid_price"),
    ]
    assert "cheap" in read.problems[0].what


def test_a_decimal_comma_never_moves_prices_into_the_next_column() -> None:
    read = read_overrides("host,model,input_mtok,output_mtok\nopenai,a,0,15,0,60\n", "own.csv", TODAY)
    assert read.rows == ()
    assert "0.15, not 0,15" in read.problems[0].what


def test_a_semicolon_table_is_read_and_its_decimal_comma_is_not_guessed() -> None:
    text = "host;model;input_mtok;output_mtok\nopenai;a;0.1;0.2\nopenai;b;0,1;0,2\n"
    read = read_overrides(text, "own.csv", TODAY)
    assert [row.model for row in read.rows] == ["a"]
    assert len(read.problems) == 1


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "[]", "{}", '{"a": 1}', "[1, 2]", "{", "[" * 100_000])
def test_a_file_that_holds_no_prices_is_refused_with_a_remedy(text: str) -> None:
    read = read_overrides(text, "own.csv", TODAY)
    assert read.rows == ()
    (problem,) = read.problems
    assert (problem.severity, problem.kind) == ("refused", "not_a_price_file")
    assert problem.remedy


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["host", "model", "models", "id", "prices", "input_mtok", "output_mtok", "tiers"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@example(content=[{"id": "openai", "models": [{}]}])
@given(content=json_values)
def test_no_json_makes_the_reader_raise(content: object) -> None:
    read = read_overrides(json.dumps(content), "any.json", TODAY)
    assert all(row.price.input_mtok >= 0 for row in read.rows if isinstance(row, InferencePrice))


@given(text=st.text(max_size=200))
def test_no_text_makes_the_reader_raise(text: str) -> None:
    read_overrides("host,model,input_mtok,output_mtok\n" + text, "any.csv", TODAY)
