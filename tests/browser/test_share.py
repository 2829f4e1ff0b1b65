"""A brief shared by one visitor and read by another who has nothing but the link (issue 7, bar 1)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, WebSocket, expect

from scripts.local_server import LocalServer, serve

CANARY = "zanzibarquokka"
QUESTIONS = 12
PHRASE = "correct horse battery"
SIDEWAYS = """() => [document.documentElement, document.querySelector("[data-testid=stMain]")].map(
  box => box.scrollWidth - box.clientWidth)"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServer]:
    """The dashboard with a database of this module's own."""
    database = tmp_path_factory.mktemp("store") / "saved.sqlite3"
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    with serve(environment=environment | {"CROSSOVER_DB": str(database)}) as running:
        yield running


@pytest.fixture(scope="module")
def upload(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Questions, a document and a tool, the canary in every text and in every file's name."""
    folder = tmp_path_factory.mktemp("upload")
    questions = folder / f"{CANARY}-questions.csv"
    rows = [f"Where does {CANARY} number {row} live?,In {CANARY} house {row}." for row in range(QUESTIONS)]
    questions.write_text("\n".join(["question,answer", *rows]) + "\n", encoding="utf-8")
    document = folder / f"{CANARY}-handbook.md"
    text = "\n\n".join(
        f"# House {row}\n\nThe {CANARY} of house {row} lives there." for row in range(QUESTIONS)
    )
    document.write_text(text, encoding="utf-8")
    return [questions, document]


@pytest.fixture(scope="module")
def author(
    open_page_once: Callable[..., Page],
    upload: list[Path],
    drop: Callable[..., None],
    go_to: Callable[..., None],
) -> Page:
    """Whoever made the comparison, on the Scenarios page with files of their own."""
    page = open_page_once(path="/samples")
    drop(page, *upload)
    expect(page.locator("code", has_text=CANARY).first).to_be_visible()
    go_to(page, "Scenarios")
    return page


@pytest.fixture(scope="module")
def link(author: Page, settled: Callable[..., None]) -> str:
    """A link to read, made by the author."""
    return made_link(author, settled, "What we take")


def made_link(author: Page, settled: Callable[..., None], title: str, phrase: str = "") -> str:
    """Fill the form, copy the link, and put it away as the page asks to."""
    author.locator(".st-key-share-title input").fill(title)
    author.locator(".st-key-share-phrase input").fill(phrase)
    author.get_by_role("button", name="Make a link").click()
    shown = author.locator(".st-key-new-link")
    expect(shown).to_contain_text(title)
    settled(author)
    address = shown.locator("code").inner_text()
    author.get_by_role("button", name="I have copied it").click()
    expect(shown).to_have_count(0)
    return address


class Wire:
    """Everything that reached a browser, and everything it sent, as bytes."""

    def __init__(self, page: Page) -> None:
        self.seen: list[bytes] = []
        page.on("websocket", self._listen)
        page.on("response", self._keep)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._frame)
        socket.on("framesent", self._frame)

    def _frame(self, payload: str | bytes) -> None:
        self.seen.append(payload.encode() if isinstance(payload, str) else payload)

    def _keep(self, response: Response) -> None:
        if "/static/" not in response.url:
            self.seen.extend((response.url.encode(), str(response.headers).encode()))

    def carries(self, text: str) -> bool:
        return any(text.encode() in each for each in self.seen)


@pytest.fixture
def stranger(browser: Browser) -> Iterator[Page]:
    """A fresh browser context that has been nowhere yet, so that its first frame can be heard."""
    context = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def listened(page: Page, link: str, settled: Callable[..., None]) -> Wire:
    """Open the link and hear everything from its first frame on."""
    wire = Wire(page)
    page.goto(link)
    settled(page)
    return wire


def test_a_saved_scenario_is_there_after_a_reload(author: Page, settled: Callable[..., None]) -> None:
    author.get_by_label("Name", exact=True).first.fill("Pilot")
    author.get_by_role("button", name="Save", exact=True).click()
    expect(author.locator("[class*='st-key-saved-']", has_text="Pilot")).to_have_count(1)
    settled(author)
    other = author.context.new_page()
    other.goto(author.url)
    expect(other.locator("[class*='st-key-saved-']", has_text="Pilot")).to_have_count(1)
    other.close()


def test_a_stranger_reads_the_brief_and_moves_the_slider_and_no_uploaded_text_reaches_them(
    *,
    link: str,
    stranger: Page,
    settled: Callable[..., None],
    screenshot: Callable[..., None],
) -> None:
    page, wire = stranger, listened(stranger, link, settled)
    expect(page.locator(".st-key-verdict").get_by_role("heading")).to_contain_text("$")
    expect(page.get_by_text("What we take")).to_have_count(1)
    expect(page.get_by_role("link", name="Samples", exact=True)).to_have_count(0)
    screenshot(page, "brief")
    slider = page.get_by_role("slider", name="Requests per month")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_text("At 150,000 requests a month", exact=False)).to_have_count(1)
    page.get_by_role("radio", name="As of today").click()
    expect(page.locator(".st-key-standing")).to_contain_text("$")
    settled(page)
    page.get_by_text("Assumptions and sources").click()
    settled(page)
    assert wire.carries("What we take"), "The wire was not listened to."
    assert not wire.carries(CANARY)
    assert CANARY not in page.content()
    assert [cookie["name"] for cookie in page.context.cookies()] == ["_streamlit_xsrf"]


def test_a_stranger_reads_it_in_another_language_than_its_maker(
    link: str, browser: Browser, settled: Callable[..., None]
) -> None:
    context = browser.new_context(locale="de-DE", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(link)
    settled(page)
    verdict = page.locator(".st-key-verdict").get_by_role("heading")
    expect(page.get_by_role("heading", name="Die Strategien", exact=True)).to_have_count(1)
    german = verdict.inner_text()
    assert "\u00a0$" in german
    page.get_by_role("radio", name="EN", exact=True).click()
    expect(page.get_by_role("heading", name="The strategies", exact=True)).to_have_count(1)
    expect(verdict).not_to_have_text(german)
    expect(verdict).to_contain_text("$")
    context.close()


def test_names_of_files_are_shown_when_ticked(
    author: Page, stranger: Page, settled: Callable[..., None]
) -> None:
    tick = author.locator(".st-key-share-names label")
    tick.click()
    wire = listened(stranger, made_link(author, settled, "With names"), settled)
    tick.click()
    assert wire.carries(CANARY)
    stranger.get_by_text("Assumptions and sources").click()
    expect(stranger.get_by_text(f"{CANARY}-questions.csv").first).to_be_visible()
    assert not wire.carries(f"Where does {CANARY}")


def test_a_revoked_link_is_gone_after_a_reload(
    author: Page, open_page: Callable[..., Page], settled: Callable[..., None]
) -> None:
    page = open_page(url=made_link(author, settled, "What we took back"), path="")
    expect(page.locator(".st-key-verdict")).to_have_count(1)
    author.get_by_role("button", name="Revoke", exact=True).first.click()
    author.get_by_role("button", name="Revoke for good").click()
    expect(author.get_by_text("revoked", exact=True)).not_to_have_count(0)
    settled(author)
    page.reload()
    expect(page.get_by_text("not available any more")).to_have_count(1)
    settled(page)
    for secret in ("$", "What we took back", "Prompt engineering"):
        expect(page.locator("[data-testid=stMain]")).not_to_contain_text(secret)


def test_a_pass_phrase_stands_before_everything(
    author: Page, stranger: Page, settled: Callable[..., None]
) -> None:
    address = made_link(author, settled, "Behind a phrase", PHRASE)
    page, wire = stranger, listened(stranger, address, settled)
    assert not wire.carries("Behind a phrase")
    page.get_by_label("This link asks for its pass phrase").fill(PHRASE)
    page.get_by_role("button", name="Open").click()
    expect(page.locator(".st-key-verdict")).to_have_count(1)
    expect(page.get_by_label("This link asks for its pass phrase")).to_have_count(0)


def test_a_phone_needs_no_pushing_sideways(
    *,
    link: str,
    open_page: Callable[..., Page],
    phone: object,
    screenshot: Callable[..., None],
) -> None:
    page = open_page(phone, path="", url=link)
    assert page.evaluate(SIDEWAYS) == [0, 0]
    box = page.locator(".st-key-verdict").get_by_role("heading").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= phone.height
    screenshot(page, f"{phone.name}: brief")
