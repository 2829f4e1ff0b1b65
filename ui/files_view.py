"""Each uploaded file: what it was read as, what was left out and why, and how to correct it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from crossover.samples import ColumnMapping, Problem, Reading, ReadOptions, Severity, Slot
from ui import cached, session
from ui.text import SLOT_WORDS, counted, escaped, quoted

_GUESS = "guess"
_NO_COLUMN = "(none)"
_ROLES = (
    ("question", "Question"),
    ("answer", "Answer"),
    ("context", "Context"),
    ("document", "Right document"),
    ("id", "Row id"),
)
_PROBLEMS_SHOWN = 12
_LINES_LISTED = 12
_LISTED_ONE_BY_ONE = 6


def files_section() -> None:
    """Every file; many plain documents share one list, and any of them can be opened."""
    if not session.uploads():
        return
    st.subheader("Your files", anchor=False)
    documents = [
        key for key, upload in session.uploads().items() if _is_plain_document(cached.readings(upload))
    ]
    folded = documents if len(documents) > _LISTED_ONE_BY_ONE else []
    for key, upload in session.uploads().items():
        if key not in folded:
            _file_box(key, upload)
    if folded:
        _folded_documents(folded)
    st.button("Remove all files", on_click=session.clear_uploads, key="clear-files")


def _is_plain_document(found: Sequence[Reading]) -> bool:
    """A knowledge file that was read without anything to say about it."""
    return len(found) == 1 and found[0].slot is Slot.KNOWLEDGE and not found[0].problems


def _folded_documents(keys: Sequence[str]) -> None:
    """Many documents in one table; those picked open as boxes of their own."""
    with st.expander(f"{len(keys)} documents, all read", expanded=False):
        rows = [_document_row(key) for key in keys]
        st.dataframe(pd.DataFrame(rows), hide_index=True, height=320)
        opened = st.multiselect(
            "Correct or remove", keys, key="opened-documents", placeholder="Pick documents"
        )
        for key in opened:
            _file_box(key, session.uploads()[key])


def _document_row(key: str) -> dict[str, str | int]:
    reading = cached.readings(session.uploads()[key])[0]
    words = sum(len(document.text.split()) for document in reading.documents)
    return {"File": key, "Words": words, "Bytes": reading.file.size_bytes}


def _file_box(key: str, upload: session.Upload) -> None:
    with st.container(border=True, key=f"file-{key}"):
        _file(key, upload)


def undo_section() -> None:
    """Bring back what was just removed."""
    if session.can_undo_remove():
        st.button("Undo removing", on_click=session.undo_remove, key="undo-remove")


def _file(key: str, upload: session.Upload) -> None:
    found = cached.readings(upload)
    name, state, used_as, remove = st.columns([4, 2.2, 2.4, 1], vertical_alignment="center")
    with name:
        st.markdown(quoted(upload.name))
        st.caption(_facts(found))
    with state:
        _state_badge(found)
    with used_as:
        _slot_control(key, upload, found)
    with remove:
        st.button("Remove", key=f"remove-{key}", on_click=session.remove_upload, args=(key,))
    problems = [problem for reading in found for problem in reading.problems]
    if problems:
        _problems(key, problems, is_open=any(reading.refused for reading in found))
    if len(found) == 1 and found[0].columns:
        with st.expander("Columns and preview"):
            _columns(_OpenFile(key, upload, found[0]))


def _state_badge(found: Sequence[Reading]) -> None:
    refused = sum(reading.refused for reading in found)
    skipped = sum(problem.severity is Severity.SKIPPED for reading in found for problem in reading.problems)
    if refused == len(found):
        st.badge("✕ Not read", color="red")
    elif refused or skipped:
        st.badge(f"! Read, {refused or skipped} left out", color="orange")
    else:
        st.badge("✓ Read", color="green")


def _facts(found: Sequence[Reading]) -> str:
    """What came out of the file, in a few words."""
    rows = sum(len(reading.qa) for reading in found if reading.qa is not None and not reading.refused)
    amounts = (
        (rows, "question"),
        (sum(len(reading.chats) for reading in found), "chat"),
        (sum(len(reading.documents) for reading in found), "document"),
        (sum(reading.facts.get("pages", 0) for reading in found), "page"),
        (sum(len(reading.tools) for reading in found), "tool"),
        (sum(len(reading.instructions.split()) for reading in found), "word"),
    )
    return ", ".join(counted(amount, word) for amount, word in amounts if amount) or "nothing usable"


def _slot_control(key: str, upload: session.Upload, found: Sequence[Reading]) -> None:
    guessed = f"{SLOT_WORDS[found[0].slot]} (guessed)" if found else "Guess"
    words = {_GUESS: guessed, **{slot.value: SLOT_WORDS[slot] for slot in Slot}}
    widget = f"slot-of-{key}"
    session.show(widget, upload.slot.value if upload.slot else _GUESS)
    st.selectbox(
        "Used as",
        list(words),
        key=widget,
        format_func=words.__getitem__,
        label_visibility="collapsed",
        on_change=_correct_slot,
        args=(key, widget),
    )


def _correct_slot(key: str, widget: str) -> None:
    chosen = session.taken(widget)
    session.correct_upload(key, None if chosen == _GUESS else Slot(chosen), ReadOptions())


def _problems(key: str, problems: Sequence[Problem], is_open: bool) -> None:
    """What was wrong, worst first, each with its lines and what to do about it."""
    order = [Severity.REFUSED, Severity.SKIPPED, Severity.NOTE]
    alike: dict[tuple[Severity, str, str, str], list[Problem]] = {}
    for problem in sorted(problems, key=lambda each: order.index(each.severity)):
        alike.setdefault((problem.severity, problem.what, problem.remedy, problem.file), []).append(problem)
    with st.expander(f"{counted(len(problems), 'thing')} to know", expanded=is_open):
        shown = list(alike.values())[:_PROBLEMS_SHOWN]
        st.markdown("\n".join(f"- {_problem_words(group)}" for group in shown))
        if len(alike) > _PROBLEMS_SHOWN:
            _all_problems(key, problems, len(alike) - _PROBLEMS_SHOWN)


def _all_problems(key: str, problems: Sequence[Problem], more: int) -> None:
    rows = [(each.file, each.line, each.severity.value, each.what, each.remedy) for each in problems]
    st.caption(f"And {more} more; all of them:")
    columns = ["File", "Line", "Kind", "What", "What to do"]
    st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True, key=f"problems-{key}")


def _problem_words(group: Sequence[Problem]) -> str:
    """One sentence for problems that differ only in their lines."""
    signs = {Severity.REFUSED: ":red[Refused]", Severity.SKIPPED: ":orange[Left out]", Severity.NOTE: "Note"}
    first, lines = group[0], [f"{each.line:,}" for each in group if each.line]
    listed = ", ".join(lines[:_LINES_LISTED]) + (" …" if len(lines) > _LINES_LISTED else "")
    where = f", line{'s' if len(lines) > 1 else ''} {listed}" if lines else ""
    return f"**{signs[first.severity]}{where}:** {escaped(first.what)} {escaped(first.remedy)}"


def _columns(file: _OpenFile) -> None:
    """The table as read, and which column is what."""
    reading = file.reading
    st.dataframe(pd.DataFrame([dict(row) for row in reading.preview]), hide_index=True)
    if len(reading.sheets) > 1:
        file.choice("sheet", "Sheet", list(reading.sheets), reading.sheet)
    columns = [_NO_COLUMN, *reading.columns]
    for place, (role, label) in zip(st.columns(len(_ROLES)), _ROLES, strict=True):
        with place:
            file.choice(role, label, columns, getattr(reading.mapping, role) or _NO_COLUMN)


@dataclass(frozen=True, slots=True)
class _OpenFile:
    """A file whose reading a person may correct."""

    key: str
    upload: session.Upload
    reading: Reading

    def choice(self, role: str, label: str, options: list[str], current: str | None) -> None:
        """A picker for the sheet, or for the column that plays one role."""
        widget = f"column-{role}-{self.key}"
        session.show(widget, current)
        st.selectbox(label, options, key=widget, on_change=self._correct, args=(role, widget))

    def _correct(self, role: str, widget: str) -> None:
        chosen, before = session.taken(widget), self.upload.options
        if role == "sheet":
            options = ReadOptions(sheet=chosen)
        else:
            roles = {name: getattr(self.reading.mapping, name) for name, _ in _ROLES}
            roles[role] = None if chosen == _NO_COLUMN else chosen
            options = replace(before, mapping=ColumnMapping(**roles))
        session.correct_upload(self.key, self.upload.slot, options)
