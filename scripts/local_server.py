"""A server of the dashboard for tests and measurements: free port, health check, orderly end."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A running server: its address, process id, seconds until it was healthy, and what it printed."""

    url: str
    pid: int
    ready_seconds: float
    log: Path


@contextlib.contextmanager
def serve(
    entry: str = "asgi.py",
    *,
    folder: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    base_path: str = "",
    timeout_seconds: float = 60,
) -> Iterator[LocalServer]:
    """Serve `entry` ("asgi.py" or "app.py") of `folder` until the block ends.

    `environment` replaces the inherited one when given; `base_path` is the sub-path a reverse proxy
    passes on, such as "tools/crossover". Raises RuntimeError, with the server's own words, when
    it ends or stays silent for `timeout_seconds`.
    """
    port = _free_port()
    url = f"http://127.0.0.1:{port}" + (f"/{base_path}" if base_path else "")
    options = {"--server.port": str(port), "--server.baseUrlPath": base_path}
    command = [sys.executable, "-m", "streamlit", "run", entry, *chain.from_iterable(options.items())]
    with tempfile.NamedTemporaryFile(prefix="crossover-server-", suffix=".log") as log:
        started = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_healthy(process, url, started + timeout_seconds, log)
            yield LocalServer(url, process.pid, time.monotonic() - started, Path(log.name))
        finally:
            _end(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_until_healthy(process: subprocess.Popen[bytes], url: str, deadline: float, log: IO[bytes]) -> None:
    while not _is_healthy(url):
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with code {process.returncode}. {_last_words(log)}")
        if time.monotonic() > deadline:
            raise RuntimeError(f"The server did not answer in time. {_last_words(log)}")
        time.sleep(0.05)


def _is_healthy(url: str) -> bool:
    # An opener without proxies: a proxy named in the environment must not be asked for a loopback address.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _last_words(log: IO[bytes]) -> str:
    words = Path(log.name).read_text(encoding="utf-8", errors="replace")[-2000:].strip()
    return f"It printed:\n{words}" if words else "It printed nothing."


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
