"""`python -m crossover compare`: files and a scenario in, the comparison the page shows out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from crossover.compare_cli.files import UnusableInput, content_of, notes_on, samples_of
from crossover.comparison import Comparison, NothingToCompare, compare
from crossover.cost import InvalidCostInput
from crossover.prices import load_price_book
from crossover.report import csv_text, json_text, printable, summary_text
from crossover.report.brief import InvalidBrief, brief
from crossover.report.brief_html import brief_html
from crossover.samples import SampleSet
from crossover.scenario import InvalidScenario, Scenario
from crossover.strategies import ALL_STRATEGIES, MORE_STRATEGIES, Strategy, chosen_strategies
from crossover.verdict import verdict
from crossover.whatif import Sureness, sureness
from crossover.words import ENGLISH, LANGUAGES, in_language, mark, say

STANDARD_OUTPUT = Path("-")
EVERY_STRATEGY = "all"
TITLE = mark("What each way of adapting the model costs")
MOST_SCENARIO_BYTES = 1_000_000


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
    parser.add_argument(
        "--language", choices=list(LANGUAGES), default=ENGLISH, help="of all sentences; English if left out"
    )


def run_compare(options: argparse.Namespace, today: date) -> int:
    """Compare and print a summary or JSON, and write what was asked for. Raises UnusableInput."""
    with in_language(options.language):
        return _run(options, today)


def _run(options: argparse.Namespace, today: date) -> int:
    scenario, strategies = _question(options, today)
    samples = samples_of(options)
    comparison = _compared(samples, scenario, strategies)
    sure = sureness(comparison)
    _write_files(options, comparison, sure, today)
    is_printed = options.json == STANDARD_OUTPUT
    if is_printed and samples.demo:
        print(say("Note: no files were given, so this is the demo data."), file=sys.stderr)
    for note in notes_on(samples):
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
        where = options.scenario or say("The options")
        raise UnusableInput(f"{where}: {error}") from error
    named = (*scenario.extra_strategies, *(each.strategy for each in scenario.strategy_models))
    _require_strategies(named)
    if options.strategies is None:
        return scenario, chosen_strategies(scenario)
    strategies = _named_strategies(options.strategies)
    extra = tuple(each.id for each in strategies if each in MORE_STRATEGIES)
    return replace(scenario, extra_strategies=extra), strategies


def _read_scenario(path: Path, today: date) -> Scenario:
    """A scenario file; without a price_date it is the scenario of today."""
    data = content_of(path, MOST_SCENARIO_BYTES)
    if len(data) > MOST_SCENARIO_BYTES:
        most = MOST_SCENARIO_BYTES / 1e6
        raise UnusableInput(
            say("{path} is larger than {most:g} MB: that is no scenario.", path=path, most=most)
        )
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnusableInput(
            say("{path} is not a scenario in JSON: {error}", path=path, error=error)
        ) from error
    if not isinstance(content, dict):
        raise UnusableInput(say("{path} must hold one JSON object with the fields of a scenario.", path=path))
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
        raise UnusableInput(
            say(
                "There is no strategy called {name}; choose from {known}.",
                name=repr(unknown[0]),
                known=", ".join(known),
            )
        )


def _compared(samples: SampleSet, scenario: Scenario, strategies: tuple[Strategy, ...]) -> Comparison:
    try:
        return compare(samples, scenario, load_price_book(), strategies)
    except NothingToCompare as error:
        raise UnusableInput(
            say("There is no question to cost: give --qa or --chat, or no files for the demo data.")
        ) from error
    except InvalidCostInput as error:
        raise UnusableInput(say("The scenario cannot be costed: {error}", error=error)) from error


def _write_files(options: argparse.Namespace, comparison: Comparison, sure: Sureness, today: date) -> None:
    if options.json not in (None, STANDARD_OUTPUT):
        _write(options.json, json_text(comparison, sure).encode("ascii"))
    if options.csv is not None:
        _write(options.csv, csv_text(comparison, sure).encode("utf-8-sig", "replace"))
    if options.html is not None:
        _write(options.html, _page(comparison, sure, today).encode("utf-8", "replace"))


def _page(comparison: Comparison, sure: Sureness, today: date) -> str:
    try:
        made = brief(comparison, sure, verdict(comparison, sure), title=say(TITLE), made_on=today)
    except InvalidBrief as error:
        raise UnusableInput(say("No page can be made of this comparison: {error}", error=error)) from error
    return brief_html(made)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UnusableInput(
            say("{path} cannot be written: {error}.", path=path, error=error.strerror)
        ) from error


def _print(text: str) -> None:
    """Text as far as the terminal can show it."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(printable(text).encode(encoding, "replace").decode(encoding))
