"""The Evidence page in a browser: real uploads, charts that draw, buttons that edit the scenario."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

PLANTED = "<img src=x onerror=alert(1)> **bold** [link](https://outside.example/)"


@pytest.fixture
def on_evidence(
    open_page: Callable[..., Page], go_to: Callable[..., None], drop: Callable[..., None]
) -> Callable[..., Page]:
    """A function that drops files on Samples and follows the link to Evidence."""

    def visit(*paths: Path) -> Page:
        page = open_page(path="/samples")
        drop(page, *paths)
        go_to(page, "Evidence")
        return page

    return visit


def test_real_documents_are_searched_and_the_scenario_follows_the_evidence(
    shared: Path,
    on_evidence: Callable[..., Page],
    settled: Callable[..., None],
    screenshot: Callable[..., None],
) -> None:
    folder = shared / "data/rag/xquad_en"
    page = on_evidence(*sorted((folder / "docs").iterdir()), folder / "qa.csv")
    settled(page, 90)
    card = page.locator(".st-key-finding-answerability", has_text="of the answers stand in the documents")
    expect(card).to_have_count(1)
    expect(page.locator(".st-key-chart-hits .main-svg").first).to_be_attached()
    button = page.locator(".st-key-use-k").get_by_role("button")
    k = button.inner_text().removeprefix("Use k = ")
    button.click()
    expect(page.locator(".st-key-topic-documents", has_text=f"You send {k} chunk")).to_have_count(1)
    page.locator(".st-key-try-sweep").get_by_role("button").click()
    expect(page.locator(".st-key-topic-documents", has_text="nearly all for least")).to_have_count(1)
    settled(page, 90)
    expect(page.locator(".st-key-chart-sweep .main-svg").first).to_be_attached()
    screenshot(page, "evidence-xquad")


def test_labels_show_a_learning_curve_and_switch_the_classifier_on(
    shared: Path, on_evidence: Callable[..., Page], settled: Callable[..., None], go_to: Callable[..., None]
) -> None:
    page = on_evidence(shared / "data/classification/xsid_de_valid.csv")
    settled(page, 90)
    expect(page.locator(".st-key-finding-labels", has_text="closed set of 15 labels")).to_have_count(1)
    expect(page.locator(".st-key-chart-learning .main-svg").first).to_be_attached()
    page.locator(".st-key-use-classifier").get_by_role("button").click()
    expect(page.locator(".st-key-topic-labels", has_text="stands beside")).to_have_count(1)
    go_to(page, "Compare")
    expect(page.locator(".st-key-card-classifier")).to_have_count(1)


def test_what_a_file_says_stays_text(tmp_path: Path, on_evidence: Callable[..., Page]) -> None:
    table = tmp_path / "faq.csv"
    rows = "\n".join(f'"{PLANTED}","Answer {n}"' for n in range(3))
    table.write_text(f"question,answer\n{rows}\n", encoding="utf-8")
    page = on_evidence(table)
    page.locator("summary", has_text="contradicting groups").click()
    expect(page.locator(".st-key-topic-answers code", has_text="onerror=alert(1)").first).to_be_visible()
    assert not page.locator("img[src=x], a[href*='outside.example']").count()


def test_a_page_without_documents_says_which_file_to_drop(
    tmp_path: Path, on_evidence: Callable[..., Page]
) -> None:
    table = tmp_path / "one.csv"
    table.write_text("question,answer\nWhen do you open?,At nine\n", encoding="utf-8")
    page = on_evidence(table)
    expect(page.get_by_text("One example: token arithmetic only.")).to_be_visible()
    expect(page.locator(".st-key-not-measured", has_text="Drop text, Markdown")).to_have_count(1)
