"""What holds for every upload: no exception, no unencodable text, nothing lost silently."""

import csv
import io
import json
import zipfile
from unittest import mock

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from crossover.samples import (
    Reading,
    ReadOptions,
    Severity,
    Slot,
    combine,
    guess_slot,
    read_upload,
    read_uploads,
)
from crossover.samples.duplicates import _key, _repeated

EXTENSIONS = (
    *("csv", "tsv", "txt", "md", "html", "json", "jsonl", "yaml", "yml", "xlsx", "xls", "docx", "pdf", "zip"),
    *("parquet", "exe", ""),
)
MAGIC = (
    b"",
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"PAR1",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
)
STARTS = (b"question,answer\n", b"[", b"{", b'{"messages": [', b"<html>", b"openapi: 3.0.0\npaths:\n", b'"')
names = st.builds("{}.{}".format, st.text(max_size=8), st.sampled_from(EXTENSIONS))
slots = st.none() | st.sampled_from(list(Slot))
uploads = st.builds(
    lambda magic, start, data: magic + start + data,
    st.sampled_from(MAGIC),
    st.sampled_from((b"", *STARTS)),
    st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
)
KEYS = st.sampled_from(
    (
        *(
            "messages",
            "role",
            "content",
            "tool_calls",
            "function",
            "function_call",
            "name",
            "arguments",
            "tools",
        ),
        *("question", "answer", "context", "data", "paragraphs", "qas", "answers", "text", "title", "turns"),
        *(
            "conversations",
            "from",
            "value",
            "parts",
            "contents",
            "openapi",
            "paths",
            "/a",
            "get",
            "post",
            "$ref",
        ),
        *("parameters", "properties", "type", "enum", "items", "required", "input_schema", "service_name"),
        *(
            "intents",
            "slots",
            "required_slots",
            "optional_slots",
            "requestBody",
            "schema",
            "in",
            "body",
            "result",
        ),
        *("id", "weight", "prompt", "completion", "parent_message_id", "user_message_id", "messages_display"),
    )
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)


def check(readings: tuple[Reading, ...]) -> None:
    """The laws every reading keeps."""
    repr(readings).encode("utf-8")
    for reading in readings:
        for text in texts_of(reading):
            text.encode("utf-8")
            assert "\0" not in text
        assert reading.refused == any(p.severity is Severity.REFUSED for p in reading.problems)
        assert all(
            problem.what and problem.remedy and problem.file is not None for problem in reading.problems
        )
        if reading.refused:
            assert reading.qa is None
            assert not (reading.chats or reading.documents or reading.tools or reading.instructions)
        else:
            assert_something_came_of(reading)
        json.dumps([tool.as_openai() for tool in reading.tools], allow_nan=False)
        if reading.qa is not None:
            table = reading.qa
            assert len(table.questions) == len(table.answers) == len(table.lines)
            assert all(question.strip() for question in table.questions)
    combine(readings, "typed")


def assert_something_came_of(reading: Reading) -> None:
    found = reading.qa or reading.chats or reading.documents or reading.tools or reading.instructions
    assert found or reading.problems


def texts_of(reading: Reading) -> list[str]:
    table = reading.qa
    cells = [*table.questions, *table.answers, *(table.contexts or ()), *(table.ids or ())] if table else []
    documents = [text for document in reading.documents for text in (document.name, document.text)]
    tools = [text for tool in reading.tools for text in (tool.name, tool.description)]
    return [
        *cells,
        *documents,
        *tools,
        reading.instructions,
        reading.file.name,
        *reading.columns,
        *reading.sheets,
    ]


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(names, uploads, slots)
@example("a.csv", b'question,answer\n"', Slot.QUESTIONS)
@example("\ud800.csv", b"question\nq", None)
def test_arbitrary_bytes_under_any_name_never_raise(name, data, slot):
    check(read_uploads(name, data, slot=slot))


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(("a.json", "a.jsonl", "a.yaml")), st.lists(values, min_size=1, max_size=4), slots)
def test_json_of_any_shape_never_raises(name, records, slot):
    text = "\n".join(map(json.dumps, records)) if name == "a.jsonl" else json.dumps(records)
    check(read_uploads(name, text.encode(), slot=slot))
    check(read_uploads(name, json.dumps(records[0]).encode(), slot=slot))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), min_size=1, max_size=8))
def test_every_row_of_a_table_is_kept_or_named_or_blank(rows):
    lines = ['"question","answer"'] + [
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows
    ]
    reading = read_upload("a.csv", "\n".join(lines).encode("utf-8", "replace"), slot=Slot.QUESTIONS)
    kept = 0 if reading.qa is None else len(reading.qa)
    named = sum(problem.severity is Severity.SKIPPED for problem in reading.problems)
    blank = reading.facts.get("blank_rows", 0)
    assert reading.refused or kept + named + blank == len(rows)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=12),
        st.binary(max_size=60),
        max_size=5,
    )
)
def test_a_zip_of_anything_never_raises(members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.encode("utf-8", "replace").decode(), data)
    check(read_uploads("a.zip", packed.getvalue()))


@settings(max_examples=100, deadline=None)
@given(names, uploads)
def test_guessing_a_slot_never_raises_and_does_not_change(name, data):
    assert guess_slot(name, data) is guess_slot(name, data)


@pytest.mark.parametrize("slot", Slot)
def test_reading_the_same_bytes_twice_gives_the_same_reading(slot):
    data = b"question,answer\nHow?,So.\n"
    assert read_upload("a.csv", data, slot=slot) == read_upload("a.csv", data, slot=slot)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=10), st.integers(-1, 40), st.text(max_size=3), st.text(max_size=6))
def test_no_choice_of_a_person_raises(encoding, header_row, delimiter, sheet):
    options = ReadOptions(encoding=encoding, header_row=header_row, delimiter=delimiter, sheet=sheet)
    check((read_upload("a.csv", b"question,answer\nHow?,So.\n", slot=Slot.QUESTIONS, options=options),))


def test_a_zip_entry_without_a_name_is_read_like_any_other():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("x", b"text")
    nameless = bytearray(packed.getvalue())
    for mark, offset in ((b"PK\x03\x04", 26), (b"PK\x01\x02", 28)):
        nameless[nameless.index(mark) + offset] = 0
    check(read_uploads("a.zip", bytes(nameless)))


blanks_and_letters = st.text(alphabet=st.sampled_from("aAßs \n\t\u00a0\u2003b"), max_size=90)


@given(
    st.lists(st.one_of(blanks_and_letters, st.sampled_from(["ab" * 40, "AB" * 40, "ab" * 39])), max_size=8)
)
def test_repeated_texts_are_those_whose_whole_keys_are_equal(texts):
    keys = [_key(text) for text in texts]
    assert _repeated(texts) == [(row, key) for row, key in enumerate(keys) if keys.count(key) > 1]


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), min_size=1, max_size=12), st.booleans())
def test_the_quick_way_through_a_table_gives_what_the_careful_one_gives(rows, quoted):
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, lineterminator="\n")
    writer.writerows([("question", "answer"), *rows])
    data = out.getvalue().encode("utf-8", "replace")
    with mock.patch("crossover.samples.delimited.LARGE_BYTES", 0):
        quick = read_upload("rows.csv", data, slot=Slot.QUESTIONS)
    with mock.patch("crossover.samples.questions.read_regular", return_value=None):
        careful = read_upload("rows.csv", data, slot=Slot.QUESTIONS)
    assert (quick.qa, quick.problems, quick.refused) == (careful.qa, careful.problems, careful.refused)
    assert (quick.preview, quick.header_row, dict(quick.facts)) == (
        careful.preview,
        careful.header_row,
        dict(careful.facts),
    )
