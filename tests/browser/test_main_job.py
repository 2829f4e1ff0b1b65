"""The main job on real data in a real browser: files in, verdict, four cards and three charts out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

LABELS = {
    "prompting": "Prompt engineering",
    "rag": "RAG",
    "tools": "Function calling",
    "tuning": "Fine-tuning",
}
QUESTIONS = "data/rag/xquad_de/qa.csv"
AMOUNT = r"\$([\d,.]+)"


@dataclass(frozen=True)
class Upload:
    """What is dropped, what the slots then say, and the badge of each strategy that lacks something."""

    files: tuple[str, ...]
    slots: dict[str, str]
    missing: dict[str, str]
    folders: tuple[str, ...] = field(default=())

    def paths(self, data: Path) -> list[Path]:
        inside = (path for folder in self.folders for path in sorted((data / folder).iterdir()))
        return [*inside, *(data / file for file in self.files)]


UPLOADS = {
    "24 German documents with their questions": Upload(
        files=("rag/xquad_de/qa.csv",),
        folders=("rag/xquad_de/docs",),
        slots={"questions": "632 rows", "knowledge": "24 "},
        missing={"tools": "No tools"},
    ),
    "messages with their category": Upload(
        files=("classification/banking77_train_40_per_class.csv",),
        slots={"questions": "rows", "knowledge": "none yet", "tools": "none yet"},
        missing={"rag": "No documents", "tools": "No tools"},
    ),
    "requests that each bring their function": Upload(
        files=("tools/bfcl/BFCL_v4_live_simple.jsonl",),
        slots={"questions": "rows", "tools": "tools", "knowledge": "none yet"},
        missing={"rag": "No documents", "tuning": "No training rows"},
    ),
    "an OpenAPI file with questions": Upload(
        files=("tools/openapi/jobsuche_de.yaml", "rag/xquad_de/qa.csv"),
        slots={"questions": "632 rows", "tools": "tools"},
        missing={"rag": "No documents"},
    ),
}


@dataclass(frozen=True)
class Card:
    """One strategy's card as it can be read; the numbers are None when the card shows no cost."""

    text: str
    numbers: dict[str, float] | None

    @property
    def is_ranked(self) -> bool:
        return "Not ranked" not in self.text


def money(pattern: str, text: str) -> float:
    found = re.search(pattern.replace("AMOUNT", AMOUNT), text)
    assert found is not None, f"No {pattern} in: {text}"
    return float(found[1].replace(",", "").rstrip("."))


def card(page: Page, strategy: str) -> Card:
    text = page.locator(f".st-key-card-{strategy}").inner_text()
    if "Total over" not in text:
        return Card(text, None)
    patterns = {
        "total": r"Total over \d+ months\s+AMOUNT",
        "per_thousand": "Per 1,000 requests: AMOUNT",
        "first_month": "First month: AMOUNT",
        "one_off": "One-off: AMOUNT",
    }
    return Card(text, {name: money(pattern, text) for name, pattern in patterns.items()})


def cards(page: Page) -> dict[str, Card]:
    return {strategy: card(page, strategy) for strategy in LABELS}


def headline(page: Page) -> str:
    return page.locator(".st-key-verdict").get_by_role("heading").inner_text()


def assert_numbers_belong_together(shown: dict[str, Card], months: int = 12) -> None:
    """One-off and equal months add up to the total; retraining comes on top for fine-tuning only."""
    for strategy, each in shown.items():
        if each.numbers is None:
            continue
        numbers = each.numbers
        sum_of_months = numbers["one_off"] + months * numbers["first_month"]
        rounding = months * 0.5 + 1  # every month is shown to the dollar, the one-off and the total as well
        assert numbers["total"] >= sum_of_months - rounding
        assert numbers["per_thousand"] > 0
        if strategy != "tuning":
            assert numbers["total"] <= sum_of_months + rounding


def assert_verdict_agrees(said: str, shown: dict[str, Card]) -> None:
    ranked = {name: each.numbers["total"] for name, each in shown.items() if each.is_ranked and each.numbers}
    cheapest = min(ranked, key=ranked.__getitem__)
    assert LABELS[cheapest].lower() in said.lower()
    assert abs(money("AMOUNT", said) - ranked[cheapest]) <= 0.5
    assert shown[cheapest].text.startswith("1.")


def assert_charts_show(page: Page, shown: dict[str, Card]) -> None:
    costed = {LABELS[name] for name, each in shown.items() if each.numbers}
    parts, cumulative, trade_off = (
        page.locator(f".st-key-chart-{name}") for name in ("parts", "cumulative", "trade-off")
    )
    for chart in (parts, cumulative, trade_off):
        words = chart.inner_text()
        assert {label for label in LABELS.values() if label in words} == costed
    boxes = [bar.bounding_box() for bar in parts.locator(".bars .point path").all()]
    assert sum(box is not None and box["width"] > 0 for box in boxes) >= len(costed)
    assert cumulative.locator(".scatterlayer .trace .js-line").count() >= len(costed)
    assert trade_off.locator(".scatterlayer .point").count() >= len(costed)
    assert_alternative_text_agrees(parts, "per_thousand", shown)
    assert_alternative_text_agrees(cumulative, "total", shown)


def assert_alternative_text_agrees(chart: Locator, number: str, shown: dict[str, Card]) -> None:
    """What a screen reader is told is what the cards say."""
    told = chart.get_by_role("figure").get_attribute("aria-label") or ""
    for name, each in shown.items():
        if each.numbers:
            assert money(f"{LABELS[name]} AMOUNT", told) == each.numbers[number]


@pytest.mark.parametrize("upload", UPLOADS.values(), ids=UPLOADS.keys())
def test_files_of_one_s_own_become_a_verdict_four_cards_and_three_charts(
    *,
    upload: Upload,
    open_page: Callable[..., Page],
    shared: Path,
    go_to: Callable[..., None],
    drop: Callable[..., None],
    screenshot: Callable[..., None],
    request: pytest.FixtureRequest,
) -> None:
    page = open_page(path="/samples")
    drop(page, *upload.paths(shared / "data"))
    for slot, words in upload.slots.items():
        expect(page.locator(f".st-key-slot-{slot}", has_text=words)).to_have_count(1)
    screenshot(page, f"samples: {request.node.callspec.id}")
    go_to(page, "Compare")
    screenshot(page, f"compare: {request.node.callspec.id}")
    shown = cards(page)
    for strategy, badge in upload.missing.items():
        assert badge in shown[strategy].text
        assert "Drop in" in shown[strategy].text
        assert f"{LABELS[strategy]} is not ranked" in page.locator(".st-key-verdict").inner_text()
        assert not shown[strategy].is_ranked
    for strategy in LABELS.keys() - upload.missing.keys():
        assert shown[strategy].numbers is not None
    assert_numbers_belong_together(shown)
    assert_verdict_agrees(headline(page), shown)
    assert_charts_show(page, shown)
    expect(page.locator(".st-key-demo-banner")).to_have_count(0)


@pytest.fixture(scope="module")
def compared(
    open_page_once: Callable[..., Page], shared: Path, go_to: Callable[..., None], drop: Callable[..., None]
) -> Page:
    """The comparison for one file of questions, which the tests below read and move."""
    page = open_page_once(path="/samples")
    drop(page, shared / QUESTIONS)
    go_to(page, "Compare")
    return page


def test_show_the_request_shows_the_words_of_the_chosen_sample(
    compared: Page, shared: Path, screenshot: Callable[..., None]
) -> None:
    with (shared / QUESTIONS).open(encoding="utf-8", newline="") as file:
        questions = [row["question"] for row in islice(csv.DictReader(file), 2)]
    compared.get_by_text("Show the request", exact=True).click()
    shown = compared.get_by_role("tabpanel")
    expect(shown).to_contain_text(questions[0])
    screenshot(compared, "compare: show the request")
    compared.locator(".st-key-shown-sample").get_by_role("spinbutton").fill("2")
    compared.keyboard.press("Enter")
    expect(shown).to_contain_text(questions[1])
    compared.get_by_role("tab", name="RAG").click()
    expect(compared.get_by_role("tabpanel")).to_contain_text("Drop in knowledge files")


def test_the_download_carries_the_source_of_every_figure(compared: Page) -> None:
    with compared.expect_download() as started:
        compared.locator(".st-key-download-csv").get_by_role("button").click()
    rows = list(csv.DictReader(io.StringIO(started.value.path().read_text("utf-8-sig"))))
    assert {row["strategy"] for row in rows} == set(LABELS.values())
    figures = [row for row in rows if not row["figure"].startswith("Gate ")]
    assert all(row["kind"] and row["source"] for row in figures)
    measured = [row for row in figures if row["kind"] == "measured"]
    assert any("qa.csv" in row["source"] and row["n"] == "632" for row in measured)
    priced = [row for row in figures if row["kind"] == "price_list"]
    assert priced
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", row["as_of"]) for row in priced)
    assert not any(row["demo"] for row in rows)


def test_the_volume_slider_moves_the_sentence_from_the_keyboard(
    compared: Page, settled: Callable[..., None]
) -> None:
    slider = compared.get_by_role("slider", name="Requests per month")
    assert "50,000 requests a month" in headline(compared)
    before = cards(compared)
    slider.focus()
    for _ in range(3):
        compared.keyboard.press("ArrowRight")
    expect(compared.locator(".st-key-verdict")).to_contain_text("150,000 requests a month")
    settled(compared)
    after = cards(compared)
    for strategy in ("prompting", "tuning"):
        assert after[strategy].numbers["first_month"] > before[strategy].numbers["first_month"]
        assert after[strategy].numbers["per_thousand"] == before[strategy].numbers["per_thousand"]
    assert_verdict_agrees(headline(compared), after)


def test_the_july_2024_preset_shows_its_prices_and_prices_them_in(
    compared: Page, settled: Callable[..., None], screenshot: Callable[..., None]
) -> None:
    compared.get_by_role("radio", name="July 2024").click()
    prices = compared.locator("[data-testid=stTable]").first
    for fact in (
        "0.15 / 0.60",
        "0.30 / 1.20",
        "3.00",
        "8.00",
        "2,000,000 a day through 2024-09-23",
        "65,536",
        "text only",
    ):
        expect(prices).to_contain_text(fact)
    settled(compared)
    screenshot(compared, "compare: July 2024")
    compared.locator(".st-key-card-tuning").get_by_text("Where these numbers come from").click()
    sources = compared.locator("[data-testid=stPopoverBody]")
    expect(sources).to_contain_text("Training price: $3.00 per million tokens")
    expect(sources).to_contain_text("Input price, tuned model: $0.300 per million tokens")
    expect(sources).to_contain_text("Output price, tuned model: $1.20 per million tokens")
    expect(sources).to_contain_text(re.compile(r"Training, \d+ runs: \$0\.00"))
