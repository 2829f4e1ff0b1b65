"""Every hostile upload behaves as its row in the manifest says; unknown facts fail loudly."""

import csv
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from crossover.samples import Reading, Severity, Slot, combine, guess_slot, read_uploads

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("CROSSOVER_SHARED") or ROOT.parent / "shared")
HOSTILE = Path(os.environ.get("HOSTILE_DIR") or SHARED / "data" / "hostile")
SLOTS = {
    "qa": Slot.QUESTIONS,
    "chat": Slot.CHATS,
    "knowledge": Slot.KNOWLEDGE,
    "tools": Slot.TOOLS,
    "prompt": Slot.INSTRUCTIONS,
}
SECONDS_AT_MOST = 30


def manifest() -> list[dict[str, str]]:
    path = HOSTILE / "manifest.csv"
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


ABSENT = pytest.param(
    None, marks=pytest.mark.skip(reason="shared data absent: no hostile uploads"), id="absent"
)
every_hostile_upload = pytest.mark.parametrize("row", manifest() or [ABSENT], ids=lambda row: row["file"])
FORBIDDEN = ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec")
watched: list[tuple[str, object]] | None = None


def watch(event: str, args: tuple[object, ...]) -> None:
    """An audit hook: notes every connection, process and file opened for writing while a test watches."""
    if watched is None:
        return
    written = event == "open" and isinstance(args[0], str) and set(str(args[1] or "")) & set("wax+")
    if written or event in FORBIDDEN:
        watched.append((event, args[0]))


sys.addaudithook(watch)


@pytest.fixture(autouse=True)
def _nothing_leaves_the_process():
    global watched  # noqa: PLW0603 - an audit hook cannot be removed, only told to look away
    watched = []
    yield
    seen, watched = watched, None
    assert seen == []


def test_the_watch_sees_a_file_that_is_written(tmp_path):
    (tmp_path / "a").write_text("b")
    assert [event for event, _ in watched] == ["open"]
    watched.clear()


def total(readings: Sequence[Reading], fact: str) -> int:
    return sum(reading.facts.get(fact, 0) for reading in readings)


def everything(readings: Sequence[Reading]) -> str:
    """All that leaves the door as one text; must be encodable."""
    text = repr(readings)
    text.encode("utf-8")
    return text


def samples_text(readings: Sequence[Reading]) -> str:
    tables = [reading.qa for reading in readings if reading.qa is not None]
    cells = [
        cell for qa in tables for column in (qa.questions, qa.answers, qa.contexts or ()) for cell in column
    ]
    chats = [json.dumps(m, ensure_ascii=False) for r in readings for c in r.chats for m in c.messages]
    return "\n".join(
        cells + chats + [d.text for r in readings for d in r.documents] + [r.instructions for r in readings]
    )


def named_lines(readings: Sequence[Reading]) -> set[int]:
    return {problem.line for reading in readings for problem in reading.problems if problem.line is not None}


def check_rows(readings, value):
    assert total(readings, "rows_read") == value
    if not any(reading.refused for reading in readings):
        check_kept(readings, value)


def check_kept(readings, value):
    assert sum(len(r.qa) for r in readings if r.qa is not None) == value


FACTS = {
    "rows": check_rows,
    "rows_good": check_kept,
    "usable_rows": check_kept,
    "columns": lambda rs, value: (
        pytest.fail(f"{rs[0].columns} != {value}") if list(rs[0].columns) != value else None
    ),
}


def check(condition: bool, readings: Sequence[Reading], value: object) -> None:
    assert condition, (value, [(r.facts, r.problems[:5]) for r in readings])


FACTS |= {
    "contains": lambda rs, value: check(value in samples_text(rs), rs, value),
    "must_not_contain": lambda rs, value: check(value not in everything(rs), rs, value),
    "bad_line": lambda rs, value: check(value in named_lines(rs), rs, value),
    "bad_lines": lambda rs, value: check(set(value) <= named_lines(rs), rs, value),
    "conflicts": lambda rs, value: check(total(rs, "conflicts") == value, rs, value),
    "exact_duplicates": lambda rs, value: check(total(rs, "exact_duplicates") == value, rs, value),
    "header_row": lambda rs, value: check(rs[0].header_row == value, rs, value),
    "formula_cells": lambda rs, value: check(total(rs, "formula_cells") == value, rs, value),
    "sheets": lambda rs, value: check(list(rs[0].sheets) == value, rs, value),
    "examples": lambda rs, value: check(sum(len(r.chats) for r in rs) == value, rs, value),
    "words": lambda rs, value: check(
        abs(len(samples_text(rs[:1]).split()) - value) < 0.01 * value, rs, value
    ),
    "pages": lambda rs, value: check(total(rs, "pages") == value, rs, value),
    "text_chars": lambda rs, value: check(total(rs, "characters") == value, rs, value),
    "chars": lambda rs, value: check(total(rs, "characters") == value, rs, value),
    "tools": lambda rs, value: check(sum(len(r.tools) for r in rs) == value, rs, value),
    "operations": lambda rs, value: check(total(rs, "operations") == value, rs, value),
    "bad": lambda rs, value: check(total(rs, "bad_names") == value, rs, value),
    "enum": lambda rs, value: check(max(r.facts.get("largest_enum", 0) for r in rs) == value, rs, value),
    "bytes_": lambda rs, value: check(total(rs, "bytes") == value, rs, value),
}
TRUE_OF_REFUSED_FILES_TOO = {"rows", "usable_rows", "bad_line", "bad_lines", "must_not_contain", "bytes_"}


def check_expected(readings: Sequence[Reading], expected: str) -> None:
    problems = [problem for reading in readings for problem in reading.problems]
    refused = all(reading.refused for reading in readings)
    if expected == "refuse":
        assert refused
    elif expected == "accept":
        assert not any(reading.refused for reading in readings), problems
        assert all(problem.severity is Severity.NOTE for problem in problems), problems
    elif expected == "accept_warn":
        assert not refused, problems
        assert problems
    else:
        assert expected == "accept_or_refuse", f"unknown expectation {expected}"
    for reading in readings:
        assert bool(reading.reason) == reading.refused
    for problem in problems:
        assert problem.what, problem
        assert problem.remedy, problem
        assert problem.file, problem


@every_hostile_upload
def test_a_hostile_upload_behaves_as_the_manifest_says(row):
    data = (HOSTILE / row["file"]).read_bytes()
    started = time.monotonic()
    readings = read_uploads(row["file"], data, slot=SLOTS[row["slot"]])
    assert time.monotonic() - started < SECONDS_AT_MOST
    everything(readings)
    check_expected(readings, row["expected"])
    refused = all(reading.refused for reading in readings)
    for fact, value in json.loads(row["facts"] or "{}").items():
        assert fact in FACTS, f"the manifest states a fact this test does not know: {fact}"
        if not refused or fact in TRUE_OF_REFUSED_FILES_TOO:
            FACTS[fact](readings, value)
    combine(readings)


@every_hostile_upload
def test_a_hostile_upload_is_sorted_and_read_without_a_slot(row):
    data = (HOSTILE / row["file"]).read_bytes()
    guess_slot(row["file"], data)
    everything(read_uploads(row["file"], data))
