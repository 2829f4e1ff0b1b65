"""The first visitor after a start gets any page whole, whichever way the dashboard was started."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from scripts.local_server import serve

TITLES = {"/": "Compare", "/samples": "Samples", "/methodology": "Methodology"}
# `asgi.py` runs the entrypoint before it answers, so every link takes the same way and one stands for all;
# with `app.py` the first visitor's page may be served from its file, and each file has to stand on its own.
STARTS = [("asgi.py", "/samples"), *(("app.py", path) for path in TITLES)]


@pytest.mark.parametrize(("entry", "path"), STARTS)
def test_a_page_is_whole_for_the_first_visitor_after_a_start(
    open_page: Callable[..., Page], entry: str, path: str
) -> None:
    with serve(entry) as started:
        page = open_page(path=path, url=started.url)
        expect(page.get_by_role("heading", name=TITLES[path], level=1)).to_be_visible()
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
        page.close()
        assert "Traceback" not in started.log.read_text("utf-8")
