"""A PostgreSQL server that lives as long as a `with`: in a folder of its own, on a unix socket only."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
PATIENCE_SECONDS = 30


class PostgresAbsent(RuntimeError):
    """The server cannot be started on this computer; the message says why."""


@contextmanager
def cluster(durable: bool = False) -> Iterator[str]:
    """The address of a fresh server's database. PostgreSQL refuses to run as root: then its own user does."""
    initdb, server = _program("initdb"), _program("postgres")
    user = _user()
    folder = Path(tempfile.mkdtemp(prefix="crossover-pg-"))
    if user:
        shutil.chown(folder, user, user)
    try:
        data = folder / "data"
        made = subprocess.run(
            [initdb, "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync", "--locale=C"],
            user=user,
            group=user,
            cwd=folder,
            capture_output=True,
            check=False,
        )
        if made.returncode:
            raise PostgresAbsent(made.stderr.decode(errors="replace"))
        settings = {"listen_addresses": "", "unix_socket_directories": folder, "max_connections": 60}
        settings |= {} if durable else {"fsync": "off"}
        options = [f"-c{name}={value}" for name, value in settings.items()]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [server, "-D", data, *options], user=user, group=user, cwd=folder, stdout=log, stderr=log
            )
        try:
            address = f"postgresql://postgres@/postgres?host={folder}"
            _wait(process, address, folder / "log")
            yield address
        finally:
            process.send_signal(signal.SIGINT)  # stop now, without waiting for those still connected
            process.wait(PATIENCE_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _program(name: str) -> str:
    """Debian keeps the server's programs out of PATH."""
    places = sorted(DEBIAN.glob(f"*/bin/{name}"), reverse=True)
    found = shutil.which(name) or next(map(str, places), None)
    if found is None:
        raise PostgresAbsent(f"{name} is not installed (Debian: apt-get install postgresql)")
    return found


def _user() -> str | None:
    return "postgres" if os.geteuid() == 0 else None


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is

    until = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise PostgresAbsent(log.read_text(errors="replace"))
