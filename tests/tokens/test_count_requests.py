"""What one request costs, by part, with how sure the count is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.tokens import Basis, NotARequest, count_request, count_tokens

SYSTEM = {"role": "system", "content": "You are a helpful assistant"}
QUESTION = {"role": "user", "content": "hello"}
TOOL = {
    "type": "function",
    "function": {
        "name": "f",
        "description": "does it",
        "parameters": {"properties": {"a": {"type": "string"}}},
    },
}
RENDERED = (
    "namespace functions {\n\n// does it\ntype f = (_: { a?: string }) => any;\n\n} // namespace functions"
)
SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
SHOWN = '{"type":"object","properties":{"a":{"type":"string"}}}'
FORMAT = {"type": "json_schema", "json_schema": {"name": "out", "schema": SCHEMA}}
FORMATTED = f"# Response Formats\n\n## out\n\n{SHOWN}"


def tokens(model="gpt-4o", **request):
    return count_request(request, model).input_tokens


@pytest.mark.parametrize(
    ("model", "expected"),
    [("gpt-4o", 3 + 4 + 1), ("gpt-5", 2 + 4 + 1), ("o3-mini", 2 + 4 + 1), ("gpt-4", 3 + 4 + 1)],
)
def test_plain_text_costs_priming_frame_and_text(model, expected):
    assert tokens(model, messages=[QUESTION]) == expected
    assert tokens(model, input="hello") == expected


def test_tools_stand_inside_the_system_message_on_chat():
    alone = tokens(messages=[QUESTION], tools=[TOOL])
    assert alone == 8 + count_tokens(RENDERED) + 9
    newline = count_tokens(SYSTEM["content"] + "\n") - count_tokens(SYSTEM["content"])
    with_system = tokens(messages=[SYSTEM, QUESTION], tools=[TOOL])
    assert with_system == alone + count_tokens(SYSTEM["content"]) + 4 - 4 + newline


@pytest.mark.parametrize(
    ("model", "where", "frame"),
    [
        ("gpt-4o", "messages", 9),
        ("gpt-4o", "input", 3),
        ("gpt-5", "messages", 9 + 82),
        ("gpt-5", "input", 9),
        ("o3-mini", "messages", 9 + 1),
    ],
)
def test_the_frame_of_tools_by_model_and_api(model, where, frame):
    plain = tokens(model, **{where: [QUESTION]})
    assert tokens(model, **{where: [QUESTION]}, tools=[TOOL]) == plain + count_tokens(RENDERED) + frame


@pytest.mark.parametrize("choice", ["required", {"type": "function", "function": {"name": "f"}}])
def test_the_only_tool_that_can_be_called_is_named_once_more(choice):
    free = tokens(messages=[QUESTION], tools=[TOOL], tool_choice="auto")
    forced = tokens(messages=[QUESTION], tools=[TOOL], tool_choice=choice)
    assert forced == free + 6 + count_tokens("functions.f")


def test_an_answer_format_is_text_under_a_heading():
    plain = tokens(messages=[QUESTION])
    assert tokens(messages=[QUESTION], response_format=FORMAT) == plain + count_tokens(FORMATTED) + 6 + 1
    flat = {"type": "json_schema", "name": "out", "schema": SCHEMA}
    assert tokens(input="hello", text={"format": flat}) == plain + count_tokens(FORMATTED) + 1
    assert tokens(messages=[QUESTION], response_format={"type": "json_object"}) == plain


def round_of(*names):
    calls = [{"id": n, "type": "function", "function": {"name": n, "arguments": '{"a": 1}'}} for n in names]
    results = [{"role": "tool", "tool_call_id": n, "content": "42"} for n in names]
    return [QUESTION, {"role": "assistant", "content": None, "tool_calls": calls}, *results]


def test_a_call_and_its_result_cost_their_texts_and_a_frame():
    texts = count_tokens("f") + count_tokens('{"a":1}') + count_tokens("42") + count_tokens("functions.f")
    assert tokens(messages=round_of("f")) == 8 + texts + 12
    assert tokens("gpt-5", messages=round_of("f")) == 7 + texts + 18


def test_calls_made_at_once_are_written_as_one():
    call = '{"recipient_name":"functions.%s","parameters":{"a":1}}'
    text = f'{{"tool_uses":[{call % "f"},{call % "g"}]}}'
    assert tokens(messages=round_of("f", "g")) == 8 + count_tokens(text) + count_tokens('["42", "42"]') + 20


def test_the_responses_api_names_the_same_round_by_items():
    call = {"type": "function_call", "name": "f", "arguments": "{}", "call_id": "c"}
    output = {"type": "function_call_output", "call_id": "c", "output": "42"}
    texts = sum(map(count_tokens, ["f", "{}", "42", "functions.f"]))
    assert tokens(input=[QUESTION, call, output]) == 8 + texts + 10
    assert tokens(input=[QUESTION, {**call, "id": "fc_1"}, output]) == 8 + texts + 13


def test_sealed_reasoning_is_billed_only_while_its_question_is_open():
    reasoning = {"type": "reasoning", "encrypted_content": "x" * 1900}
    open_ = tokens("gpt-5", input=[QUESTION, reasoning])
    assert open_ == tokens("gpt-5", input=[QUESTION]) + 160  # (1,900 - 900) x 0.16
    assert tokens("gpt-5", input=[reasoning, QUESTION]) == tokens("gpt-5", input=[QUESTION])


def test_parts_say_where_the_tokens_are():
    count = count_request(
        {"messages": [SYSTEM, *round_of("f")], "tools": [TOOL], "response_format": FORMAT}, "gpt-4o"
    )
    assert count.parts["instructions"] == count_tokens(SYSTEM["content"])
    assert count.parts["tools"] == count_tokens(RENDERED)
    assert count.parts["schema"] == count_tokens(FORMATTED)
    assert count.parts["question"] == 1
    assert sum(count.parts.values()) == count.input_tokens


@pytest.mark.parametrize(
    ("request_", "model", "basis"),
    [
        ({"messages": [QUESTION]}, "gpt-4o", Basis.EXACT),
        ({"messages": [QUESTION], "tools": [TOOL]}, "gpt-4o", Basis.ESTIMATE),
        ({"messages": [QUESTION]}, "claude-sonnet-4-5", Basis.ESTIMATE),
        ({"messages": [QUESTION]}, "brand-new", Basis.ROUGH),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "gpt-4o", Basis.ROUGH),
        ({"input": "hello", "tools": [{"type": "web_search"}]}, "gpt-4o", Basis.ROUGH),
        ({"input": "hello", "reasoning": {"mode": "pro"}}, "gpt-5.6-sol", Basis.ROUGH),
    ],
)
def test_the_basis_says_how_sure_a_count_is(request_, model, basis):
    count = count_request(request_, model)
    assert count.basis is basis
    assert bool(count.notes) == (basis is Basis.ROUGH)


def test_embeddings_cost_their_texts_alone():
    assert tokens("text-embedding-3-small", input=["hello world", "hello"]) == 3
    assert tokens("text-embedding-3-small", input=[1, 2, 3]) == 3
    assert tokens("text-embedding-3-small", input=[[1, 2], [3]]) == 3


def test_other_vendors_shapes_are_read():
    anthropic = {
        "system": "You are a helpful assistant",
        "messages": [
            {"role": "user", "content": "hello"},
            {"role": "assistant", "content": [{"type": "tool_use", "name": "f", "input": {"a": 1}}]},
            {
                "role": "user",
                "content": [{"type": "tool_result", "content": [{"type": "text", "text": "42"}]}],
            },
        ],
        "tools": [{"name": "f", "description": "does it", "input_schema": SCHEMA}],
    }
    gemini = {
        "systemInstruction": {"parts": [{"text": "You are a helpful assistant"}]},
        "contents": [
            {"role": "user", "parts": [{"text": "hello"}]},
            {"role": "model", "parts": [{"functionCall": {"name": "f", "args": {"a": 1}}}]},
            {"role": "user", "parts": [{"functionResponse": {"name": "f", "response": {"r": 42}}}]},
        ],
        "tools": [{"functionDeclarations": [{"name": "f", "description": "does it", "parameters": SCHEMA}]}],
    }
    for request, model in ((anthropic, "claude-sonnet-4-5"), (gemini, "gemini-2.5-flash")):
        parts = count_request(request, model).parts
        assert all(parts[part] > 0 for part in ("instructions", "tools", "history", "question")), parts


@pytest.mark.parametrize("request_", [{}, {"model": "gpt-4o"}, {"messages": None}])
def test_what_is_not_a_request_is_refused(request_):
    with pytest.raises(NotARequest, match="neither messages nor input"):
        count_request(request_, "gpt-4o")


def test_a_bottomless_schema_is_refused_in_words():
    schema = {}
    for _ in range(5000):
        schema = {"properties": {"a": schema}}
    asked = {"type": "json_schema", "json_schema": {"name": "out", "schema": schema}}
    with pytest.raises(NotARequest, match="nested too deeply"):
        count_request({"messages": [QUESTION], "response_format": asked}, "gpt-4o")


texts = st.text(max_size=12)
messages = st.lists(
    st.one_of(
        st.fixed_dictionaries({"role": st.sampled_from(["system", "user", "assistant"]), "content": texts}),
        st.fixed_dictionaries({"role": st.just("tool"), "content": texts}),
        st.fixed_dictionaries(
            {
                "role": st.just("assistant"),
                "content": st.none(),
                "tool_calls": st.lists(
                    st.fixed_dictionaries(
                        {"function": st.fixed_dictionaries({"name": texts, "arguments": texts})}
                    ),
                    max_size=3,
                ),
            }
        ),
    ),
    max_size=5,
)
models = st.sampled_from(
    ["gpt-4o", "gpt-4o-mini", "gpt-5", "o3", "gpt-3.5-turbo", "claude-haiku-4-5", "unheard-of"]
)


@settings(max_examples=80, deadline=None)
@given(messages, models, st.booleans())
def test_the_parts_always_add_up(turns, model, with_tools):
    request = {"messages": turns, **({"tools": [TOOL], "response_format": FORMAT} if with_tools else {})}
    count = count_request(request, model)
    assert sum(count.parts.values()) == count.input_tokens
    assert count.plus_minus >= 1


@settings(max_examples=50, deadline=None)
@given(messages, models)
def test_one_more_message_never_costs_less(turns, model):
    more = [*turns, {"role": "user", "content": "and one more question"}]
    fewer, most = (count_request({"messages": one}, model).input_tokens for one in (turns, more))
    assert fewer < most


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["role", "content", "type", "name", "tool_calls", "function", "text", "tools"]),
            inner,
        )
    ),
    max_leaves=8,
)


@settings(max_examples=80, deadline=None)
@given(junk, junk, junk, models)
def test_no_shape_of_request_breaks_the_count(turns, tools, answer_format, model):
    request = {"messages": [turns], "tools": tools, "response_format": answer_format, "tool_choice": tools}
    assert count_request(request, model).input_tokens >= 0
    assert count_request({"input": turns, "tools": [tools]}, model) if turns is not None else True
