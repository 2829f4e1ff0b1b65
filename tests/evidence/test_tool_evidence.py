"""Arguments in words, likeliest tools, and calls held against their schemas; hostile schemas do no harm."""

import json
import time

import pytest

from crossover.evidence.tool_arguments import asked, finder
from crossover.evidence.tool_calls import tool_calls
from crossover.evidence.tool_coverage import tool_coverage
from crossover.samples import Chat, Slot, Tool, combine, read_upload

STRING = {"type": "string"}
TRACK = Tool(
    "track_order",
    "Where an order or a parcel is",
    {
        "type": "object",
        "properties": {
            "order_id": STRING,
            "carrier": {"enum": ["dhl", "royal_mail"]},
            "loud": {"type": "boolean"},
        },
        "required": ["order_id", "loud"],
        "additionalProperties": False,
    },
)
BOOK = Tool(
    "book_table",
    "Book a table in a restaurant",
    {
        "type": "object",
        "properties": {"people": {"type": "integer"}, "day": {"type": "string", "format": "date"}},
        "required": ["people", "day"],
    },
)


@pytest.mark.parametrize(
    ("name", "schema", "question", "held"),
    [
        ("carrier", {"enum": ["royal_mail"]}, "Send it by Royal Mail, please", True),
        ("carrier", {"enum": ["dhl"]}, "Send it by post", False),
        ("people", {"type": "integer"}, "a table for four", True),
        ("people", {"type": "integer"}, "a table", False),
        ("day", {"type": "string", "format": "date"}, "am 3.4. bitte", True),
        ("start_date", STRING, "tomorrow is fine", True),
        ("start_date", STRING, "as soon as you can", False),
        ("to", {"type": "string", "format": "email"}, "mail me at a@b.org", True),
        ("orderId", STRING, "my order AB-1234 is late", True),
        ("orderId", STRING, "my order is late", False),
        ("code", {"type": "string", "pattern": "^[A-Z]{3}$"}, "fly to FRA today", True),
        ("code", {"type": "string", "pattern": "^[A-Z]{3}$"}, "fly home", False),
    ],
)
def test_a_value_is_in_the_words_or_not(name, schema, question, held):
    find = finder(name, schema)
    assert find is not None and find(asked([question])[0]) is held


@pytest.mark.parametrize(
    ("name", "schema"),
    [("reason", STRING), ("loud", {"type": "boolean"}), ("x", {"type": "string", "pattern": "("})],
)
def test_some_arguments_cannot_be_told_from_words(name, schema):
    assert finder(name, schema) is None


def test_questions_go_to_the_tool_they_sound_like():
    questions = ["Where is my order 4711?", "Where is my parcel?", "A table for two on Friday", "Good bye!"]
    found = tool_coverage([TRACK, BOOK], questions)
    assert found is not None
    track, book = found.tools
    assert (track.likeliest.successes, book.likeliest.successes, found.without_tool.successes) == (2, 1, 1)
    assert track.untold == ("loud",) and book.untold == ()
    assert track.complete is not None and track.complete.successes == 1  # only the first names a number
    assert book.complete is not None and book.complete.successes == 1
    assert found.likely_complete.successes == 2  # the first and the third


def test_without_tools_or_questions_there_is_nothing_to_say():
    assert tool_coverage([], ["a"]) is None and tool_coverage([TRACK], []) is None


def test_a_pattern_that_never_ends_is_given_up():
    evil = {
        "type": "object",
        "properties": {"a": {"type": "string", "pattern": "(a|aa)+[bc]"}},
        "required": ["a"],
    }
    started = time.perf_counter()
    found = tool_coverage([Tool("t", "order", evil)], ["order " + "a" * 60] * 50)
    assert time.perf_counter() - started < 2
    assert found is not None and found.tools[0].complete is None and found.tools[0].untold == ("a",)


def chat_with(*calls: tuple[str, str], said: str = "Track order 4711") -> Chat:
    made = [{"id": "1", "type": "function", "function": {"name": n, "arguments": a}} for n, a in calls]
    return Chat(({"role": "user", "content": said}, {"role": "assistant", "tool_calls": made}), 1)


@pytest.mark.parametrize(
    ("name", "arguments", "fault"),
    [
        ("track_order", '{"order_id": "4711", "loud": true}', None),
        ("track_order", '{"order_id": "4711"}', "a required argument is missing"),
        ("track_order", '{"order_id": 4711, "loud": true}', "an argument has the wrong type"),
        ("track_order", '{"order_id": "1", "loud": true, "carrier": "ups"}', "a value is not in its list"),
        ("track_order", '{"order_id": "1", "loud": true, "x": 1}', "an argument the schema does not know"),
        ("track_order", "not json", "arguments are not a JSON object"),
        ("find_order", "{}", "calls a tool that is not defined"),
    ],
)
def test_faults_of_a_call_are_named(name, arguments, fault):
    found = tool_calls([chat_with((name, arguments))], [TRACK])
    assert found is not None and found.invalid == (((fault, 1),) if fault else ())
    assert found.valid.successes == (fault is None)


def test_rounds_parallel_calls_values_and_unused_tools_by_hand():
    good = ("track_order", '{"order_id": "4711", "loud": true, "carrier": "dhl"}')
    found = tool_calls([chat_with(good, good), chat_with(good)], [TRACK, BOOK])
    assert found is not None
    assert (found.calls, found.turns, found.rounds, found.mean_rounds) == (3, 2, 2, 1.0)
    assert (found.parallel.successes, found.unused) == (1, ("book_table",))
    # of order_id and carrier the user said the first; a boolean is nothing one says
    assert (found.spoken_values.successes, found.spoken_values.trials) == (3, 6)
    assert (found.known_arguments.successes, found.known_arguments.trials) == (9, 9)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "dict"},
        {"properties": 5},
        {"type": "object", "properties": {"a": {"$ref": "https://nowhere.invalid/schema.json"}}},
        {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}},
        {"type": "object", "properties": {"a": {"type": "string", "pattern": "(a+)+$"}}},
    ],
)
def test_a_schema_that_cannot_be_read_blames_no_call(schema):
    started = time.perf_counter()
    found = tool_calls([chat_with(("t", json.dumps({"a": "a" * 40 + "!"})))], [Tool("t", "", schema)])
    assert found is not None and found.invalid == ()
    assert time.perf_counter() - started < 2


def test_real_calls_fit_their_schemas_and_some_tools_are_never_called(shared):
    path = shared / "data/finetune/drone_training_part1.jsonl"
    chats = combine([read_upload(path.name, path.read_bytes(), slot=Slot.CHATS)]).chats
    found = tool_calls(chats, ())
    assert found is not None and found.calls == 51 and found.valid.share == 1.0
    named = {
        call["function"]["name"]
        for chat in chats
        for m in chat.messages
        for call in m.get("tool_calls") or ()
    }
    assert {name for name, _ in found.called} == named
    assert "reject_request" in found.unused
