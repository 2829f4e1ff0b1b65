"""The published formulas on worked examples (MODEL.md W01 to W04 and W06)."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.tokens import (
    cookbook_tool_tokens,
    counter,
    default_epochs,
    message_tokens,
    render_tools,
    schema_tokens,
    tool_tokens,
    training_tokens,
)


@pytest.fixture(scope="module")
def examples(shared):
    path = shared / "design" / "model_examples.json"
    if not path.is_file():
        pytest.skip("shared data absent: no worked examples")
    return {one["id"]: one for one in json.loads(path.read_text(encoding="utf-8"))["examples"]}


@pytest.mark.parametrize(("encoding", "per_function"), [("o200k_base", 7), ("cl100k_base", 10)])
def test_messages_and_tools_match_the_worked_examples(examples, encoding, per_function):
    count = counter(encoding)
    first, second = examples["W01"], examples["W02"]
    assert message_tokens(first["inputs"]["messages"], count) == first["expected"][encoding]
    given_, expected = second["inputs"], second["expected"][encoding]
    assert message_tokens(given_["messages"], count) == expected["messages"]
    assert tool_tokens(given_["tools"], count, has_system=True) == expected["tools_rendered"]
    assert tool_tokens(given_["nested_tools"], count, has_system=True) == expected["nested_rendered"]
    assert cookbook_tool_tokens(given_["tools"], count, per_function) == expected["tools_constants"]
    assert cookbook_tool_tokens(given_["nested_tools"], count, per_function) == expected["nested_constants"]


def test_schema_tokens_match_the_worked_example(examples):
    example = examples["W03"]
    assert schema_tokens(example["inputs"]["schema"], counter()) == example["expected"]["o200k_base"]


def test_default_epochs_match_the_worked_example(examples):
    example = examples["W04"]
    assert [default_epochs(n) for n in example["inputs"]["n"]] == example["expected"]["epochs"]


def test_a_file_without_examples_has_no_epochs():
    with pytest.raises(ValueError, match="at least one example"):
        default_epochs(0)


def test_training_tokens_of_the_seed_case():
    lengths = [400] * 4999 + [80_000]
    tokens = training_tokens(lengths, 65_536, default_epochs(len(lengths)))
    assert tokens.tokens_per_epoch == 4999 * 400 + 65_536
    assert tokens.billable == 3 * tokens.tokens_per_epoch
    assert (tokens.truncated_rows, tokens.lost_tokens) == ((4999,), 80_000 - 65_536)


def test_without_a_limit_nothing_is_cut():
    assert training_tokens([10, 20], None, 2).billable == 60


@given(st.lists(st.integers(0, 10**6)), st.integers(1, 10**6), st.integers(1, 25))
def test_kept_and_lost_tokens_add_up_to_the_file(lengths, limit, epochs):
    tokens = training_tokens(lengths, limit, epochs)
    assert tokens.tokens_per_epoch + tokens.lost_tokens == sum(lengths)
    assert len(tokens.truncated_rows) == sum(length > limit for length in lengths)


WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Weather of a place",
        "parameters": {
            "type": "object",
            "properties": {
                "place": {"type": "string", "description": "A town"},
                "unit": {"enum": ["C", "F"]},
                "days": {"type": "array", "items": {"type": "integer"}},
            },
            "required": ["place"],
        },
    },
}


def test_tools_are_laid_out_as_published():
    assert render_tools([WEATHER]) == (
        "namespace functions {\n\n"
        "// Weather of a place\n"
        "type get_weather = (_: {\n"
        "// A town\n"
        "place: string,\n"
        'unit?: "C" | "F",\n'
        "days?: number[],\n"
        "}) => any;\n\n"
        "} // namespace functions"
    )


def test_no_tools_cost_nothing():
    assert render_tools([]) == ""
    assert tool_tokens([], counter(), has_system=True) == 0
    assert cookbook_tool_tokens([], counter()) == 0


@pytest.mark.parametrize(
    ("message", "tokens"),
    [
        ({"role": "user", "content": "hello"}, 4 + 1),
        ({"role": "user", "content": None}, 4),
        (
            {"role": "user", "content": "hello", "name": "hello"},
            4 + 1 + 2,
        ),  # a name costs itself and one more
        ({"role": "user", "content": [{"type": "text", "text": "hello"}, {"type": "image_url"}]}, 4 + 1),
    ],
)
def test_a_message_costs_its_frame_and_its_texts(message, tokens):
    assert message_tokens([message], counter(), priming=0) == tokens
