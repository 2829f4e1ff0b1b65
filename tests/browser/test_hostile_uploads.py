"""Hostile files in the page itself: nothing runs, every refusal says why, and the session lives on."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

LEFT_TO_OTHER_TESTS = {
    "prompt_10mb.txt",  # size limits and
    "csv_200k_rows.csv",  # large tables are timed where the door is tested
}
# One call for all cards: the file's name as shown, and everything its card says.
READ_CARDS = """() => [...document.querySelectorAll("[class*='st-key-file-']")].map(
  card => [card.querySelector("code").textContent, card.innerText])"""
NOT_READ, REFUSED = "Not read", "Refused"


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, str]:
    """What should become of each file, by name: "accept", "accept_warn", "accept_or_refuse" or "refuse"."""
    with (shared / "data/hostile/manifest.csv").open(encoding="utf-8", newline="") as manifest:
        rows = {row["file"]: row["expected"] for row in csv.DictReader(manifest)}
    return {name: what for name, what in rows.items() if name not in LEFT_TO_OTHER_TESTS}


@pytest.fixture(scope="module")
def hostile_page(
    open_page_once: Callable[..., Page], expected: dict[str, str], shared: Path, drop: Callable[..., None]
) -> Page:
    """The Samples page after all of them were dropped at once; checked for dialogs and errors at the end."""
    page = open_page_once(path="/samples")
    drop(page, *(shared / "data/hostile" / name for name in expected))
    for documents in page.get_by_text("documents, all read").all():
        documents.click()
    return page


@pytest.fixture(scope="module")
def file_cards(hostile_page: Page) -> dict[str, str]:
    """What the page says about each file, by the name it shows."""
    return dict(hostile_page.evaluate(READ_CARDS))


def test_file_names_are_shown_letter_by_letter(expected: dict[str, str], file_cards: dict[str, str]) -> None:
    assert file_cards.keys() == expected.keys()


def test_refused_files_say_why_and_what_to_do(
    expected: dict[str, str],
    file_cards: dict[str, str],
    hostile_page: Page,
    screenshot: Callable[..., None],
) -> None:
    screenshot(hostile_page, "samples: hostile files")
    for name in (name for name, what in expected.items() if what == "refuse"):
        said = file_cards[name]
        assert NOT_READ in said, f"{name} was read"
        reason = said.partition(REFUSED)[2].partition(":")[2].strip()
        assert reason.count(".") >= 2, f"{name} is refused without a reason and a remedy: {reason!r}"


def test_usable_files_are_read_with_their_warnings(
    expected: dict[str, str], file_cards: dict[str, str]
) -> None:
    for name in (name for name, what in expected.items() if what in {"accept", "accept_warn"}):
        assert NOT_READ not in file_cards[name], f"{name} was refused: {file_cards[name]}"
    for name in (name for name, what in expected.items() if what == "accept_warn"):
        assert "to know" in file_cards[name], f"{name} is accepted without a word"


def test_markup_in_names_and_texts_makes_no_element(hostile_page: Page) -> None:
    for element in ("img[src='x']", "[onerror]", "iframe", "a[href^='javascript:']", "form"):
        expect(hostile_page.locator(f"[data-testid=stMain] {element}")).to_have_count(0)


def test_the_comparison_works_with_what_could_be_read_and_the_session_after_it(
    hostile_page: Page, go_to: Callable[..., None], screenshot: Callable[..., None]
) -> None:
    go_to(hostile_page, "Compare")
    verdict = hostile_page.locator(".st-key-verdict").get_by_role("heading")
    expect(verdict).to_contain_text("$")
    hostile_page.get_by_text("Show the request", exact=True).click()
    expect(hostile_page.get_by_role("tabpanel").locator("code").first).to_be_visible()
    screenshot(hostile_page, "compare: hostile files")
    expect(hostile_page.locator("[data-testid=stMain] img[src='x']")).to_have_count(0)
    go_to(hostile_page, "Samples")
    hostile_page.locator(".st-key-clear-files").get_by_role("button").click()
    expect(hostile_page.locator(".st-key-demo-banner")).to_be_visible()
    go_to(hostile_page, "Compare")
    expect(verdict).to_contain_text("$")
