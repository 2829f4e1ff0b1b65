"""The tables brought up to date by Alembic, safely when several processes start at once."""

from __future__ import annotations

import time
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import OperationalError

from crossover.store.errors import StoreUnavailable
from crossover.words import say

LATEST = "v0002_shares"
"""The newest of crossover/store/migrations/versions."""

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_ADVISORY_LOCK = 7_271_624_533  # any number, the same in all processes
_WAL_TRIES, _WAL_PAUSE_SECONDS = 300, 0.1


def migrate(engine: Engine, to: str = LATEST) -> None:
    """Bring the tables to a version. Raises StoreUnavailable for a database of a newer one."""
    with engine.connect() as connection, connection.begin():
        if revision_of(connection) == to:
            return
    if engine.dialect.name == "sqlite":
        _switch_to_wal(engine)
    with engine.connect().execution_options(begins="BEGIN EXCLUSIVE") as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            # held until the transaction ends; the others wait here and then find nothing to do
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        if revision_of(connection) != to:
            _upgrade(connection, to)


def revision_of(connection: Connection) -> str | None:
    """The version of the tables, None when there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection, to: str) -> None:
    """Imported late: a database that is up to date, the usual case, needs no Alembic."""
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError as error:
        raise StoreUnavailable(
            say(
                "A newer version of Crossover has written this database. Update Crossover, or name another "
                "database."
            )
        ) from error


def _switch_to_wal(engine: Engine) -> None:
    """Readers beside a writer, for good: the switch stays in the file.

    It cannot be part of a transaction, and SQLite refuses it at once, without patience, while
    another process has the file open.
    """
    with engine.connect().execution_options(begins="") as connection:
        for _ in range(_WAL_TRIES):
            try:
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            except OperationalError as error:
                if "locked" not in str(error.orig):
                    raise
                connection.rollback()
                time.sleep(_WAL_PAUSE_SECONDS)
            else:
                return
    raise StoreUnavailable(say("The database is busy. Try again in a minute."))
