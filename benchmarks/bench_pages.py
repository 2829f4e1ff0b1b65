"""How long a person waits: from dropping 24 documents to the charts, and for a move of the volume slider.

The drop is measured in Chromium, the slider at the server: from sending the widget's new value over the
websocket until the server says that the script has finished. Both are checked before they are timed.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Subprotocol
from websockets.sync.client import ClientConnection, connect

from scripts import chromium
from scripts.local_server import serve

DROPS, MOVES = 5, 30
DROP_LIMIT_SECONDS, MOVE_LIMIT_SECONDS = 10.0, 0.3
PATIENCE_SECONDS = 60
VOLUME = "scenario.requests_per_month"
SHARED = Path(os.environ.get("CROSSOVER_SHARED") or Path(__file__).resolve().parents[2] / "shared")
DOCUMENTS = SHARED / "data" / "rag" / "xquad_de"
CHARTS_DRAWN = """() => ["parts", "cumulative", "trade-off"].every(
  name => document.querySelector(`.st-key-chart-${name} .main-svg`) !== null)"""


class Visitor:
    """A session of the dashboard without a browser: sends widget values, reads what is drawn."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.page = ""
        self.headline = ""
        self.volume = ""
        self.fragment = ""
        self.options: Sequence[str] = ()

    def open(self) -> None:
        """Run the first page once, as a browser does when it has connected."""
        self._run(BackMsg())

    def move_volume(self, place: int) -> float:
        """Put the slider on one of its places; the seconds until the script has finished."""
        message = BackMsg()
        request = message.rerun_script
        request.page_script_hash, request.fragment_id = self.page, self.fragment
        state = request.widget_states.widgets.add(id=self.volume)
        state.string_array_value.data.append(self.options[place])
        return self._run(message)

    def _run(self, message: BackMsg) -> float:
        message.rerun_script.context_info.timezone = "UTC"
        started = time.perf_counter()
        self.socket.send(message.SerializeToString())
        for answer in self._answers():
            if answer.WhichOneof("type") == "script_finished":
                break
            self._read(answer)
        return time.perf_counter() - started

    def _answers(self) -> Iterator[ForwardMsg]:
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(self.socket.recv(timeout=PATIENCE_SECONDS))
            yield answer

    def _read(self, answer: ForwardMsg) -> None:
        kind = answer.WhichOneof("type")
        if kind == "new_session":
            self.page = answer.new_session.page_script_hash or self.page
        elif kind == "navigation":
            self.page = answer.navigation.page_script_hash
        elif kind == "delta" and answer.delta.HasField("new_element"):
            self._read_element(answer.delta.new_element, answer.delta.fragment_id)

    def _read_element(self, element: Any, fragment: str) -> None:
        if element.HasField("exception"):
            raise SystemExit(f"The page shows a fault: {element.exception.message}")
        if element.HasField("heading") and element.heading.tag == "h2":
            self.headline = element.heading.body
        if element.HasField("slider") and VOLUME in element.slider.id:
            self.volume, self.fragment = element.slider.id, fragment
            self.options = list(element.slider.options)


def moves(url: str) -> list[float]:
    """Seconds of each move of the slider, every one to another place than before."""
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(
        address, subprotocols=[Subprotocol("streamlit")], max_size=None, compression=None, proxy=None
    ) as socket:
        return moves_of(Visitor(socket))


def moves_of(visitor: Visitor) -> list[float]:
    """The first move is checked like the others and not counted."""
    visitor.open()
    places = len(visitor.options)
    if not visitor.headline or places < 2:
        raise SystemExit("The first page has no verdict or no volume slider: nothing was measured.")
    seconds = []
    for move in range(MOVES + 1):
        before = visitor.headline
        # Steps of a third of the scale: never twice in a row the same volume.
        took = visitor.move_volume((move * (places // 3) + move // 3) % places)
        if visitor.headline == before:
            raise SystemExit(f"The sentence did not change with move {move}: {before}")
        seconds.append(took)
    return seconds[1:]


def drops(url: str) -> list[float]:
    """Seconds from dropping documents and questions to the charts, each time as a new visitor."""
    path = chromium.find()
    if path is None:
        raise SystemExit(chromium.HOW_TO_INSTALL)
    files = [*sorted((DOCUMENTS / "docs").iterdir()), DOCUMENTS / "qa.csv"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        seconds = []
        for _ in range(DROPS):
            context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
            context.set_default_timeout(PATIENCE_SECONDS * 1000)
            page = context.new_page()
            page.goto(f"{url}/samples")
            seconds.append(drop(page, files))
            context.close()
        browser.close()
    return seconds


def drop(page: Page, files: list[Path]) -> float:
    """Drop, follow the link as soon as the documents are counted, and wait for the last chart."""
    zone = page.locator("[class*='st-key-drop-'] input[type=file]")
    zone.wait_for(state="attached")
    started = time.perf_counter()
    zone.set_input_files(files)
    page.locator(".st-key-slot-knowledge").get_by_text(f"{len(files) - 1} ").wait_for()
    page.get_by_role("link", name="Compare", exact=True).click()
    page.wait_for_function(CHARTS_DRAWN)
    took = time.perf_counter() - started
    if "632" not in page.locator(".st-key-chart-parts ~ *").first.inner_text():
        raise SystemExit("The charts do not rest on the 632 questions that were dropped.")
    return took


def row(name: str, measured: Callable[[], list[float]], limit: float) -> None:
    seconds = measured()
    median, high = np.quantile(seconds, [0.5, 0.95])
    print(f"{name:34} {len(seconds):4}  {median:8.3f} {high:8.3f} {max(seconds):8.3f}   {limit:5.1f}")


def main() -> None:
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, server warm, one visitor at a time")
    print(f"{'seconds':34} {'runs':>4}  {'median':>8} {'p95':>8} {'longest':>8}   {'limit':>5}")
    with serve() as server:
        row("volume slider, server time", lambda: moves(server.url), MOVE_LIMIT_SECONDS)
        if DOCUMENTS.is_dir():
            row("24 documents, from drop to charts", lambda: drops(server.url), DROP_LIMIT_SECONDS)
        else:
            print(f"shared data absent: {DOCUMENTS}")


if __name__ == "__main__":
    main()
