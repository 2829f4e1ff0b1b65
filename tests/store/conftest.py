"""Every test of the store runs on both databases: a SQLite file, and a PostgreSQL started for the purpose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest
from postgres_cluster import PostgresAbsent, cluster

from crossover.own_prices import OwnPrice
from crossover.scenario import Scenario
from crossover.store import Shelf, Store, new_key, open_store

ABSENT = "PostgreSQL absent"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server's address; skips where none can be started, and the summary says so."""
    try:
        with cluster() as address:
            yield address
    except PostgresAbsent as error:
        pytest.skip(f"{ABSENT}: {error}")


@pytest.fixture
def empty_server(server: str) -> str:
    """The server with nothing in it."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return server


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The settings that name an empty database, of either kind."""
    if request.param == "sqlite":
        return {"CROSSOVER_DB": str(tmp_path / "data" / "crossover.sqlite3")}
    return {"DATABASE_URL": request.getfixturevalue("empty_server")}


@pytest.fixture
def store(settings: dict[str, str]) -> Iterator[Store]:
    """A store in which nothing was saved yet."""
    store = open_store(settings)
    yield store
    store.close()


@pytest.fixture
def shelf(store: Store) -> Shelf:
    """One owner's part of it."""
    return Shelf(store, new_key())


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 22, 9, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture
def scenario() -> Scenario:
    """A scenario with something in every kind of field."""
    price = OwnPrice((("host", "openai"), ("model", "m\x00é")), "typed in", date(2026, 11, 1))
    return Scenario(
        price_date=date(2024, 7, 16),
        requests_per_month=123_456.75,
        prompt_caching=False,
        overrides=(("day_rate_usd", 700.0),),
        own_prices=(price,),
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly that half of these tests did not run."""
    reasons = [str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", [])]
    absent = [reason for reason in reasons if ABSENT in reason]
    if absent:
        terminalreporter.section("PostgreSQL not found", red=True, bold=True)
        terminalreporter.line(f"{len(absent)} tests of the store ran on SQLite only. {absent[0]}")
