"""No page keeps anybody out: axe-core finds no serious violation, in both languages, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, expect

PATHS = ["/", "/samples", "/evidence", "/what_if", "/prices", "/scenarios", "/methodology"]
# how many were opened; those on a tab that is not shown stay as they are
OPEN_ALL = """() => {
  const folded = [...document.querySelectorAll("details:not([open]) > summary")];
  return folded.filter(each => each.checkVisibility()).map(each => each.click()).length;
}"""
DESKTOP = SimpleNamespace(width=1440, height=900, color_scheme="light", locale="en-US")
GERMAN_PHONE = SimpleNamespace(width=390, height=844, color_scheme="dark", locale="de-DE")


def open_every_section(page: Page, settled: Callable[..., None]) -> None:
    """Open what is folded, and what is folded inside it, so that it is judged too."""
    while page.evaluate(OPEN_ALL):
        settled(page)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_with_all_its_sections_open_has_no_serious_barrier(
    path: str,
    open_page: Callable[..., Page],
    settled: Callable[..., None],
    barriers: Callable[[Page], list[str]],
) -> None:
    page = open_page(DESKTOP, path)
    open_every_section(page, settled)
    assert barriers(page) == []


@pytest.mark.parametrize("path", ["/", "/prices", "/scenarios"])
def test_a_page_in_german_on_a_dark_phone_has_no_serious_barrier(
    path: str, open_page: Callable[..., Page], barriers: Callable[[Page], list[str]]
) -> None:
    assert barriers(open_page(GERMAN_PHONE, path)) == []


def test_a_brief_has_no_serious_barrier(
    open_page: Callable[..., Page],
    settled: Callable[..., None],
    barriers: Callable[[Page], list[str]],
) -> None:
    author = open_page(DESKTOP, "/scenarios")
    author.locator(".st-key-share-title input").fill("What we take")
    author.get_by_role("button", name="Make a link").click()
    shown = author.locator(".st-key-new-link code")
    expect(shown).to_be_visible()
    link = shown.inner_text()
    for look in (DESKTOP, GERMAN_PHONE):
        reader = open_page(look, link[link.index("/brief") :])
        settled(reader)
        assert barriers(reader) == []


def test_a_barrier_is_found(browser: Browser, barriers: Callable[[Page], list[str]]) -> None:
    page = browser.new_page()
    page.set_content("<main><button></button></main>")
    assert any(each.startswith("button-name") for each in barriers(page))
    page.close()
