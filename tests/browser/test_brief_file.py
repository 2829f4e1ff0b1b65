"""The brief's file in a browser: fits a telephone, asks for nothing, prints on two pages."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from crossover.comparison import compare
from crossover.demo import load_demo
from crossover.prices import load_price_book
from crossover.report.brief import Brief, brief
from crossover.report.brief_html import brief_html
from crossover.report.brief_pdf import brief_pdf
from crossover.scenario import Scenario
from crossover.strategies import MORE_STRATEGIES
from crossover.verdict import verdict
from crossover.whatif import sureness
from crossover.words import in_language
from scripts import chromium

HOSTILE = "<script>alert(1)</script>" + "WordWithoutAnyPlaceToBreakIt" * 4
CUT_OFF = """() => [...document.querySelectorAll("main *")]
  .filter(each => each.clientWidth && each.scrollWidth > each.clientWidth + 1 && !each.closest("thead, svg"))
  .map(each => each.tagName)"""
EVERYTHING = tuple(strategy.id for strategy in MORE_STRATEGIES)


def made(**scenario: object) -> Brief:
    chosen = Scenario(price_date=date(2026, 11, 22), **scenario)  # type: ignore[arg-type]
    comparison = compare(load_demo("en"), chosen, load_price_book())
    sure = sureness(comparison, draws=1000)
    words = verdict(comparison, sure)
    return brief(
        comparison, sure, words, title=HOSTILE, note=HOSTILE, contact=HOSTILE, made_on=chosen.price_date
    )


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The page of the four strategies, and that of all, in English and in German, which is longer."""
    found = {"four": brief_html(made()), "all": brief_html(made(extra_strategies=EVERYTHING))}
    with in_language("de"):
        return found | {"all in German": brief_html(made(extra_strategies=EVERYTHING))}


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), (390, "dark"), (720, "light"), (965, "light"), (1440, "dark")]
)
@pytest.mark.parametrize("which", ["four", "all", "all in German"])
def test_the_page_fits_the_screen_and_is_silent(  # noqa: PLR0917 - a screen, and what is shown on it
    browser: Browser, pages: dict[str, str], tmp_path: Path, which: str, width: int, scheme: str
) -> None:
    file = tmp_path / "brief.html"
    file.write_text(pages[which], encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
    noise: list[str] = []
    context.on("console", lambda message: noise.append(message.text))
    context.on("dialog", lambda dialog: (noise.append(dialog.message), dialog.dismiss()))
    context.on("weberror", lambda error: noise.append(str(error.error)))
    context.on("request", lambda request: noise.append(request.url) if request.url != file.as_uri() else None)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    # what is cut off inside a box would not show as a wider page
    assert page.evaluate(CUT_OFF) == []
    assert page.locator("h1").inner_text() == HOSTILE[:120]
    context.close()
    assert noise == []


HEADS = (
    "Why, and how sure",
    "The strategies",
    "What would change the answer",
    "Assumptions",
    "Prices",
)
GERMAN_HEADS = (
    "Warum, und wie sicher",
    "Die Strategien",
    "Was das Ergebnis ändern würde",
    "Annahmen",
    "Preise",
)


@pytest.mark.parametrize(
    ("which", "heads"), [("four", HEADS), ("all", HEADS), ("all in German", GERMAN_HEADS)]
)
def test_the_pdf_has_two_pages_with_the_whole_brief(
    pages: dict[str, str], which: str, heads: tuple[str, ...]
) -> None:
    path = chromium.find()
    assert path is not None, chromium.HOW_TO_INSTALL
    printed = brief_pdf(pages[which], path)
    assert printed.pdf is not None, printed.instead
    reader = PdfReader(io.BytesIO(printed.pdf))
    assert len(reader.pages) == 2
    # A4 in points, 210 x 297 mm
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == pytest.approx([595, 842], abs=1)
    words = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    for head in heads:
        assert head in words
