"""CSV and its relatives: any delimiter, quotes that do not match, rows of the wrong width."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from crossover.samples.columns import is_known, is_question_name
from crossover.samples.encoding import reads_as_binary
from crossover.samples.grid import Row, grid_from_columns, grid_from_rows
from crossover.samples.json_lines import upload_text
from crossover.samples.limits import Limits
from crossover.samples.problems import ProblemLog, Refused
from crossover.samples.reading import Grid, Upload
from crossover.samples.regular import regular_rows
from crossover.words import say

_DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x1f", "¦", "§")
_NO_DELIMITER = "\x1e"
_SAMPLE_CHARACTERS = 64_000
LARGE_BYTES = 1_000_000
_OTHER_STARTS = (b"{", b"[", b"<", b"%", b"")
_SAMPLE_ROWS = 60
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_MAX_RESTARTS = 200
_LINES_PER_ROW = 10

# The csv module knows one limit for the whole process; ours is checked per cell, with a message.
csv.field_size_limit(2**31 - 1)


def read_delimited(upload: Upload) -> Grid:
    """The upload as a table; rows of the wrong width are skipped and named. Raises Refused."""
    text = upload_text(upload)
    if not text.strip():
        raise Refused("empty", say("The file is empty."), say("Export it again and check that it has rows."))
    declared = _SEPARATOR_LINE.match(text)
    delimiter = upload.options.delimiter or (declared[1] if declared else sniff_delimiter(text))
    rows = list(_rows(text, delimiter, upload))
    if declared:
        rows = rows[1:]
    grid = grid_from_rows(_without_nested_quotes(rows, delimiter, upload.log), upload)
    return Grid(grid.columns, grid.rows, grid.lines, grid.header_row, delimiter=_shown(delimiter))


def read_regular(upload: Upload) -> Grid | None:
    """A large UTF-8 table without a single odd line, read the quick way; None for any other upload."""
    data, options = upload.data.removeprefix(codecs.BOM_UTF8), upload.options
    is_corrected = options.encoding is not None or options.header_row is not None
    if len(data) < LARGE_BYTES or is_corrected or data.lstrip()[:1] in _OTHER_STARTS or b"\0" in data:
        return None
    head = data[:_SAMPLE_CHARACTERS].decode("utf-8", "ignore")
    delimiter = options.delimiter or sniff_delimiter(head)
    is_odd = reads_as_binary(head) or _SEPARATOR_LINE.match(head)
    if is_odd or delimiter not in _DELIMITERS or not delimiter.isascii():
        return None
    regular = regular_rows(data, head, delimiter, upload.limits)
    if regular is None:
        return None
    upload.content.encoding = "utf-8"
    return grid_from_columns(*regular, upload, delimiter)


def sniff_delimiter(text: str) -> str:
    """The delimiter under which the first rows agree best; a record separator when there is no delimiter."""
    sample = text[:_SAMPLE_CHARACTERS]
    scores = {delimiter: _agreement(sample, delimiter) for delimiter in _DELIMITERS if delimiter in sample}
    best = max(scores, key=lambda delimiter: scores[delimiter], default=_NO_DELIMITER)
    return best if scores.get(best, 0) > 0 else _NO_DELIMITER


def _agreement(sample: str, delimiter: str) -> float:
    """Share of rows with the usual width (above 1), plus a point for each column name we know."""
    widths: list[int] = []
    known, first = 0, ""
    for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
        if any(cells):
            first = first or cells[0]
            widths.append(len(cells))
            known = max(known, sum(is_known(cell) for cell in cells) if len(cells) > 1 else 0)
        if len(widths) == _SAMPLE_ROWS:
            break
    if widths and widths[0] == 1 and first and is_question_name(first) and not known:
        return 0  # one column of questions, whose commas are commas
    several = Counter(width for width in widths if width > 1)
    if not several:
        return 0
    width, rows = several.most_common(1)[0]
    first_splits = widths[0] > 1 or known > 0
    share = rows / len(widths)
    if delimiter == "," and not known and sample.count(", ") == sample.count(","):
        return 0  # commas of sentences, one text a line
    return (share + known + 0.001 * min(width, 50)) * (first_splits or share > 0.5)


def _shown(delimiter: str) -> str | None:
    return None if delimiter == _NO_DELIMITER else delimiter


def _rows(text: str, delimiter: str, upload: Upload) -> Iterator[Row]:
    """All records; where quotes do not match, the one line is read leniently and reading goes on after it."""
    if len(delimiter) != 1 or delimiter in '"\r\n':
        what = say("The delimiter has to be one character, not a quote or a line end.")
        raise Refused("bad_delimiter", what, say("Choose comma, semicolon, tab or another single character."))
    if text.count("\n") + text.count("\r") > _LINES_PER_ROW * upload.limits.rows:
        raise too_many_rows(upload.limits)
    lines = list(io.StringIO(text, newline=""))
    start = broken = count = cells = 0
    work = 0
    while start < len(lines):
        reader = csv.reader(islice(lines, start, None), delimiter=delimiter, strict=True)
        line = start
        try:
            for record in reader:
                count += 1
                cells += len(record)
                _check_size(count, cells, upload.limits)
                yield Row(record, line + 1)
                line = start + reader.line_num
            return
        except csv.Error:
            work += reader.line_num
            broken += 1
            _check_quotes(broken, work, len(lines), line)
            lenient = next(csv.reader([lines[line].rstrip("\r\n")], delimiter=delimiter, strict=False), [])
            yield Row(_quoted_oddly(lenient, line + 1, upload), line + 1)
            start = line + 1
            upload.deadline.check()


def _quoted_oddly(cells: list[str], line: int, upload: Upload) -> list[str]:
    what = say("A quotation mark in this line does not match; the line was read on its own.")
    upload.log.note(
        "broken_quotes", what, say("Double every quote inside a quoted cell, and check this row."), line
    )
    return cells


def _check_quotes(broken: int, work: int, lines: int, line: int) -> None:
    if broken > _MAX_RESTARTS or work > 20 * lines + 10_000:
        what = say("Quotation marks do not match in more than {places} places.", places=broken - 1)
        remedy = say("Export the file again with cells in double quotes, and quotes inside them doubled.")
        raise Refused("broken_quotes", what, remedy, line + 1)


def too_many_rows(limits: Limits) -> Refused:
    """The refusal of a file with more rows than the limit."""
    what = say("The file has more than {most:,} rows, the limit for one file.", most=limits.rows)
    return Refused("too_many_rows", what, say("Drop a sample of the rows; costs per request need no more."))


def _check_size(rows: int, cells: int, limits: Limits) -> None:
    if rows > limits.rows + 1:
        raise too_many_rows(limits)
    if cells > limits.cells:
        what = say("The file has more than {most:,} cells, the limit for one file.", most=limits.cells)
        raise Refused("too_many_cells", what, say("Keep only the columns you need and drop it again."))


def _without_nested_quotes(rows: list[Row], delimiter: str, log: ProblemLog) -> list[Row]:
    """Some exports quote each whole row; then the one cell of a row is itself a row of the right width."""
    if len(rows) < 2 or len(rows[0].cells) < 2 or not _mostly_single(rows[1:]):
        return rows
    opened = [_opened(row, delimiter) for row in rows[1:]]
    width = len(rows[0].cells)
    if sum(len(row.cells) == width for row in opened) < 0.5 * len(opened):
        return rows
    what = say("Each row stood in quotes as a whole; the quotes were opened and the cells inside read.")
    log.note("nested_quotes", what, say("Check the preview; export without quoting rows twice."))
    return [rows[0], *opened]


def _mostly_single(rows: Sequence[Row]) -> bool:
    return sum(len(row.cells) == 1 for row in rows) > 0.9 * len(rows)


def _opened(row: Row, delimiter: str) -> Row:
    if len(row.cells) != 1:
        return row
    inner = io.StringIO(row.cells[0], newline="")
    return Row(next(csv.reader(inner, delimiter=delimiter), row.cells), row.line)
