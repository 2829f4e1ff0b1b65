"""A table of text becomes questions with answers."""

from __future__ import annotations

from collections.abc import Sequence

from crossover.samples.columns import column_label, guess_mapping, known_columns, text_column
from crossover.samples.duplicates import note_duplicates
from crossover.samples.oddities import note_odd_cells
from crossover.samples.problems import ProblemLog, Refused, numbers
from crossover.samples.reading import ColumnMapping, Grid, Upload
from crossover.samples.types import QaTable
from crossover.words import say

_SPREADSHEET_ERRORS = {
    "#N/A",
    "#DIV/0!",
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#NV",
    "#BEZUG!",
    "#WERT!",
}


def questions_from_grid(grid: Grid, upload: Upload) -> QaTable:
    """The rows that hold a question; fills the content's grid, mapping and facts.

    MODEL.md E09 and E22 as decided here: a row without a question makes no request, so it is skipped
    and named; a row without an answer is kept with "" (unknown). Either is refused above 5 % of the
    rows (from 40 rows on), except a list without any answers, which is a legitimate upload. To use
    a half-labelled list, map no answer column. Raises Refused.
    """
    mapping = _mapping(grid, upload)
    upload.content.grid = Grid(
        grid.columns, grid.rows, grid.lines, grid.header_row, mapping, grid.sheets, grid.sheet, grid.delimiter
    )
    if mapping.question is None:
        what = say(
            "No column holds questions; the columns are {names}.",
            names=", ".join(map(column_label, grid.columns[:8])),
        )
        raise Refused("no_question_column", what, say("Choose the column with the questions."))
    table = _select(grid, mapping)
    table = _with_questions(table, upload.log)
    _judge(table, upload)
    upload.content.facts["rows_kept"] = len(table)
    upload.content.facts |= note_duplicates(table.questions, table.answers, table.lines, upload.log)
    _note_errors(table, upload)
    note_odd_cells(table.questions, table.lines, upload.log)
    note_odd_cells(table.answers, table.lines, upload.log)
    return table


def _mapping(grid: Grid, upload: Upload) -> ColumnMapping:
    if upload.options.mapping is not None:
        return known_columns(upload.options.mapping, grid.columns)
    guessed = grid.mapping if grid.mapping.question else guess_mapping(grid.columns)
    if guessed.question is not None:
        return guessed
    question = (
        text_column([c for c in grid.columns if c != guessed.answer], grid.rows)
        if not guessed.answer
        else None
    )
    question = question or _other_column(grid, guessed.answer)
    if question is not None:
        what = say(
            "No column is named like a question; “{column}” was taken because it reads like one.",
            column=column_label(question[:60]),
        )
        upload.log.note("guessed_columns", what, say("Choose the columns if this is wrong."))
    answer = guessed.answer
    if answer is None and grid.header_row == 0 and len(grid.columns) == 2 and question is not None:
        answer = next(name for name in grid.columns if name != question)
    return ColumnMapping(question, answer, guessed.context, guessed.id, guessed.document)


def _other_column(grid: Grid, answer: str | None) -> str | None:
    """The wordiest column beside the answers."""
    places = [i for i, name in enumerate(grid.columns) if name != answer]
    rows = [[row[i] for i in places] for row in grid.rows[:200]]
    return text_column([grid.columns[i] for i in places], rows)


def _select(grid: Grid, mapping: ColumnMapping) -> QaTable:
    def column(name: str | None) -> tuple[str, ...] | None:
        if name is None:
            return None
        return grid.column(grid.columns.index(name))

    questions = column(mapping.question) or ()
    answers = column(mapping.answer) or ("",) * len(questions)
    return QaTable(
        questions=questions,
        answers=_blank_as_empty(answers),
        lines=tuple(grid.lines),
        contexts=column(mapping.context),
        ids=column(mapping.id),
        gold_documents=column(mapping.document),
    )


def _blank_as_empty(answers: tuple[str, ...]) -> tuple[str, ...]:
    if not any(map(str.isspace, answers)):
        return answers
    return tuple("" if answer.isspace() else answer for answer in answers)


def _with_questions(table: QaTable, log: ProblemLog) -> QaTable:
    """Leave out and name the rows without a question."""
    if all(table.questions) and not any(map(str.isspace, table.questions)):
        return table
    keep = [bool(question.strip()) for question in table.questions]
    for line, kept in zip(table.lines, keep, strict=True):
        if not kept:
            log.skip("no_question", say("The question is empty."), say("Fill it in or remove the row."), line)

    def kept_of(values: Sequence[str]) -> tuple[str, ...]:
        return tuple(value for value, kept in zip(values, keep, strict=True) if kept)

    return QaTable(
        kept_of(table.questions),
        kept_of(table.answers),
        tuple(line for line, kept in zip(table.lines, keep, strict=True) if kept),
        None if table.contexts is None else kept_of(table.contexts),
        None if table.ids is None else kept_of(table.ids),
        None if table.gold_documents is None else kept_of(table.gold_documents),
    )


def _judge(table: QaTable, upload: Upload) -> None:
    """Refuse what is too broken to trust; note answers that are not there."""
    read, skipped = upload.content.facts.get("rows_read", len(table)), upload.log.skipped
    if not len(table):
        raise Refused(
            "no_good_rows",
            say("None of the {rows:,} rows holds a question.", rows=read),
            say("Choose the column with the questions."),
        )
    refuse_bad_lines(skipped, read, upload)
    if all(table.answers):
        return
    missing = [line for line, answer in zip(table.lines, table.answers, strict=True) if not answer]
    unanswerable = upload.content.facts.get("unanswerable", 0)
    if len(missing) == len(table):
        what = say("No answers: the questions are used alone.")
        upload.log.note(
            "no_answers", what, say("Map an answer column to measure output length, labels and retrieval.")
        )
    elif missing:
        _judge_answers(missing, unanswerable, len(table), upload)


def _judge_answers(missing: list[int], unanswerable: int, rows: int, upload: Upload) -> None:
    what = say(
        "{n:,} of {rows:,} answers are empty (lines {lines}).",
        n=len(missing),
        rows=rows,
        lines=numbers(missing),
    )
    if upload.limits.too_many_bad(len(missing) - unanswerable, rows):
        remedy = say(
            "Over the limit of {percent:.0f}%: fill them in, or map no answer column.",
            percent=100 * upload.limits.bad_lines_share,
        )
        raise Refused("empty_answers", what, remedy)
    upload.log.note("empty_answer", what, say("They count as unknown; fill them in."))


def refuse_bad_lines(bad: int, lines: int, upload: Upload) -> None:
    """Raise Refused when too many lines are bad (MODEL.md E22; the rule stands in Limits)."""
    if upload.limits.too_many_bad(bad, lines):
        what = say(
            "{bad:,} of {lines:,} lines are bad, over the limit of {percent:.0f}%.",
            bad=bad,
            lines=lines,
            percent=100 * upload.limits.bad_lines_share,
        )
        raise Refused(
            "too_many_bad_lines", what, say("Correct the lines listed below and drop the file again.")
        )


def _note_errors(table: QaTable, upload: Upload) -> None:
    cells = zip(table.lines, table.questions, table.answers, strict=True)
    marked = (row for row in cells if row[1][:1] == "#" or row[2][:1] == "#")
    found = [line for line, question, answer in marked if {question, answer} & _SPREADSHEET_ERRORS]
    upload.content.facts["error_cells"] = len(found)
    for line in found:
        upload.log.note(
            "error_cell",
            say("A cell holds a spreadsheet error such as #N/A."),
            say("Correct the formula."),
            line,
        )
