"""The first visitor after a start gets any page whole, whichever way the dashboard was started."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from scripts.local_server import serve

PAGES = {"/": "Compare", "/samples": "Samples", "/methodology": "Methodology"}


@pytest.mark.parametrize("entry", ("asgi.py", "app.py"))
@pytest.mark.parametrize(("path", "title"), PAGES.items(), ids=PAGES.values())
def test_each_page_is_whole_for_the_first_visitor_after_a_start(
    open_page: Callable[..., Page], entry: str, path: str, title: str
) -> None:
    with serve(entry) as started:
        page = open_page(path=path, url=started.url)
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
        page.close()
        assert "Traceback" not in started.log.read_text("utf-8")
