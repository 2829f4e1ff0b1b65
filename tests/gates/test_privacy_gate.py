"""G5: what leaves the house, against the team's policy; counts of personal data, never the data."""

from __future__ import annotations

import pytest
from small_uploads import STRATEGIES, rows, shop

from crossover.gates import DataClass, Status, gates, leaving
from crossover.samples import Chat, Document, SampleSet

EVERY_STRATEGY = pytest.mark.parametrize("strategy", STRATEGIES)
ADDRESS = "jane.doe@example.com"
ASKED = shop(question=f"I am {ADDRESS}, where is order {{}}?")
ANSWERED = shop(answer=f"Write to {ADDRESS}.")
QUESTIONS, DOCUMENTS, TRAINING = DataClass


@pytest.mark.parametrize(
    ("strategy", "sent"),
    [
        ("prompting", (QUESTIONS,)),
        ("tools", (QUESTIONS,)),
        ("agent", (QUESTIONS,)),
        ("rag", (QUESTIONS, DOCUMENTS)),
        ("long_context", (QUESTIONS, DOCUMENTS)),
        ("rag_tool", (QUESTIONS, DOCUMENTS)),
        ("router", (QUESTIONS, DOCUMENTS)),
        ("tuning", (QUESTIONS, TRAINING)),
        ("retrieved", (QUESTIONS, TRAINING)),
        ("tuned_rag", (QUESTIONS, DOCUMENTS, TRAINING)),
        ("classifier", ()),
    ],
)
def test_what_leaves_follows_from_what_is_sent(check, strategy, sent):
    checked = check(strategy)
    assert leaving(checked.plan, checked.scenario) == sent


@EVERY_STRATEGY
@pytest.mark.parametrize("host", ["self-hosted", "on-device"])
def test_nothing_leaves_a_machine_of_ones_own(check, strategy, host):
    checked = check(strategy, host=host)
    assert leaving(checked.plan, checked.scenario) == ()


@EVERY_STRATEGY
def test_without_a_policy_and_without_personal_data_nothing_is_said(gate, strategy):
    assert gate("G5", strategy) is None


@EVERY_STRATEGY
def test_data_that_may_not_leave_fails_every_strategy_at_another_host(gate, strategy):
    found = gate("G5", strategy, data_may_leave=False)
    if strategy == "classifier":
        assert found is None
        return
    assert found.status is Status.FAIL
    assert "Azure" in found.reason
    assert "self-hosted" in found.remedy


@EVERY_STRATEGY
def test_at_home_no_strategy_fails_for_data_that_may_not_leave(gate, strategy):
    found = gate("G5", strategy, data_may_leave=False, host="self-hosted")
    assert found is None or found.status is Status.WARN


def test_a_search_that_still_runs_outside_is_said(gate):
    found = gate("G5", "rag", data_may_leave=False, host="self-hosted")
    assert (found.status, found.label) == (Status.WARN, "Search runs outside")
    assert "OpenAI" in found.reason
    assert gate("G5", "rag", data_may_leave=False, host="self-hosted", embedding_host="self-hosted") is None
    assert gate("G5", "prompting", data_may_leave=False, host="self-hosted") is None


def test_a_search_outside_is_said_for_personal_data_only_where_there_is_some(gate):
    policy = {"personal_data_may_leave": False, "host": "self-hosted"}
    assert gate("G5", "rag", ASKED, **policy).label == "Search runs outside"
    assert gate("G5", "rag", **policy) is None
    assert gate("G5", "prompting", ASKED, **policy) is None


def test_personal_data_in_questions_fails_whatever_sends_them(gate):
    for strategy in ("prompting", "rag", "tools", "tuning"):
        found = gate("G5", strategy, ASKED, personal_data_may_leave=False)
        assert found.status is Status.FAIL
        assert "live questions: e-mail addresses: 120" in found.reason
    assert gate("G5", "classifier", ASKED, personal_data_may_leave=False) is None
    assert gate("G5", "prompting", ASKED, personal_data_may_leave=False, host="self-hosted") is None


def test_personal_data_in_documents_fails_only_what_sends_documents(gate):
    base = shop()
    letters = SampleSet(qa=base.qa, documents=(Document("team.txt", f"Ask {ADDRESS} for help."),))
    for strategy in ("rag", "long_context", "tuned_rag"):
        assert gate("G5", strategy, letters, personal_data_may_leave=False).status is Status.FAIL
    assert gate("G5", "prompting", letters, personal_data_may_leave=False) is None


def test_personal_data_in_answers_fails_training_and_warns_where_a_few_are_shown(gate):
    assert gate("G5", "tuning", ANSWERED, personal_data_may_leave=False).status is Status.FAIL
    assert gate("G5", "retrieved", ANSWERED, personal_data_may_leave=False).status is Status.FAIL
    assert gate("G5", "prompting", ANSWERED, personal_data_may_leave=False).status is Status.WARN
    assert gate("G5", "prompting", ANSWERED, personal_data_may_leave=False, few_shot_examples=0) is None
    assert gate("G5", "tools", ANSWERED, personal_data_may_leave=False) is None


def test_without_a_policy_a_training_file_with_personal_data_gets_a_note(gate):
    found = gate("G5", "tuning", ANSWERED)
    assert found.status is Status.PASS
    assert [(figure.name, figure.value) for figure in found.figures] == [
        ("E-mail addresses in training rows", 120)
    ]
    assert gate("G5", "prompting", ANSWERED) is None


@EVERY_STRATEGY
@pytest.mark.parametrize("samples", [ASKED, ANSWERED], ids=["asked", "answered"])
@pytest.mark.parametrize("policy", [{}, {"personal_data_may_leave": False}, {"data_may_leave": False}])
def test_a_gate_never_shows_the_data_it_found(check, strategy, samples, policy):
    for found in gates(check(strategy, samples, **policy)):
        assert "jane" not in repr(found).casefold()


def test_chats_are_searched_as_the_training_file_they_are(gate):
    chat = Chat(
        ({"role": "user", "content": "Hello"}, {"role": "assistant", "content": f"I am {ADDRESS}."}), line=1
    )
    found = gate("G5", "tuning", SampleSet(chats=(chat,) * 12))
    assert [figure.value for figure in found.figures] == [12]


def test_rows_made_of_nothing_hold_no_personal_data(check):
    profile = check("prompting", SampleSet(qa=rows(["Hi"], [""]))).profile
    assert (profile.personal_data.questions, profile.personal_data.documents) == ({}, {})
