"""Which column names the document that answers a question, and which document a cell means."""

import pytest

from crossover.demo import load_demo
from crossover.samples import Document, Slot, combine, read_upload
from crossover.samples.columns import guess_mapping
from crossover.samples.joining import document_positions

DOCUMENTS = [Document(name, "text") for name in ("docs/04-Swaps.md", "a/x.txt", "b/x.txt", "05", "05.pdf")]


@pytest.mark.parametrize(
    "name", ["page", "Source", "context_id", "doc", "file", "source_doc", "Seite", "passage_id"]
)
def test_the_name_of_a_column_says_that_it_holds_documents(name):
    assert guess_mapping(["question", "answer", name]).document == name


@pytest.mark.parametrize("name", ["page_views", "resource", "source_language", "homepage"])
def test_a_name_that_only_contains_such_a_word_does_not(name):
    assert guess_mapping(["question", "answer", name]).document is None


def test_the_clearer_name_wins():
    assert guess_mapping(["question", "answer", "page", "source_doc"]).document == "source_doc"


@pytest.mark.parametrize(
    ("cell", "positions"),
    [
        ("docs/04-Swaps.md", (0,)),
        ("04-swaps.md", (0,)),
        ("04-Swaps", (0,)),
        (r"C:\data\04-swaps.MD", (0,)),
        ("a/x.txt", (1,)),
        ("x.txt", ()),  # two documents have this name
        ("05", (3,)),  # an exact name wins over one without its extension
        ("05.pdf; 04-swaps", (4, 0)),
        ("a/x.txt|a/x.txt", (1,)),
        ("page 7", ()),
        ("", ()),
    ],
)
def test_a_cell_names_documents(cell, positions):
    assert document_positions([cell], DOCUMENTS) == (positions,)


def uploaded(table: str, *documents: str):
    readings = [read_upload("q.csv", table.encode(), slot=Slot.QUESTIONS)]
    readings += [read_upload(name, b"Some text about it.", slot=Slot.KNOWLEDGE) for name in documents]
    return combine(readings).qa


def test_a_column_that_names_no_document_is_no_gold():
    table = "question,answer,source\nwhy?,because,City council\nhow?,so,Ministry\n"
    assert uploaded(table, "rules.md").gold_documents is None
    assert uploaded(table, "ministry.md").gold_documents == ("City council", "Ministry")
    assert uploaded(table).gold_documents == ("City council", "Ministry")  # the documents may come later


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_demo_names_its_pages(language):
    demo = load_demo(language)
    assert demo.qa.gold_documents is not None
    named = document_positions(demo.qa.gold_documents, demo.documents)
    assert sum(map(bool, named)) > 40
    assert all(cell == "" for cell, found in zip(demo.qa.gold_documents, named, strict=True) if not found)
