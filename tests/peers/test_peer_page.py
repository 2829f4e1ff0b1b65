"""docs/peers.md says what the functions say, and gives a reason for every difference."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import agreement
import pytest
from published import Basis, Row

PAGE = Path(__file__).resolve().parents[2] / "docs" / "peers.md"
ROWS = [(peer.name, row) for peer in agreement.PEERS for row in peer.rows]
EQUAL = Row("a month", 100.0, 100.004, Basis.PRINTED)


def test_the_page_is_what_the_command_writes():
    assert PAGE.read_text(encoding="utf-8") == agreement.page(), (
        "run: python tests/peers/agreement.py --write docs/peers.md"
    )


@pytest.mark.parametrize(("peer", "row"), ROWS, ids=lambda one: getattr(one, "what", one))
def test_a_number_that_differs_has_a_reason_and_one_that_agrees_has_none(peer, row):
    assert row.is_same == (row.why == "") == (row.explained == 0), peer


def test_no_name_stands_twice_with_the_same_unit():
    names = [(peer, row.what, row.unit) for peer, row in ROWS]
    assert len(names) == len(set(names))


def test_the_summary_counts_every_number_once():
    same = sum(row.is_same for _, row in ROWS)
    last = agreement.summary().splitlines()[-1]
    assert last == f"| **all** | {len(ROWS)} | {same} | {len(ROWS) - same} |"


def test_every_row_of_a_table_has_the_cells_of_its_head():
    tables = [part for part in agreement.page().split("\n\n") if part.startswith("|")]
    assert len(tables) == len(agreement.PEERS) + 2
    assert [len({line.count("|") for line in table.splitlines()}) for table in tables] == [1] * len(tables)


@pytest.mark.parametrize(
    ("row", "same"),
    [
        (EQUAL, True),
        (replace(EQUAL, ours=100.006), False),
        (replace(EQUAL, digits=3), False),
        (replace(EQUAL, theirs=None), False),
        (replace(EQUAL, theirs=None, ours=None), True),
    ],
)
def test_same_means_apart_by_half_of_the_last_digit_at_most(row, same):
    assert row.is_same is same


def test_a_wrong_reason_is_seen():
    row = replace(EQUAL, ours=105.0, explained=4.9)
    assert abs(row.unexplained) > row.tolerance


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (EQUAL, "same"),
        (replace(EQUAL, ours=55.0), "-45.00"),
        (replace(EQUAL, theirs=7_840.0, ours=2_971.88, digits=-1), "-4,870"),
    ],
)
def test_a_difference_is_shown_with_its_sign_and_the_digits_given(row, cell):
    assert agreement.difference(row) == cell


def test_a_number_that_never_comes_is_shown_as_never():
    assert agreement.number(None, 0) == "never"
