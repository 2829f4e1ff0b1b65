"""Where the store lives, and transactions that either happen whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as TooBusy

from crossover.store.errors import StoreUnavailable
from crossover.store.migrate import migrate
from crossover.words import say

PATH_VARIABLE, URL_VARIABLE = "CROSSOVER_DB", "DATABASE_URL"
PATIENCE_SECONDS = 30
"""How long a writer waits for the others."""

_POSTGRESQL = ("postgres", "postgresql", "postgresql+psycopg")


class Store:
    """The database of saved scenarios and links; a SQLite file comes into being with the first save."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.file = Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
        self._engine = _engine(url)
        self._ready: object = None
        self._getting_ready = Lock()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, on disk when it ends well, undone otherwise. Raises StoreUnavailable."""
        with _plain_errors():
            self._make_ready()
            writer = self._engine.connect().execution_options(begins="BEGIN IMMEDIATE")
            with writer as connection, connection.begin():
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that reads. Raises StoreUnavailable. Ask `has_saves` first: this creates, too."""
        with _plain_errors():
            self._make_ready()
            with self._engine.connect() as connection, connection.begin():
                yield connection

    @property
    def has_saves(self) -> bool:
        """Whether there is a database at all; without one there is nothing to read or to change."""
        return _identity(self.file) is not None

    def close(self) -> None:
        """Let go of all connections; the next call opens new ones."""
        self._engine.dispose()

    def _make_ready(self) -> None:
        """Bring the tables up to date, once; again if somebody put another file in its place."""
        if self._ready and self._ready == _identity(self.file):
            return
        with self._getting_ready:
            if self._ready and self._ready != _identity(self.file):
                self._engine.dispose()
            if self.file:
                _create(self.file)
            migrate(self._engine)
            self._ready = _identity(self.file)


def open_store(environ: Mapping[str, str], path: Path | None = None) -> Store:
    """The store that the settings name, without touching it; `path` goes before them.

    DATABASE_URL names a PostgreSQL server (psycopg must be installed) or a SQLite file, CROSSOVER_DB
    a SQLite file; without both it is a file in the person's data folder. Raises StoreUnavailable for
    a setting that names neither.
    """
    return Store(store_url(environ, path))


def store_url(environ: Mapping[str, str], path: Path | None = None) -> URL:
    """The address of the database, see `open_store`."""
    named = environ.get(URL_VARIABLE, "")
    if path is None and named:
        return _server_url(named)
    file = path or Path(environ.get(PATH_VARIABLE) or data_folder(environ) / "crossover.sqlite3")
    return URL.create("sqlite", database=str(file.expanduser()))


def data_folder(environ: Mapping[str, str]) -> Path:
    """Where this computer keeps a person's data of this program."""
    home = Path(environ.get("HOME") or Path.home())
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Crossover"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "Crossover"
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "crossover"


def _server_url(named: str) -> URL:
    try:
        url = make_url(named)
    except ArgumentError as error:
        raise StoreUnavailable(
            say("{variable} is not an address of a database.", variable=URL_VARIABLE)
        ) from error
    if url.drivername in _POSTGRESQL:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database not in (None, "", ":memory:"):
        return url
    raise StoreUnavailable(
        say(
            "{variable} names a {kind} database. Use postgresql://… or sqlite:///path, "
            "or leave it out to save into a file.",
            variable=URL_VARIABLE,
            kind=url.drivername,
        )
    )


def _engine(url: URL) -> Engine:
    """The engine; parameters are kept out of errors and logs, for they hold what people wrote."""
    if url.get_backend_name() != "sqlite":
        try:
            waits = {"connect_timeout": 10}
            return create_engine(url, connect_args=waits, pool_pre_ping=True, hide_parameters=True)
        except ModuleNotFoundError as error:
            raise StoreUnavailable(
                say("PostgreSQL needs a package: run pip install psycopg[binary].")
            ) from error
    engine = create_engine(url, connect_args={"timeout": PATIENCE_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Take the driver's own idea of transactions away, and let a commit wait until it is on disk."""
    connection.isolation_level = None
    connection.execute("PRAGMA synchronous = FULL")


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the lock at once: one that began by reading could not wait for its turn."""
    begins = connection.get_execution_options().get("begins", "BEGIN")
    if begins:
        connection.exec_driver_sql(begins)


def _identity(file: Path | None) -> object:
    """Tells a file from a later one of its name: a connection to a removed one writes into nothing."""
    if file is None:
        return "server"
    try:
        found = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _unusable(error) from error
    return found.st_dev, found.st_ino


def _create(file: Path) -> None:
    """An empty file that only its owner may read, where there is none yet."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise _unusable(error) from error


def _unusable(error: OSError) -> StoreUnavailable:
    return StoreUnavailable(
        say(
            "The file for saved scenarios cannot be used: {why}. Name another one in {variable}.",
            why=error.strerror,
            variable=PATH_VARIABLE,
        )
    )


@contextmanager
def _plain_errors() -> Iterator[None]:
    """What the database says, without the statement and without its place."""
    try:
        yield
    except DBAPIError as error:
        raise StoreUnavailable(say("The database cannot be used now: {why}", why=error.orig)) from error
    except TooBusy as error:
        raise StoreUnavailable(say("Too many people save at once. Try again in a minute.")) from error
