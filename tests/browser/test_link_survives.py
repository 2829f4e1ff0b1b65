"""A shared link outlives the server that made it, and a reverse proxy's sub-path in front of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.local_server import LocalServer, serve

SUB_PATH = "tools/crossover"


@pytest.fixture
def started(tmp_path: Path) -> Callable[[], object]:
    """A function that starts the dashboard under a sub-path, each time with the same saved data."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["CROSSOVER_DB"] = str(tmp_path / "saved.sqlite3")
    return lambda: serve(environment=environment, base_path=SUB_PATH)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def shared_link(page: Page, server: LocalServer, settled: Callable[..., None]) -> str:
    page.goto(f"{server.url}/scenarios")
    settled(page)
    page.locator(".st-key-share-title input").fill("What we take")
    page.get_by_role("button", name="Make a link").click()
    return page.locator(".st-key-new-link code").inner_text()


def test_a_link_opens_after_the_server_was_started_again_under_its_sub_path(
    started: Callable[[], object], page: Page, browser: Browser, settled: Callable[..., None]
) -> None:
    with started() as first:
        link = shared_link(page, first, settled)
        assert link.startswith(f"{first.url}/brief?t=")
    with started() as second:
        reader = browser.new_context(locale="en-US").new_page()
        reader.goto(link.replace(first.url, second.url))
        expect(reader.locator("h2").first).to_contain_text("requests a month")
        reader.context.close()
