"""Tool definitions as the bills say they are written, and schemas that should never break it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.tokens import cookbook_tool_tokens, counter, render_tools, tool_tokens
from crossover.tokens.rendering import BILLED, BILLED_REASONING, PUBLISHED


def tool(**properties):
    return {"name": "f", "parameters": {"type": "object", "properties": properties}}


def body(*tools, layout=BILLED):
    text = render_tools(list(tools), layout)
    return text.removeprefix("namespace functions {\n\n").removesuffix("\n\n} // namespace functions")


@pytest.mark.parametrize(
    ("properties", "rendered"),
    [
        ({}, "type f = () => any;"),
        ({"a": {"type": "integer"}}, "type f = (_: { a?: number }) => any;"),
        (
            {"a": {"type": "string", "title": "A", "description": "first\n\n  second"}},
            "type f = (_: {\n// A\n// first\n// second\na?: string,\n}) => any;",
        ),
        (
            {"a": {"type": "string", "default": "x"}},
            'type f = (_: {\na?: string, // default: "x"\n}) => any;',
        ),
        ({"a": {"enum": ["x"], "default": "x"}}, 'type f = (_: {\na?: "x", // default: x\n}) => any;'),
        ({"a": {"default": None}}, "type f = (_: {\na?: any, // default: null\n}) => any;"),
        ({"a": {"type": ["string", "null"]}}, "type f = (_: { a?:\n | string\n | null\n }) => any;"),
        ({"a": {"const": 3}}, "type f = (_: { a?: 3 }) => any;"),
    ],
)
def test_each_rule_of_the_billed_layout(properties, rendered):
    assert body(tool(**properties)) == rendered


def test_an_array_of_commented_objects_is_spelled_out():
    item = {"type": "object", "title": "Item", "properties": {"a": {"type": "string", "title": "A"}}}
    rendered = body(tool(items={"type": "array", "items": item}))
    assert "items?: Array<\n// Item\n{\n// A\na?: string,\n}\n>" in rendered


def test_reasoning_models_keep_unions_on_one_line():
    assert body(tool(a={"type": ["string", "null"]}), layout=BILLED_REASONING) == (
        "type f = (_: { a?: string | null }) => any;"
    )


def test_the_title_of_the_parameters_is_a_comment():
    schema = {"title": "Args", "properties": {"a": {"type": "string"}}}
    assert body({"name": "f", "parameters": schema}) == "type f = (_: // Args\n{ a?: string }) => any;"


def test_references_are_followed_in_the_same_schema():
    schema = {
        "properties": {
            "a": {"$ref": "#/$defs/A"},
            "lost": {"$ref": "#/$defs/None"},
            "far": {"$ref": "x.json"},
        },
        "$defs": {"A": {"type": "boolean"}},
    }
    assert body({"name": "f", "parameters": schema}) == (
        "type f = (_: { a?: boolean, lost?: any, far?: any }) => any;"
    )


def test_parameters_may_be_a_reference_themselves():
    schema = {"$ref": "#/$defs/A", "$defs": {"A": {"properties": {"a": {"type": "string"}}}}}
    assert body({"name": "f", "parameters": schema}) == "type f = (_: { a?: string }) => any;"


def test_a_schema_that_contains_itself_ends():
    node = {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}, "value": {"type": "string"}}}
    schema = {"properties": {"head": {"$ref": "#/$defs/Node"}}, "$defs": {"Node": node}}
    assert body({"name": "f", "parameters": schema}).count("value") == 1


def test_definitions_that_double_at_every_step_end():
    definitions = {
        f"D{i}": {"properties": {k: {"$ref": f"#/$defs/D{i + 1}"} for k in "ab"}} for i in range(60)
    }
    schema = {"properties": {"a": {"$ref": "#/$defs/D0"}}, "$defs": definitions}
    assert "any" in render_tools([{"name": "f", "parameters": schema}], BILLED)


def test_a_schema_nested_a_thousand_deep_ends():
    schema = {"type": "string"}
    for _ in range(1000):
        schema = {"type": "array", "items": {"anyOf": [schema]}}
    assert "any" in render_tools([tool(a=schema)], BILLED)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
keywords = st.sampled_from(
    [
        "type",
        "properties",
        "items",
        "anyOf",
        "oneOf",
        "enum",
        "$ref",
        "required",
        "description",
        "const",
        "format",
    ]
)
schemas = st.recursive(
    json_values,
    lambda inner: (
        st.dictionaries(keywords, inner | st.just("object") | st.just("#"), max_size=5)
        | st.fixed_dictionaries({"properties": st.dictionaries(st.text(max_size=4), inner, max_size=3)})
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(schemas)
def test_no_schema_breaks_the_count(schema):
    tools = [{"type": "function", "function": {"name": "f", "parameters": schema}}]
    for layout in (PUBLISHED, BILLED, BILLED_REASONING):
        assert render_tools(tools, layout).startswith("namespace functions {")
    assert tool_tokens(tools, counter(), has_system=False) > 9
    assert cookbook_tool_tokens(tools, counter()) > 0


def test_real_tool_files_render(shared):
    folder = shared / "data" / "tools" / "bfcl"
    lines = [
        line for path in folder.glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()
    ]
    tools = [one for line in lines for one in json.loads(line)["function"]]
    assert len(tools) > 400
    assert render_tools(tools, BILLED).count("=> any;") == len(tools)
