"""What in a text surprises programs: runs without spaces, stacked marks, invisible characters, formulas."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from crossover.samples.problems import ProblemLog, numbers
from crossover.words import say

_LONG_RUN_CHARACTERS = 5_000
_MARKS_CHARACTERS = 200_000
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]")
_MAY_START_A_FORMULA = {"=", "@"} | {chr(code) for code in range(0x3001) if chr(code).isspace()}
_BLANK_RUN = re.compile(r"(?<!\s)\s{5000}")
_MANY_MARKS = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{20}"
)
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def note_odd_text(text: str, log: ProblemLog) -> None:
    """Note runs no person wrote, marks piled on one letter and characters nobody sees, once each."""
    if any(_is_long_run(run) for run in text.split() if len(run) >= _LONG_RUN_CHARACTERS):
        what = say(
            "A run of {n:,} characters without a space: encoded data or a damaged export.",
            n=_LONG_RUN_CHARACTERS,
        )
        log.note("long_run", what, say("Remove it if people do not ask about it; retrieval cannot use it."))
    if _BLANK_RUN.search(text):
        what = say("A run of {n:,} blanks or empty lines.", n=_LONG_RUN_CHARACTERS)
        log.note("blank_run", what, say("Remove it; blanks cost tokens as well."))
    if _MANY_MARKS.search(unicodedata.normalize("NFD", text[:_MARKS_CHARACTERS])):
        what = say("Many combining marks are stacked on one letter.")
        log.note("stacked_marks", what, say("Remove them; each one costs tokens."))
    if _INVISIBLE.search(text):
        _note_invisible(say("The text has invisible or direction-changing characters."), log)


def note_odd_cells(cells: Sequence[str], lines: Sequence[int], log: ProblemLog) -> None:
    """Note cells that a spreadsheet would run as a formula, and cells with characters nobody sees."""
    starts = [row for row, cell in enumerate(cells) if cell[:1] in _MAY_START_A_FORMULA]
    formulas = [lines[row] for row in starts if cells[row].lstrip()[:1] in ("=", "@")]
    if formulas:
        what = say(
            "Cells that look like spreadsheet formulas: {n:,} (lines {lines}).",
            n=len(formulas),
            lines=numbers(formulas),
        )
        log.note(
            "formula_like", what, say("Nothing to do: they are read as text, and exports mark them as text.")
        )
    # all signs nobody sees lie beyond ASCII, which a text knows about itself
    hidden = [
        line
        for cell, line in zip(cells, lines, strict=True)
        if not cell.isascii() and _INVISIBLE.search(cell)
    ]
    if hidden:
        what = say(
            "Cells with invisible characters: {n:,} (lines {lines}).", n=len(hidden), lines=numbers(hidden)
        )
        _note_invisible(what, log)


def _note_invisible(what: str, log: ProblemLog) -> None:
    log.note("invisible_characters", what, say("Remove them unless they are meant; they cost tokens."))


def _is_long_run(run: str) -> bool:
    """Whether a run without spaces is no language that writes without them (Chinese, Japanese, Thai, …)."""
    head = run[:_LONG_RUN_CHARACTERS]
    return len(set(head)) < 20 or not _UNSPACED.search(head)
