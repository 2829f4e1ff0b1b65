"""Any database becomes today's: an empty one, an older one, and one that two processes open at once."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from crossover.store import Shelf, StoreUnavailable, list_scenarios, new_key, open_store, save_scenario
from crossover.store.engine import store_url
from crossover.store.migrate import LATEST, MIGRATIONS, migrate, revision_of
from crossover.store.shelf import hashed
from crossover.store.tables import metadata

FIRST = "v0001_scenarios"
OWNER = new_key()
START_AT_ONCE = """
import sys, json
from datetime import date, datetime, UTC
from crossover.scenario import Scenario
from crossover.store import Shelf, open_store, save_scenario
import alembic.command
shelf = Shelf(open_store(json.loads(sys.argv[1])), sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
save_scenario(shelf, "plan", Scenario(price_date=date(2026, 11, 22)), datetime(2026, 11, 22, tzinfo=UTC))
"""


@pytest.fixture
def older(settings, scenario, now):
    """A database as the first version left it, with a scenario in it."""
    store = open_store(settings)
    if store.file:
        store.file.parent.mkdir(parents=True)
    engine = create_engine(store_url(settings))
    migrate(engine, to=FIRST)
    with engine.begin() as connection:
        assert revision_of(connection) == FIRST
        assert not inspect(connection).has_table("shares")
        row = {"owner": hashed(OWNER), "scenario": scenario.to_json(), "now": now.replace(tzinfo=None)}
        connection.execute(
            text(
                "INSERT INTO scenarios (id, owner_hash, name, note, scenario, created_at, changed_at) "
                "VALUES ('abc', :owner, 'old plan', '', :scenario, :now, :now)"
            ),
            row,
        )
    engine.dispose()
    return settings


def test_the_newest_step_is_the_one_the_code_names():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [LATEST]


def test_an_empty_database_becomes_exactly_the_tables_of_the_code(store, scenario, now):
    save_scenario(Shelf(store, OWNER), "plan", scenario, now)
    with store.reading() as connection:
        assert revision_of(connection) == LATEST
        found = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(found, metadata) == []


def test_an_older_database_is_brought_up_to_date_and_keeps_what_is_in_it(older, scenario):
    store = open_store(older)
    (found,) = list_scenarios(Shelf(store, OWNER))
    assert (found.name, found.scenario) == ("old plan", scenario)
    with store.reading() as connection:
        assert revision_of(connection) == LATEST
        assert inspect(connection).has_table("shares")
    store.close()


def test_a_database_of_a_newer_version_is_left_alone(settings, scenario, now):
    store = open_store(settings)
    save_scenario(Shelf(store, OWNER), "plan", scenario, now)
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'v9999_future'"))
    store.close()
    later = open_store(settings)
    with pytest.raises(StoreUnavailable, match="newer version"):
        list_scenarios(Shelf(later, OWNER))
    later.close()


def test_a_step_that_fails_leaves_the_database_as_it_was(older, monkeypatch):
    """Both kinds of database take their steps inside one transaction."""
    monkeypatch.setattr("alembic.operations.Operations.create_index", lambda *_: 1 / 0)
    store = open_store(older)
    with pytest.raises(ZeroDivisionError):
        list_scenarios(Shelf(store, OWNER))
    monkeypatch.undo()
    store.close()
    engine = create_engine(store_url(older))
    with engine.connect() as connection:
        assert revision_of(connection) == FIRST
        assert not inspect(connection).has_table("shares")
    engine.dispose()
    again = open_store(older)
    assert len(list_scenarios(Shelf(again, OWNER))) == 1
    again.close()


def start_at_once(settings, root):
    """Three processes that open the same database in the same moment, and save one scenario each."""
    command = [sys.executable, "-c", START_AT_ONCE, json.dumps(settings), OWNER]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    processes = [subprocess.Popen(command, cwd=root, text=True, **pipes) for _ in range(3)]
    assert [process.stdout.readline() for process in processes] == ["ready\n"] * 3
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    errors = [process.communicate(timeout=60)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], errors
    store = open_store(settings)
    with store.reading() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [LATEST]
    found = len(list_scenarios(Shelf(store, OWNER)))
    store.close()
    return found


def test_processes_that_start_at_once_create_the_tables_once(settings, root):
    assert start_at_once(settings, root) == 3


def test_processes_that_start_at_once_bring_an_older_database_up_to_date_once(older, root):
    assert start_at_once(older, root) == 3 + 1
