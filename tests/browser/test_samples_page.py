"""Correcting what became of files: remove and undo, another slot or column, typed instructions."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

TRIES_TO_OPEN_A_LIST = 4

TABLE = """subject,message,reply
Invoice,Where do I find the invoice of March?,Under Account and then Invoices.
Delivery,When does my parcel arrive?,Two working days after you ordered.
Return,How do I send shoes back?,With the label in the box.
"""
TOOLS = """[{"type": "function", "function": {"name": "find_order", "description": "Finds an order.",
"parameters": {"type": "object", "properties": {"number": {"type": "string"}}}}}]"""


@pytest.fixture(scope="module")
def shared_page(open_page_once: Callable[..., Page]) -> Page:
    """One visitor's Samples page, which each test below begins again with a table of its own."""
    return open_page_once(path="/samples")


@pytest.fixture
def samples_page(
    shared_page: Page, tmp_path: Path, go_to: Callable[..., None], drop: Callable[..., None]
) -> Page:
    """The Samples page with one table of three rows."""
    go_to(shared_page, "Samples")
    if shared_page.locator(".st-key-clear-files").count():
        shared_page.locator(".st-key-clear-files").get_by_role("button").click()
        expect(shared_page.locator(".st-key-clear-files")).to_have_count(0)
    table = tmp_path / "tickets.csv"
    table.write_text(TABLE, encoding="utf-8")
    drop(shared_page, table)
    holds(shared_page, "questions", "3 rows")
    return shared_page


def holds(page: Page, name: str, words: str) -> None:
    """One box of that slot shows these words; while the page changes, the old box may still be there."""
    expect(page.locator(f".st-key-slot-{name}", has_text=words)).to_have_count(1)


def slot(page: Page, name: str) -> Locator:
    return page.locator(f".st-key-slot-{name}")


def choose(page: Page, picker: Locator, option: str) -> None:
    """Pick an option as a person would: open the list again when the page scrolled and closed it."""
    box, entry = picker.get_by_role("combobox"), page.get_by_role("option", name=option, exact=True)
    for _ in range(TRIES_TO_OPEN_A_LIST):
        box.hover()
        box.fill("")
        box.fill(option)
        try:
            entry.click(timeout=4_000)
        except PlaywrightTimeout:
            page.keyboard.press("Escape")
        else:
            return
    raise AssertionError(f"The list never offered {option!r}.")


def prompt_cost(page: Page) -> float:
    text = page.locator(".st-key-card-prompting").inner_text()
    found = re.search(r"Per 1,000 requests: \$([\d.]+)", text)
    assert found is not None, text
    return float(found[1])


def test_a_removed_file_comes_back_with_undo(
    samples_page: Page, tmp_path: Path, drop: Callable[..., None]
) -> None:
    tools = tmp_path / "tools.json"
    tools.write_text(TOOLS, encoding="utf-8")
    drop(samples_page, tools)
    holds(samples_page, "tools", "1 tool")
    samples_page.locator("[class*='st-key-remove-tools']").get_by_role("button").click()
    holds(samples_page, "tools", "none yet")
    holds(samples_page, "questions", "3 rows")
    samples_page.locator(".st-key-undo-remove").get_by_role("button").click()
    holds(samples_page, "tools", "1 tool")
    expect(samples_page.locator(".st-key-undo-remove")).to_have_count(0)


def test_a_file_can_be_put_into_another_slot_and_back(
    samples_page: Page, tmp_path: Path, drop: Callable[..., None]
) -> None:
    page = tmp_path / "handbook.txt"
    page.write_text("Parcels leave the warehouse on the day after the order.\n" * 20, encoding="utf-8")
    drop(samples_page, page)
    holds(samples_page, "knowledge", "1 ")
    picker = samples_page.locator("[class*='st-key-slot-of-handbook']")
    choose(samples_page, picker, "Instructions")
    holds(samples_page, "instructions", "200 words")
    holds(samples_page, "knowledge", "none yet")
    choose(samples_page, picker, "Knowledge")
    holds(samples_page, "knowledge", "1 ")
    holds(samples_page, "instructions", "none yet")


def test_another_column_can_be_the_question(
    samples_page: Page, go_to: Callable[..., None], settled: Callable[..., None]
) -> None:
    samples_page.get_by_text("Columns and preview").click()
    choose(samples_page, samples_page.locator("[class*='st-key-column-question']"), "subject")
    settled(samples_page)
    go_to(samples_page, "Compare")
    samples_page.get_by_text("Show the request", exact=True).click()
    sent = samples_page.get_by_role("tabpanel")
    expect(sent.locator("code").filter(has_text=re.compile(r"^\s*Invoice\s*$")).last).to_be_visible()
    expect(sent.get_by_text("Where do I find the invoice of March?")).to_have_count(0)


def test_typed_instructions_survive_another_page_and_make_the_prompt_dearer(
    samples_page: Page, go_to: Callable[..., None], screenshot: Callable[..., None]
) -> None:
    go_to(samples_page, "Compare")
    before = prompt_cost(samples_page)
    go_to(samples_page, "Samples")
    typed = "Answer briefly and name the next step. " * 30
    box = samples_page.locator(".st-key-typed-instructions").get_by_role("textbox")
    box.fill(typed)
    box.blur()
    holds(samples_page, "instructions", "210 words")
    go_to(samples_page, "Compare")
    assert prompt_cost(samples_page) > before
    go_to(samples_page, "Samples")
    expect(box).to_have_value(re.compile("Answer briefly and name the next step"))
    holds(samples_page, "instructions", "210 words")
    screenshot(samples_page, "samples: typed instructions")
    box.fill("")
    box.blur()
    holds(samples_page, "instructions", "none yet")


def test_one_of_many_documents_can_be_opened_and_removed(
    samples_page: Page, tmp_path: Path, drop: Callable[..., None]
) -> None:
    pages = [tmp_path / f"page {number}.txt" for number in range(9)]
    for number, page in enumerate(pages):
        page.write_text(f"Chapter {number}: the warehouse in hall {number} closes at noon.", encoding="utf-8")
    drop(samples_page, *pages)
    holds(samples_page, "knowledge", "9 ")
    samples_page.get_by_text("9 documents, all read").click()
    picker = samples_page.locator(".st-key-opened-documents")
    choose(samples_page, picker, "page 3.txt")
    samples_page.keyboard.press("Escape")
    samples_page.locator("[class*='st-key-remove-page-3']").get_by_role("button").click()
    holds(samples_page, "knowledge", "8 ")
    expect(samples_page.locator("[class*='st-key-file-page-3']")).to_have_count(0)


def test_the_demo_company_stands_in_again_and_speaks_german_on_request(
    samples_page: Page, go_to: Callable[..., None], settled: Callable[..., None]
) -> None:
    page = samples_page
    page.locator(".st-key-clear-files").get_by_role("button").click()
    expect(page.locator(".st-key-demo-banner")).to_be_visible()
    settled(page)
    english = slot(page, "instructions").inner_text()
    page.get_by_role("radio", name="Deutsch").click()
    settled(page)
    assert slot(page, "instructions").inner_text() != english
    go_to(page, "Compare")
    page.get_by_text("Show the request", exact=True).click()
    expect(page.get_by_role("tabpanel")).to_contain_text(re.compile(r"\b(?:und|nicht|für)\b"))
