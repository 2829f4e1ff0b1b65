"""No word is missing in any language, and none is kept that nobody says any more."""

from __future__ import annotations

import ast
import importlib.util
import string
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message

from crossover.words import ENGLISH, LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
SHORT_FORMS = ("Mio.", "Mrd.", "Std.")
OTHERS = [code for code in LANGUAGES if code != ENGLISH]


def _collector() -> ModuleType:
    spec = importlib.util.spec_from_file_location("words_script", ROOT / "scripts" / "words.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WORDS = _collector()


@pytest.fixture(scope="module")
def said() -> Catalog:
    """What the code says, collected now."""
    return WORDS.template()


def keys(catalogue: Catalog) -> set[tuple[str, str | None]]:
    return {(WORDS.first(message), message.context) for message in catalogue if message.id}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def forms(message: Message) -> Iterator[tuple[str, str]]:
    """Each English form with what stands for it."""
    if isinstance(message.id, str):
        yield message.id, message.string
    else:
        yield from zip(message.id, message.string, strict=True)


def test_the_template_lists_exactly_what_the_code_says(said):
    assert keys(WORDS.read(WORDS.TEMPLATE)) == keys(said)


@pytest.mark.parametrize("code", OTHERS)
def test_no_word_is_missing_and_none_is_unused(code, said):
    catalogue = WORDS.read(WORDS.FOLDER / f"{code}.po", code)
    assert keys(catalogue) - keys(said) == set(), "nobody says these: run scripts/words.py"
    missing = [key for key in keys(said) if not WORDS.is_said(catalogue.get(*key))]
    assert missing == [], "say these in data/words, too"


@pytest.mark.parametrize("code", OTHERS)
def test_a_sentence_keeps_its_fields(code):
    catalogue = WORDS.read(WORDS.FOLDER / f"{code}.po", code)
    pairs = [pair for message in catalogue if message.id for pair in forms(message)]
    lost = [(text, words) for text, words in pairs if _differ(text, words)]
    assert lost == []


def _differ(text: str, words: str) -> bool:
    """Whether the fields differ; a form for one thing may leave the amount out ("im besten Abschnitt").

    A text that is said without values may hold any braces.
    """
    try:
        return not fields(text) - {"n"} <= fields(words) <= fields(text)
    except ValueError:
        return False


@pytest.mark.parametrize("code", OTHERS)
def test_a_sentence_keeps_its_markup_and_its_end(code):
    """Bold signs, code signs and the full stop at the end mean the same in every language."""
    catalogue = WORDS.read(WORDS.FOLDER / f"{code}.po", code)
    pairs = [pair for message in catalogue if message.id for pair in forms(message)]
    signs = [(text, words) for text, words in pairs if _signs(text) != _signs(words)]
    assert signs == []


def _signs(text: str) -> tuple[int, int, bool]:
    """A short form such as "{amount} Mio." ends with a full stop of its own."""
    return text.count("**"), text.count("`"), text.endswith(".") and not text.endswith(SHORT_FORMS)


def lost_in(source: str) -> list[int]:
    """Lines with a word said inside an f-string, where the collector of Python 3.11 does not look."""
    strings = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr))
    calls = (node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call))
    return [
        call.lineno
        for call in calls
        if getattr(call.func, "id", "") in WORDS.KEYWORDS
        and call.args
        and isinstance(call.args[0], ast.Constant)
    ]


def test_no_word_is_said_where_the_collector_does_not_look():
    files = [file for place in WORDS.SPOKEN for file in [ROOT / place, *(ROOT / place).rglob("*.py")]]
    lost = {file.name: lost_in(file.read_text("utf-8")) for file in files if file.is_file()}
    assert {name: lines for name, lines in lost.items() if lines} == {}
    assert lost_in("f'{say(\"Total\")}: {x}'") == [1]


def test_a_missing_word_is_found(said):
    short = Catalog(locale="de")
    assert [key for key in keys(said) if not WORDS.is_said(short.get(*key))]
