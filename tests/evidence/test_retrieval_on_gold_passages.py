"""XQuAD's gold passages: our shares against the gold ids, and against bm25s called directly."""

import json

import bm25s
import numpy as np
import pytest
import Stemmer

from crossover.evidence.retrieval_evidence import searched_evidence
from crossover.profile import ProfileSettings
from crossover.profile.knowledge import measured_knowledge
from crossover.retrieval import search
from crossover.samples.types import Document

KS = (1, 3, 5, 10)


@pytest.fixture(scope="module", params=[("xquad_en", "english"), ("xquad_de", "german")], ids=lambda p: p[0])
def passages(request, shared):
    folder, language = request.param
    lines = (shared / "data/rag" / folder / "qa_with_context.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    documents = [Document(name, text) for name, text in {r["doc_id"]: r["context"] for r in rows}.items()]
    questions = [row["question"] for row in rows]
    settings = ProfileSettings(chunk_tokens=2_000, chunk_overlap_tokens=0)
    knowledge = measured_knowledge(documents, questions, settings)
    found = searched_evidence(
        knowledge, questions, [row["answer"] for row in rows], [row["doc_id"] for row in rows]
    )
    return rows, documents, knowledge, found, language


def test_hit_at_k_is_what_the_gold_ids_say(passages):
    rows, documents, knowledge, found, _ = passages
    names = [documents[place].name for place in knowledge.chunks.document_index]
    ranked = search(knowledge.index, [row["question"] for row in rows], 20).chunk_ids
    for k in range(1, 21):
        hits = [row["doc_id"] in {names[c] for c in best[:k]} for row, best in zip(rows, ranked, strict=True)]
        assert found.by_document.hit(k).share == pytest.approx(np.mean(hits), abs=0.001)


def test_the_search_is_as_good_as_bm25s_with_a_stemmer_called_directly(passages):
    rows, documents, _, found, language = passages
    words = {
        "stopwords": language,
        "stemmer": Stemmer.Stemmer(language),
        "show_progress": False,
    }
    direct = bm25s.BM25()
    direct.index(bm25s.tokenize([d.text for d in documents], **words), show_progress=False)
    asked = bm25s.tokenize([row["question"] for row in rows], **words)
    best = direct.retrieve(asked, k=max(KS), show_progress=False).documents
    places = {document.name: place for place, document in enumerate(documents)}
    gold = np.array([places[row["doc_id"]] for row in rows])
    for k in KS:
        theirs = (best[:, :k] == gold[:, None]).any(axis=1).mean()
        assert found.by_document.hit(k).share >= theirs - 0.02


def test_nearly_every_answer_stands_in_the_passages_and_chance_explains_little(passages):
    answers = passages[3].answers
    assert answers.in_corpus.share > 0.99  # the answers were cut out of these passages
    assert answers.at_random(5) < 0.2 < answers.within(5).share


def test_whole_passages_are_judged_by_the_names_of_the_documents(passages):
    found = passages[3]
    assert found.whole_documents and found.decisive is found.by_document
    assert 2 <= found.recommended.k <= 5
