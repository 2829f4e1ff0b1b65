"""The best accuracy contradictory labels allow, and who contradicts whom."""

from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.evidence.label_ceiling import ConflictingGroup, label_ceiling

rows = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz")), min_size=1, max_size=60)


def test_each_input_is_given_its_most_frequent_label() -> None:
    ceiling = label_ceiling(
        ["reset", "reset", "refund", "reset"], ["account", "security", "billing", "account"]
    )
    assert ceiling is not None
    # two of three "reset" and the one "refund" can be right: 3 of 4
    assert (ceiling.accuracy_share, ceiling.n) == (0.75, 4)
    (conflict,) = ceiling.conflicts
    assert conflict == ConflictingGroup((0, 1, 3), (("account", 2), ("security", 1)))
    assert conflict.lost_rows == 1


def test_the_conflict_that_costs_most_comes_first() -> None:
    texts = ["a", "a", "b", "b", "b", "b"]
    ceiling = label_ceiling(texts, ["x", "y", "x", "y", "y", "x"])
    assert ceiling is not None
    assert [conflict.rows for conflict in ceiling.conflicts] == [(2, 3, 4, 5), (0, 1)]


def test_without_rows_there_is_no_ceiling() -> None:
    assert label_ceiling([], []) is None


def test_every_input_needs_a_label() -> None:
    with pytest.raises(ValueError, match="zip"):
        label_ceiling(["a"], [])


@given(rows)
def test_it_is_what_the_best_lookup_table_scores(pairs: list[tuple[str, str]]) -> None:
    ceiling = label_ceiling(*zip(*pairs, strict=True))
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text, label in pairs:
        labels[text][label] += 1
    table = {text: counts.most_common(1)[0][0] for text, counts in labels.items()}
    assert ceiling is not None
    assert ceiling.accuracy_share == pytest.approx(
        sum(table[text] == label for text, label in pairs) / len(pairs)
    )


@given(rows)
def test_it_is_1_exactly_when_nobody_contradicts(pairs: list[tuple[str, str]]) -> None:
    ceiling = label_ceiling(*zip(*pairs, strict=True))
    assert ceiling is not None
    assert (ceiling.accuracy_share == 1) == (not ceiling.conflicts)
    assert (ceiling.accuracy_share == 1) == (len(set(pairs)) == len({text for text, _ in pairs}))


@given(rows, st.randoms())
def test_the_order_of_rows_does_not_matter(pairs: list[tuple[str, str]], random: object) -> None:
    shuffled = list(pairs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (label_ceiling(*zip(*each, strict=True)) for each in (pairs, shuffled))
    assert one is not None
    assert other is not None
    assert one.accuracy_share == other.accuracy_share
