"""What was wrong with an uploaded file: worst first, alike ones together, with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from crossover.samples import Problem, Severity
from crossover.words import localised, mark, say, say_as, say_count
from ui.text import escaped

_SEVERITIES = {
    Severity.REFUSED: mark("refused"),
    Severity.SKIPPED: mark("skipped"),
    Severity.NOTE: mark("note"),
}
_PROBLEMS_SHOWN = 12
_LINES_LISTED = 12


def problem_list(key: str, problems: Sequence[Problem], is_open: bool) -> None:
    """What was wrong, worst first, each with its lines and what to do about it."""
    order = [Severity.REFUSED, Severity.SKIPPED, Severity.NOTE]
    alike: dict[tuple[Severity, str, str, str], list[Problem]] = {}
    for problem in sorted(problems, key=lambda each: order.index(each.severity)):
        alike.setdefault((problem.severity, problem.what, problem.remedy, problem.file), []).append(problem)
    with st.expander(_things_to_know(len(problems)), expanded=is_open):
        shown = list(alike.values())[:_PROBLEMS_SHOWN]
        st.markdown("\n".join(f"- {_problem_words(group)}" for group in shown))
        if len(alike) > _PROBLEMS_SHOWN:
            _all_problems(key, problems, len(alike) - _PROBLEMS_SHOWN)


def _things_to_know(things: int) -> str:
    return say_count("{n} thing to know", "{n} things to know", things)


def _all_problems(key: str, problems: Sequence[Problem], more: int) -> None:
    rows = [
        (each.file, each.line, say(_SEVERITIES[each.severity]), each.what, each.remedy) for each in problems
    ]
    st.caption(say("And {n:,} more; all of them:", n=more))
    columns = [say("File"), say("Line"), say("Kind"), say_as("problem", "What"), say("What to do")]
    st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True, key=f"problems-{key}")


def _problem_words(group: Sequence[Problem]) -> str:
    """One sentence for problems that differ only in their lines."""
    first, lines = group[0], [localised(f"{each.line:,}") for each in group if each.line]
    return f"**{_sign_and_place(first.severity, lines)}:** {escaped(first.what)} {escaped(first.remedy)}"


def _sign_and_place(severity: Severity, lines: Sequence[str]) -> str:
    kind = _sign(severity)
    if not lines:
        return kind
    shown = ", ".join(lines[:_LINES_LISTED]) + (" …" if len(lines) > _LINES_LISTED else "")
    return say_count("{kind}, line {lines}", "{kind}, lines {lines}", len(lines), kind=kind, lines=shown)


def _sign(severity: Severity) -> str:
    if severity is Severity.NOTE:
        return say_as("problem", "Note")
    colour, word = ("red", say("Refused")) if severity is Severity.REFUSED else ("orange", say("Left out"))
    return f":{colour}[{word}]"
