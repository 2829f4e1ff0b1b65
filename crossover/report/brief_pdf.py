"""The brief as PDF, printed by the system's Chromium where there is one; nothing goes over the network."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crossover.words import mark, say

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS = 30.0
BY_HAND = mark("Open the HTML file and choose Print, then Save as PDF: it fits two A4 pages.")
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pdf-header-footer",
    # no name resolves and no proxy is asked, so the page could not fetch anything if it wanted to
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-proxy-server",
)


@dataclass(frozen=True, slots=True)
class PrintedBrief:
    """The PDF, or None and a sentence that says what to do instead."""

    pdf: bytes | None
    instead: str = ""


def find_browser() -> str | None:
    """The path of a Chromium on this machine."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def brief_pdf(html: str, browser: str | None = None, seconds: float = SECONDS) -> PrintedBrief:
    """Print a page of `brief_html`. Never raises: where no browser prints it, the print dialogue can."""
    program = browser or find_browser()
    if program is None:
        return PrintedBrief(None, _instead(say("There is no Chromium on this server.")))
    with tempfile.TemporaryDirectory(prefix="crossover-", ignore_cleanup_errors=True) as folder:
        page, target = Path(folder) / "brief.html", Path(folder) / "brief.pdf"
        page.write_text(html, encoding="utf-8")
        is_done = _run(_command(program, page, target), seconds)
        found = target.read_bytes() if is_done and target.is_file() else b""
    if not found.startswith(b"%PDF-"):
        return PrintedBrief(None, _instead(say("The PDF could not be printed here.")))
    return PrintedBrief(found)


def _instead(why: str) -> str:
    return f"{why} {say(BY_HAND)}"


def _command(program: str, page: Path, target: Path) -> list[str]:
    profile = page.parent / "profile"
    # Chromium refuses its sandbox to the superuser, as whom a container often runs
    alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    files = [f"--user-data-dir={profile}", f"--print-to-pdf={target}", page.as_uri()]
    return [program, *_FLAGS, *alone, *files]


def _run(command: list[str], seconds: float) -> bool:
    """Whether the command ended well in time; with it end the processes it started."""
    null = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, start_new_session=True, stdin=null, stdout=null, stderr=null)
    except OSError:
        return False
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):  # all of them have ended by themselves
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
