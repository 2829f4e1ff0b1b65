"""The What-if page in a real browser, on real data: read it, move it, and fit it on a telephone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

SIDEWAYS = """() => [document.documentElement, document.querySelector("[data-testid=stMain]")].map(
  box => box.scrollWidth - box.clientWidth)"""
TURNING = re.compile("costs no more than|it would take")
CHARTS = ("tornado", "chances", "bands", "map", "scores")


@pytest.fixture(scope="module")
def walked(
    open_page_once: Callable[..., Page], shared: Path, go_to: Callable[..., None], drop: Callable[..., None]
) -> Page:
    """The page for 24 documents with their questions, which the tests below read and move."""
    folder = shared / "data/rag/xquad_en"
    page = open_page_once(path="/samples")
    drop(page, folder / "qa.csv", *sorted((folder / "docs").iterdir()))
    go_to(page, "What-if")
    return page


def headline(page: Page) -> str:
    return page.locator(".st-key-verdict").get_by_role("heading").inner_text()


def test_eight_sentences_say_what_flips_the_decision(walked: Page, screenshot: Callable[..., None]) -> None:
    assert "prompt engineering" in headline(walked).lower()
    expect(walked.locator("li", has_text=TURNING).nth(7)).to_be_visible()
    expect(walked.get_by_text("Nothing in the plausible range of")).not_to_have_count(0)
    screenshot(walked, "what-if: xquad_en")


def test_every_chart_is_drawn_and_told_in_words(walked: Page) -> None:
    for chart in CHARTS:
        shown = walked.locator(f".st-key-chart-{chart}")
        expect(shown.locator(".main-svg").first).to_be_visible()
        assert shown.get_by_role("figure").get_attribute("aria-label")
    labels = walked.locator(".st-key-chart-map").inner_text()
    assert "Today" in labels
    assert "Fine-tuning" in labels


def test_a_volume_where_another_strategy_wins_moves_sentence_and_list(
    walked: Page, settled: Callable[..., None]
) -> None:
    before = headline(walked)
    slider = walked.get_by_role("slider", name="Requests per month")
    slider.focus()
    walked.keyboard.press("End")
    expect(walked.locator(".st-key-verdict")).to_contain_text("750 million requests a month")
    settled(walked)
    assert headline(walked) != before
    expect(walked.locator("li", has_text="costs no more than fine-tuning").first).to_be_visible()
    slider.focus()
    for _ in range(40):
        walked.keyboard.press("ArrowLeft")
    settled(walked)


def test_an_assumption_is_found_changed_refused_and_reset(walked: Page, settled: Callable[..., None]) -> None:
    walked.get_by_label("Find an assumption").fill("day rate")
    walked.keyboard.press("Enter")
    settled(walked)
    form = walked.locator("[data-testid=stForm]")
    form.get_by_label("Low, USD per person-day").fill("5000")
    form.get_by_role("button", name="Apply").click()
    expect(walked.get_by_text("Nothing was changed")).to_be_visible()
    before = headline(walked)
    form.get_by_label("Likely, USD per person-day").fill("6000")
    form.get_by_label("High, USD per person-day").fill("7000")
    form.get_by_role("button", name="Apply").click()
    expect(walked.get_by_role("button", name="Reset this one")).to_be_visible()
    settled(walked)
    assert headline(walked) != before
    walked.get_by_role("button", name="Reset this one").click()
    expect(walked.get_by_role("button", name="Reset this one")).to_have_count(0)
    settled(walked)
    assert headline(walked) == before


def test_a_weight_changes_the_scores(walked: Page, settled: Callable[..., None]) -> None:
    chart = walked.locator(".st-key-chart-scores").get_by_role("figure")
    before = chart.get_attribute("aria-label")
    walked.get_by_text("Weights of the criteria", exact=True).click()
    field = walked.locator(".st-key-weight-cost").get_by_role("spinbutton")
    field.fill("0")
    field.press("Enter")
    expect(chart).not_to_have_attribute("aria-label", before or "")
    walked.get_by_role("button", name="Reset weights").click()
    expect(chart).to_have_attribute("aria-label", before or "")
    settled(walked)


def test_a_telephone_is_wide_enough(
    open_page: Callable[..., Page], phone: object, screenshot: Callable[..., None]
) -> None:
    page = open_page(phone, path="/what_if")
    assert page.evaluate(SIDEWAYS) == [0, 0]
    screenshot(page, f"{phone.name}: what-if")
