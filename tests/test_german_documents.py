"""A German document says what the English one says: section by section, name by name, number by number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

DOCUMENTS = Path(__file__).resolve().parents[1] / "docs"
PAIRS = [(each.with_name(each.name.replace(".de", "")), each) for each in sorted(DOCUMENTS.glob("*.de.md"))]
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"#.*$", re.MULTILINE)
HEADING = re.compile(r"^(#+) (.*)$", re.MULTILINE)
CODE = re.compile(r"`[^`]+`")
LINK = re.compile(r"\]\(([^)]+)\)")
WHOLE_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# gpt-4o-mini, GLM-5.3, 0.2.3, "DeepSeek V4.1", and the numbers of formulas that have no letter
NAME = re.compile(r"\b[A-Za-z][\w+-]*\d[\w.+-]*|\d+(?:\.\d+){2,}|(?<=, )3\.\d+(?=\))")
PATTERNS = {
    "code": CODE,
    "links": LINK,
    "formulas": re.compile(r"\bF\d\.\d+b?\b|\bG\d+\b|(?<=, )3\.\d+(?=\))"),
    "rows": re.compile(r"^\|", re.MULTILINE),
    "items": re.compile(r"^(?:-|\d\.) ", re.MULTILINE),
}

Section = tuple[str, str]


@pytest.fixture(params=PAIRS, ids=lambda pair: pair[0].stem)
def pair(request: pytest.FixtureRequest) -> list[tuple[Section, Section]]:
    """Each section in English with the one that stands in its place in German."""
    english, german = (list(sections(path)) for path in request.param)
    assert len(english) == len(german)
    return list(zip(english, german, strict=True))


def sections(path: Path) -> Iterator[Section]:
    """Each section's heading and text, in order, without blocks of code."""
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    starts = [*HEADING.finditer(text)]
    ends = [each.start() for each in starts[1:]] + [len(text)]
    yield from ((start[0], text[start.end() : end]) for start, end in zip(starts, ends, strict=True))


def test_the_methodology_is_written_in_german():
    assert DOCUMENTS / "methodology.md" in {english for english, _ in PAIRS}


def test_headings_have_the_same_level_and_name_the_same_modules(pair):
    for (english, _), (german, _) in pair:
        assert german.partition(" ")[0] == english.partition(" ")[0]
        assert CODE.findall(german) == CODE.findall(english)


@pytest.mark.parametrize("kind", PATTERNS)
def test_each_section_has_the_same(pair, kind):
    for (heading, english), (_, german) in pair:
        assert Counter(PATTERNS[kind].findall(german)) == Counter(PATTERNS[kind].findall(english)), heading


def test_each_section_gives_the_same_numbers(pair):
    for (heading, english), (_, german) in pair:
        assert numbers(german, decimal=",") == numbers(english, decimal="."), heading


def numbers(text: str, decimal: str) -> Counter[str]:
    """The numbers of a text outside of code, links and names, without the signs between thousands."""
    group = "," if decimal == "." else "."
    found = NUMBER.findall(NAME.sub(" ", WHOLE_LINK.sub(" ", CODE.sub(" ", text))))
    return Counter(each.replace(group, "").replace(decimal, ".") for each in found)


def test_rows_of_tables_name_the_same_things_in_the_same_order(pair):
    for (heading, english), (_, german) in pair:
        for one, other in zip(rows(english), rows(german), strict=True):
            assert Counter(CODE.findall(other)) == Counter(CODE.findall(one)), (heading, other)
            assert numbers(other, decimal=",") == numbers(one, decimal="."), (heading, other)


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("|")]


@pytest.mark.parametrize("paths", PAIRS, ids=lambda paths: paths[0].stem)
def test_blocks_of_code_differ_in_nothing_but_their_comments(paths):
    english, german = (FENCE.findall(path.read_text(encoding="utf-8")) for path in paths)
    assert [COMMENT.sub("", block) for block in german] == [COMMENT.sub("", block) for block in english]
