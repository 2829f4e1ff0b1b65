"""Output tokens of an answer, and the billed length of training examples."""

from __future__ import annotations

import json

import accuracy
import pytest

from crossover.figure import Kind
from crossover.tokens import answer_tokens, call_tokens, count_tokens, example_tokens, reasoning_tokens
from crossover.tokens.conversation import Call


@pytest.mark.parametrize(
    ("model", "is_responses", "frame"),
    [("gpt-4o", False, 0), ("gpt-4o", True, 1), ("gpt-5", False, 9), ("gpt-5", True, 4)],
)
def test_an_answer_costs_its_text_and_the_frame_of_its_api(model, is_responses, frame):
    assert answer_tokens("hello world", model, is_responses).output_tokens == 2 + frame


def test_a_call_costs_its_recipient_and_arguments():
    calls = (Call("f", '{"a":1}'),)
    texts = count_tokens("functions.f") + count_tokens('{"a":1}')
    assert call_tokens(calls, "gpt-4o").output_tokens == texts + 6
    assert call_tokens(calls * 2, "gpt-4o").output_tokens == 2 * (texts + 6 + 5)


def test_visible_answers_of_real_bills_lie_inside_the_plus_minus():
    answers = [
        (record, record["response_message"]["content"])
        for record in accuracy.records()
        if accuracy.is_usable(record) and (record.get("response_message") or {}).get("content")
    ]
    if not answers:
        pytest.skip("shared data absent: no recorded answers")
    plain = [
        (r, text)
        for r, text in answers
        if not r["response_message"].get("tool_calls") and r["n_choices"] == 1
    ]
    inside = 0
    for record, text in plain:
        count = answer_tokens(text, record["model"], is_formatted="json_schema" in record["kind"])
        visible = record["tokens"]["output"] - (record["tokens"]["reasoning"] or 0)
        inside += abs(visible - count.output_tokens) <= count.plus_minus
    assert len(plain) > 300
    assert inside / len(plain) >= 0.9


def test_reasoning_is_an_assumption_with_the_range_that_was_seen():
    figure = reasoning_tokens("gpt-5-mini-2025-08-07")
    assert figure is not None
    assert figure.kind is Kind.ASSUMPTION
    assert figure.ci is not None
    assert figure.ci[0] <= figure.value <= figure.ci[1]
    assert "44 bills" in figure.source


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-6-luna", "unheard-of"])
def test_reasoning_nobody_measured_is_unknown(model):
    assert reasoning_tokens(model) is None


def examples(shared, name):
    text = (shared / "data" / "finetune" / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_examples_of_the_cookbook_file_have_their_published_lengths(shared):
    toy = examples(shared, "toy_chat_fine_tuning.jsonl")
    assert example_tokens(toy, "gpt-3.5-turbo").tolist() == [45, 111, 26, 28, 8032]
    assert example_tokens(toy, "gpt-4o-mini").sum() == 8233


def test_tools_are_billed_on_every_line_that_carries_them(shared):
    drone = examples(shared, "drone_training_part1.jsonl")
    bare = [{**one, "tools": None} for one in drone]
    with_tools, without = (example_tokens(one, "gpt-4o-mini") for one in (drone, bare))
    assert (with_tools - without).min() > 3 * without.mean()


def test_a_turn_that_is_not_learned_from_is_billed_all_the_same():
    turn = {"role": "assistant", "content": "hello"}
    learned, skipped = example_tokens([{"messages": [turn]}, {"messages": [{**turn, "weight": 0}]}], "gpt-4o")
    assert learned == skipped


def test_preference_examples_are_billed_with_both_answers():
    pair = {
        "input": {"messages": [{"role": "user", "content": "hello"}]},
        "preferred_output": [{"role": "assistant", "content": "hello"}],
        "non_preferred_output": [{"role": "assistant", "content": "hello world"}],
    }
    assert example_tokens([pair], "gpt-4o").tolist() == [3 + (4 + 1) + (4 + 1) + (4 + 2)]
