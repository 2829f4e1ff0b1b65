"""Every word on every page passes through the catalogues, so that no page is half in another language.

The pages are opened in a language made for this test, which puts marks round whatever is said in it: an
English word outside the marks would stay English in every language.
"""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from crossover.words import saying

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "pages").glob("*.py"))
OPEN, CLOSE = "⟦", "⟧"
MARKED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
# the end of a unit whose first word a sign stands for: $0.10 ⟦USD| per request⟧
REST_OF_UNIT = re.compile(f" ?per [^{OPEN}{CLOSE}]*{CLOSE}")
SHOWN_FIELDS = {"label", "body", "help", "placeholder", "options", "text", "value", "tooltip"}
CHART_FIELDS = {"text", "title", "name", "hovertemplate", "ticktext", "hovertext"}
CODE = re.compile(r"`[^`]*`|\[[\w.-]+\]\(https?://[^)\s]*\)|https?://[^\s)]+|:material/\w+:")
# words that make a text an English sentence or label, and that no name of a model or a file is made of
ENGLISH = re.compile(
    r"\b(the|of|and|or|is|are|was|to|for|in|with|without|from|on|your|this|that|not|no|per|by|at|one|all|"
    r"month|months|request|requests|row|rows|tokens?|price|prices|cost|costs|show|use|add|remove|save|open|"
    r"unknown|measured|assumption|derived|literature|answers?|questions?|documents?|files?|share|total)\b",
    re.IGNORECASE,
)


class Marking(gettext.NullTranslations):
    """A language whose words are the English ones between marks."""

    def gettext(self, message: str) -> str:
        return f"{OPEN}{message}{CLOSE}"

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@cache
def quoted_from_data() -> tuple[str, ...]:
    """Names and notes of the price tables and citations: the words of others, which stay as they are."""
    files = [*(ROOT / "data" / "prices").glob("*.csv"), *(ROOT / "data").glob("*.csv")]
    tables = [pd.read_csv(file, dtype=str, keep_default_na=False) for file in files]
    cells = {cell for table in tables for column in table for cell in table[column] if len(cell) > 8}
    return tuple(sorted(cells, key=len, reverse=True))


def unsaid(text: str) -> str:
    """What of a text stands outside the marks, nested marks included, and is quoted from nowhere."""
    text, before = CODE.sub(" ", text.replace("\\", "")), ""
    while text != before:
        text, before = MARKED.sub(" ", text), text
    text = REST_OF_UNIT.sub(" ", text)
    for quote in quoted_from_data():
        text = text.replace(quote, " ")
    return text


def elements(block: Any) -> Iterator[Any]:
    """A page's elements and blocks, in order."""
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from elements(child)


def strings(message: Message) -> Iterator[str]:
    """What an element shows in words: labels, helps, options, bodies."""
    for field, value in message.ListFields():
        for each in value if field.is_repeated else [value]:
            if isinstance(each, Message):
                yield from strings(each)
            elif isinstance(each, str) and field.name in SHOWN_FIELDS:
                yield each


def chart_strings(node: object, key: str = "") -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            yield from chart_strings(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from chart_strings(value, key)
    elif isinstance(node, str) and key in CHART_FIELDS:
        yield node


def is_document(text: str) -> bool:
    """Whether a text is a page of docs/, which has a file for each language instead of words."""
    return len(text) > 200 and any(text.strip()[:60] in document for document in _documents())


@cache
def _documents() -> tuple[str, ...]:
    return tuple(file.read_text("utf-8") for file in (ROOT / "docs").glob("*.md"))


def shown(element: Any) -> Iterator[str]:
    """Every text of one element a person may read; code samples and data rows stand for themselves."""
    kind = getattr(element, "type", "")
    if kind in ("code", "text", "html"):
        return
    if kind == "plotly_chart":
        yield from chart_strings(json.loads(element.proto.spec))
    elif kind in ("arrow_data_frame", "dataframe", "table"):
        yield from _frame_strings(element.value)
    elif element.proto is not None:
        yield from strings(element.proto)


def _frame_strings(frame: pd.DataFrame) -> Iterator[str]:
    yield from map(str, frame.columns)
    yield from map(str, frame.index)
    yield from (str(value) for column in frame for value in frame[column] if isinstance(value, str))


def opened(page: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(saying, "CATALOGUES", {"de": Marking()})
    app = AppTest.from_file(page, default_timeout=120)
    app.session_state["crossover.language"] = "de"
    return app.run()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_word_of_a_page_is_said_through_the_catalogues(page, monkeypatch):
    app = opened(page, monkeypatch)
    assert not app.exception, app.exception
    texts = {text for element in elements(app.main) for text in shown(element) if not is_document(text)}
    assert texts
    assert sorted(rest for text in texts if ENGLISH.search(rest := unsaid(text))) == []


def test_an_english_word_outside_the_marks_is_found():
    assert ENGLISH.search(unsaid("Total ⟦cost of ⟦tuning⟧⟧"))
    assert not ENGLISH.search(unsaid("gpt-4o-mini ⟦{n} of ⟦the rows⟧⟧ `one of these`"))
