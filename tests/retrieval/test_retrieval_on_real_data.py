import csv
import time
from pathlib import Path

import numpy as np
import pytest

from crossover.retrieval import build_index, chunk_documents, context_tokens, search, stemmer_language
from crossover.samples.types import Document
from crossover.tokens import count_tokens


def read_documents(folder: Path) -> list[Document]:
    return [Document(path.name, path.read_text("utf-8")) for path in sorted(folder.iterdir())]


def read_questions(path: Path, documents: list[Document]) -> tuple[list[str], np.ndarray]:
    positions = {document.name: position for position, document in enumerate(documents)}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["question"] for row in rows], np.array([positions[row["source_doc"]] for row in rows])


def hit_share(chunks, hits, gold, k: int) -> float:
    return float((chunks.document_index[hits.chunk_ids[:, :k]] == gold[:, None]).any(axis=1).mean())


@pytest.mark.parametrize(("folder", "language"), [("xquad_de", "german"), ("xquad_en", "english")])
def test_the_right_document_is_found_for_nearly_every_question(shared, folder, language):
    documents = read_documents(shared / "data" / "rag" / folder / "docs")
    questions, gold = read_questions(shared / "data" / "rag" / folder / "qa.csv", documents)
    count_tokens("the vocabulary is read once, before the clock starts")

    started = time.perf_counter()
    chunks = chunk_documents(documents, 200, 20, count_tokens)
    index = build_index(chunks, stemmer_language(chunks.texts))
    hits = search(index, questions, 20)
    context = context_tokens(chunks, hits)
    assert time.perf_counter() - started < 2

    assert index.language == language
    assert hit_share(chunks, hits, gold, 1) > 0.94
    assert hit_share(chunks, hits, gold, 5) > 0.98
    assert context.for_k(5).max() <= 5 * (200 + 8)


def test_the_german_stemmer_finds_more_than_words_as_written(shared):
    documents = read_documents(shared / "data" / "rag" / "xquad_de" / "docs")
    questions, gold = read_questions(shared / "data" / "rag" / "xquad_de" / "qa.csv", documents)
    chunks = chunk_documents(documents, 200, 0, count_tokens)
    as_written, stemmed = (
        hit_share(chunks, search(build_index(chunks, language), questions, 1), gold, 1)
        for language in (None, "german")
    )
    assert stemmed > as_written + 0.02


def test_most_chunks_of_prose_end_with_a_sentence(shared):
    documents = read_documents(shared / "data" / "rag" / "xquad_en" / "docs")
    whole, overlapping = (
        np.mean(
            [
                text.rstrip("\"')”")[-1] in ".!?"
                for text in chunk_documents(documents, 200, o, count_tokens).texts
            ]
        )
        for o in (0, 60)
    )
    assert whole > 0.9
    assert overlapping > 0.6


@pytest.mark.parametrize(
    "name", ["doc_one_char_1mb.txt", "doc_no_spaces_base64_1mb.txt", "doc_zalgo_combining.txt"]
)
def test_hostile_documents_are_cut_within_their_size_in_seconds(shared, name):
    document = Document(name, (shared / "data" / "hostile" / name).read_text("utf-8"))
    started = time.perf_counter()
    chunks = chunk_documents([document], 400, 50, count_tokens)
    search(build_index(chunks, stemmer_language(chunks.texts)), ["a question"], 5)
    assert time.perf_counter() - started < 10
    assert 0 < chunks.tokens.max() <= 400


def test_german_statutes_are_german_and_an_english_policy_is_english(shared):
    statutes = read_documents(shared / "data" / "rag" / "gesetze_de")
    assert {stemmer_language([document.text]) for document in statutes} == {"german"}
    assert {stemmer_language([d.text]) for d in read_documents(shared / "data" / "rag" / "policies")} == {
        "english"
    }
