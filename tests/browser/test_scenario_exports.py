"""The files of the Scenarios page, as a browser gets them when their buttons are pressed."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

A4_POINTS = (595, 842)


def downloaded(page: Page, key: str) -> bytes:
    """The bytes that arrive when the button is pressed; a file is made while the browser waits."""
    with page.expect_download() as arriving:
        page.locator(f".st-key-export-{key} button").click()
    return arriving.value.path().read_bytes()


@pytest.mark.parametrize(
    ("path", "heading"), [("/scenarios", "Assumptions"), ("/scenarios?lang=de", "Annahmen")]
)
def test_the_brief_arrives_as_two_pages_of_a4_in_the_language_of_the_page(
    open_page: Callable[..., Page], path: str, heading: str
) -> None:
    reader = PdfReader(io.BytesIO(downloaded(open_page(path=path), "crossover-brief-pdf")))
    assert len(reader.pages) == 2
    for page in reader.pages:
        assert [round(float(side)) for side in page.mediabox[2:]] == pytest.approx(A4_POINTS, abs=1)
    assert heading in " ".join(page.extract_text() for page in reader.pages)


def test_the_training_file_arrives_as_lines_of_json(open_page: Callable[..., Page]) -> None:
    lines = downloaded(open_page(path="/scenarios"), "crossover-fine-tuning-jsonl").decode().splitlines()
    assert len(lines) >= 10
    assert all(line.startswith('{"messages": [') for line in lines)
