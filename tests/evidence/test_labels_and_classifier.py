"""Closed label sets, the plain classifier against scikit-learn's own pipeline, and its learning curve."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from crossover.evidence import text_classifier
from crossover.evidence.classifier import ClassifierBaseline, Skipped, classifier_baseline
from crossover.evidence.labels import closed_label_set
from crossover.samples import Slot, read_upload

INTENTS = {
    "banking77": "classification/banking77_train_40_per_class.csv",
    "clinc150": "classification/clinc150_val.csv",
    "xsid_de": "classification/xsid_de_valid.csv",
}
LABELS = {"banking77": 77, "clinc150": 151, "xsid_de": 15}


def table_of(shared, path: str):
    table = read_upload(path, (shared / "data" / path).read_bytes(), slot=Slot.QUESTIONS).qa
    assert table is not None
    return table


@pytest.mark.parametrize("name", INTENTS)
def test_intents_are_a_closed_label_set(shared, name):
    table = table_of(shared, INTENTS[name])
    labels = closed_label_set(table.answers)
    assert labels is not None and len(labels.labels) == LABELS[name]
    assert labels.labelled == len(table) and set(labels.labels) == set(table.answers)


@pytest.mark.parametrize(
    "path", ["rag/xquad_en/qa.csv", "rag/xquad_de/qa.csv", "rag/covid_faq/faq_de_excel.csv"]
)
def test_free_answers_are_not(shared, path):
    assert closed_label_set(table_of(shared, path).answers) is None


@pytest.mark.parametrize(
    ("answers", "labels"),
    [
        (
            ["Yes"] * 6 + ["no", "No.", "NO", "no", "no"],
            ("Yes", "no"),
        ),  # spelling and case do not part labels
        (["yes"] * 5 + ["no"] * 5 + ["maybe"] * 5, None),  # three of 15 rows: a tenth allows two
        (["yes"] * 20 + ["no"] * 9 + ["maybe"], ("yes", "no", "maybe")),  # three of 30
        (["a"] * 4 + ["b"] * 4, None),  # no label has five rows
        (["yes"] * 16 + ["b"] * 4, ("yes", "b")),  # 16 of 20 rows share theirs with five: 80 %
        (["yes"] * 15 + ["b"] * 4, None),  # 15 of 19: 79 %
        (["one two three four five six seven eight nine ten"] * 20, None),  # over 8 tokens
        ([""] * 20, None),
        ([], None),
    ],
)
def test_the_rule_by_hand(answers, labels):
    found = closed_label_set(answers)
    assert (found.labels if found else None) == labels


def test_rows_without_an_answer_have_no_label():
    found = closed_label_set(["yes"] * 6 + [""] + ["no"] * 6)
    assert found is not None and found.label_of_row == (1,) * 6 + (-1,) + (0,) * 6
    assert found.counts == (6, 6)


@pytest.fixture(scope="module")
def intents(shared):
    table = table_of(shared, INTENTS["xsid_de"])
    labels = closed_label_set(table.answers)
    assert labels is not None
    return list(table.questions), np.array(labels.label_of_row)


def test_each_fold_predicts_what_a_pipeline_of_scikit_learn_predicts(intents):
    texts, y = intents
    random = np.random.default_rng(3).permutation(len(y))
    train, test = np.sort(random[:200]), np.sort(random[200:])
    words = {"ngram_range": (1, 2), "token_pattern": r"(?u)\w+"}
    counts = text_classifier.word_counts(texts)
    ours = text_classifier.predicted_labels(counts, y, train, test)
    plain = make_pipeline(
        TfidfVectorizer(**words),
        LogisticRegression(C=10.0, solver="saga", tol=1e-2, max_iter=200, random_state=text_classifier.SEED),
    )
    plain.fit([texts[row] for row in train], y[train])
    np.testing.assert_array_equal(ours, plain.predict([texts[row] for row in test]))


def test_it_beats_the_commonest_label_and_is_the_same_every_time(intents):
    texts, y = intents
    first, second = (classifier_baseline(texts, y, range(len(y))) for _ in range(2))
    assert isinstance(first, ClassifierBaseline) and first == second
    assert first.majority.share == pytest.approx(np.bincount(y).max() / len(y))
    assert first.full.accuracy.share > 2 * first.majority.share
    rows = [size.train_rows for size in first.sizes]
    assert rows[-1] == round(0.8 * len(y)) and rows == sorted(rows)
    for size in first.sizes:
        assert size.macro_f1_interval.low <= size.macro_f1 <= size.macro_f1_interval.high
        assert size.accuracy.interval.low < size.accuracy.share < size.accuracy.interval.high


def test_copies_never_stand_on_both_sides(intents):
    # a text of random letters can only be told by having seen its copy
    random = np.random.default_rng(0)
    texts = ["".join(random.choice(list("abcdefghij"), 12)) for _ in range(60)]
    y = np.repeat(random.integers(0, 2, 60), 2)
    twice = [text for text in texts for _ in range(2)]
    apart = classifier_baseline(twice, y, np.repeat(np.arange(60), 2))
    leaking = classifier_baseline(twice, y, np.arange(120))
    assert isinstance(apart, ClassifierBaseline) and isinstance(leaking, ClassifierBaseline)
    assert apart.full.accuracy.share < 0.65
    assert leaking.full.accuracy.share > 0.8


@pytest.mark.parametrize(
    ("labels", "groups", "reason"),
    [
        ([0] * 30, range(30), "same label"),
        ([0, 1] * 4, range(8), "Only 8"),
        ([0, 1] * 15, [0] * 30, "Only 1"),
    ],
)
def test_too_little_to_learn_from_is_skipped_with_the_reason(labels, groups, reason):
    skipped = classifier_baseline([f"word{row}" for row in range(len(labels))], labels, list(groups))
    assert isinstance(skipped, Skipped) and reason in skipped.reason


def test_a_stop_in_the_middle_is_passed_on(intents):
    texts, y = intents
    heard = []

    def stop(share: float) -> None:
        heard.append(share)
        if len(heard) == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        classifier_baseline(texts, y, range(len(y)), stop)
    assert heard == sorted(heard) and heard[-1] < 0.2


@pytest.mark.parametrize("name", INTENTS)
def test_half_of_the_rows_foretell_the_accuracy_with_all_of_them(shared, name):
    """The bar: within three points. Half of each label's rows, their curve read at twice the size."""
    table = table_of(shared, INTENTS[name])
    labels = closed_label_set(table.answers)
    assert labels is not None
    y = np.array(labels.label_of_row)
    order = np.random.default_rng(1).permutation(len(y))
    half = np.concatenate(
        [mine[: (len(mine) + 1) // 2] for c in np.unique(y) if len(mine := order[y[order] == c])]
    )
    little = classifier_baseline([table.questions[row] for row in half], y[half], range(len(half)))
    whole = classifier_baseline(table.questions, y, range(len(y)))
    assert isinstance(little, ClassifierBaseline) and isinstance(whole, ClassifierBaseline)
    size = min(whole.full.train_rows, little.curve.reach_rows)
    assert little.curve.accuracy_share_at(size) == pytest.approx(whole.full.accuracy.share, abs=0.03)
