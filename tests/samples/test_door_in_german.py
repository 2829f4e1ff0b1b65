"""What the door says about a file is said in the language of the reader; what it reads stays the same."""

import json
from dataclasses import replace

import pytest

from crossover.samples import (
    ColumnMapping,
    Limits,
    Reading,
    ReadOptions,
    SampleSet,
    Slot,
    personal_data,
    read_upload,
)
from crossover.samples.columns import column_label
from crossover.samples.problems import numbers
from crossover.samples.results import read_results
from crossover.samples.types import SourceFile
from crossover.words import in_language


def read(text: str, name: str, slot: Slot, **more: object) -> Reading:
    return read_upload(name, text.encode(), slot=slot, **more)


def what(reading: Reading, kind: str) -> str:
    return next(problem.what for problem in reading.problems if problem.kind == kind)


def example(answer: str) -> str:
    turns = [{"role": "user", "content": "Hallo"}, {"role": "assistant", "content": answer}]
    return json.dumps({"messages": turns}) + "\n"


def test_reading_in_german_finds_the_same_and_says_it_in_german():
    table = "Frage,Antwort,\nWas?,Das.,x\n,leer,\n"
    english = read(table, "a.csv", Slot.QUESTIONS)
    with in_language("de"):
        german = read(table, "a.csv", Slot.QUESTIONS)
    bare = [replace(problem, what="", remedy="") for problem in english.problems]
    assert [replace(problem, what="", remedy="") for problem in german.problems] == bare
    assert replace(german, problems=()) == replace(english, problems=())
    assert what(english, "no_question") == "The question is empty."
    assert what(german, "no_question") == "Die Frage ist leer."


@pytest.mark.parametrize(
    ("copies", "said"),
    [(1, "1 Beispiel: Für ein Fine-Tuning"), (2, "2 Beispiele: Für ein Fine-Tuning")],
)
def test_one_example_and_several_have_their_own_german_form(copies: int, said: str):
    text = "".join(example(f"Antwort {n}") for n in range(copies))
    with in_language("de"):
        assert what(read(text, "a.jsonl", Slot.CHATS), "few_examples").startswith(said)


def test_sizes_and_limits_are_written_the_german_way():
    limits = Limits(file_bytes=1_500_000)
    with in_language("de"):
        refused = read("x" * 1_600_000, "a.csv", Slot.QUESTIONS, limits=limits)
    assert refused.reason == "Die Datei hat 1,6 MB, mehr als die erlaubten 1,5 MB für eine Datei."


def test_a_long_example_says_in_german_whether_it_is_over_the_limit_or_may_be():
    text = example("ein Wort " * 20_000)  # 180,000 characters: at four a token about 45,000 tokens
    with in_language("de"):
        estimated = what(read(text, "a.jsonl", Slot.CHATS), "long_example")
        counted = what(read(text, "a.jsonl", Slot.CHATS, count_tokens=lambda _: 70_000), "long_example")
    assert "geschätzt mit vier Zeichen je Token" in estimated
    assert "Das liegt möglicherweise über den 65.536 Token" in estimated
    assert "70.000 Token (gezählt)" in counted
    assert "Das liegt über den 65.536 Token" in counted


def test_a_column_without_a_name_keeps_its_number_as_id_and_is_shown_in_german():
    mapping = ColumnMapping(question="column 2")
    with in_language("de"):
        reading = read("1,Wie?\n2,Wo?\n", "a.csv", Slot.QUESTIONS, options=ReadOptions(mapping=mapping))
        assert reading.columns == ("column 1", "column 2")
        assert reading.qa is not None
        assert reading.qa.questions == ("Wie?", "Wo?")
        assert column_label("column 2") == "Spalte 2"
        assert column_label("column 2 (3)") == "Spalte 2 (3)"
        assert column_label("columns") == "columns"


def test_kinds_of_personal_data_keep_their_ids_and_are_said_in_the_note():
    texts = "".join(f"{n}@example.com\n" for n in range(1_200))
    with in_language("de"):
        assert personal_data([texts]) == {"e-mail addresses": 1_200}
        note = what(read(example(texts), "a.jsonl", Slot.CHATS), "personal_data")
    assert note == "Sieht nach personenbezogenen Daten oder Schlüsseln aus (E-Mail-Adressen: 1.200)."


def test_enumerations_end_in_german():
    files = tuple(SourceFile(f"{n}.csv", "abcdef0123", Slot.QUESTIONS, 1) for n in range(5))
    with in_language("de"):
        assert numbers([1, 2, 3, 4, 5, 6, 7]) == "1, 2, 3, 4, 5 und 2 weitere"
        assert numbers([1, 2]) == "1, 2"
        assert SampleSet(files=files).source(Slot.QUESTIONS).endswith("2.csv [abcdef01] und 2 weitere")


@pytest.mark.parametrize(
    ("answer", "said"),
    [("90", "sie wurde als Millisekunden gelesen."), ("2", "sie wurde als Sekunden gelesen.")],
)
def test_the_unit_a_latency_was_read_in_is_said_in_german(answer: str, said: str):
    table = f"sample_id,strategy,correct,latency\nq1,rag,1,{answer}\n".encode()
    english = read_results("r.csv", table)
    with in_language("de"):
        german = read_results("r.csv", table)
    assert german.rows == english.rows
    assert german.layout == english.layout == "a table with one row per answer"
    assert german.problems[0].what == f"Die Spalte „latency“ nennt keine Einheit; {said}"


def test_a_cell_that_is_no_number_is_named_by_its_german_name():
    table = b"sample_id,strategy,correct,cost_usd\nq1,rag,1,1 Euro\n"
    with in_language("de"):
        found = read_results("r.csv", table)
    assert found.problems[0].what == "Kosten: „1 Euro“ ist keine einfache Zahl und zählt als unbekannt."
