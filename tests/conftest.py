"""What every test may use: the folder of real data, and a count of what its absence left untested."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
ABSENT = "shared data absent"
BROWSER_TESTS = "tests/browser/"

# A busy machine is not a wrong result: how long an example takes is the business of the benchmarks.
# On a build server the same examples every time: red then means that the code changed.
settings.register_profile("crossover", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("crossover")


def shared_path() -> Path:
    """The folder of real data: `../shared`, or what CROSSOVER_SHARED names; it may not exist."""
    return Path(os.environ.get("CROSSOVER_SHARED") or ROOT.parent / "shared")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data; skips the test where it is absent, and the summary counts it."""
    folder = shared_path()
    if not folder.is_dir():
        pytest.skip(f"{ABSENT}: {folder} is not a folder")
    return folder


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Keep a file on one worker, and all browser tests too: one server and one browser serve them."""
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 - only where pytest-xdist is installed

    class OneBrowser(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return BROWSER_TESTS if nodeid.startswith(BROWSER_TESTS) else nodeid.partition("::")[0]

    return OneBrowser(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly how many tests did not run for want of the data, so that a green line is not misread."""
    reasons = [str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", [])]
    absent = Counter(reason for reason in reasons if ABSENT in reason.lower())
    if absent:
        terminalreporter.section("real data not found", red=True, bold=True)
        terminalreporter.line(
            f"{absent.total()} tests were skipped. Put the data into {shared_path()}, "
            "or name its folder in CROSSOVER_SHARED."
        )
        for reason, count in absent.most_common():
            terminalreporter.line(f"{count:5d}  {reason.removeprefix('Skipped: ')}")
