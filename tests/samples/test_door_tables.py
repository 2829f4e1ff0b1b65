"""Questions from tables: encodings, delimiters, quotes, headers, workbooks, and what is refused."""

import io
import json
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crossover.samples import (
    ColumnMapping,
    Limits,
    Reading,
    ReadOptions,
    Severity,
    Slot,
    guess_slot,
    read_upload,
)

GERMAN = "Frage;Antwort\nWie groß ist Größe 42?;„Groß“ – 9,99 €\nUmtausch?;30 Tage\n"


def read(data: bytes | str, name: str = "a.csv", **more: object) -> Reading:
    raw = data.encode() if isinstance(data, str) else data
    return read_upload(name, raw, slot=Slot.QUESTIONS, **more)


def kinds(reading: Reading) -> set[str]:
    return {problem.kind for problem in reading.problems}


def lines(reading: Reading, kind: str) -> list[int | None]:
    return [problem.line for problem in reading.problems if problem.kind == kind]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_a_german_table_reads_the_same_in_every_encoding(encoding):
    reading = read(GERMAN.encode(encoding))
    assert reading.columns == ("Frage", "Antwort")
    assert reading.qa.answers == ("„Groß“ – 9,99 €", "30 Tage")
    assert reading.problems == ()


def test_utf16_big_endian_with_a_mark_reads():
    assert read(b"\xfe\xff" + GERMAN.encode("utf-16-be")).qa.questions[1] == "Umtausch?"


@pytest.mark.parametrize(
    ("encoding", "question"),
    [("cp1250", "Jak długo trwa dostawa, zażółć gęślą jaźń?"), ("cp1251", "Какой срок доставки в Москву?")],
)
def test_another_code_page_is_guessed_and_said(encoding, question):
    text = "question;answer\n" + "".join(f"{question};{question[::-1]}\n" for _ in range(5))
    reading = read(text.encode(encoding))
    assert reading.qa.questions[0] == question
    assert "guessed_encoding" in kinds(reading)


def test_a_person_can_choose_the_encoding():
    reading = read(
        "question;answer\nGrüße?;ä\n".encode("mac_roman"), options=ReadOptions(encoding="mac_roman")
    )
    assert reading.qa.questions == ("Grüße?",)


def test_an_encoding_that_does_not_exist_is_refused_by_name():
    reading = read(GERMAN, options=ReadOptions(encoding="klingon"))
    assert reading.refused
    assert "klingon" in reading.reason


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~"])
def test_any_delimiter_is_found(delimiter):
    rows = [["question", "answer"], ["How long?", "3 days"], ["Where to?", "Home"]]
    reading = read("\n".join(delimiter.join(row) for row in rows))
    assert reading.delimiter == delimiter
    assert reading.qa.questions == ("How long?", "Where to?")


def test_excels_separator_line_is_obeyed():
    reading = read("sep=;\r\nquestion;answer\r\nA, b?;c\r\n")
    assert reading.qa.questions == ("A, b?",)
    assert reading.header_row == 2


def test_one_column_of_questions_keeps_its_commas():
    reading = read("question\nHow long, really?\nCan I, or not?\n")
    assert reading.qa.questions == ("How long, really?", "Can I, or not?")
    assert reading.delimiter is None


def test_a_table_without_header_gets_numbered_columns():
    reading = read("How long is delivery?,3 days\nCan I return it?,yes\n")
    assert reading.columns == ("column 1", "column 2")
    assert reading.qa.questions == ("How long is delivery?", "Can I return it?")
    assert reading.qa.answers == ("3 days", "yes")
    assert {"no_header", "guessed_columns"} <= kinds(reading)


def test_title_rows_above_the_header_are_passed_over_and_said():
    reading = read("FAQ 2025;;\n;;\nFrage;Antwort;Preis\nA?;B;1,5\n")
    assert reading.header_row == 3
    assert lines(reading, "header_row") == [3]
    assert reading.qa.questions == ("A?",)


def test_an_unclosed_quote_costs_no_other_row():
    reading = read('question,answer\nQ1,"A1\nQ2,A2\nQ3,A3\n')
    assert reading.qa.answers == ("A1", "A2", "A3")
    assert lines(reading, "broken_quotes") == [2]


def test_lines_are_physical_even_after_cells_with_line_breaks():
    reading = read('question,answer\n"a\nb",c\nlonely\nd,e\n')
    assert reading.qa.lines == (2, 5)
    assert lines(reading, "ragged_row") == [4]


def test_rows_quoted_as_a_whole_are_opened():
    reading = read('id,question,answer\n"1,""How, so?"",yes"\n"2,Why?,""1,5"""\n')
    assert reading.qa.questions == ("How, so?", "Why?")
    assert reading.qa.answers == ("yes", "1,5")
    assert "nested_quotes" in kinds(reading)


def many(good: int, bad: int) -> str:
    return (
        "question,answer\n"
        + "q{0}?,a{0}\n" * 0
        + "".join(f"q{n}?,a\n" for n in range(good))
        + "broken\n" * bad
    )


@pytest.mark.parametrize(
    ("good", "bad", "refused"),
    [
        (95, 5, False),  # 5 of 100 = 5 %, not over
        (94, 6, True),  # 6 of 100
        (38, 2, False),  # 2 of 40 = 5 %
        (37, 3, True),  # 3 of 40 = 7.5 %
        (36, 3, False),  # 39 rows: below the 40 from which the share is judged
        (1, 8, False),  # a small file keeps its one good row
        (0, 3, True),  # nothing usable
    ],
)
def test_over_five_percent_bad_lines_refuse_a_file_of_forty_or_more(good, bad, refused):
    reading = read(many(good, bad))
    assert reading.refused is refused
    assert len(lines(reading, "ragged_row")) == bad


def test_a_refused_table_still_offers_its_columns():
    reading = read(many(50, 50))
    assert reading.refused
    assert reading.qa is None
    assert reading.columns == ("question", "answer")
    assert reading.preview[0] == {"question": "q0?", "answer": "a"}


def test_long_lists_of_bad_lines_are_summed_up():
    reading = read(many(10, 500), limits=Limits(listed_lines=20))
    assert len(lines(reading, "ragged_row")) == 21
    assert any("480 more" in problem.what for problem in reading.problems)


def test_questions_without_any_answer_are_used_with_a_note():
    reading = read("question,answer\n" + "Really?,\n" * 100)
    assert reading.qa.answers == ("",) * 100
    assert "no_answers" in kinds(reading)


def test_over_five_percent_missing_answers_refuse_but_questions_alone_can_be_chosen():
    text = "question,answer\n" + "".join(f"q{n}?,{'a' if n > 9 else ''}\n" for n in range(100))
    assert read(text).refused
    alone = read(text, options=ReadOptions(mapping=ColumnMapping(question="question")))
    assert len(alone.qa) == 100


def test_a_row_without_question_is_named():
    reading = read("question,answer\n ,lost\nq?,a\n")
    assert lines(reading, "no_question") == [2]
    assert reading.qa.questions == ("q?",)


def test_columns_can_be_remapped():
    options = ReadOptions(mapping=ColumnMapping(question="b", answer="a", id="missing"))
    reading = read("a,b\n1,zwei\n", options=options)
    assert (reading.qa.questions, reading.qa.answers, reading.qa.ids) == (("zwei",), ("1",), None)


@pytest.mark.parametrize(
    ("header", "question", "answer"),
    [
        ("text,intent", "text", "intent"),
        ("id,text,labels,priority", "text", "labels"),
        ("Kundenanfrage,Kategorie", "Kundenanfrage", "Kategorie"),
        ("question_id,question,answer_coordinates,answer_text", "question", "answer_text"),
        ("Customer Question (EN),Agent Reply", "Customer Question (EN)", "Agent Reply"),
        ("userInput,expectedOutput", "userInput", "expectedOutput"),
        ("input,target", "input", "target"),
    ],
)
def test_columns_are_guessed_by_name(header, question, answer):
    reading = read(header + "\n" + ",".join("abcd"[: header.count(",") + 1]) + "\n")
    assert (reading.mapping.question, reading.mapping.answer) == (question, answer)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"question,answer\n,\n , \n", "All 2 rows are empty"),
        (b"question,answer\n", "no rows"),
        (b"\x89PNG\r\n\x1a\n" + b"abc" * 99, "PNG"),
        (b"\xff\xd8\xff\xe0" + b"abc" * 99, "JPEG"),
        (b"\x1f\x8b\x08\x00" + b"abc" * 99, "gzip"),
        (bytes(range(256)) * 9, "not text"),
        (b"\0" * 999, "not text"),
        (b"%PDF-1.4", "PDF"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
    ],
)
def test_what_is_no_table_is_refused_by_what_it_is(data, says):
    reading = read(data)
    assert reading.refused
    assert says in reading.reason


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (Limits(file_bytes=10), "limit of 1e-05 MB"),
        (Limits(rows=2), "more than 2 rows"),
        (Limits(cells=3), "more than 3 cells"),
        (Limits(columns=1), "over the limit of 1"),
    ],
)
def test_every_limit_is_named_when_it_is_enforced(limits, says):
    reading = read("question,answer\na,b\nc,d\ne,f\n", limits=limits)
    assert reading.refused
    assert says in reading.reason


def test_a_too_long_cell_is_skipped_by_line():
    reading = read("question,answer\n" + "x" * 50 + ",a\nq?,b\n", limits=Limits(cell_characters=40))
    assert lines(reading, "long_cell") == [2]


def test_cells_that_are_formulas_or_hide_characters_are_noted_and_kept():
    reading = read("question,answer\n=1+1,@SUM(1)\nzero\u200bwidth?,ok\n")
    assert reading.qa.questions == ("=1+1", "zero\u200bwidth?")
    assert {"formula_like", "invisible_characters"} <= kinds(reading)


def test_repeated_and_missing_column_names_are_told_apart_and_said():
    reading = read("question,answer,answer,\na?,b,c,d\n")
    assert reading.columns == ("question", "answer", "answer (2)", "column 4")
    assert "column_names" in kinds(reading)


def test_blank_rows_are_passed_over_and_counted():
    reading = read("question,answer\na?,b\n,\nc?,d\n\n")
    assert reading.qa.lines == (2, 4)
    assert reading.facts["blank_rows"] == 1


def test_nul_characters_are_replaced_and_said():
    reading = read(b"question,answer\nQ\x001?,A1\n")
    assert reading.qa.questions == ("Q\ufffd1?",)
    assert "replaced_characters" in kinds(reading)


def workbook(*sheets: tuple[str, list[list[object]]], hidden: str = "") -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if title == hidden else "visible"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(data: bytes, names: dict[str, bytes]) -> bytes:
    """An Office file with some parts replaced or added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name not in names:
                target.writestr(name, source.read(name))
        for name, part in names.items():
            target.writestr(name, part)
    return stream.getvalue()


QA_ROWS = [["Frage", "Antwort"], ["Wie?", 3.0], ["Wann?", None], ["Ob?", True]]


def test_a_workbook_reads_as_text_with_whole_numbers_and_empty_cells():
    reading = read(workbook(("FAQ", QA_ROWS)), "a.xlsx")
    assert reading.qa.answers == ("3", "", "TRUE")
    assert reading.qa.lines == (2, 3, 4)


def test_the_sheet_with_questions_is_taken_and_a_hidden_one_is_not():
    data = workbook(("Cover", [["Report"]]), ("Secret", QA_ROWS), ("FAQ", QA_ROWS[:2]), hidden="Secret")
    reading = read(data, "a.xlsx")
    assert reading.sheets == ("Cover", "Secret", "FAQ")
    assert reading.sheet == "FAQ"
    assert "sheets" in kinds(reading)
    assert len(read(data, "a.xlsx", options=ReadOptions(sheet="Secret")).qa) == 3


def test_a_large_workbook_and_a_small_one_read_the_same():
    rows = [["question", "answer"], *([f"Question number {n}?", n] for n in range(30_000))]
    data = workbook(("Data", rows))
    reading = read(data, "a.xlsx")
    assert (len(reading.qa), reading.qa.answers[-1], reading.qa.lines[-1]) == (30_000, "29999", 30_001)
    small = read(workbook(("Data", rows[:100])), "a.xlsx")
    assert reading.qa.answers[:99] == small.qa.answers


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"xl/sharedStrings.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><sst/>'}, "DOCTYPE"),
        ({"xl/worksheets/sheet1.xml": '<!ENTITY x "y">'.encode("utf-16")}, "DOCTYPE"),
        ({"xl/media/big.bin": b"0" * 60_000_000}, "300 to 1"),
        ({"xl/workbook.xml": b"<broken"}, "damaged"),
    ],
)
def test_a_workbook_that_is_a_trap_is_refused(parts, says):
    reading = read(repacked(workbook(("FAQ", QA_ROWS)), parts), "a.xlsx")
    assert reading.refused
    assert says in reading.reason


def test_macros_and_paths_that_lead_out_are_ignored_and_said():
    data = workbook(("FAQ", QA_ROWS))
    reading = read(repacked(data, {"xl/vbaProject.bin": b"x", "../evil.txt": b"x"}), "a.xlsm")
    assert len(reading.qa) == 3
    assert {"macros", "unsafe_path"} <= kinds(reading)


def test_a_password_protected_workbook_says_so():
    data = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 600
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 600
    )
    assert "password" in read(data, "a.xlsx").reason


def test_a_table_renamed_to_another_format_still_reads():
    assert read(GERMAN, "a.xlsx").qa.questions[1] == "Umtausch?"
    assert read(workbook(("FAQ", QA_ROWS)), "a.csv").qa.questions == ("Wie?", "Wann?", "Ob?")


def test_half_a_workbook_is_damaged():
    data = workbook(("FAQ", QA_ROWS))
    assert "damaged or incomplete Excel" in read(data[: len(data) // 2], "a.xlsx").reason


def test_the_largest_table_of_a_page_reads():
    small = "<table><tr><td>x</td></tr></table>"
    page = f"<html>{small}<table><tr><th>question<th>answer<tr><td>a?<td>b &amp; c</table>"
    reading = read(page, "a.xls")
    assert (reading.qa.questions, reading.qa.answers) == (("a?",), ("b & c",))


def test_parquet_with_nested_answers_takes_the_first_text():
    stream = io.BytesIO()
    pq.write_table(
        pa.table({"query": ["a?"], "generation_gt": [["b", "c"]], "retrieval_gt": [[["d1"], ["d2"]]]}), stream
    )
    table = read(stream.getvalue(), "a.parquet").qa
    assert (table.questions, table.answers, table.gold_documents) == (("a?",), ("b",), ("d1",))


def test_a_parquet_file_that_unpacks_without_end_is_refused():
    stream = io.BytesIO()
    pq.write_table(pa.table({"question": ["x" * 100_000] * 3_000}), stream)
    assert "zip_bomb" in kinds(read(stream.getvalue(), "a.parquet"))


@pytest.mark.parametrize(
    "value",
    [
        [{"question": "a?", "answer": "b"}],
        {"data": [{"question": "a?", "answer": ["b", "c"]}]},
        {"question": ["a?"], "answer": ["b"]},
        [{"question": "a?", "answers": {"text": ["b"], "answer_start": [3]}}],
        {
            "data": [
                {
                    "title": "t",
                    "paragraphs": [{"context": "c", "qas": [{"question": "a?", "answers": [{"text": "b"}]}]}],
                }
            ]
        },
        [{"messages": [{"role": "user", "content": "a?"}, {"role": "assistant", "content": "b"}]}],
    ],
)
def test_json_in_every_usual_shape_gives_the_same_question(value):
    table = read(json.dumps(value), "a.json").qa
    assert (table.questions, table.answers) == (("a?",), ("b",))


def test_squad_keeps_passage_and_article():
    qa = {"question": "a?", "id": "1", "answers": [{"text": "b"}]}
    squad = {"data": [{"title": "T", "paragraphs": [{"context": "C", "qas": [qa]}]}]}
    table = read(json.dumps(squad), "a.json").qa
    assert (table.contexts, table.gold_documents, table.ids) == (("C",), ("T",), ("1",))


def test_unanswerable_squad_questions_are_no_fault():
    qas = [
        {
            "question": f"q{n}?",
            "id": str(n),
            "is_impossible": n % 3 == 0,
            "answers": [{"text": "x"}] if n % 3 else [],
        }
        for n in range(90)
    ]
    reading = read(
        json.dumps({"data": [{"title": "T", "paragraphs": [{"context": "C", "qas": qas}]}]}), "a.json"
    )
    assert reading.qa.answers.count("") == 30


def test_a_line_separator_inside_json_does_not_split_the_line():
    reading = read('{"question": "a\u2028b?", "answer": "c"}\n{"question": "d?", "answer": "e"}\n', "a.jsonl")
    assert reading.qa.questions == ("a\u2028b?", "d?")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "question,answer\na,b\n"),
        ("a.txt", "Frage\tAntwort\na?\tb\n"),
        ("a.json", '[{"question": "a", "answer": "b"}]'),
        ("a.jsonl", '{"input": "a", "output": "b"}\n'),
        ("a.csv", ""),
    ],
)
def test_tables_of_questions_are_sorted_as_such(name, text):
    assert guess_slot(name, text.encode()) is Slot.QUESTIONS


def test_a_statistics_table_is_knowledge():
    assert (
        guess_slot("a.csv", b'Stichtag,Kreise,Quadratkilometer\n31.12.2020,Kiel,"118,65"\n') is Slot.KNOWLEDGE
    )


def test_a_skipped_line_is_never_a_note():
    reading = read(many(5, 2))
    assert all((p.severity is Severity.SKIPPED) == (p.kind == "ragged_row") for p in reading.problems)
