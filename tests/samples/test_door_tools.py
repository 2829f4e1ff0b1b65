"""Tools: every vendor's shape, references resolved inside the file only, everything finite."""

import json

import pytest

from crossover.samples import Limits, Reading, Slot, combine, guess_slot, read_upload

SCHEMA = {"type": "object", "properties": {"q": {"type": "string"}}, "required": ["q"]}
FUNCTION = {"name": "find", "description": "Finds.", "parameters": SCHEMA}


def read(value: object, name: str = "a.json", **more: object) -> Reading:
    text = value if isinstance(value, str) else json.dumps(value)
    return read_upload(name, text.encode(), slot=Slot.TOOLS, **more)


def kinds(reading: Reading) -> set[str]:
    return {problem.kind for problem in reading.problems}


SHAPES = {
    "openai": [{"type": "function", "function": FUNCTION}],
    "openai functions": {"functions": [FUNCTION]},
    "responses": [{"type": "function", "strict": True, **FUNCTION}],
    "anthropic": {"tools": [{"name": "find", "description": "Finds.", "input_schema": SCHEMA}]},
    "gemini": [{"functionDeclarations": [FUNCTION]}],
    "mcp": {"tools": [{"name": "find", "description": "Finds.", "inputSchema": SCHEMA}]},
    "mcp answer": {
        "jsonrpc": "2.0",
        "id": 1,
        "result": {"tools": [{"name": "find", "description": "Finds.", "inputSchema": SCHEMA}]},
    },
    "bedrock": {
        "tools": [{"toolSpec": {"name": "find", "description": "Finds.", "inputSchema": {"json": SCHEMA}}}]
    },
    "bfcl": {"question": [[{"role": "user", "content": "x"}]], "function": [FUNCTION]},
    "bare": FUNCTION,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_the_same_tool_and_sorts_as_tools(shape):
    reading = read(SHAPES[shape])
    (tool,) = reading.tools
    assert (tool.name, tool.description, tool.parameters) == ("find", "Finds.", SCHEMA)
    assert guess_slot("a.json", json.dumps(SHAPES[shape]).encode()) is Slot.TOOLS


def test_a_tool_needs_neither_description_nor_parameters():
    (tool,) = read([{"type": "function", "function": {"name": "f"}}]).tools
    assert (tool.description, tool.parameters) == ("", {})


def test_missing_and_overlong_descriptions_are_noted():
    tools = [{"name": "a", "parameters": {}}, {"name": "b", "description": "x" * 1_025, "parameters": {}}]
    assert {"no_description", "long_description"} <= kinds(read(tools))


def test_types_of_other_languages_become_standard_and_are_named_once():
    schema = {
        "type": "dict",
        "properties": {
            "a": {"type": "float"},
            "b": {"type": "tuple"},
            "c": {"type": "any"},
            "d": {"type": "Long"},
            "type": {"type": "str"},
        },
    }
    reading = read([{"name": "f", "parameters": schema}])
    properties = reading.tools[0].parameters["properties"]
    assert reading.tools[0].parameters["type"] == "object"
    assert properties == {
        "a": {"type": "number"},
        "b": {"type": "array"},
        "c": {},
        "d": {"type": "integer"},
        "type": {"type": "string"},
    }
    (problem,) = [p for p in reading.problems if p.kind == "odd_types"]
    assert "Long, any, dict, float, str, tuple" in problem.what


def test_the_upper_case_types_of_gemini_are_no_fault():
    reading = read([{"functionDeclarations": [{"name": "f", "parameters": {"type": "OBJECT"}}]}])
    assert reading.tools[0].parameters == {"type": "object"}
    assert "odd_types" not in kinds(reading)


def test_values_that_look_like_schemas_are_left_alone():
    schema = {"type": "object", "properties": {"x": {"enum": ["dict", "float"], "default": {"type": "dict"}}}}
    assert read([{"name": "f", "parameters": schema}]).tools[0].parameters == schema


def test_local_references_stay_and_others_are_named_and_emptied():
    schema = {
        "type": "object",
        "properties": {
            "a": {"$ref": "#/$defs/A"},
            "b": {"$ref": "#/$defs/B"},
            "c": {"$ref": "https://example.com/c.json"},
            "d": {"$ref": "../d.json"},
        },
        "$defs": {"A": {"type": "object", "properties": {"again": {"$ref": "#/$defs/A"}}}},
    }
    reading = read([{"name": "f", "parameters": schema}])
    properties = reading.tools[0].parameters["properties"]
    assert properties["a"] == {"$ref": "#/$defs/A"}
    assert properties["b"] == properties["c"] == properties["d"] == {}
    (problem,) = [p for p in reading.problems if p.kind == "lost_reference"]
    assert all(
        reference in problem.what for reference in ("#/$defs/B", "https://example.com/c.json", "../d.json")
    )


def api(schemas: dict[str, object], body: object) -> dict[str, object]:
    operation = {"requestBody": {"content": {"application/json": {"schema": body}}}}
    return {"openapi": "3.0.0", "paths": {"/a/{id}": {"post": operation}}, "components": {"schemas": schemas}}


def test_an_operation_becomes_a_tool_with_parameters_and_body():
    description = api(
        {"B": {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}},
        {"$ref": "#/components/schemas/B"},
    )
    description["paths"]["/a/{id}"]["parameters"] = [
        {"name": "id", "in": "path", "required": True, "description": "key", "schema": {"type": "string"}}
    ]
    (tool,) = read(description).tools
    assert tool.name == "post__a_id"
    assert tool.parameters == {
        "type": "object",
        "properties": {"id": {"type": "string", "description": "key"}, "n": {"type": "integer"}},
        "required": ["id", "n"],
    }


def test_a_schema_that_contains_itself_is_copied_once():
    tree = {
        "type": "object",
        "properties": {"left": {"$ref": "#/components/schemas/T"}, "v": {"type": "string"}},
    }
    (tool,) = read(api({"T": tree}, {"$ref": "#/components/schemas/T"})).tools
    left = tool.parameters["properties"]["left"]
    assert left["properties"]["v"] == {"type": "string"}
    assert left["properties"]["left"]["type"] == "object"
    assert "$ref" not in json.dumps(tool.parameters)


def test_references_that_multiply_are_cut_off_and_said():
    schemas = {
        f"S{n}": {
            "type": "object",
            "properties": {f"p{m}": {"$ref": f"#/components/schemas/S{n + 1}"} for m in range(10)},
        }
        for n in range(20)
    }
    reading = read(api(schemas, {"$ref": "#/components/schemas/S0"}))
    assert "huge_schema" in kinds(reading)
    assert len(json.dumps(reading.tools[0].parameters)) < 1_000_000


def test_a_chain_of_a_thousand_references_is_no_recursion_error():
    schemas = {
        f"S{n}": {"type": "object", "properties": {"p": {"$ref": f"#/components/schemas/S{n + 1}"}}}
        for n in range(1_000)
    }
    assert len(read(api(schemas, {"$ref": "#/components/schemas/S0"})).tools) == 1


def test_swagger_two_reads_as_well():
    parameters = [
        {"name": "id", "in": "path", "required": True, "type": "string"},
        {"in": "body", "name": "b", "schema": {"$ref": "#/definitions/B"}},
    ]
    description = {
        "swagger": "2.0",
        "paths": {"/a": {"put": {"operationId": "putA", "parameters": parameters}}},
        "definitions": {"B": {"type": "object", "properties": {"n": {"type": "integer"}}}},
    }
    (tool,) = read(description).tools
    assert tool.name == "putA"
    assert set(tool.parameters["properties"]) == {"id", "n"}


def test_ten_thousand_operations_read_and_name_the_limit_of_a_request():
    paths = {f"/p{n}": {"get": {"operationId": f"op{n}"}} for n in range(10_000)}
    reading = read({"openapi": "3.0.0", "paths": paths})
    assert reading.facts["operations"] == len(reading.tools) == 10_000
    assert "many_tools" in kinds(reading)


YAML_API = """\
# shop
openapi: 3.0.0
paths:
  /a:
    get:
      operationId: getA
      parameters:
        - {name: d, in: query, schema: {type: string, default: 2024-01-01, enum: [yes, .nan]}}
"""


@pytest.mark.parametrize("name", ["a.yaml", "a.yml", "a.txt", "a.json"])
def test_openapi_in_yaml_reads_under_any_name_as_plain_json(name):
    (tool,) = read(YAML_API, name).tools
    assert (
        json.loads(json.dumps(tool.parameters, allow_nan=False))["properties"]["d"]["default"] == "2024-01-01"
    )


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\n"
        + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9))
        + "openapi: 3.0.0\npaths: {}\n",
        "openapi: 3.0.0\npaths: &a\n  /x: *a\n",
        "a: &a " + "x" * 100_000 + "\nopenapi: 3.0.0\npaths: [" + "*a, " * 200_000 + "*a]\n",
        "openapi: 3\npaths: " + "[" * 50_000 + "]" * 50_000,
        '!!python/object/apply:os.system ["true"]\n',
        "openapi: 3\n\tpaths: {}\n",
        "- a: b\n" * 200_000,
    ],
)
def test_yaml_that_is_a_trap_is_refused(text):
    assert read(text, "a.yaml").refused


@pytest.mark.parametrize(
    "value", ["[]", "{}", '"x"', "[1, null]", "[" * 100_000, '{"a": ' * 101 + "1" + "}" * 101, ""]
)
def test_what_holds_no_tool_is_refused(value):
    assert read(value).refused


def test_comments_and_trailing_commas_read_with_a_note():
    reading = read('// tools\n[ /* "x" */ {"name": "a", "description": "http://x", "parameters": {},}, ]\n')
    assert reading.tools[0].description == "http://x"
    assert "json_comments" in kinds(reading)


def test_bad_names_are_each_named_with_their_line():
    tools = [{"name": name, "parameters": {}} for name in ("a b", "größe", "x" * 65, "", "math.sum", "ok")]
    reading = read(json.dumps(tools, indent=1))
    bad = [problem.line for problem in reading.problems if problem.kind == "bad_tool_name"]
    assert bad == [2, 6, 10, 14, 18]
    assert reading.facts["bad_names"] == 5


def test_identical_tools_are_kept_once_and_same_names_are_told():
    other = {**FUNCTION, "description": "Otherwise."}
    reading = read("\n".join(map(json.dumps, [FUNCTION, FUNCTION, other])), "a.jsonl")
    assert len(reading.tools) == 2
    assert {"repeated_tools", "same_name"} <= kinds(reading)


@pytest.mark.parametrize(("n", "flagged"), [(128, False), (129, True)])
def test_more_tools_than_a_request_takes_are_flagged(n, flagged):
    reading = read([{**FUNCTION, "name": f"f{i}"} for i in range(n)])
    assert ("many_tools" in kinds(reading)) is flagged


def test_a_huge_enum_is_flagged_with_its_counted_tokens():
    schema = {"type": "object", "properties": {"x": {"enum": [f"v{n}" for n in range(3_000)]}}}
    reading = read([{"name": "f", "parameters": schema}], count_tokens=lambda _: 12_345)
    assert reading.facts["largest_enum"] == 3_000
    assert any("12,345 tokens" in problem.what for problem in reading.problems)


def test_the_limit_of_tools_is_named():
    assert "limit of 1" in read([FUNCTION, {**FUNCTION, "name": "g"}], limits=Limits(tools=1)).reason


def test_a_schema_guided_service_gives_one_tool_per_intent():
    service = {
        "service_name": "Alarm_1",
        "slots": [
            {"name": "time", "description": "When", "is_categorical": True, "possible_values": ["6", "7"]}
        ],
        "intents": [
            {
                "name": "Add",
                "description": "Adds",
                "required_slots": ["time"],
                "optional_slots": {"name": "x"},
            }
        ],
    }
    (tool,) = read([service]).tools
    assert tool.name == "Alarm_1_Add"
    assert tool.parameters["properties"]["time"]["enum"] == ["6", "7"]
    assert tool.parameters["required"] == ["time"]


def test_questions_beside_functions_are_used_only_when_nobody_gave_others():
    line = {"question": [[{"role": "user", "content": "Sum?"}]], "function": [FUNCTION]}
    tools = read(json.dumps(line), "a.jsonl")
    assert tools.qa.questions == ("Sum?",)
    assert combine([tools]).qa.questions == ("Sum?",)
    questions = read_upload("q.csv", b"question\nOther?\n")
    assert combine([tools, questions]).qa.questions == ("Other?",)


def definition(**parameters: object) -> dict:
    return {
        "type": "function",
        "function": {"name": "book", "description": "Books.", "parameters": parameters},
    }


@pytest.mark.parametrize(
    ("parameters", "path"),
    [
        ({"type": "object", "properties": {"day": {"type": "string"}}, "required": "day"}, "$.required"),
        (
            {"type": "object", "properties": {"n": {"type": "integer", "minimum": "1"}}},
            "$.properties.n.minimum",
        ),
        ({"type": "object", "properties": {"day": {"type": "string"}}, "required": ["day"]}, ""),
    ],
)
def test_a_schema_that_is_none_is_named_with_its_path(parameters, path):
    reading = read(definition(**parameters))
    assert [tool.schema_fault for tool in reading.tools] == [path]
    told = [problem.what for problem in reading.problems if problem.kind == "invalid_schema"]
    assert told == ([f"book: the parameters are no valid JSON Schema at {path}."] if path else [])
