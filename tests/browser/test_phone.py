"""On a telephone: nothing to push sideways, and the verdict without scrolling, in light and dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

# The scrolling part of a page is a box inside the document; either could be pushed sideways.
SIDEWAYS = """() => [document.documentElement, document.querySelector("[data-testid=stMain]")].map(
  box => box.scrollWidth - box.clientWidth)"""


def assert_fits(page: Page) -> None:
    assert page.evaluate(SIDEWAYS) == [0, 0], f"{page.url} can be pushed sideways"


def assert_verdict_is_above_the_fold(page: Page, height: int) -> None:
    box = page.locator(".st-key-verdict").get_by_role("heading").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= height


def test_a_phone_shows_the_verdict_first_and_no_page_wider_than_itself(
    *,
    open_page: Callable[..., Page],
    phone: object,
    tmp_path: Path,
    drop: Callable[..., None],
    go_to: Callable[..., None],
    screenshot: Callable[..., None],
) -> None:
    page = open_page(phone)
    assert_fits(page)
    assert_verdict_is_above_the_fold(page, phone.height)
    screenshot(page, f"{phone.name}: compare")
    page.get_by_role("link", name="Use your own data").click()
    expect(page.get_by_role("heading", name="Samples", level=1)).to_be_visible()
    questions = tmp_path / "a name without any place to break it, and_then_much_too_long_for_a_phone.csv"
    questions.write_text("question,answer\nWhere is it?,There\n", encoding="utf-8")
    drop(page, questions)
    assert_fits(page)
    screenshot(page, f"{phone.name}: samples")
    page.get_by_role("link", name="Compare the four strategies").click()
    expect(page.locator(".st-key-card-tuning")).to_be_visible()
    assert_fits(page)
    assert_verdict_is_above_the_fold(page, phone.height)
