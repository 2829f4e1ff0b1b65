"""Where the store lives, and what it does when it cannot."""

from __future__ import annotations

import stat
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from crossover.store import (
    NotSaved,
    Shelf,
    StoreUnavailable,
    clear_draft,
    delete_scenario,
    duplicate_scenario,
    list_scenarios,
    list_shares,
    load_draft,
    new_key,
    open_store,
    purge,
    save_scenario,
)
from crossover.store.engine import store_url


def test_reading_and_changing_create_nothing(tmp_path, now):
    file = tmp_path / "new" / "store.sqlite3"
    store = open_store({"CROSSOVER_DB": str(file)})
    shelf = Shelf(store, new_key())
    assert (list_scenarios(shelf), list_shares(shelf), load_draft(shelf), purge(store, now)) == (
        (),
        (),
        None,
        0,
    )
    clear_draft(shelf)
    with pytest.raises(NotSaved):
        delete_scenario(shelf, "abc", now)
    assert not file.parent.exists()


def test_the_first_save_creates_a_file_for_its_owner_only(tmp_path, scenario, now):
    file = tmp_path / "new" / "store.sqlite3"
    store = open_store({}, file)
    save_scenario(Shelf(store, new_key()), "plan", scenario, now)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with store.reading() as connection:
        pragmas = ("journal_mode", "synchronous", "busy_timeout")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
    assert found == ["wal", 2, 30_000]  # 2 is FULL: a commit waits until it is on disk
    store.close()


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ({"CROSSOVER_DB": "/data/a.sqlite3"}, "sqlite:////data/a.sqlite3"),
        ({"DATABASE_URL": "postgres://u:p@h/d"}, "postgresql+psycopg://u:p@h/d"),
        ({"DATABASE_URL": "postgresql://h/d"}, "postgresql+psycopg://h/d"),
        ({"DATABASE_URL": "sqlite:////data/b.db", "CROSSOVER_DB": "/x"}, "sqlite:////data/b.db"),
        ({"DATABASE_URL": "", "CROSSOVER_DB": "/x"}, "sqlite:////x"),
    ],
)
def test_the_settings_say_where(settings, url):
    assert store_url(settings).render_as_string(hide_password=False) == url


def test_a_path_goes_before_the_settings():
    url = store_url({"DATABASE_URL": "postgresql://h/d", "CROSSOVER_DB": "/x"}, Path("/y"))
    assert str(url) == "sqlite:////y"


@pytest.mark.parametrize(
    ("platform", "settings", "file"),
    [
        ("linux", {"HOME": "/h"}, "/h/.local/share/crossover/crossover.sqlite3"),
        ("linux", {"HOME": "/h", "XDG_DATA_HOME": "/d"}, "/d/crossover/crossover.sqlite3"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Application Support/Crossover/crossover.sqlite3"),
        ("win32", {"HOME": "/h", "LOCALAPPDATA": "/l"}, "/l/Crossover/crossover.sqlite3"),
    ],
)
def test_without_settings_it_is_a_file_in_the_persons_data_folder(monkeypatch, platform, settings, file):
    monkeypatch.setattr(sys, "platform", platform)
    assert store_url(settings).database == file


@pytest.mark.parametrize(
    "named", ["mysql://h/d", "not an address", "sqlite://", "sqlite:///:memory:", "oracle://h"]
)
def test_a_database_we_do_not_speak_is_refused_at_once(named):
    with pytest.raises(StoreUnavailable, match="DATABASE_URL"):
        open_store({"DATABASE_URL": named})


def test_without_psycopg_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreUnavailable, match="psycopg"):
        open_store({"DATABASE_URL": "postgresql://h/d"})


def test_a_sqlite_store_needs_no_psycopg(monkeypatch, tmp_path, scenario, now):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    store = open_store({}, tmp_path / "store.sqlite3")
    assert save_scenario(Shelf(store, new_key()), "plan", scenario, now)
    store.close()


@pytest.mark.parametrize("place", ["a file/store.sqlite3", "x" * 300])
def test_a_place_that_cannot_be_written_is_named_as_a_setting(tmp_path, scenario, now, place):
    (tmp_path / "a file").write_text("")
    store = open_store({}, tmp_path / place)
    with pytest.raises(StoreUnavailable, match="CROSSOVER_DB"):
        save_scenario(Shelf(store, new_key()), "plan", scenario, now)


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path, scenario, now):
    file = tmp_path / "letter.txt"
    file.write_text("Dear reader, " * 500)
    with pytest.raises(StoreUnavailable, match="not a database"):
        save_scenario(Shelf(open_store({}, file), new_key()), "plan", scenario, now)
    assert file.read_text() == "Dear reader, " * 500


def test_a_server_that_does_not_answer_is_unavailable_and_the_password_stays_secret(tmp_path, scenario, now):
    store = open_store({"DATABASE_URL": f"postgresql://me:geheim@/d?host={tmp_path}"})
    with pytest.raises(StoreUnavailable) as failed:
        save_scenario(Shelf(store, new_key()), "plan", scenario, now)
    assert "geheim" not in str(failed.value)
    assert "geheim" not in repr(store.url)


def test_a_transaction_that_fails_leaves_nothing(store, scenario, now):
    shelf = Shelf(store, new_key())
    save_scenario(shelf, "kept", scenario, now)
    with pytest.raises(ZeroDivisionError), store.writing() as connection:
        connection.execute(text("UPDATE scenarios SET name = 'gone'"))
        raise ZeroDivisionError
    with pytest.raises(StoreUnavailable) as failed, store.writing() as connection:
        connection.execute(text("UPDATE scenarios SET name = 'gone'"))
        connection.execute(text("UPDATE nothing SET note = :note"), {"note": "a private note"})
    assert "a private note" not in str(failed.value) + str(failed.value.__cause__)
    assert [each.name for each in list_scenarios(shelf)] == ["kept"]


def test_a_reader_does_not_wait_for_a_writer(store, scenario, now):
    shelf = Shelf(store, new_key())
    save_scenario(shelf, "plan", scenario, now)
    with store.writing() as connection:
        connection.execute(text("UPDATE scenarios SET name = 'changing'"))
        with ThreadPoolExecutor(1) as reader:
            (found,) = reader.submit(list_scenarios, shelf).result(timeout=5)
        assert found.name == "plan"
    assert list_scenarios(shelf)[0].name == "changing"


def test_threads_that_save_first_at_once_all_succeed(store, scenario, now):
    shelf, start = Shelf(store, new_key()), threading.Barrier(8)

    def save(number):
        start.wait()
        save_scenario(shelf, f"plan {number}", scenario, now)

    with ThreadPoolExecutor(8) as people:
        list(people.map(save, range(8)))
    assert len(list_scenarios(shelf)) == 8


def test_changes_that_read_first_wait_for_their_turn_too(store, scenario, now):
    shelf, start = Shelf(store, new_key()), threading.Barrier(8)
    saved = save_scenario(shelf, "plan", scenario, now)

    def copy(_):
        start.wait()
        for _ in range(5):
            duplicate_scenario(shelf, saved.id, now)

    with ThreadPoolExecutor(8) as people:
        list(people.map(copy, range(8)))
    assert len(list_scenarios(shelf)) == 1 + 8 * 5


def test_saves_after_the_file_was_taken_away_go_into_a_new_one(tmp_path, scenario, now):
    """A connection still open to a removed file would take a save and lose it."""
    file = tmp_path / "store.sqlite3"
    store = open_store({}, file)
    shelf = Shelf(store, new_key())
    save_scenario(shelf, "lost with the file", scenario, now)
    for each in tmp_path.glob("store.sqlite3*"):
        each.unlink()
    assert list_scenarios(shelf) == ()
    save_scenario(shelf, "new", scenario, now)
    store.close()
    assert [each.name for each in list_scenarios(Shelf(open_store({}, file), shelf.owner))] == ["new"]
