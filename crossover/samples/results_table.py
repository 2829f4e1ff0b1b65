"""Tables of results: one row per answer, or one row per sample with a column for each strategy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import median

from crossover.samples.columns import NUMBERED_COLUMN, column_key, column_label, is_known
from crossover.samples.problems import ProblemLog, Refused
from crossover.samples.reading import Grid
from crossover.samples.results_columns import Columns, result_columns, wide_role
from crossover.samples.results_names import exact_strategy
from crossover.samples.results_types import UNNAMED
from crossover.samples.results_values import RawResult, amount, is_blank, outcome_score
from crossover.words import mark, say

LONG, WIDE = mark("a table with one row per answer"), mark("a table with one column per strategy")
_MILLISECONDS_FROM = 60.0
_FITTING_SHARE = 0.9
_MORE = ("latency", "latency_seconds", "latency_ms", "input_tokens", "output_tokens", "cost_usd")
_READ_AS_SECONDS = (
    mark("The column “{column}” does not say its unit; it was read as seconds."),
    mark("If it holds milliseconds, call it latency_ms."),
)
_READ_AS_MILLISECONDS = (
    mark("The column “{column}” does not say its unit; it was read as milliseconds."),
    mark("If it holds seconds, call it latency_seconds."),
)
NO_OUTCOME = "no_outcome_column"
"""Kind of the problem that no column tells right from wrong."""


def table_results(grid: Grid, log: ProblemLog) -> tuple[str, list[RawResult], bool]:
    """Layout in words, the results, and whether samples have names of their own. Raises Refused."""
    columns = _columns(grid)
    if columns.foreign_money and "cost_usd" not in columns.places:
        what = say(
            "The column “{column}” is not in US dollars; it was left out.", column=columns.foreign_money[:40]
        )
        log.note("foreign_money", what, say("Convert it and name the column cost_usd."))
    if columns.is_long:
        _note_long(columns, log)
        return LONG, list(_long(grid, columns, log)), _sample_place(columns) is not None
    if wide := _wide_columns(grid, columns):
        return WIDE, list(_wide(grid, columns, wide, log)), _sample_place(columns) is not None
    what = say(
        "No column says whether an answer was right; the columns are {names}.",
        names=", ".join(map(column_label, grid.columns[:8])),
    )
    remedy = say(
        "Name one “correct” (1 or 0) or “score” (0 to 1), or give each strategy a column of its own."
    )
    raise Refused(NO_OUTCOME, what, remedy)


def _columns(grid: Grid) -> Columns:
    """Columns by role; one that is called like a question but holds verdicts is a strategy's own."""
    columns = result_columns(grid.columns)
    if columns.questions is not None and _holds_outcomes(grid.column(columns.questions)):
        return replace(columns, questions=None)
    return columns


def _sample_place(columns: Columns) -> int | None:
    """The id of a sample, else its question."""
    return columns.places.get("sample", columns.questions)


def _note_long(columns: Columns, log: ProblemLog) -> None:
    if "strategy" not in columns.places:
        what = say("No column names the strategy; all results stand as “{name}”.", name=say(UNNAMED))
        log.note("no_strategy", what, say("Choose the strategy below, or add a column “strategy”."))
    if _sample_place(columns) is None:
        what = say("No column identifies the samples, so strategies cannot be compared sample by sample.")
        log.note("no_sample_id", what, say("Add a column sample_id with the same id for every strategy."))


def _long(grid: Grid, columns: Columns, log: ProblemLog) -> Iterator[RawResult]:
    places = columns.places
    sample_place, outcome_place = _sample_place(columns), places.get("correct", places.get("score", 0))
    strategy_place = places.get("strategy")
    latency_place, units = _latency(places, grid, log)
    for row, line in zip(grid.rows, grid.lines, strict=True):
        sample = row[sample_place].strip() if sample_place is not None else ""
        outcome = row[outcome_place]
        if is_blank(outcome) and "score" in places:
            outcome = row[places["score"]]
        yield RawResult(
            strategy=row[strategy_place].strip() if strategy_place is not None else UNNAMED,
            sample=sample or f"line {line}",
            outcome=outcome,
            line=line,
            threshold=_cell(row, places.get("threshold")),
            latency=_cell(row, latency_place),
            latency_units=units,
            input_tokens=_cell(row, places.get("input_tokens")),
            output_tokens=_cell(row, places.get("output_tokens")),
            cost_usd=_cell(row, places.get("cost_usd")),
        )


def _wide_columns(grid: Grid, columns: Columns) -> dict[str, dict[str, int]]:
    """Places by role for each strategy that has verdicts in a column of its own."""
    known = {*columns.places.values(), columns.questions}
    names: dict[str, str] = {}
    found: dict[str, dict[str, int]] = {}
    for place, column in enumerate(grid.columns):
        strategy, role = wide_role(column)
        if place in known or role not in ("correct", "score", *_MORE):
            continue
        key = column_key(strategy)
        if role in ("correct", "score"):
            if not _may_be_strategy(column) or not _holds_outcomes(grid.column(place)):
                continue
            role, names[key] = "correct", names.get(key, strategy)
        found.setdefault(key, {}).setdefault(role, place)
    return {name: found[key] for key, name in names.items()}


def _may_be_strategy(column: str) -> bool:
    """Whether a name can be a strategy's: no reference answer, and no cell that was taken for a name."""
    is_reference = is_known(column) and exact_strategy(column) is None
    return not (is_reference or NUMBERED_COLUMN.fullmatch(column) or outcome_score(column) is not None)


def _holds_outcomes(cells: Sequence[str]) -> bool:
    """Whether nearly every filled cell is a verdict or a score."""
    filled = [cell for cell in cells if not is_blank(cell)]
    fitting = sum(outcome_score(cell) is not None for cell in filled)
    return bool(filled) and fitting >= _FITTING_SHARE * len(filled)


def _wide(
    grid: Grid, columns: Columns, wide: Mapping[str, Mapping[str, int]], log: ProblemLog
) -> Iterator[RawResult]:
    """A blank verdict means that this strategy was not tried on the sample: nothing is missing."""
    sample_place = _sample_place(columns)
    latencies = {strategy: _latency(places, grid, log) for strategy, places in wide.items()}
    for row, line in zip(grid.rows, grid.lines, strict=True):
        sample = row[sample_place].strip() if sample_place is not None else ""
        for strategy, places in wide.items():
            if is_blank(row[places["correct"]]):
                continue
            latency_place, units = latencies[strategy]
            yield RawResult(
                strategy=strategy,
                sample=sample or f"line {line}",
                outcome=row[places["correct"]],
                line=line,
                latency=_cell(row, latency_place),
                latency_units=units,
                input_tokens=_cell(row, places.get("input_tokens")),
                output_tokens=_cell(row, places.get("output_tokens")),
                cost_usd=_cell(row, places.get("cost_usd")),
            )


def _latency(places: Mapping[str, int], grid: Grid, log: ProblemLog) -> tuple[int | None, float]:
    """Where the latency stands and how many of its units make a second.

    A column that does not say its unit is taken for milliseconds when answers would otherwise take
    more than a minute, and the guess is told.
    """
    if "latency_seconds" in places:
        return places["latency_seconds"], 1.0
    if "latency_ms" in places:
        return places["latency_ms"], 1000.0
    if "latency" not in places:
        return None, 1.0
    place = places["latency"]
    known = [number for number in map(amount, grid.column(place)) if number is not None]
    is_ms = bool(known) and median(known) >= _MILLISECONDS_FROM
    what, remedy = _READ_AS_MILLISECONDS if is_ms else _READ_AS_SECONDS
    log.note("latency_unit", say(what, column=grid.columns[place][:40]), say(remedy))
    return place, 1000.0 if is_ms else 1.0


def _cell(row: Sequence[str], place: int | None) -> str | None:
    return None if place is None else row[place]
