"""Killed at any moment, and written by many at once, the store loses nothing that it confirmed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import kill_trials
from crossover.store import Shelf, open_store

SCRIPT = Path(kill_trials.__file__)


def run(*arguments):
    """The script in a process of its own: it forks, and this one may have threads."""
    done = subprocess.run(
        [sys.executable, SCRIPT, *arguments], capture_output=True, text=True, check=False, timeout=120
    )
    return done, [json.loads(line) for line in done.stdout.splitlines()]


def test_a_few_processes_killed_while_saving_lose_nothing_confirmed():
    done, (killed, _) = run("--trials", "6", "--writers", "1", "--saves", "1", "--database", "none")
    assert done.returncode == 0, done.stderr + done.stdout
    assert killed["trials"] == 6
    assert killed["confirmed"] > 0
    assert [killed[name] for name in ("lost", "half_saved", "twice", "corrupt")] == [0, 0, 0, 0]


def test_processes_that_save_at_the_same_time_all_keep_what_they_saved(settings):
    database = settings.get("DATABASE_URL", "none")
    done, results = run("--trials", "0", "--writers", "6", "--saves", "8", "--database", database)
    assert done.returncode == 0, done.stderr + done.stdout
    assert len(results) == (1 if database == "none" else 2)
    for each in results:
        assert each["part"].startswith("6 writers x 8 saves")
        assert [each[name] for name in ("unconfirmed", "lost", "half_saved", "twice")] == [0, 0, 0, 0]


@pytest.fixture
def saved(tmp_path):
    """A file with three saves of the trials in it."""
    file = tmp_path / "store.sqlite3"
    store = open_store({"CROSSOVER_DB": str(file)})
    for name in ("one", "two", "three"):
        kill_trials.save(Shelf(store, kill_trials.OWNER), name)
    store.close()
    return file


def test_the_trials_notice_a_lost_save(saved):
    settings = {"CROSSOVER_DB": str(saved)}
    whole = {"lost": 0, "half_saved": 0, "twice": 0}
    assert kill_trials.judged(settings, ["one", "two", "three"]) == whole
    assert kill_trials.judged(settings, ["one", "four"]) == whole | {"lost": 1}


def test_the_trials_notice_half_a_record(saved):
    settings = {"CROSSOVER_DB": str(saved)}
    store = open_store(settings)
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE scenarios SET note = substr(note, 1, 50) WHERE name = 'two'")
    store.close()
    assert kill_trials.judged(settings, ["one"]) == {"lost": 0, "half_saved": 1, "twice": 0}


def test_the_trials_notice_a_corrupt_file(saved):
    assert not kill_trials.is_corrupt(saved)
    content = bytearray(saved.read_bytes())
    content[4096:20_000] = b"x" * (20_000 - 4096)
    saved.write_bytes(content)
    assert kill_trials.is_corrupt(saved)
