"""Chats: every shape people export, each example held against what fine-tuning takes."""

import json

import pytest

from crossover.samples import Reading, Slot, guess_slot, personal_data, read_upload

GOOD = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}


def good(n: int) -> list[str]:
    return [json.dumps(GOOD).replace("Hi", f"Hi {i}") for i in range(n)]


def read(text: str | bytes, name: str = "a.jsonl", **more: object) -> Reading:
    return read_upload(name, text.encode() if isinstance(text, str) else text, slot=Slot.CHATS, **more)


def first(line: str, n: int = 12) -> Reading:
    """A file whose first line is under test, before `n` good ones."""
    return read("\n".join([line, *good(n)]))


def messages(*turns: object) -> str:
    return json.dumps({"messages": list(turns)})


def on_line_one(reading: Reading) -> set[str]:
    return {problem.kind for problem in reading.problems if problem.line == 1}


ANSWER = {"role": "assistant", "content": "y"}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (messages({"content": "x"}, ANSWER), "missing_role"),
        (messages({"role": "human", "content": "x"}, ANSWER), "unknown_role"),
        (messages({"role": 7, "content": "x"}, ANSWER), "unknown_role"),
        (messages({"role": "user"}, ANSWER), "bad_content"),
        (messages({"role": "user", "content": None}, ANSWER), "bad_content"),
        (messages({"role": "user", "content": 5}, ANSWER), "bad_content"),
        (messages({"role": "user", "content": []}, ANSWER), "bad_content"),
        (messages({"role": "user", "content": "x"}, {"role": "assistant", "tool_calls": []}), "bad_content"),
        (messages("hi"), "not_a_message"),
        (messages(), "no_messages"),
        ('{"messages": null}', "not_a_chat"),
        ("{}", "not_a_chat"),
        ('"text"', "not_a_chat"),
        ("42", "not_a_chat"),
        ('{"messages": [{"role": "user", "con', "bad_json"),
        ("{'messages': []}", "single_quotes"),
        ('{"messages":' + "[" * 100_000 + "]" * 100_000 + "}", "too_deep"),
        ("[" * 100_000, "too_deep"),
        ('{"messages":[],"n":' + "9" * 5_000 + "}", "huge_number"),
    ],
)
def test_a_bad_line_is_skipped_by_number_and_the_others_are_kept(line, kind):
    reading = first(line)
    assert len(reading.chats) == 12
    assert on_line_one(reading) == {kind}
    assert [chat.line for chat in reading.chats] == list(range(2, 14))


CALL = {"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}
BROKEN_CALL = {"id": "c", "type": "function", "function": {"name": "f", "arguments": "{oops"}}
IMAGE = {"type": "image_url", "image_url": {"url": "http://127.0.0.1/x.png"}}


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        (messages({"role": "user", "content": "x"}, ANSWER), set()),
        (
            messages(
                {"role": "user", "content": "x"}, {"role": "assistant", "content": None, "tool_calls": [CALL]}
            ),
            set(),
        ),
        (messages({"role": "developer", "content": "x"}, ANSWER), set()),
        (messages({"role": "user", "content": [{"type": "text", "text": "x"}]}, ANSWER), set()),
        (messages({"role": "User", "content": "x"}, ANSWER), {"role_case"}),
        (messages(ANSWER, {"role": "user", "content": "x"}), {"last_not_assistant"}),
        (messages({"role": "system", "content": "x"}), {"last_not_assistant", "no_assistant"}),
        (messages({"role": "user", "content": ""}, ANSWER), {"empty_message"}),
        (messages({"role": "user", "content": [IMAGE]}, ANSWER), {"not_only_text"}),
        (messages({"role": "tool", "content": "x"}, ANSWER), {"tool_without_id"}),
        (messages({"role": "user", "content": "x"}, {**ANSWER, "weight": 0.5}), {"bad_weight"}),
        (messages({"role": "user", "content": "x"}, {**ANSWER, "weight": 0}), set()),
        (
            messages({"role": "user", "content": "x"}, {"role": "assistant", "tool_calls": [BROKEN_CALL]}),
            {"bad_arguments"},
        ),
    ],
)
def test_what_fine_tuning_would_reject_is_kept_with_a_note(line, kinds):
    reading = first(line)
    assert len(reading.chats) == 13
    assert on_line_one(reading) == kinds


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (
            '{"messages":[{"role":"user","content":"a \\ud83d b"},{"role":"assistant","content":"c"}]}',
            "replaced_characters",
        ),
        (
            '{"messages":[{"role":"user","content":"a\\u0000b"},{"role":"assistant","content":"c"}]}',
            "replaced_characters",
        ),
        (
            '{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"c","weight":NaN}]}',
            "not_a_number",
        ),
        (
            '{"messages":[],"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"c"}]}',
            "duplicate_keys",
        ),
    ],
)
def test_what_json_allows_but_texts_do_not_is_put_right_and_said(line, kind):
    reading = first(line)
    assert len(reading.chats) == 13
    assert kind in {problem.kind for problem in reading.problems}


def test_a_surrogate_pair_written_as_two_escapes_is_one_character():
    reading = first(
        '{"messages":[{"role":"user","content":"\\ud83d\\ude00 \\ud800"},{"role":"assistant","content":"c"}]}'
    )
    assert reading.chats[0].messages[0]["content"] == "😀 \ufffd"


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\r", ",\n", "\n\n"])
def test_any_line_end_and_trailing_commas_read(separator):
    assert len(read(separator.join(good(12)) + separator).chats) == 12


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_chats_read_in_any_unicode_encoding(encoding):
    assert len(read("\n".join(good(12)).encode(encoding)).chats) == 12


TURNS = ["Hi", "Hello", "Bye", "Bye bye"]
ROLES = ["user", "assistant"] * 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("a.json", [{"messages": [{"role": r, "content": t} for r, t in zip(ROLES, TURNS, strict=True)]}]),
        ("a.json", [{"role": r, "content": t} for r, t in zip(ROLES, TURNS, strict=True)]),
        (
            "a.json",
            {
                "data": [
                    {
                        "conversations": [
                            {"from": f, "value": t} for f, t in zip(["human", "gpt"] * 2, TURNS, strict=True)
                        ]
                    }
                ]
            },
        ),
        (
            "a.json",
            [
                {
                    "turns": [
                        {"speaker": s, "utterance": t}
                        for s, t in zip(["USER", "SYSTEM"] * 2, TURNS, strict=True)
                    ]
                }
            ],
        ),
        (
            "a.json",
            [{"original": [list(pair) for pair in zip(["customer", "agent"] * 2, TURNS, strict=True)]}],
        ),
        (
            "a.json",
            [
                {
                    "contents": [
                        {"role": r, "parts": [{"text": t}]}
                        for r, t in zip(["user", "model"] * 2, TURNS, strict=True)
                    ]
                }
            ],
        ),
        ("a.jsonl", {"messages_display": "user: Hi\nassistant: Hello\nuser: Bye\nassistant: Bye bye\n"}),
        (
            "a.jsonl",
            {"body": {"messages": [{"role": r, "content": t} for r, t in zip(ROLES, TURNS, strict=True)]}},
        ),
    ],
)
def test_conversations_in_every_shape_give_the_same_messages(name, value):
    chat = read(json.dumps(value), name).chats[0]
    assert [(m["role"], m["content"]) for m in chat.messages] == list(zip(ROLES, TURNS, strict=True))


def test_prompt_and_completion_are_one_turn_each():
    chat = read('{"prompt": "a", "completion": "b"}').chats[0]
    assert [m["role"] for m in chat.messages] == ["user", "assistant"]


def test_a_small_talk_corpus_in_yaml_alternates():
    reading = read("categories:\n- x\nconversations:\n- - Hallo\n  - Hi\n- - Na?\n  - Gut\n", "a.yml")
    assert [chat.messages[1]["content"] for chat in reading.chats] == ["Hi", "Gut"]


def test_a_message_tree_gives_one_chat_per_leaf():
    tree = [
        {"user_message_id": "1", "parent_message_id": None, "text": "Q", "role": "prompter"},
        {"user_message_id": "2", "parent_message_id": "1", "text": "A", "role": "assistant"},
        {"user_message_id": "3", "parent_message_id": "1", "text": "B", "role": "assistant"},
    ]
    reading = read(json.dumps(tree), "a.json")
    assert [[m["content"] for m in chat.messages] for chat in reading.chats] == [["Q", "A"], ["Q", "B"]]


def test_tools_of_a_line_come_along_in_openai_shape():
    function = {"name": "f", "description": "d", "parameters": {"type": "object"}}
    for tools in ({"tools": [{"type": "function", "function": function}]}, {"functions": [function]}):
        chat = read(json.dumps(GOOD | tools)).chats[0]
        assert chat.tools == ({"type": "function", "function": function},)


def test_fewer_than_ten_examples_name_the_minimum():
    assert any("at least 10" in problem.what for problem in read("\n".join(good(9))).problems)
    assert read("\n".join(good(10))).problems == ()


def test_an_over_long_example_is_counted_when_a_counter_is_given():
    line = messages({"role": "user", "content": "word " * 70_000}, ANSWER)
    reading = read("\n".join([line, *good(12)]), count_tokens=lambda text: len(text.split()))
    (problem,) = [p for p in reading.problems if p.kind == "long_example"]
    assert problem.line == 1
    assert "70,001 tokens (counted)" in problem.what
    assert "65,536" in problem.what


def test_a_counter_that_finds_fewer_tokens_clears_the_example():
    line = messages({"role": "user", "content": "word " * 40_000}, ANSWER)
    assert read("\n".join([line, *good(12)]), count_tokens=lambda _: 40_001).problems == ()


def test_over_five_percent_bad_lines_refuse_a_large_file():
    assert read("\n".join([*good(94), *["{}"] * 6])).refused  # 6 of 100
    assert not read("\n".join([*good(95), *["{}"] * 5])).refused  # 5 of 100
    assert not read("\n".join([*good(12), *["{}"] * 9])).refused  # 21 lines: too few to judge


def test_no_good_line_is_a_refusal_with_the_first_reason():
    reading = read("{'messages': []}\n" * 3)
    assert reading.refused
    assert "single quotes" in reading.reason


def test_repeated_examples_are_counted():
    assert read("\n".join(good(12) + good(3))).facts["exact_duplicates"] == 3


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to max@example.org", "e-mail addresses"),
        ("call +49 30 1234567 now", "phone numbers"),
        ("DE89 3704 0044 0532 0130 00", "IBANs"),
        ("card 4111 1111 1111 1111.", "card numbers"),
        ("from 192.168.0.17 on", "IP addresses"),
        ("sk-EXAMPLEEXAMPLEEXAMPLE", "keys or passwords"),
        ("-----BEGIN RSA PRIVATE KEY-----", "keys or passwords"),
    ],
)
def test_personal_data_is_counted_by_kind(text, kind):
    assert personal_data([text]) == {kind: 1}


@pytest.mark.parametrize(
    "text", ["DE88 3704 0044 0532 0130 00", "4111 1111 1111 1112", "version 1.2.3", "a@b", "§ 12 Abs. 3"]
)
def test_wrong_check_digits_and_look_alikes_are_not_counted(text):
    assert personal_data([text]) == {}


def test_the_hint_on_personal_data_never_repeats_it():
    reading = first(messages({"role": "user", "content": "I am max@example.org"}, ANSWER))
    (problem,) = [p for p in reading.problems if p.kind == "personal_data"]
    assert "max" not in problem.what + problem.remedy


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.txt"])
def test_chats_are_sorted_as_such(name):
    assert guess_slot(name, "\n".join(good(2)).encode()) is Slot.CHATS
