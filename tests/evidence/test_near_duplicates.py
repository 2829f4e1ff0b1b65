"""Copies and near copies against comparing each with each; planted ones in real questions; leakage."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.evidence.leakage import leakage
from crossover.evidence.near_duplicates import jaccard, near_duplicates
from crossover.samples import Slot, read_upload

TEXTS = st.lists(
    st.text(alphabet="ab c", max_size=14).map(lambda tail: f"where is my order {tail}")
    | st.text("ab ", max_size=8),
    max_size=12,
)


@pytest.fixture(scope="module")
def questions(shared):
    path = shared / "data/classification/banking77_train_40_per_class.csv"
    table = read_upload(path.name, path.read_bytes(), slot=Slot.QUESTIONS).qa
    assert table is not None
    # copies and near copies that were in the data before are taken out, so that what is planted is all
    own = near_duplicates(table.questions)
    first = np.unique(own.cluster_of, return_index=True)[1]
    return [table.questions[row] for row in first.tolist()]


def test_jaccard_by_hand():
    # "abcdef" has the shingles abcde, bcdef; "abcdeg" abcde, bcdeg: one of three is shared
    assert jaccard("abcdef", "ABCDEG!") == pytest.approx(1 / 3)
    assert jaccard("hi", "hi") == 1 and jaccard("hi", "ho") == 0


@given(TEXTS)
def test_pairs_are_those_of_comparing_each_with_each(texts):
    found = near_duplicates(texts)
    first = {group: row for row, group in reversed(list(enumerate(found.exact_of.tolist())))}
    rows = sorted(first.values())
    expected = {
        pair for pair in combinations(rows, 2) if jaccard(texts[pair[0]], texts[pair[1]]) >= 0.8 - 1e-9
    }
    assert {tuple(sorted(pair)) for pair in found.pairs.tolist()} == expected


@given(TEXTS)
def test_numbers_of_copies_add_up(texts):
    found = near_duplicates(texts)
    assert found.exact_copies + found.near_copies + found.effective_n == len(texts)
    assert found.exact_copies == len(found.repeats())
    assert sum(len(rows) - 1 for rows in found.clusters()) == found.exact_copies + found.near_copies


def test_a_chain_of_near_copies_is_one_cluster():
    base = "the quick brown fox jumps over the lazy dog near the old river bank"
    chain = [base, base + " today", base + " today ok", "something else altogether, really"]
    found = near_duplicates(chain)
    assert found.clusters() == ((0, 1, 2),) and found.effective_n == 2


def test_planted_exact_copies_are_counted_exactly(questions):
    random = np.random.default_rng(5)
    planted = random.choice(len(questions), len(questions) // 20, replace=False)
    found = near_duplicates([*questions, *(f"  {questions[row].upper()} " for row in planted)])
    assert (found.exact_copies, found.near_copies) == (len(planted), 0)
    assert found.repeats() == tuple(range(len(questions), len(questions) + len(planted)))


def test_planted_near_copies_are_found_and_nothing_else(questions):
    random = np.random.default_rng(6)
    long = [row for row, text in enumerate(questions) if len(text) > 60]
    planted = random.choice(long, 150, replace=False).tolist()
    edited = [_with_a_slip(questions[row], random) for row in planted]
    # a slip in the punctuation alone leaves an exact copy, which is no pair of different texts
    truly = {
        (row, len(questions) + place)
        for place, row in enumerate(planted)
        if 0.8 <= jaccard(questions[row], edited[place]) < 1
    }
    found = {tuple(sorted(pair)) for pair in near_duplicates([*questions, *edited]).pairs.tolist()}
    assert len(truly) > 100 and len(found & truly) / len(truly) >= 0.95
    assert len(found & truly) / len(found) >= 0.95


def _with_a_slip(text: str, random: np.random.Generator) -> str:
    """One letter left out in the last word but one, as typing does it."""
    place = int(random.integers(len(text) // 2, len(text) - 1))
    return text[:place] + text[place + 1 :]


def test_leaked_rows_are_named(questions):
    train, test = questions[:1000], questions[1000:1200]
    planted = [*test[:50], train[3], train[7].upper(), *test[50:], train[9] + " ok"]
    found = leakage(train, planted)
    assert found.exact_rows == (50, 51)
    assert set(found.near_rows) <= {len(planted) - 1}
    assert jaccard(train[9], planted[-1]) < 0.8 or found.near_rows == (len(planted) - 1,)
    assert found.leaked.trials == len(planted)


def test_a_near_copy_across_the_split_leaks_and_one_within_a_side_does_not():
    base = "please send the invoice for march to my new address in the old town"
    found = leakage([base], [base + " now", "when do you open on sundays", "when do you open on sundays?"])
    assert (found.exact_rows, found.near_rows, found.n) == ((), (0,), 3)


@pytest.mark.parametrize("texts", [[], ["one"], ["", ""], ["a", "b"]])
def test_few_and_short_texts(texts):
    found = near_duplicates(texts)
    assert len(found) == len(texts) and found.effective_n == len(set(texts))


def test_a_template_with_thousands_of_rows_is_gathered_without_comparing_each_with_each():
    texts = [
        f"please send order {row} to the address I gave you when I signed up last year" for row in range(3000)
    ]
    found = near_duplicates(texts)
    assert found.effective_n == 1
    assert len(found.pairs) < 1_500_000  # each with each would be 4.5 million
