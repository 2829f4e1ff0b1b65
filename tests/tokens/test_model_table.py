"""Our own table of models: every row sound, every spelling of an id resolved, the rest said openly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.tokens import Basis, model_facts, model_table
from crossover.tokens.dialects import CHAT, CHAT_REASONING, RESPONSES, RESPONSES_AT_LAUNCH, dialect_of


@pytest.mark.parametrize("name", sorted(model_table()))
def test_every_row_is_dated_sourced_and_sound(name):
    facts = model_table()[name]
    assert facts.as_of is not None
    assert facts.source.startswith("https://")
    assert facts.encoding in ("o200k_base", "cl100k_base")
    factor = facts.token_factor
    assert 0 < factor.low <= factor.likely <= factor.high
    assert facts.window is None or facts.window >= (facts.max_output or 0)
    assert (factor.high == 1) == (facts.family in OPENAI)
    assert facts.reasoning or facts.reasoning_tokens is None


OPENAI = {"gpt-3.5", "gpt-4", "gpt-4o", "gpt-4.1", "o-series", "gpt-5", "gpt-6", "gpt-oss", "embedding"}


@pytest.mark.parametrize(
    ("model_id", "base"),
    [
        ("gpt-4o-mini-2024-07-18", "gpt-4o-mini"),
        ("gpt-4-0613", "gpt-4"),
        ("gpt-4-1106-preview", "gpt-4-1106"),
        ("ft:gpt-4.1-mini-2025-04-14:team::Abc1", "gpt-4.1-mini"),
        ("gpt-4o-mini-2024-07-18.ft-0123abcd", "gpt-4o-mini"),
        ("openai/gpt-oss-20b", "gpt-oss-20b"),
        ("gpt-35-turbo", "gpt-3.5-turbo"),
        ("claude-sonnet-4-5-20250929", "claude-sonnet-4-5"),
        ("anthropic/claude-haiku-4.5", "claude-haiku-4-5"),
        ("us.anthropic.claude-3-5-sonnet-20241022-v2:0", "claude-3-5-sonnet"),
        ("models/gemini-2.0-flash-001", "gemini-2.0-flash"),
        ("mistral-small-2603", "mistral-small"),
        ("ministral-3b-2512", "ministral-3b"),
        ("text-embedding-ada-002-v2", "text-embedding-ada-002"),
        (" GPT-4o ", "gpt-4o"),
    ],
)
def test_every_spelling_of_an_id_leads_to_its_base_model(model_id, base):
    facts = model_facts(model_id)
    assert facts.base == base
    assert facts.basis is model_table()[base].basis


def test_a_tuned_gpt_4_1_counts_like_gpt_4_1_and_not_like_gpt_4():
    assert model_facts("ft:gpt-4.1-mini-2025-04-14:team::Abc1").encoding == "o200k_base"


def test_a_variant_nobody_measured_counts_like_its_relative_as_an_estimate():
    facts = model_facts("gpt-4o-mini-search-preview-2025-03-11")
    assert (facts.base, facts.basis) == ("gpt-4o-mini", Basis.ESTIMATE)
    assert facts.note == "Counted like gpt-4o-mini."


def test_a_deployment_is_recognised_by_the_day_of_its_snapshot():
    facts = model_facts("our-chat-2025-08-07")
    assert (facts.base, facts.basis, facts.is_known) == ("gpt-5", Basis.ESTIMATE, True)
    assert not model_facts("our-chat-2019-01-01").is_known


@pytest.mark.parametrize("model_id", ["", "brand-new", "-", "ft:", "ft", "::", "ft:-:", "gpt", "claude", "/"])
def test_an_unknown_model_says_so(model_id):
    facts = model_facts(model_id)
    assert (facts.basis, facts.is_known, facts.window, facts.as_of) == (Basis.ROUGH, False, None, None)
    assert "o200k, rough" in facts.note


@given(st.text(max_size=30))
def test_no_model_id_breaks_the_table(model_id):
    assert model_facts(model_id).encoding in ("o200k_base", "cl100k_base")


def test_asked_models_are_in_the_table():
    asked = [
        "gpt-3.5-turbo",
        "gpt-6.1-sol",
        "gpt-oss-20b",
        "gpt-oss-120b",
        "claude-opus-5",
        "gemini-3.5-flash",
    ]
    asked += ["mistral-large", "llama-3.3-70b", "command-a", "ministral-8b"]
    assert all(model_facts(model).is_known for model in asked)


def test_what_a_model_takes_is_told():
    assert model_facts("gpt-4o").takes_images
    assert not model_facts("o3-mini").takes_images
    assert model_facts("gpt-4o-mini").window == 128_000


def test_the_dialect_follows_family_api_and_day():
    from datetime import date  # noqa: PLC0415 - the only day in this file

    assert dialect_of("gpt-4o", is_responses=False) is CHAT
    assert dialect_of("gpt-5", is_responses=False) is CHAT_REASONING
    assert dialect_of("gpt-4o", is_responses=True) is RESPONSES
    assert dialect_of("gpt-4o", is_responses=True, on=date(2025, 3, 28)) is RESPONSES_AT_LAUNCH
    assert dialect_of("gpt-4o", is_responses=True, on=date(2025, 6, 10)) is RESPONSES
