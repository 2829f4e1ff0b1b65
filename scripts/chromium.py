"""The browser the tests use: find the system's Chromium, or install it with apt-get.

Run as a program it makes sure there is one and ends with a message otherwise. `CHROMIUM=/path` chooses one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]

HOW_TO_INSTALL = """\
The browser tests need Chromium, and none was found. Install it, then try again:
  Debian:  sudo apt-get install chromium
  Ubuntu:  sudo snap install chromium
  macOS:   brew install --cask chromium
Or name the one you have: make test CHROMIUM=/path/to/chrome"""


def find() -> str | None:
    """The path of a browser that starts, or None."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else [path for name in NAMES if (path := shutil.which(name))]
    return next((path for path in candidates if starts(path)), None)


def starts(path: str) -> bool:
    """Whether the program answers with its version: Ubuntu's package is a stub that only names the snap."""
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def install() -> None:
    """Install Debian's package where that can be done without a question; say so when it fails."""
    prefix = _administrator()
    if prefix is None or not shutil.which("apt-get"):
        return
    print("Installing Chromium for the browser tests (once) ...", flush=True)
    for step in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        done = subprocess.run(
            [*prefix, "apt-get", "-qq", *step],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            print(done.stdout, done.stderr, f"apt-get {step[0]} failed.", sep="\n", file=sys.stderr)


def _administrator() -> list[str] | None:
    """What to put before a command that needs root; None when it cannot be had without a password."""
    if os.geteuid() == 0:
        return ["env", "DEBIAN_FRONTEND=noninteractive"]
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    return None


def main() -> None:
    """Make sure there is a browser. Ends the program with instructions when there is none."""
    if find() is None:
        install()
        if find() is None:
            sys.exit(HOW_TO_INSTALL)


if __name__ == "__main__":
    main()
