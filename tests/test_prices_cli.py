"""The lines of `python -m crossover prices check`, on the real book and on books with a planted fault."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import pytest

from crossover.prices import DATA, Source, load_presets, load_price_book
from crossover.prices_cli import check_folder, check_lines, row_findings

TODAY = date(2026, 11, 22)
BOOK = load_price_book()
ROW = next(row for row in BOOK.inference_rows if (row.host, row.model) == ("openai", "gpt-4o-mini"))


def lines_of(*rows) -> str:
    return "\n".join(check_lines(replace(BOOK, inference_rows=rows), TODAY)[0])


def test_the_real_book_has_no_error():
    lines, code = check_lines(BOOK, TODAY, load_presets().values())
    assert code == 0
    assert not [line for line in lines if line.startswith("Wrong")]
    assert "wrong 0" in lines[-1]


def test_two_rows_for_the_same_day_are_an_error():
    first = replace(ROW, valid_from=date(2025, 1, 1), valid_to=date(2025, 6, 2))
    second = replace(ROW, valid_from=date(2025, 6, 1), valid_to=None)
    lines, code = check_lines(replace(BOOK, inference_rows=(second, first)), TODAY)
    assert code == 1
    assert "Two rows hold on 2025-06-01: end the first one there." in "\n".join(lines)


def test_rows_that_meet_on_a_day_do_not_overlap_and_leave_no_gap():
    first = replace(ROW, valid_from=date(2025, 1, 1), valid_to=date(2025, 6, 1))
    second = replace(ROW, valid_from=date(2025, 6, 1), valid_to=None)
    found = row_findings(replace(BOOK, inference_rows=(first, second)))
    assert not [finding for finding in found if finding.kind in ("overlap", "gap")]


def test_other_regions_and_other_models_are_no_overlap():
    found = row_findings(
        replace(BOOK, inference_rows=(ROW, replace(ROW, region="eu"), replace(ROW, model="x")))
    )
    assert not [finding for finding in found if finding.kind == "overlap"]


def test_days_without_a_row_are_named():
    first = replace(ROW, valid_from=date(2025, 1, 1), valid_to=date(2025, 6, 1))
    second = replace(ROW, valid_from=date(2025, 6, 3), valid_to=None)
    assert "No row from 2025-06-01 until 2025-06-03" in lines_of(first, second)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"source": Source("", TODAY)}, "Names no page"),
        ({"valid_from": None}, "Has no first day"),
        ({"valid_from": date(2025, 2, 1), "valid_to": date(2025, 1, 1)}, "before it begins"),
    ],
)
def test_a_fault_in_one_row_is_named_with_what_to_do(change, words):
    assert words in lines_of(replace(ROW, **change))


def test_old_pages_are_listed_once_with_their_number_of_rows():
    page = Source("https://prices.example/old", date(2026, 8, 23))  # 91 days before
    rows = [replace(ROW, model=name, source=page, valid_to=None) for name in ("a", "b", "c")]
    text = lines_of(*rows)
    assert text.count("https://prices.example/old") == 1
    assert "https://prices.example/old: read again, last on 2026-08-23 for 3 rows." in text
    fresh = replace(page, as_of=date(2026, 8, 24))  # 90 days before
    assert "prices.example" not in lines_of(*(replace(row, source=fresh) for row in rows))


def test_a_row_that_cannot_be_read_is_a_line_and_not_a_traceback(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(DATA / "prices", folder / "prices")
    shutil.copytree(DATA / "presets", folder / "presets")
    shutil.copy(DATA / "lifecycle.csv", folder)
    assert check_folder(folder, TODAY)[1] == 0
    table = folder / "prices" / "inference.csv"
    table.write_text(
        table.read_text(encoding="utf-8").replace(",0.15,0.6,", ",cheap,0.6,", 1), encoding="utf-8"
    )
    (first, second), code = check_folder(folder, TODAY)
    assert code == 1
    assert first == "Wrong (1)"
    assert "inference.csv, line 2" in second
    assert "cheap" in second
