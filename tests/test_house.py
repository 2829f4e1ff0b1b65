"""The rules of the house, each checked on the project, and on a planted breach to show that it can fail."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# In order of flow: a stage imports only the ones before it. A new stage takes its place here.
STAGES = [
    "words",
    "calendar",
    "numbers",
    "figure",
    "units",
    "assumptions",
    "own_prices",
    "scenario",
    "scenario_url",
    "samples",
    "demo",
    "tokens",
    "retrieval",
    "profile",
    "prices",
    "strategies",
    "cost",
    "latency",
    "gates",
    "evidence",
    "uncertainty",
    "criteria",
    "comparison",
    "whatif",
    "verdict",
    "replay",
    "charts",
    "report",
    "store",
    "prices_cli",
    "compare_cli",
    "cli",
    "__main__",
]
ROOM_FOR_STREAMLIT = {"app.py", "asgi.py", "pages", "ui", "tests", "benchmarks"}
NETWORK = {
    "requests",
    "httpx",
    "httpx2",
    "urllib3",
    "urllib.request",
    "http.client",
    "socket",
    "aiohttp",
    "websockets",
}
CLOCKS = {"date.today", "datetime.today", "datetime.now", "datetime.utcnow", "time.time"}
EDGES = {"cli", "__main__"}  # where a day is chosen when nobody gave one
LONGEST_MODULE = 250


def modules(root: Path, *places: str) -> Iterator[Path]:
    for place in places:
        path = root / place
        yield from (
            sorted(path.rglob("*.py"))
            if path.is_dir()
            else [path] * (path.suffix == ".py" and path.is_file())
        )


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(root: Path, path: Path) -> Iterator[str]:
    """Every name the module imports, absolute and in full: `from a import b` gives a.b."""
    package = list(path.relative_to(root).parent.parts)
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *filter(None, [node.module])])
            yield from (f"{source}.{alias.name}" for alias in node.names)


def stage_of(root: Path, path: Path) -> str:
    return Path(path.relative_to(root / "crossover").parts[0]).stem


def is_under(name: str, packages: Iterable[str]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


def backward_imports(root: Path) -> list[str]:
    """Stages that import a later one, or that have no place in the order."""
    found = []
    for path in modules(root, "crossover"):
        own = stage_of(root, path)
        others = {name.split(".")[1] for name in imports_of(root, path) if name.startswith("crossover.")}
        for stage in sorted({own, *others} - {"__init__"}):
            if stage not in STAGES:
                found.append(f"{path.relative_to(root)}: {stage} has no place in STAGES")
            elif own != "__init__" and own in STAGES and STAGES.index(stage) > STAGES.index(own):
                found.append(f"{path.relative_to(root)}: {own} imports {stage}, a later stage")
    return found


def streamlit_outside_its_room(root: Path) -> list[str]:
    places = [
        path.name for path in root.iterdir() if path.name not in ROOM_FOR_STREAMLIT and path.name[0] != "."
    ]
    return [
        str(path.relative_to(root))
        for path in modules(root, *places)
        if any(is_under(name, ["streamlit"]) for name in imports_of(root, path))
    ]


def network_in_the_core(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)}: {name}"
        for path in modules(root, "crossover")
        for name in imports_of(root, path)
        if is_under(name, NETWORK)
    ]


def clocks_in_the_core(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)}:{node.lineno}: {ast.unparse(node.func)}()"
        for path in modules(root, "crossover")
        if stage_of(root, path) not in EDGES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ".".join(ast.unparse(node.func).split(".")[-2:]) in CLOCKS
    ]


def long_modules(root: Path) -> list[str]:
    counts = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in modules(root, "crossover", "ui", "pages", "scripts", "app.py", "asgi.py")
    }
    return [
        f"{path.relative_to(root)}: {lines} lines" for path, lines in counts.items() if lines > LONGEST_MODULE
    ]


def grab_bags(root: Path) -> list[str]:
    everything = modules(root, "crossover", "ui", "pages", "scripts", "tests", "benchmarks")
    return [str(path.relative_to(root)) for path in everything if re.search(r"util|helper|misc", path.stem)]


BREACHES: list[tuple[Callable[[Path], list[str]], str, str]] = [
    (backward_imports, "crossover/figure.py", "from crossover.cost import totals"),
    (backward_imports, "crossover/figure.py", "from crossover import cost"),
    (backward_imports, "crossover/tokens/counter.py", "from ..cost.totals import total"),
    (backward_imports, "crossover/tokens/counter.py", "def late():\n    import crossover.cli"),
    (backward_imports, "crossover/surprise.py", ""),
    (streamlit_outside_its_room, "crossover/cost/totals.py", "import streamlit as st"),
    (streamlit_outside_its_room, "scripts/anything.py", "from streamlit.testing.v1 import AppTest"),
    (network_in_the_core, "crossover/prices/book.py", "from urllib.request import urlopen"),
    (network_in_the_core, "crossover/prices/book.py", "import requests"),
    (clocks_in_the_core, "crossover/gates.py", "import datetime\ntoday = datetime.date.today()"),
    (clocks_in_the_core, "crossover/gates.py", "from datetime import datetime\nnow = datetime.now()"),
    (long_modules, "ui/session.py", "x = 1\n" * (LONGEST_MODULE + 1)),
    (grab_bags, "crossover/cost/utils.py", ""),
]
RULES = list(dict.fromkeys(rule for rule, _, _ in BREACHES))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_project_keeps_the_rule(rule):
    assert rule(ROOT) == []


@pytest.mark.parametrize(("rule", "path", "text"), BREACHES)
def test_the_rule_sees_a_breach(rule, path, text, tmp_path):
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    assert len(rule(tmp_path)) == 1


def test_the_rules_look_at_the_whole_core():
    assert {"figure", "samples", "tokens", "strategies", "cost"} <= {
        stage_of(ROOT, path) for path in modules(ROOT, "crossover")
    }
