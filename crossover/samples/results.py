"""The door for evaluation results: a file that somebody's own evaluation wrote -> ResultSet (MODEL.md 3.10).

Results are no samples: they say how well strategies answered, not what is asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from crossover.samples.archive import is_packed_folder
from crossover.samples.delimited import read_delimited, read_regular
from crossover.samples.json_lines import json_records, upload_text
from crossover.samples.limits import Limits
from crossover.samples.parquet import read_parquet
from crossover.samples.problems import Deadline, ProblemLog, Refused, repaired
from crossover.samples.reading import Content, Grid, ReadOptions, Upload
from crossover.samples.record_table import grid_from_records
from crossover.samples.results_evals import LAYOUT as EVALS
from crossover.samples.results_evals import evals_raw, is_evals_log
from crossover.samples.results_inspect import LAYOUT as INSPECT
from crossover.samples.results_inspect import inspect_raw, is_inspect_log
from crossover.samples.results_names import strategies_of
from crossover.samples.results_packed import is_packed_log, packed_log
from crossover.samples.results_promptfoo import LAYOUT as PROMPTFOO
from crossover.samples.results_promptfoo import is_promptfoo_result, promptfoo_raw, promptfoo_results
from crossover.samples.results_table import NO_OUTCOME, table_results
from crossover.samples.results_types import ResultReading, ResultSet
from crossover.samples.results_values import RawResult, result_row
from crossover.samples.sniffing import OLE, is_markup, refuse_foreign
from crossover.samples.table import refuse_bad_lines
from crossover.samples.types import Slot
from crossover.samples.workbook import read_workbook
from crossover.words import say

LEFT_OUT = ""
"""Chosen for a name whose results are not to be counted."""
_DEFAULT_LIMITS = Limits()
_JSON_STARTS = ("{", "[")


def read_results(name: str, data: bytes, *, limits: Limits = _DEFAULT_LIMITS) -> ResultReading:
    """Read one file of results; never raises for anything its bytes may hold.

    Takes CSV, TSV, Excel, Parquet, JSON and JSON Lines tables, long or wide, promptfoo exports,
    Inspect logs (packed or as JSON) and OpenAI evals logs. Lines that cannot be used are skipped and named;
    above the door's share of bad lines the file is refused (MODEL.md E22).
    """
    first = _attempt(repaired(name), data, limits, header_row=1)
    if not any(problem.kind == NO_OUTCOME for problem in first.problems):
        return first
    # a title may stand above the column names; names such as "prompt" in the rows look like a header too,
    # so that is only tried when the first row did not do
    second = _attempt(repaired(name), data, limits, header_row=None)
    return first if second.refused else second


def _attempt(name: str, data: bytes, limits: Limits, header_row: int | None) -> ResultReading:
    log, options = ProblemLog(name, limits), ReadOptions(header_row=header_row)
    deadline = Deadline.after(limits.seconds)
    upload = Upload(name, data, Slot.QUESTIONS, options, limits, log, Content(), deadline)
    reading = ResultReading(name, hashlib.sha256(data).hexdigest())
    try:
        return replace(_read(upload, reading), problems=log.listed())
    except Refused as refusal:
        log.refuse(refusal)
        return replace(reading, problems=log.listed())


def combine_results(readings: Sequence[ResultReading], chosen: Mapping[str, str] | None = None) -> ResultSet:
    """The results of several files as one set, under the strategies they belong to.

    `chosen` gives the strategy by name as written, where a person said so; LEFT_OUT leaves that name
    out. Results without sample ids stay apart from each other.
    """
    used = [reading for reading in readings if not reading.refused]
    named = strategies_of((row.strategy for reading in used for row in reading.rows), chosen or {})
    rows = tuple(
        replace(
            row,
            strategy=named[row.strategy],
            sample=row.sample if reading.has_ids else f"{reading.sha256[:8]} {row.line}",
        )
        for reading in used
        for row in reading.rows
        if named[row.strategy] != LEFT_OUT
    )
    problems = tuple(problem for reading in readings for problem in reading.problems)
    return ResultSet(rows, tuple(named.items()), problems, ", ".join(reading.label for reading in used))


def _read(upload: Upload, reading: ResultReading) -> ResultReading:
    _refuse_unread(upload)
    layout, raws, has_ids = _found(upload)
    skipped_before = upload.log.skipped
    rows = tuple(row for raw in raws if (row := result_row(raw, upload.log)) is not None)
    refuse_bad_lines(upload.log.skipped, len(raws) + skipped_before, upload)
    if not rows:
        raise Refused(
            "no_good_rows", say("The file holds no result that can be used."), say("See the template below.")
        )
    return replace(reading, layout=layout, rows=rows, has_ids=has_ids)


def _refuse_unread(upload: Upload) -> None:
    """Refuse what no reader takes."""
    size, allowed = len(upload.data), upload.limits.file_bytes
    if size > allowed:
        what = say(
            "The file has {size:,.1f} MB, over the limit of {most:g} MB for one file.",
            size=size / 1e6,
            most=allowed / 1e6,
        )
        raise Refused(
            "file_too_large", what, say("Drop only the columns you need, or a part of the samples.")
        )
    if not size:
        raise Refused(
            "empty", say("The file is empty."), say("Export it again and check that it has content.")
        )
    if is_packed_folder(upload.data) and not is_packed_log(upload.name, upload.data):
        raise Refused("packed", say("This is an archive."), say("Unpack it and drop the files inside."))
    refuse_foreign(upload.data)


def _found(upload: Upload) -> tuple[str, list[RawResult], bool]:
    """Layout in words, raw results, and whether samples have names of their own."""
    if is_packed_log(upload.name, upload.data):
        log = packed_log(upload.data, upload.limits)
        return INSPECT, inspect_raw(log, PurePath(upload.name).stem), True
    if upload.data.startswith((b"PK", OLE, b"PAR1")) or upload.extension == "parquet":
        return table_results(_binary_table(upload), upload.log)
    quick = read_regular(replace(upload, options=ReadOptions()))
    if quick is not None:
        return table_results(quick, upload.log)
    text = upload_text(upload)
    if is_markup(text):
        raise Refused(
            "markup",
            say("This is a web page, not a table of results."),
            say("Export the results as CSV or JSON."),
        )
    is_json = upload.extension in ("json", "jsonl", "ndjson") or text.lstrip()[:1] in _JSON_STARTS
    return _from_records(upload) if is_json else table_results(read_delimited(upload), upload.log)


def _binary_table(upload: Upload) -> Grid:

    return read_workbook(upload) if upload.data.startswith((b"PK", OLE)) else read_parquet(upload)


def _from_records(upload: Upload) -> tuple[str, list[RawResult], bool]:
    """JSON of a tool we know, else a table of records."""
    records = json_records(upload)
    value = records[0][1] if len(records) == 1 else None
    stem = PurePath(upload.name).stem
    if (results := promptfoo_results(value)) is not None:
        return PROMPTFOO, promptfoo_raw(list(enumerate(results, start=1))), True
    if records and any(is_promptfoo_result(each) for _, each in records[:20]):
        return PROMPTFOO, promptfoo_raw(records), True
    if is_inspect_log(value):
        return INSPECT, inspect_raw(value, stem), True
    if is_evals_log(records):
        return EVALS, evals_raw(records, stem), True
    return table_results(grid_from_records(records, upload), upload.log)
