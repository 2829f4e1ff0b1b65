"""Words stay words wherever they come out again: pages, the brief, and every file (MODEL.md E38)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from lxml import html
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

MARKUP = '<script>alert(1)</script><img src=x onerror=alert(2)><a href="javascript:alert(3)">pay</a>'
FORMULA = '=HYPERLINK("http://pay.invalid","pay")'
TURNED = "\u202egnp.exe\u2066"
HOSTILE = f"{FORMULA} {MARKUP} {TURNED} ${{7*7}} {'WordWithoutAnyPlaceToBreakIt' * 6}"
INJECTED = "img[src=x], [onerror], a[href^='javascript:'], iframe, a[href*='pay.invalid']"


@pytest.fixture(scope="module")
def author(
    open_page_once: Callable[..., Page],
    drop: Callable[..., None],
    go_to: Callable[..., None],
    settled: Callable[..., None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Page:
    """Somebody who puts hostile words wherever words can be put, and saves a scenario under such a name."""
    folder = tmp_path_factory.mktemp("hostile")
    questions = folder / "=1+1<img src=x onerror=alert(4)>\u202e.csv"
    with questions.open("w", encoding="utf-8", newline="") as file:
        rows = [["question", "answer", f"@SUM(1){MARKUP}"]]
        rows += [[f"{HOSTILE} {n}?", f"+{HOSTILE} {n}", "-2+3"] for n in range(12)]
        csv.writer(file).writerows(rows)
    notes = folder / "@notes<img src=x onerror=alert(5)>.md"
    notes.write_text(f"# {HOSTILE}\n\n{HOSTILE}\n", encoding="utf-8")
    page = open_page_once(path="/samples")
    drop(page, questions, notes)
    go_to(page, "Scenarios")
    page.get_by_label("Name", exact=True).first.fill(HOSTILE[:100])
    page.get_by_label("Note", exact=True).first.fill(HOSTILE)
    page.locator(".st-key-save-now button").click()
    settled(page)
    return page


def assert_inert(page: Page) -> None:
    assert page.locator(INJECTED).count() == 0
    assert page.locator("script", has_text="alert(1)").count() == 0


def downloaded(page: Page, key: str) -> bytes:
    with page.expect_download() as arriving:
        page.locator(f".st-key-export-{key} button").click()
    return arriving.value.path().read_bytes()


@pytest.mark.parametrize("link", ["Samples", "Compare", "Evidence", "What-if", "Scenarios"])
def test_a_page_shows_them_as_words(author: Page, go_to: Callable[..., None], link: str) -> None:
    go_to(author, link)
    assert_inert(author)
    if link == "Scenarios":
        expect(author.get_by_text("HYPERLINK").first).to_be_visible()


def test_the_brief_shows_them_as_words(
    author: Page, go_to: Callable[..., None], open_page: Callable[..., Page]
) -> None:
    go_to(author, "Scenarios")
    for field in ("title", "contact"):
        author.locator(f".st-key-share-{field} input").fill(HOSTILE[:100])
    author.locator(".st-key-share-note textarea").fill(HOSTILE)
    author.locator(".st-key-share-names label").first.click()
    author.get_by_role("button", name="Make a link").click()
    link = author.locator(".st-key-new-link code").inner_text()
    reader = open_page(path=link[link.index("/brief") :])
    expect(reader.get_by_text("HYPERLINK").first).to_be_visible()
    assert_inert(reader)


def test_the_file_of_the_brief_holds_them_as_words(author: Page, go_to: Callable[..., None]) -> None:
    go_to(author, "Scenarios")
    page = html.document_fromstring(downloaded(author, "crossover-brief-html").decode("utf-8"))
    assert not page.xpath("//script | //img | //iframe | //@onerror | //a[starts-with(@href, 'javascript')]")


def test_no_cell_of_the_workbook_or_the_table_is_a_formula_of_theirs(
    author: Page, go_to: Callable[..., None]
) -> None:
    go_to(author, "Scenarios")
    book = load_workbook(io.BytesIO(downloaded(author, "crossover-xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert len(formulas) > 10
    assert not [each for each in formulas if "HYPERLINK" in each or "SUM(1)" in each or "1+1" in each]
    table = csv.reader(io.StringIO(downloaded(author, "crossover-csv").decode("utf-8-sig")))
    begin = [cell for row in table for cell in row if cell[:1] in ("=", "+", "@", "\t", "\r")]
    assert begin == []
