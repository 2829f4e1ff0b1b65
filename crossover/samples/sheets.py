"""What all kinds of workbooks share: choosing the sheet, and cells as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from crossover.samples.columns import find_header, names_a_question
from crossover.samples.grid import Row
from crossover.samples.problems import Refused, repaired
from crossover.samples.reading import Upload
from crossover.words import say

PEEK_ROWS = 30


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet by name, whether people see it, and its first rows."""

    name: str
    hidden: bool
    head: list[Row]


def damaged_workbook() -> Refused:
    """The refusal of a workbook nobody can open."""
    return Refused(
        "damaged_workbook",
        say("A damaged or incomplete Excel file."),
        say("Open it in Excel, save it again as .xlsx and drop it."),
    )


def choose_sheet(sheets: Sequence[Sheet], upload: Upload) -> str:
    """The sheet a person chose, or the first visible one with a question-like header. Raises Refused."""
    names = [sheet.name for sheet in sheets]
    upload.content.facts["sheets"] = len(names)
    wanted = upload.options.sheet
    if wanted is not None:
        if wanted not in names:
            what = say(
                "There is no sheet “{name}”; the sheets are {names}.",
                name=wanted[:60],
                names=", ".join(names[:10]),
            )
            raise Refused("no_such_sheet", what, say("Choose one of them."))
        return wanted
    visible = [sheet for sheet in sheets if not sheet.hidden]
    best = next((sheet for sheet in visible if _has_questions(sheet)), None)
    best = best or max(visible, key=lambda sheet: len(sheet.head), default=None)
    if best is None or not best.head:
        raise Refused(
            "empty", say("No visible sheet has rows."), say("Unhide the sheet with the data, or choose it.")
        )
    if len(sheets) > 1:
        hidden = [sheet.name for sheet in sheets if sheet.hidden]
        what = say(
            "{n} sheets ({names}); “{read}” was read.",
            n=len(sheets),
            names=", ".join(names[:10]),
            read=best.name,
        )
        if hidden:
            unused = say("Hidden and not used: {names}.", names=", ".join(hidden[:10]))
            what = f"{what} {unused}"
        upload.log.note("sheets", what, say("Choose another sheet if this is not it."))
    return best.name


def _has_questions(sheet: Sheet) -> bool:
    cells = [row.cells for row in sheet.head]
    header = find_header(cells)
    return header is not None and len(cells) > 1 and names_a_question(cells[header])


def value_text(value: object) -> str:
    """A spreadsheet value as a person sees it without formatting: whole numbers without ".0", ISO dates."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value if value.isascii() and "\0" not in value else repaired(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ")
    return str(value)


def rows_of_text(rows: Iterable[Sequence[object]], upload: Upload) -> Iterator[Row]:
    """Rows that hold anything, as text, up to the limits. Raises Refused."""
    limits, cells, filled, characters = upload.limits, 0, 0, 0
    for line, values in enumerate(rows, start=1):
        if line % 1000 == 0:
            upload.deadline.check()
        if all(value is None or value == "" for value in values):
            continue
        filled += 1
        cells += len(values)
        row = Row([value_text(value) for value in values], line)
        characters += sum(map(len, row.cells))
        if filled > limits.rows + 1 or cells > limits.cells or characters > limits.zip_bytes:
            what = say(
                "The sheet is over the limit of {rows:,} rows or {cells:,} cells.",
                rows=limits.rows,
                cells=limits.cells,
            )
            raise Refused("too_many_rows", what, say("Drop a sample of the rows."))
        yield row
