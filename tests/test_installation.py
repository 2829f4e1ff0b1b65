"""What a stranger gets from a clone: every package pinned, and the commands the README promises."""

from __future__ import annotations

import ast
import re
import sys
from importlib import metadata
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
CODE = ["crossover", "ui", "pages"]
PIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9.]+( ; .+)?")


def requirement_lines(name: str) -> list[str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


def pinned(*names: str) -> dict[str, Requirement]:
    """The requirements of these files by normalised name."""
    found = map(Requirement, chain.from_iterable(map(requirement_lines, names)))
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def needs_of(name: str) -> set[str]:
    """The packages that an installed package needs on this computer, its extras aside."""
    return {
        canonicalize_name(requirement.name)
        for requirement in map(Requirement, metadata.requires(name) or [])
        if not requirement.marker or requirement.marker.evaluate({"extra": ""})
    }


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_line_pins_one_version(name):
    lines = requirement_lines(name)
    assert lines
    assert [line for line in lines if not PIN.fullmatch(line)] == []
    assert len(pinned(name)) == len(lines)


@pytest.mark.parametrize("names", [["requirements.txt"], ["requirements.txt", "requirements-dev.txt"]])
def test_whatever_a_pinned_package_needs_is_pinned_too(names):
    pins = pinned(*names)
    here = [name for name, pin in pins.items() if not pin.marker or pin.marker.evaluate()]
    assert set().union(*map(needs_of, here)) - pins.keys() == set()


def imported_packages() -> set[str]:
    """The top names that the shipped code imports, at the top of a module or inside a function."""
    files = [*ROOT.glob("*.py"), *chain.from_iterable((ROOT / place).rglob("*.py") for place in CODE)]
    nodes = chain.from_iterable(ast.walk(ast.parse(file.read_text(encoding="utf-8"))) for file in files)
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


def test_the_code_imports_only_packages_that_are_installed_with_it():
    outside = imported_packages() - sys.stdlib_module_names - {"crossover", "ui", "pages"}
    makers = metadata.packages_distributions()
    pins = pinned("requirements.txt")
    assert [
        name for name in outside if not pins.keys() & set(map(canonicalize_name, makers.get(name, [])))
    ] == []


def test_the_commands_of_the_readme_are_in_the_makefile():
    promised = set(re.findall(r"\bmake ([a-z]+)\b", (ROOT / "README.md").read_text(encoding="utf-8")))
    offered = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"run", "test"} <= promised
    assert promised - offered == set()
