"""Nothing confirmed is ever lost: `python benchmarks/kill_trials.py`.

First a process that saves without pause is killed (SIGKILL) at a random moment, 200 times over: every
save it had confirmed must be there, whole, and the file sound. Then 16 processes save 50 scenarios each
at the same time, into one SQLite file and into one PostgreSQL server: all 800 must be there. Prints one
JSON object for each part; the exit code is 1 when anything was lost.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(1, str(Path(__file__).resolve().parents[1] / "tests" / "store"))

# imported before any process is forked: the moments to be killed in are those of the database
import alembic.command  # noqa: F401
from postgres_cluster import PostgresAbsent, cluster
from sqlalchemy.dialects import sqlite  # noqa: F401

from crossover.own_prices import OwnPrice
from crossover.scenario import Scenario
from crossover.store import SavedScenario, Shelf, list_scenarios, open_store, save_scenario

OWNER = "an owner for this benchmark only"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
TRIALS, WRITERS, SAVES = 200, 16, 50
TRIALS_IN_A_FILE = 20
NO_SERVER = "none"
LONGEST_LIFE_SECONDS = 0.12


def scenario(name: str) -> Scenario:
    """A scenario that only this name has, large enough to span pages of the file."""
    price = OwnPrice((("host", "h"), ("model", name), ("note", name * 200)), "trial", date(2026, 11, 22))
    return Scenario(price_date=date(2026, 11, 22), model=name, own_prices=(price,) * 4)


def note(name: str) -> str:
    return f"{name} " * 200


def save(shelf: Shelf, name: str) -> None:
    save_scenario(shelf, name, scenario(name), NOW, note(name))


def half_saved(saved: SavedScenario) -> bool:
    """Whether a record is anything but what its name says it must be."""
    wanted = scenario(saved.name), note(saved.name).strip(), ()
    return (saved.scenario, saved.note, saved.problems) != wanted


def judged(settings: Mapping[str, str], confirmed: list[str]) -> dict[str, int]:
    """How many confirmed saves are missing, and how many records are not whole."""
    store = open_store(settings)
    found = list_scenarios(Shelf(store, OWNER))
    store.close()
    names = [each.name for each in found]
    missing = len(confirmed) - len(set(confirmed) & set(names))
    return {
        "lost": missing,
        "half_saved": sum(map(half_saved, found)),
        "twice": len(names) - len(set(names)),
    }


def is_corrupt(file: Path) -> bool:
    """Whether SQLite finds anything wrong with the file; none at all is sound."""
    if not file.exists():
        return False
    connection = sqlite3.connect(file)
    try:
        return connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
    except sqlite3.DatabaseError:
        return True
    finally:
        connection.close()


def forked(work: Callable[[Callable[[str], None]], None]) -> tuple[int, int]:
    """A process doing `work`, which is given a way to confirm names; its id and the end to read from."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    os.close(reading)
    try:
        work(lambda name: os.write(writing, f"{name}\n".encode()) and None)
    finally:
        os._exit(0)


def confirmed_of(reading: int) -> list[str]:
    """The names a process has confirmed, read to the end; a name that was cut off was not confirmed."""
    with os.fdopen(reading, encoding="utf-8") as lines:
        return [line.rstrip("\n") for line in lines if line.endswith("\n")]


def kill_trials(trials: int, folder: Path) -> dict[str, object]:
    """Kill a saving process at random moments, from the creation of the file on."""
    chance = random.Random(2026)
    sums = {"lost": 0, "half_saved": 0, "twice": 0}
    corrupt, before_any, in_all = 0, 0, 0
    confirmed: list[str] = []
    for trial in range(trials):
        file = folder / f"trials-{trial // TRIALS_IN_A_FILE}.sqlite3"
        if trial % TRIALS_IN_A_FILE == 0:
            confirmed = []

        def work(confirm: Callable[[str], None], trial: int = trial, file: Path = file) -> None:
            shelf = Shelf(open_store({"CROSSOVER_DB": str(file)}), OWNER)
            for number in range(10**6):
                save(shelf, f"trial-{trial}-{number}")
                confirm(f"trial-{trial}-{number}")

        process, reading = forked(work)
        time.sleep(chance.uniform(0, LONGEST_LIFE_SECONDS))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        now_confirmed = confirmed_of(reading)
        confirmed += now_confirmed
        in_all += len(now_confirmed)
        before_any += not now_confirmed
        corrupt += is_corrupt(file)
        for name, number in judged({"CROSSOVER_DB": str(file)}, confirmed).items():
            sums[name] += number
    return {
        "part": "kill -9",
        "trials": trials,
        "confirmed": in_all,
        "killed_before_any": before_any,
        "corrupt": corrupt,
    } | sums


def concurrent_writers(writers: int, saves: int, settings: Mapping[str, str]) -> dict[str, object]:
    """Many processes save at once into a database that is not there yet."""
    started = time.perf_counter()

    def work(confirm: Callable[[str], None], writer: int) -> None:
        shelf = Shelf(open_store(settings), OWNER)
        for number in range(saves):
            save(shelf, f"writer-{writer}-{number}")
            confirm(f"writer-{writer}-{number}")

    processes = [forked(lambda confirm, writer=writer: work(confirm, writer)) for writer in range(writers)]
    confirmed = [name for _, reading in processes for name in confirmed_of(reading)]
    seconds = time.perf_counter() - started
    for process, _ in processes:
        os.waitpid(process, 0)
    kind = "PostgreSQL" if "DATABASE_URL" in settings else "SQLite"
    return {
        "part": f"{writers} writers x {saves} saves, {kind}",
        "unconfirmed": writers * saves - len(confirmed),
        "seconds": round(seconds, 2),
    } | judged(settings, confirmed)


@contextmanager
def databases(folder: Path, url: str) -> Iterator[list[dict[str, str]]]:
    """The settings of a SQLite file and of a PostgreSQL server, the latter only where there is one."""
    file = {"CROSSOVER_DB": str(folder / "writers.sqlite3")}
    if url == NO_SERVER:
        yield [file]
        return
    if url:
        yield [file, {"DATABASE_URL": url}]
        return
    try:
        with cluster(durable=True) as address:
            yield [file, {"DATABASE_URL": address}]
    except PostgresAbsent as error:
        print(f"PostgreSQL absent, its part is left out: {error}", file=sys.stderr)
        yield [file]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=TRIALS)
    parser.add_argument("--writers", type=int, default=WRITERS)
    parser.add_argument("--saves", type=int, default=SAVES)
    parser.add_argument(
        "--database", default="", help="an empty PostgreSQL database, or none; else one is started"
    )
    options = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory(prefix="crossover-kill-") as name:
        results = [kill_trials(options.trials, Path(name))] if options.trials else []
        with databases(Path(name), options.database) as settings:
            results += [concurrent_writers(options.writers, options.saves, each) for each in settings]
    for result in results:
        print(json.dumps(result))
        bad += sum(
            int(str(result.get(key, 0))) for key in ("lost", "half_saved", "twice", "corrupt", "unconfirmed")
        )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
