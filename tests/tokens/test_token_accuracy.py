"""The accuracy the project promises, on bills nobody here wrote (docs/tokens.md)."""

from __future__ import annotations

import accuracy
import pytest


@pytest.fixture(scope="module")
def bills():
    if not accuracy.records():
        pytest.skip("shared data absent: no recorded bills to compare with")
    return [record for record in accuracy.records() if accuracy.is_usable(record)]


def of(bills, api, kind, family):
    return [
        record
        for record in bills
        if record["api"] == api and record["kind"] in kind and accuracy.family_of(record) == family
    ]


CHAT, RESPONSES = "chat.completions", "responses"
GPT, REASONING = "gpt-3.5 to 4.1", "gpt-5 and o-series"


@pytest.mark.parametrize(("family", "exact"), [(GPT, 98), (REASONING, 90)])
def test_plain_chat_is_exact(bills, family, exact):
    assert accuracy.score(of(bills, CHAT, ["plain"], family)).exact >= exact


@pytest.mark.parametrize("family", [GPT, REASONING])
def test_chat_with_tools_is_nearly_always_exact(bills, family):
    score = accuracy.score(of(bills, CHAT, ["tools"], family))
    assert score.exact >= 80
    assert score.mean_error <= 0.7
    assert abs(score.aggregate) <= 0.3


def test_chat_with_tool_calls_in_its_history_is_within_two_tokens(bills):
    group = [record for record in bills if record["api"] == CHAT and record["kind"] == "tools+tool_history"]
    score = accuracy.score(group)
    assert score.within_two >= 85
    assert score.mean_error <= 0.7


def test_chat_with_an_answer_schema_is_close(bills):
    score = accuracy.score(of(bills, CHAT, ["json_schema"], GPT))
    assert score.mean_error <= 3
    assert abs(score.aggregate) <= 1


@pytest.mark.parametrize(("kind", "mean_error"), [("tools", 4), ("json_schema", 5)])
def test_responses_requests_are_close(bills, kind, mean_error):
    group = [record for record in bills if record["api"] == RESPONSES and record["kind"] == kind]
    assert accuracy.score(group).mean_error <= mean_error


def test_plain_responses_requests_are_exact(bills):
    group = [record for record in bills if record["api"] == RESPONSES and record["kind"] == "plain"]
    assert accuracy.score(group).exact >= 95


def test_all_usable_bills_together(bills):
    score = accuracy.score(bills)
    assert score.mean_error <= 1.5
    assert abs(score.aggregate) <= 0.1


def test_the_plus_minus_holds_for_nine_bills_in_ten_of_every_kind(bills):
    covered = {kind: accuracy.score(group).covered for kind, group in accuracy.by_kind(bills).items()}
    assert {kind: share for kind, share in covered.items() if share < 90} == {}


def test_embeddings_are_exact(bills):
    assert accuracy.score(accuracy.records("embeddings")).exact == 100


def test_bills_no_rule_was_made_from_are_met_as_well(bills):
    unseen = accuracy.unseen()
    assert len(unseen) > 20
    assert not any(record in bills for record in unseen)
    assert accuracy.score(unseen).exact >= 90


def test_no_repository_is_worse_than_the_rest(bills):
    """A rule that was fitted to one source would show up as another source gone wrong."""
    sources = {str(record["source_repo"]) for record in bills}
    errors = {
        source: accuracy.score(record for record in bills if record["source_repo"] == source).mean_error
        for source in sources
    }
    assert {source: error for source, error in errors.items() if error > 3} == {}


def test_the_documents_show_what_the_command_prints(bills, root):
    document = (root / "docs" / "tokens.md").read_text(encoding="utf-8")
    assert accuracy.written(document) == document
