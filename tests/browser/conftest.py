"""A real server and a real browser: what a page fetches from outside, logs or pops up fails its test.

Fixtures: `server`, `browser`, `open_page(look)`, `open_page_once` for a whole module, `page` (desktop,
light), `page_in_each_look`, `settled(page)`, `go_to(page, "Samples")`, `drop(page, *paths)` and
`screenshot(page, name)`, which writes files only when SCREENSHOTS names a folder.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Route,
    expect,
    sync_playwright,
)

from scripts import chromium
from scripts.local_server import LocalServer, serve

PATIENCE_SECONDS = 30
QUIET_SECONDS = 0.3  # a click reaches the server a moment later: what looks settled must stay so
AXE = resources.files("axe_playwright_python") / "axe.min.js"
LOOPBACK = r"(?:https?|wss?)://(?:127\.0\.0\.1|localhost)(?::\d+)?(?:/|$)"
OUTSIDE = re.compile(rf"^(?!{LOOPBACK}|data:|blob:|about:)")
# Opened at /samples, Streamlit looks for its server under /samples first and logs that it is not there.
OWN_SEARCH = re.compile(r"://127\.0\.0\.1:\d+/[^/]+/_stcore/(?:health|host-config)$")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # root in a container has no other way
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
IS_SETTLED = """() => {
  const all = selector => [...document.querySelectorAll(selector)];
  const app = document.querySelector("[data-testid=stApp]");
  return app !== null
    && app.dataset.testScriptState === "notRunning"
    && app.dataset.testConnectionState === "CONNECTED"
    && all("[data-stale=true], [data-testid=stSkeleton]").length === 0
    && all("[data-testid=stPlotlyChart]").every(chart => chart.querySelector(".main-svg") !== null);
}"""
HIDDEN_HEIGHT = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  return main === null ? 0 : main.scrollHeight - main.clientHeight;
}"""


@dataclass(frozen=True, slots=True)
class Look:
    """A screen, a colour scheme and the language a browser asks for."""

    name: str
    width: int
    height: int
    color_scheme: str
    locale: str = "en-US"


DESKTOP_LIGHT = Look("desktop-light", 1440, 900, "light")
LOOKS = [
    DESKTOP_LIGHT,
    Look("desktop-dark", 1440, 900, "dark"),
    Look("phone-light", 390, 844, "light"),
    Look("phone-dark", 390, 844, "dark"),
]


@dataclass  # no slots: playwright keeps its own attributes on the object whose methods it calls
class Watch:
    """What must not happen in a browser context, and did."""

    outside_requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def attach(self, context: BrowserContext) -> None:
        """Block requests that leave this computer, and take note of them, of errors and of dialogs."""
        context.route(OUTSIDE, self._refuse)
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self.errors.append(f"uncaught: {error.error}"))
        context.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        context.on("page", lambda page: page.on("websocket", lambda socket: self._note_socket(socket.url)))

    def _refuse(self, route: Route) -> None:
        self.outside_requests.append(route.request.url)
        route.abort()

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not OWN_SEARCH.search(message.location["url"]):
            self.errors.append(f"console: {message.text} ({message.location['url']})")

    def _note_socket(self, url: str) -> None:
        if OUTSIDE.match(url):
            self.outside_requests.append(url)

    def assert_nothing_happened(self) -> None:
        """Fail with everything that was noted."""
        assert not self.outside_requests, (
            f"The page asked for addresses outside this computer: {self.outside_requests}"
        )
        assert not self.dialogs, f"Dialogs of the browser popped up: {self.dialogs}"
        assert not self.errors, f"The browser reported errors: {self.errors}"


OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServer]:
    """The dashboard on a free loopback port, started as `make run` starts it, with a database of its own."""
    database = tmp_path_factory.mktemp("store") / "saved.sqlite3"
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    with serve(environment=environment | {"CROSSOVER_DB": str(database)}) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium without a window; fails with instructions when there is none."""
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.HOW_TO_INSTALL, pytrace=False)
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser, server: LocalServer) -> Iterator[OpenPage]:
    """A function that opens a page in a context of its own: `open_page(look, path="/samples", url=None)`.

    Every context is a new visitor. At the end each one is checked for outside requests, errors and dialogs,
    its page for Streamlit's error box, and what the server printed meanwhile for a traceback.
    """
    with _visits(browser, server) as open_in:
        yield open_in


@pytest.fixture(scope="module")
def open_page_once(browser: Browser, server: LocalServer) -> Iterator[OpenPage]:
    """`open_page` for a page that the tests of a module share; checked after the last of them."""
    with _visits(browser, server) as open_in:
        yield open_in


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """The first page of the dashboard on a desktop in light colours."""
    return open_page()


@pytest.fixture(params=LOOKS, ids=lambda look: look.name)
def look(request: pytest.FixtureRequest) -> Look:
    """Each screen and colour scheme in turn."""
    chosen: Look = request.param
    return chosen


@pytest.fixture(params=[look for look in LOOKS if look.width < 600], ids=lambda look: look.name)
def phone(request: pytest.FixtureRequest) -> Look:
    """The screen of a telephone, in light and in dark colours."""
    chosen: Look = request.param
    return chosen


@pytest.fixture
def page_in_each_look(open_page: OpenPage, look: Look) -> Page:
    """The first page of the dashboard, once per screen and colour scheme."""
    return open_page(look)


@pytest.fixture(scope="session")
def settled() -> Callable[..., None]:
    """`settled(page, seconds=30)` waits until the script has ended and every chart is drawn."""
    return _wait_until_settled


@pytest.fixture(scope="session")
def screenshot() -> Callable[[Page, str], None]:
    """`screenshot(page, name)` keeps the whole page as a picture when SCREENSHOTS names a folder."""
    return _keep_screenshot


@pytest.fixture(scope="session")
def go_to() -> Callable[[Page, str], None]:
    """`go_to(page, "Samples")` follows a link in the page, which keeps the visitor's session."""
    return _follow


@pytest.fixture(scope="session")
def drop() -> Callable[..., None]:
    """`drop(page, *paths)` puts files into the drop zone of the Samples page until they are read."""
    return _drop


@pytest.fixture(scope="session")
def barriers() -> Callable[[Page], list[str]]:
    """`barriers(page)` lists what keeps somebody out: axe-core's serious and critical violations."""
    return _barriers


def _barriers(page: Page) -> list[str]:
    # run through the debugger's door, because the page's own policy lets no foreign script in
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:200]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


@contextlib.contextmanager
def _visits(browser: Browser, server: LocalServer) -> Iterator[OpenPage]:
    opened: list[tuple[BrowserContext, Watch]] = []
    printed_before = len(server.log.read_text("utf-8"))

    def open_in(look: Look = DESKTOP_LIGHT, path: str = "/", url: str | None = None) -> Page:
        context, watch = _watched_context(browser, look)
        opened.append((context, watch))
        page = context.new_page()
        page.goto((url or server.url) + path)
        _wait_until_settled(page)
        _assert_without_fault(page, server)
        return page

    yield open_in
    try:
        for page in (page for context, _ in opened for page in context.pages):
            _assert_without_fault(page, server)
    finally:
        for context, _ in opened:
            context.close()
    for _, watch in opened:
        watch.assert_nothing_happened()
    printed = server.log.read_text("utf-8")[printed_before:]
    assert "Traceback" not in printed, f"The server printed a fault:\n{printed[-4000:]}"


def _assert_without_fault(page: Page, server: LocalServer) -> None:
    faults = page.locator("[data-testid=stException]").all_inner_texts()
    printed = server.log.read_text("utf-8")[-4000:]
    assert not faults, f"{page.url} shows a fault: {faults}\nThe server printed:\n{printed}"


def _follow(page: Page, link: str) -> None:
    page.get_by_role("link", name=link, exact=True).first.click()
    page.get_by_role("heading", name=link, level=1).wait_for()
    _wait_until_settled(page)


def _drop(page: Page, *paths: Path) -> None:
    zone = page.locator("[class*='st-key-drop-']")
    classes = (zone.get_attribute("class") or "").split()
    used = next(name for name in classes if name.startswith("st-key-drop-"))
    zone.locator("input[type=file]").set_input_files(paths)
    # Once every file has been read, a new and empty zone takes the place of the one that was used.
    page.locator(f".{used}").wait_for(state="detached")
    _wait_until_settled(page)


def _watched_context(browser: Browser, look: Look) -> tuple[BrowserContext, Watch]:
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height},
        color_scheme=look.color_scheme,  # type: ignore[arg-type]
        has_touch=look.width < 600,
        reduced_motion="reduce",
        locale=look.locale,
        timezone_id="UTC",
    )
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    watch = Watch()
    watch.attach(context)
    return context, watch


def _wait_until_settled(page: Page, seconds: float = PATIENCE_SECONDS) -> None:
    # Polled from here, because wait_for_function ends at the first true answer and this one has to last.
    deadline = time.monotonic() + seconds
    quiet_since: float | None = None
    while quiet_since is None or time.monotonic() - quiet_since < QUIET_SECONDS:
        if time.monotonic() > deadline:
            raise TimeoutError(f"The page did not settle within {seconds:g} seconds: {page.url}")
        if not page.evaluate(IS_SETTLED):
            quiet_since = None
        elif quiet_since is None:
            quiet_since = time.monotonic()
        page.wait_for_timeout(30)


def _keep_screenshot(page: Page, name: str) -> None:
    folder = os.environ.get("SCREENSHOTS")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    size = page.viewport_size
    assert size is not None, "A page opened by open_page has a fixed size."
    # Streamlit scrolls inside the page, so the window grows until nothing is hidden.
    page.set_viewport_size({**size, "height": size["height"] + page.evaluate(HIDDEN_HEIGHT)})
    _wait_until_settled(page)
    page.screenshot(path=str(Path(folder) / f"{name}.png"))
    page.set_viewport_size(size)
