"""Requests of chats are compared with all that came before the answer, and never within a conversation."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.evidence import EvidenceSettings, evidence, near_duplicates
from crossover.evidence.request_texts import request_texts
from crossover.profile import ProfileSettings, build_profile, requests_of
from crossover.samples import SampleSet, Slot, combine, read_upload
from crossover.samples.types import Chat

CALL = {"role": "assistant", "content": None, "tool_calls": [{"id": "a1", "function": {"name": "look"}}]}


def said(role, text, **more):
    return {"role": role, "content": text, **more}


def chats(*conversations):
    return SampleSet(chats=tuple(Chat(tuple(each), line) for line, each in enumerate(conversations, 1)))


def found_in(samples):
    return evidence(samples, build_profile(samples, ProfileSettings()), EvidenceSettings())


def test_a_tool_result_between_two_answers_makes_another_request():
    asked = said("user", "Where is my parcel?")
    samples = chats(
        (
            asked,
            said("assistant", "I will look."),
            said("tool", "in the depot"),
            said("assistant", "In the depot."),
        ),
        (asked, said("tool", "on a van"), said("assistant", "On its way.")),
    )
    assert request_texts(samples).texts == (
        "where is my parcel",
        "where is my parcel i will look in the depot",
        "where is my parcel on a van",
    )
    found = found_in(samples)
    assert found.measured.ceiling.conflicts == () and found.measured.exact_copies == 0


def test_the_same_request_with_another_answer_still_contradicts():
    def chat(number, answer):
        call = {**CALL, "tool_calls": [{"id": number, "function": {"name": "look", "arguments": "{}"}}]}
        return (
            said("user", "Where is it?"),
            call,
            said("tool", "depot", tool_call_id=number),
            said("assistant", answer),
        )

    found = found_in(chats(chat("a1", "There."), chat("b2", "Here.")))
    (group,) = found.measured.ceiling.conflicts
    assert group.rows == (0, 1) and found.measured.exact_copies == 1


def test_other_instructions_are_another_request_but_no_protection_from_copies():
    turn = (said("user", "Book a table"), said("assistant", "Done."))
    other = (said("user", "Book a table"), said("assistant", "Sorry, no."))
    found = found_in(chats((said("system", "Say yes."), *turn), (said("system", "Always decline."), *other)))
    assert found.measured.ceiling.conflicts == () and found.measured.exact_copies == 1


def test_turns_of_one_conversation_are_no_copies_of_each_other():
    long = "I would like to move my appointment with the bicycle workshop from Monday to some later day"
    turns = (said("user", long), said("assistant", "Yes."), said("user", "ok"), said("assistant", "Good."))
    alone, twice = found_in(chats(turns)), found_in(chats(turns, turns))
    # rows 0 and 1 are alike, but one conversation; two conversations repeat each other turn by turn
    assert (alone.measured.duplicates.near_copies, alone.measured.different_rows) == (0, 2)
    assert (twice.measured.exact_copies, twice.measured.duplicates.near_copies) == (2, 0)
    assert twice.measured.different_rows == 2


def test_a_split_keeps_conversations_and_copies_on_one_side():
    texts = ["where is my parcel today", "thanks", "where is my parcel today", "when do you open on sunday"]
    found = near_duplicates(texts, conversations=np.array([0, 0, 1, 2]))
    assert found.split_groups().tolist() == [0, 0, 0, 1]


@given(
    st.lists(
        st.tuples(st.sampled_from(["aaaaaaaaaaaaaaaaaaaaaaaab", "aaaaaaaa", "b", "c d"]), st.integers(0, 3))
    )
)
def test_copies_and_different_rows_add_up_whatever_the_conversations(rows):
    found = near_duplicates(
        [text for text, _ in rows], conversations=np.array([at for _, at in rows], np.int64)
    )
    assert found.exact_copies + found.near_copies + found.effective_n == len(rows)
    assert found.near_copies >= 0 and len(found.repeats()) == found.exact_copies
    assert found.effective_n >= max(([at for _, at in rows].count(each) for _, each in rows), default=0)


def test_the_rows_are_those_of_the_requests(shared):
    path = shared / "data/chat/tau_retail_few_shot.jsonl"
    samples = combine([read_upload(path.name, path.read_bytes(), slot=Slot.CHATS)])
    texts, requests = request_texts(samples), requests_of(samples)
    assert len(texts) == len(requests) == len(texts.conversations)
    per_chat = [len(requests_of(SampleSet(chats=(chat,)))) for chat in samples.chats]
    assert np.bincount(texts.conversations, minlength=len(per_chat)).tolist() == per_chat


def test_real_chats_with_tool_results_do_not_contradict_themselves(shared):
    path = shared / "data/chat/tau_retail_few_shot.jsonl"
    samples = combine([read_upload(path.name, path.read_bytes(), slot=Slot.CHATS)])
    found = found_in(samples)
    assert "No input carries two different answers" in found.finding("label_ceiling").sentence
    of_chat = request_texts(samples).conversations
    clusters = found.measured.duplicates.clusters()
    assert clusters and all(len(set(of_chat[list(rows)].tolist())) > 1 for rows in clusters)
    # one of 69 rows could be kept: that is no file to train on
    waste = found.finding("training_waste").sentence
    assert "take the" not in waste and "keep only 1 row, " in waste


@pytest.mark.parametrize("arguments", [{"order": 7}, json.dumps({"order": 7})])
def test_arguments_count_as_said_however_they_are_written(arguments):
    call = {"role": "assistant", "tool_calls": [{"function": {"name": "look_up", "arguments": arguments}}]}
    samples = chats((said("user", "Well?"), call, said("assistant", "Seven.")))
    assert request_texts(samples).texts == ("well look up order 7",)
