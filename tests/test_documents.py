"""The documents agree with the project: links lead somewhere, names exist, every stage is explained."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from test_house import STAGES

ROOT = Path(__file__).resolve().parent.parent
METHODOLOGY = ROOT / "docs" / "methodology.md"
DOCUMENTS = sorted(
    str(path.relative_to(ROOT))
    for place in (ROOT, ROOT / "docs", ROOT / "docs/decisions")
    for path in place.glob("*.md")
)
SHOWN_ON_A_PAGE = sorted(path.name for path in (ROOT / "docs").glob("*.md"))
CODE_FOLDERS = ("crossover", "ui", "pages", "data", "docs", "tests", "scripts", "benchmarks", ".streamlit")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def without_code(text: str) -> str:
    """The text without code blocks and code spans, in which nothing is a link."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))


def local_links(text: str) -> list[str]:
    """Targets of links and images that are neither on the web nor a place in the same file."""
    targets = re.findall(r"\]\(([^)\s]+)\)", without_code(text))
    return [target for target in targets if not re.match(r"[a-z]+:|#", target)]


def dead_links(path: Path) -> list[str]:
    return [
        target
        for target in local_links(text_of(path))
        if not (path.parent / target.partition("#")[0]).resolve().exists()
    ]


def code_spans(text: str) -> list[str]:
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"`([^`\n]+)`", prose)


def named_paths(text: str) -> set[str]:
    """Code spans that name a file or folder of the project."""
    spans = (span.rstrip("/") for span in code_spans(text))
    return {span for span in spans if re.fullmatch(r"[\w./-]+", span) and span.split("/")[0] in CODE_FOLDERS}


@cache
def functions() -> frozenset[str]:
    """Every function and method of the core."""
    sources = (ROOT / "crossover").rglob("*.py")
    return frozenset(
        name for file in sources for name in re.findall(r"^\s*def (\w+)", text_of(file), re.MULTILINE)
    )


def present_stages() -> list[str]:
    """The stages that have been written, in order of flow; command lines explain themselves."""
    core = ROOT / "crossover"
    explained = [stage for stage in STAGES if stage != "__main__" and not stage.endswith("cli")]
    modules = {path.stem for path in core.glob("*.py")} | {
        path.parent.name for path in core.glob("*/__init__.py")
    }
    return [stage for stage in explained if stage in modules]


def explained_stages(text: str) -> list[str]:
    """The stages named in the section headings, in order."""
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    return [span for heading in headings for span in code_spans(heading)]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_in_a_document_leads_to_a_file(name):
    assert dead_links(ROOT / name) == []


def test_a_dead_link_is_seen_and_code_is_not_taken_for_one(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "[a](here.md) [b](gone.md) ![c](gone.png) `[d](code.md)` [e](https://example.org) [f](#top)"
    )
    (tmp_path / "here.md").touch()
    assert dead_links(page) == ["gone.md", "gone.png"]


@pytest.mark.parametrize("name", ["README.md", "docs/methodology.md", "docs/decisions/0001-structure.md"])
def test_every_file_a_document_names_exists(name):
    named = named_paths(text_of(ROOT / name))
    assert named
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_every_decision_is_listed():
    folder = ROOT / "docs" / "decisions"
    pages = {path.name for path in folder.glob("0*.md")}
    assert pages
    assert pages - set(local_links(text_of(folder / "README.md"))) == set()


def test_the_methodology_explains_every_stage_in_the_order_of_the_code():
    assert explained_stages(text_of(METHODOLOGY)) == present_stages()


def test_the_guide_for_contributors_has_a_place_for_every_stage():
    named = set(code_spans(text_of(ROOT / "CONTRIBUTING.md")))
    assert [stage for stage in present_stages() if stage not in named] == []


def test_every_function_the_methodology_names_exists():
    named = set(re.findall(r"`(\w+)\(\)`", text_of(METHODOLOGY)))
    assert len(named) > 20
    assert named - functions() == set()


def test_the_methodology_names_no_file_by_a_link_that_a_page_could_not_follow():
    assert local_links(text_of(METHODOLOGY)) == []


@pytest.mark.parametrize("name", SHOWN_ON_A_PAGE)
def test_no_pair_of_dollar_signs_opens_a_formula_on_a_page(name):
    paragraphs = without_code(text_of(ROOT / "docs" / name)).split("\n\n")
    assert [paragraph for paragraph in paragraphs if paragraph.replace(r"\$", "").count("$") > 1] == []


def test_every_assumption_has_its_label_unit_reason_and_a_range_round_its_likely_value():
    with (ROOT / "data" / "assumptions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert [
        row["name"] for row in rows if not all(row[key].strip() for key in ("label", "unit", "reason"))
    ] == []
    assert [
        row["name"] for row in rows if not float(row["low"]) <= float(row["likely"]) <= float(row["high"])
    ] == []
    for column in ("name", "label"):
        assert [text for text, times in Counter(row[column] for row in rows).items() if times > 1] == []


def test_the_readme_gives_the_way_without_make_and_names_its_two_files():
    command = "pip install -r requirements.txt && streamlit run app.py"
    assert command in text_of(ROOT / "README.md")
    assert all((ROOT / name).is_file() for name in ("requirements.txt", "app.py"))


def test_every_glossary_entry_is_one_line_with_a_meaning():
    rows = re.findall(r"^\|(.+)\|$", text_of(ROOT / "docs" / "glossary.md"), re.MULTILINE)[2:]
    cells = [[cell.strip() for cell in row.split("|")] for row in rows]
    assert len(cells) > 15
    assert [row for row in cells if len(row) != 2 or not all(row)] == []


def rules_with_bills(document: Path, heading: str) -> list[tuple[str, str]]:
    """(rule, number of bills) of the first table under a heading that starts with these words."""
    lines = text_of(document).splitlines()
    start = next(place for place, line in enumerate(lines) if line.lower().startswith(heading)) + 2
    rows = itertools.takewhile(lambda line: line.startswith("|"), lines[start:])
    return [(cells[1].strip(), cells[2].strip()) for cells in (row.split("|") for row in rows)]


def test_the_methodology_states_each_token_rule_with_the_bills_the_accuracy_table_counts():
    stated = rules_with_bills(METHODOLOGY, "| rule | bills it rests on")
    counted = rules_with_bills(ROOT / "docs" / "tokens.md", "| rule | bills it changes")
    assert stated == counted
    assert len(stated) > 20
