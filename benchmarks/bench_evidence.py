"""What the evidence costs over the libraries' own work; results are compared before anything is timed.

Retrieval: 6,000 passages and 1,000 questions, against bm25s indexing the passages and answering the
questions. Labels: real intents where the shared data is present, against scikit-learn fitting the same
folds through its own pipeline. Both sides alternate in the same run; the ratio is of their medians.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from crossover.evidence import classifier as module
from crossover.evidence.classifier import ClassifierBaseline, classifier_baseline
from crossover.evidence.labels import closed_label_set
from crossover.evidence.near_duplicates import near_duplicates
from crossover.evidence.retrieval_evidence import RetrievalEvidence, searched_evidence
from crossover.evidence.text_classifier import folds
from crossover.profile import Knowledge, ProfileSettings
from crossover.profile.answers_found import answers_in_documents
from crossover.profile.knowledge import measured_knowledge
from crossover.samples import Slot, read_upload
from crossover.samples.types import Document

PASSAGES, QUESTIONS, PASSAGE_WORDS, ROUNDS = 6_000, 1_000, 80, 7
SETTINGS = ProfileSettings(chunk_tokens=2_000, chunk_overlap_tokens=0)
INTENTS = ("banking77_train_40_per_class.csv", "xsid_de_valid.csv")
Corpus = tuple[list[Document], list[str], list[str], list[str]]


def drawn() -> Corpus:
    """Passages by Zipf's law; a question has words of one of them, the answer three in a row."""
    random = np.random.default_rng(0)
    syllables = np.array(["ba", "der", "gen", "il", "kon", "lu", "mar", "nis", "or", "ta"])
    vocabulary = ["".join(random.choice(syllables, random.integers(1, 5))) for _ in range(20_000)]
    ranks = np.minimum(random.zipf(1.3, (PASSAGES, PASSAGE_WORDS)), len(vocabulary)) - 1
    passages = [[vocabulary[rank] for rank in row] for row in ranks]
    asked = random.integers(0, PASSAGES, QUESTIONS).tolist()
    questions = [" ".join(random.choice(passages[row], 8)) for row in asked]
    starts = random.integers(0, PASSAGE_WORDS - 3, QUESTIONS).tolist()
    answers = [" ".join(passages[row][at : at + 3]) for row, at in zip(asked, starts, strict=True)]
    documents = [Document(str(row), " ".join(words)) for row, words in enumerate(passages)]
    return documents, questions, answers, [str(row) for row in asked]


def bm25s_alone(texts: Sequence[str], questions: Sequence[str]) -> np.ndarray:
    """Index and query as a script with nothing but bm25s and a stemmer does it."""
    words = {"stopwords": "english", "stemmer": Stemmer.Stemmer("english"), "show_progress": False}
    index = bm25s.BM25()
    index.index(bm25s.tokenize(texts, **words), show_progress=False)
    return index.retrieve(bm25s.tokenize(questions, **words), k=20, show_progress=False).documents


def alternating(*actions: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Median seconds of each action, in turn so that a busy machine slows all of them alike."""
    seconds: list[list[float]] = [[] for _ in actions]
    for _ in range(rounds):
        for action, taken in zip(actions, seconds, strict=True):
            started = time.perf_counter()
            action()
            taken.append(time.perf_counter() - started)
    return [float(np.median(taken)) for taken in seconds]


def told(name: str, ours: float, theirs: float, library: str) -> None:
    print(f"{name:34} {ours:.3f} s  {ours / theirs:5.2f} x {library} ({theirs:.3f} s)")


def checked(found: RetrievalEvidence, knowledge: Knowledge, corpus: Corpus) -> None:
    """Stop unless the hits equal those by gold ids and every answer is found in the corpus."""
    documents, questions, _, gold = corpus
    direct = bm25s_alone([document.text for document in documents], questions)
    for k in (1, 5, 20):
        theirs = np.mean([gold[row] in set(map(str, best[:k])) for row, best in enumerate(direct.tolist())])
        assert found.by_document is not None and abs((found.by_document.hit(k).share or 0) - theirs) < 0.02
    assert found.answers is not None and found.answers.in_corpus.share == 1.0
    assert len(knowledge.chunks) == PASSAGES


def retrieval() -> None:
    corpus = drawn()
    documents, questions, answers, gold = corpus
    texts = [document.text for document in documents]
    knowledge = measured_knowledge(documents, questions, SETTINGS)
    assert knowledge is not None
    evidence = partial(searched_evidence, knowledge, questions, answers, gold)
    checked(evidence(), knowledge, corpus)
    ours, theirs = alternating(evidence, partial(bm25s_alone, texts, questions))
    print(f"\n{PASSAGES} passages, {QUESTIONS} questions, hit@5 {evidence().by_document.hit(5)}")  # type: ignore[union-attr]
    told("retrieval and answerability", ours, theirs, "bm25s index and query")
    sampled(knowledge, corpus)


def sampled(knowledge: Knowledge, corpus: Corpus) -> None:
    """What looking for a part of the answers (gate G8) adds to cutting, indexing and searching once."""
    documents, questions, answers, _ = corpus
    looked_for = partial(answers_in_documents, knowledge, answers, "benchmark")
    found = looked_for()
    assert found is not None and found.value == 1.0
    ours, theirs = alternating(looked_for, partial(measured_knowledge, documents, questions, SETTINGS))
    told(f"{found.n} answers looked for", ours, theirs, "index and search of the profile")


def plain_folds(texts: Sequence[str], y: np.ndarray, groups: np.ndarray) -> list[np.ndarray]:
    """The same folds and sizes, each through scikit-learn's own pipeline."""
    predicted = []
    for train, test in folds(y, groups, module.FOLDS):
        for rows in module._growing(train, y):
            plain = make_pipeline(
                TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\w+"),
                LogisticRegression(C=10.0, solver="saga", tol=1e-2, max_iter=200, random_state=module.SEED),
            )
            plain.fit([texts[row] for row in rows], y[rows])
            predicted.append(plain.predict([texts[row] for row in test]))
    return predicted


def labels(path: Path) -> None:
    table = read_upload(path.name, path.read_bytes(), slot=Slot.QUESTIONS).qa
    assert table is not None
    found = closed_label_set(table.answers)
    assert found is not None
    texts, y, groups = list(table.questions), np.array(found.label_of_row), np.arange(len(table))

    def ours() -> object:
        near_duplicates(texts)
        closed_label_set(table.answers)
        return classifier_baseline(texts, y, groups)

    result = ours()
    assert isinstance(result, ClassifierBaseline)
    whole = plain_folds(texts, y, groups)[len(module.SIZES) - 1 :: len(module.SIZES)]
    tests = [test for _, test in folds(y, groups, module.FOLDS)]
    right = sum((y[test] == guess).sum() for test, guess in zip(tests, whole, strict=True))
    assert right == result.full.accuracy.successes
    seconds, theirs = alternating(ours, partial(plain_folds, texts, y, groups), rounds=3)
    print(f"\n{path.name}: {len(y)} rows, {len(found.labels)} labels, accuracy {result.full.accuracy}")
    told("labels, copies, learning curve", seconds, theirs, "scikit-learn fits")


def main() -> None:
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, warm")
    retrieval()
    shared = Path(os.environ.get("CROSSOVER_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    for name in INTENTS:
        path = shared / "data" / "classification" / name
        if path.is_file():
            labels(path)
        else:
            print(f"\nshared data absent: {path}")


if __name__ == "__main__":
    main()
