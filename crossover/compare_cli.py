"""`python -m crossover compare`: files and a scenario in, the comparison the page shows out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from crossover.comparison import Comparison, NothingToCompare, compare
from crossover.cost import InvalidCostInput
from crossover.demo import load_demo
from crossover.prices import load_price_book
from crossover.report import csv_text, json_text, one_line, printable, summary_text
from crossover.report.brief import InvalidBrief, brief
from crossover.report.brief_html import brief_html
from crossover.samples import Limits, Problem, Reading, SampleSet, Severity, Slot, combine, read_uploads
from crossover.scenario import InvalidScenario, Scenario
from crossover.strategies import ALL_STRATEGIES, MORE_STRATEGIES, Strategy, chosen_strategies
from crossover.tokens import count_tokens
from crossover.verdict import verdict
from crossover.whatif import Sureness, sureness

STANDARD_OUTPUT = Path("-")
EVERY_STRATEGY = "all"
MOST_NOTES = 20
TITLE = "What each way of adapting the model costs"
MOST_SCENARIO_BYTES = 1_000_000
_LIMITS = Limits()
_SLOTS = {
    "qa": Slot.QUESTIONS,
    "chat": Slot.CHATS,
    "docs": Slot.KNOWLEDGE,
    "tools": Slot.TOOLS,
    "instructions": Slot.INSTRUCTIONS,
}


class UnusableInput(ValueError):
    """Input the command cannot work with; the message says what to do."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `compare` takes beside --date."""
    files = {"type": Path, "action": "append", "default": [], "metavar": "FILE"}
    parser.add_argument("--scenario", type=Path, metavar="FILE", help="a scenario as JSON; defaults without")
    parser.add_argument("--qa", **files, help="questions and answers")  # type: ignore[arg-type]
    parser.add_argument("--chat", **files, help="chats or fine-tuning rows")  # type: ignore[arg-type]
    parser.add_argument(
        "--docs", type=Path, action="extend", nargs="+", default=[], help="documents, a folder or a zip"
    )
    parser.add_argument("--tools", **files, help="function definitions or OpenAPI")  # type: ignore[arg-type]
    parser.add_argument("--instructions", **files, help="the system prompt")  # type: ignore[arg-type]
    parser.add_argument("--seed", type=int, help="of the random draws, instead of the scenario's")
    parser.add_argument("--strategies", metavar="A,B", help="only these, by id; all for every one")
    parser.add_argument(
        "--json", type=Path, nargs="?", const=STANDARD_OUTPUT, metavar="FILE", help="print JSON, or write it"
    )
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write every figure with its source")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the brief as one page")


def run_compare(options: argparse.Namespace, today: date) -> int:
    """Compare and print a summary or JSON, and write what was asked for. Raises UnusableInput."""
    scenario, strategies = _question(options, today)
    samples = _samples(options)
    comparison = _compared(samples, scenario, strategies)
    sure = sureness(comparison)
    _write_files(options, comparison, sure, today)
    is_printed = options.json == STANDARD_OUTPUT
    if is_printed and samples.demo:
        print("Note: no files were given, so this is the demo data.", file=sys.stderr)
    for note in _notes(samples):
        print(note, file=sys.stderr)
    _print(json_text(comparison, sure) if is_printed else summary_text(comparison, sure))
    return 0


def _question(options: argparse.Namespace, today: date) -> tuple[Scenario, tuple[Strategy, ...]]:
    """The scenario as the options change it, and the strategies to compare; extras stand in both."""
    try:
        scenario = _read_scenario(options.scenario, today) if options.scenario else Scenario(price_date=today)
        given = {"price_date": options.date, "seed": options.seed}
        scenario = replace(scenario, **{name: value for name, value in given.items() if value is not None})
    except (InvalidScenario, OverflowError) as error:
        raise UnusableInput(f"{options.scenario or 'The options'}: {error}") from error
    named = (*scenario.extra_strategies, *(each.strategy for each in scenario.strategy_models))
    _require_strategies(named)
    if options.strategies is None:
        return scenario, chosen_strategies(scenario)
    strategies = _named_strategies(options.strategies)
    extra = tuple(each.id for each in strategies if each in MORE_STRATEGIES)
    return replace(scenario, extra_strategies=extra), strategies


def _read_scenario(path: Path, today: date) -> Scenario:
    """A scenario file; without a price_date it is the scenario of today."""
    data = _content(path, MOST_SCENARIO_BYTES)
    if len(data) > MOST_SCENARIO_BYTES:
        raise UnusableInput(f"{path} is larger than {MOST_SCENARIO_BYTES / 1e6:g} MB: that is no scenario.")
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnusableInput(f"{path} is not a scenario in JSON: {error}") from error
    if not isinstance(content, dict):
        raise UnusableInput(f"{path} must hold one JSON object with the fields of a scenario.")
    return Scenario.from_mapping({"price_date": today.isoformat(), **content})


def _named_strategies(listed: str) -> tuple[Strategy, ...]:
    names = {name.strip() for name in listed.split(",") if name.strip()}
    if names == {EVERY_STRATEGY}:
        return ALL_STRATEGIES
    _require_strategies(names or {listed})
    return tuple(each for each in ALL_STRATEGIES if each.id in names)


def _require_strategies(names: Iterable[str]) -> None:
    known = [each.id for each in ALL_STRATEGIES]
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise UnusableInput(f"There is no strategy called {unknown[0]!r}; choose from {', '.join(known)}.")


def _samples(options: argparse.Namespace) -> SampleSet:
    """Everything that was named, through the same door as on the page; the demo data without files."""
    readings = [
        reading
        for name, slot in _SLOTS.items()
        for path in getattr(options, name)
        for reading in _read(path, slot)
    ]
    return combine(readings) if readings else load_demo("en")


def _read(path: Path, slot: Slot) -> tuple[Reading, ...]:
    """The readings of a file, zip or folder. Raises UnusableInput when nothing in it can be used."""
    readings = tuple(
        reading
        for name, file in _files(path, slot)
        for reading in read_uploads(
            name, _content(file, _LIMITS.file_bytes), slot=slot, limits=_LIMITS, count_tokens=count_tokens
        )
    )
    if not readings:
        raise UnusableInput(f"{path} holds no files.")
    if all(reading.refused for reading in readings):
        refusal = next(each for each in readings[0].problems if each.severity is Severity.REFUSED)
        raise UnusableInput(f"{path} cannot be used: {refusal.what} {refusal.remedy}")
    return readings


def _files(path: Path, slot: Slot) -> Iterator[tuple[str, Path]]:
    """The name and place of each file; a folder's in the order of their paths, hidden ones left out."""
    if not path.is_dir():
        yield path.name, path
        return
    if slot is not Slot.KNOWLEDGE:
        raise UnusableInput(f"{path} is a folder: name a file, or give the folder to --docs.")
    inside = sorted(each for each in path.rglob("*") if each.is_file())
    shown = [each for each in inside if not _is_hidden(each.relative_to(path))]
    if len(shown) > _LIMITS.zip_entries or sum(map(_size, shown)) > _LIMITS.zip_bytes:
        most = f"{_LIMITS.zip_entries:,} files or {_LIMITS.zip_bytes / 1e6:,.0f} MB"
        raise UnusableInput(f"{path} holds more than {most}: name a part of it.")
    yield from ((f"{path.name}/{each.relative_to(path).as_posix()}", each) for each in shown)


def _is_hidden(inside: Path) -> bool:
    return any(part.startswith(".") for part in inside.parts)


def _size(path: Path) -> int:
    return path.stat().st_size


def _content(path: Path, most: int) -> bytes:
    """The bytes of a file; of one larger than `most` a byte more than that, which is enough to refuse it."""
    if not path.is_file():
        raise UnusableInput(f"{path} is not a file: check the name.")
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise UnusableInput(f"{path} cannot be read: {error.strerror}.") from error


def _compared(samples: SampleSet, scenario: Scenario, strategies: tuple[Strategy, ...]) -> Comparison:
    try:
        return compare(samples, scenario, load_price_book(), strategies)
    except NothingToCompare as error:
        raise UnusableInput(
            "There is no question to cost: give --qa or --chat, or no files for the demo data."
        ) from error
    except InvalidCostInput as error:
        raise UnusableInput(f"The scenario cannot be costed: {error}") from error


def _write_files(options: argparse.Namespace, comparison: Comparison, sure: Sureness, today: date) -> None:
    if options.json not in (None, STANDARD_OUTPUT):
        _write(options.json, json_text(comparison, sure).encode("ascii"))
    if options.csv is not None:
        _write(options.csv, csv_text(comparison, sure).encode("utf-8-sig", "replace"))
    if options.html is not None:
        _write(options.html, _page(comparison, sure, today).encode("utf-8", "replace"))


def _page(comparison: Comparison, sure: Sureness, today: date) -> str:
    try:
        made = brief(comparison, sure, verdict(comparison, sure), title=TITLE, made_on=today)
    except InvalidBrief as error:
        raise UnusableInput(f"No page can be made of this comparison: {error}") from error
    return brief_html(made)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UnusableInput(f"{path} cannot be written: {error.strerror}.") from error


def _notes(samples: SampleSet) -> Iterator[str]:
    """What the door left out and why, one line each."""
    left_out = [each for each in samples.problems if each.severity is not Severity.NOTE]
    yield from (
        one_line(f"Note: {_place(each)}: {each.what} {each.remedy}") for each in left_out[:MOST_NOTES]
    )
    if len(left_out) > MOST_NOTES:
        yield f"Note: {len(left_out) - MOST_NOTES} more notes of this kind are not shown."


def _place(problem: Problem) -> str:
    return problem.file if problem.line is None else f"{problem.file}, line {problem.line}"


def _print(text: str) -> None:
    """Text as far as the terminal can show it."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(printable(text).encode(encoding, "replace").decode(encoding))
