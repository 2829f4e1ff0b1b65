"""Knowledge and instructions: text out of every format, empty ones named, archives opened safely."""

import io
import json
import warnings
import zipfile
import zlib

import docx
import pytest

from crossover.samples import (
    Document,
    Limits,
    Reading,
    Severity,
    Slot,
    combine,
    guess_slot,
    join_tables,
    read_upload,
    read_uploads,
)


def read(data: bytes | str, name: str, slot: Slot = Slot.KNOWLEDGE, **more: object) -> Reading:
    return read_upload(name, data.encode() if isinstance(data, str) else data, slot=slot, **more)


def text_of(reading: Reading) -> str:
    return "\n".join(document.text for document in reading.documents)


def kinds(reading: Reading) -> set[str]:
    return {problem.kind for problem in reading.problems}


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.add_table(1, 2).cell(0, 1).text = "cell"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def packed(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # a name given twice
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def pdf(content: bytes, kids: bytes = b"4 0 R", catalog: bytes = b"") -> bytes:
    """A PDF of four objects: catalog, page tree, one packed content stream, one page."""
    stream = zlib.compress(content)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Count 1 /Kids [" + kids + b"] >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 3 0 R /Resources << /Font << /F1 "
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return body + table + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(body)


def test_plain_text_keeps_everything_but_foreign_line_ends():
    assert read("a\r\nb\rc\n", "a.txt").documents == (Document("a.txt", "a\nb\nc\n"),)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_text_reads_in_every_encoding(encoding):
    assert text_of(read("Größe für Straße".encode(encoding), "a.md")) == "Größe für Straße"


def test_a_page_gives_its_visible_text_only():
    page = (
        "<html><head><title>T</title><style>x{}</style><script>alert(1)</script></head><body><h1>Hi</h1>"
        "<p>one <b>two</b></p><img src='http://127.0.0.1/x.png'><noscript>no</noscript><!-- no -->"
        "</body></html>"
    )
    reading = read(page, "a.html")
    assert text_of(reading) == "T\nHi\none two"
    assert "active_parts" in kinds(reading)


@pytest.mark.parametrize(
    "markup",
    ["<div>" * 100_000 + "x", "<b>x" * 100_000, "<!---->" * 100_000 + "<p>x", "<table>" * 50_000 + "x"],
)
def test_a_page_nested_without_end_is_read_in_time(markup):
    assert "x" in text_of(read(markup, "a.html"))


def test_a_word_file_gives_paragraphs_and_cells():
    assert text_of(read(word("Erster", "Zweiter"), "a.docx")).split() == ["Erster", "Zweiter", "cell"]


def test_a_word_file_that_is_damaged_or_a_trap_is_refused():
    data = word("x")
    assert "damaged or incomplete Word" in read(data[: len(data) // 2], "a.docx").reason
    trap = packed(
        {"[Content_Types].xml": b"<Types/>", "word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}
    )
    assert "DOCTYPE" in read(trap, "a.docx").reason
    assert (
        "damaged"
        in read(packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}), "a.docx").reason
    )


def test_a_table_cell_that_claims_a_billion_columns_costs_nothing():
    data = word("x")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="1000000000"/>'
    )
    assert b"gridSpan" in parts["word/document.xml"]
    assert "cell" in text_of(read(packed(parts), "a.docx"))


def test_a_pdf_gives_text_and_pages_and_its_scripts_do_not_run():
    reading = read(
        pdf(b"BT /F1 9 Tf (Hello) Tj ET", catalog=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
        "a.pdf",
    )
    assert reading.documents == (Document("a.pdf", "Hello", 1),)
    assert "active_parts" in kinds(reading)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (pdf(b"", kids=b"2 0 R"), "refers to itself"),
        (pdf(b"BT /F1 9 Tf (x) Tj ET\n" * 300_000), "damaged"),
        (b"%PDF-1.7\n" + b"garbage " * 100, "damaged"),
        (pdf(b"BT (x) Tj ET")[:200], "damaged"),
        (b"not a pdf", "damaged"),
        (b"", "empty"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_refused_with_the_reason(data, says):
    assert says in read(data, "a.pdf").reason


def test_the_limit_of_pages_is_named():
    assert (
        "more than 1 pages"
        in read(pdf(b"", kids=b"4 0 R << /Type /Page >>"), "a.pdf", limits=Limits(pages=1)).reason
    )


def test_json_becomes_readable_lines_and_records_become_documents():
    assert text_of(read('{"a": {"b": ["x", "y"]}, "c": 1}', "a.json")) == "a:\n  b:\n    x\n    y\nc: 1"
    reading = read('[{"doc_id": "1", "text": "x"}, {"doc_id": "2", "text": "y"}]', "a.json")
    assert reading.documents == (Document("1", "x"), Document("2", "y"))


def test_squad_as_knowledge_gives_one_document_per_article():
    squad = {
        "data": [{"title": "T", "paragraphs": [{"context": "a", "qas": []}, {"context": "b", "qas": []}]}]
    }
    assert read(json.dumps(squad), "a.json").documents == (Document("T", "a\n\nb"),)


@pytest.mark.parametrize("data", [b" \n\t ", b"\n" * 1000])
def test_an_empty_document_is_listed_and_left_out(data):
    reading = read(data, "a.txt")
    assert not reading.refused
    assert reading.documents == ()
    assert [problem.severity for problem in reading.problems] == [Severity.SKIPPED]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a" * 9_000, "long_run"),
        ("語" * 9_000, "long_run"),
        ("QUJD" * 3_000 + "x1Z9" * 2_000, "long_run"),
        ("a" + "\u0301" * 500, "stacked_marks"),
        ("x" + " " * 9_000 + "y", "blank_run"),
        ("pay\u202egnp.exe", "invisible_characters"),
        ("é\u0301\u0302 is fine, naïve too", None),
        ("漢字仮名交じり文は空白なしで書く、長い文章でも問題ない。これは普通の日本語の文です。" * 300, None),
    ],
)
def test_runs_no_person_wrote_are_noted_and_languages_without_spaces_are_not(text, kind):
    assert kinds(read(text, "a.txt")) == ({kind} if kind else set())


def test_a_zip_gives_one_reading_per_file_and_never_leaves_its_folder():
    members = {
        "a.md": b"# A",
        "b/q.csv": b"question,answer\na?,b\n",
        "../evil.txt": b"x",
        "c.zip": packed({"d.txt": b"x"}),
        "__MACOSX/a": b"x",
        ".DS_Store": b"x",
    }
    readings = {reading.file.name: reading for reading in read_uploads("k.zip", packed(members))}
    assert set(readings) == {"k.zip/a.md", "k.zip/b/q.csv", "k.zip/../evil.txt", "k.zip/c.zip"}
    assert readings["k.zip/b/q.csv"].slot is Slot.QUESTIONS
    assert readings["k.zip/../evil.txt"].refused
    assert "archive inside an archive" in readings["k.zip/c.zip"].reason


@pytest.mark.parametrize(
    ("members", "limits", "says"),
    [
        ({"a.txt": b"0" * 9_000_000}, Limits(), "300 to 1"),
        ({"a.txt": b"01" * 900, "b.txt": b"01" * 900}, Limits(zip_bytes=2_000), "Unpacks to"),
        ({f"{n}.txt": b"x" for n in range(9)}, Limits(zip_entries=8), "limit of 8"),
        ({}, Limits(), "no files"),
    ],
)
def test_a_zip_that_is_a_trap_is_refused_whole(members, limits, says):
    (reading,) = read_uploads("k.zip", packed(members), limits=limits)
    assert reading.refused
    assert says in reading.reason


def test_instructions_are_text_up_to_a_limit():
    assert read(" Be brief.\r\n", "system_prompt.txt", Slot.INSTRUCTIONS).instructions == "Be brief."
    assert "limit of 1 MB for instructions" in read("x" * 1_000_001, "p.txt", Slot.INSTRUCTIONS).reason
    assert read(" ", "p.txt", Slot.INSTRUCTIONS).refused


@pytest.mark.parametrize(
    ("name", "slot"),
    [
        ("system_prompt.md", Slot.INSTRUCTIONS),
        ("Instructions.txt", Slot.INSTRUCTIONS),
        ("filesystem.md", Slot.KNOWLEDGE),
        ("prompt_engineering.pdf", Slot.KNOWLEDGE),
        ("notes.txt", Slot.KNOWLEDGE),
        ("page.html", Slot.KNOWLEDGE),
    ],
)
def test_prose_is_knowledge_unless_its_name_says_prompt(name, slot):
    assert guess_slot(name, b"Some text, with a comma.\nAnd more text.") is slot


def test_a_hostile_file_name_stays_text():
    assert read("x", "<script>alert(1)</script>.md").documents[0].name == "<script>alert(1)</script>.md"
    assert read("x", "\ud800.md").file.name == "\ufffd.md"


def test_combining_keeps_order_and_leaves_refused_files_to_their_problems():
    readings = [
        read("# A", "a.md"),
        read(b"", "b.md"),
        read("# C", "c.md"),
        read("Be kind.", "p.txt", Slot.INSTRUCTIONS),
    ]
    samples = combine(readings, "Be brief.")
    assert [document.name for document in samples.documents] == ["a.md", "c.md"]
    assert samples.instructions == "Be brief.\n\nBe kind."
    assert [file.name for file in samples.files] == ["a.md", "c.md", "p.txt"]
    assert [problem.file for problem in samples.problems] == ["b.md"]


def test_the_same_file_twice_counts_once_with_a_note():
    samples = combine([read("# A", "a.md"), read("# A", "copy.md")])
    assert len(samples.documents) == 1
    assert [(problem.kind, problem.file) for problem in samples.problems] == [("same_file", "copy.md")]


def test_nothing_combined_is_an_empty_sample_set():
    samples = combine([])
    assert (len(samples.qa), samples.chats, samples.documents, samples.instructions) == (0, (), (), "")


def test_tables_with_different_columns_join_without_inventing_any():
    one = read("question,context\na?,c\n", "1.csv", Slot.QUESTIONS).qa
    two = read("question,id\nb?,7\n", "2.csv", Slot.QUESTIONS).qa
    table = join_tables([one, two])
    assert (table.contexts, table.ids, table.gold_documents) == (("c", ""), ("", "7"), None)
