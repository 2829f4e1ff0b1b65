"""Each uploaded file: what it was read as, what was left out and why, and how to correct it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from crossover.samples import ColumnMapping, Reading, ReadOptions, Severity, Slot
from crossover.samples.columns import column_label
from crossover.words import mark, say, say_count
from ui import cached, file_problems, session
from ui.text import quoted, slot_words

_GUESS = "guess"
_NO_COLUMN = mark("(none)")
_ROLES = (
    ("question", mark("Question")),
    ("answer", mark("Answer")),
    ("context", mark("Context")),
    ("document", mark("Right document")),
    ("id", mark("Row id")),
)
_LISTED_ONE_BY_ONE = 6


def files_section() -> None:
    """Every file; many plain documents share one list, and any of them can be opened."""
    if not session.uploads():
        return
    st.subheader(say("Your files"), anchor=False)
    documents = [
        key for key, upload in session.uploads().items() if _is_plain_document(cached.readings(upload))
    ]
    folded = documents if len(documents) > _LISTED_ONE_BY_ONE else []
    for key, upload in session.uploads().items():
        if key not in folded:
            _file_box(key, upload)
    if folded:
        _folded_documents(folded)
    st.button(say("Remove all files"), on_click=session.clear_uploads, key="clear-files")


def _is_plain_document(found: Sequence[Reading]) -> bool:
    """A knowledge file that was read without anything to say about it."""
    return len(found) == 1 and found[0].slot is Slot.KNOWLEDGE and not found[0].problems


def _folded_documents(keys: Sequence[str]) -> None:
    """Many documents in one table; those picked open as boxes of their own."""
    with st.expander(_documents_read(len(keys)), expanded=False):
        rows = [_document_row(key) for key in keys]
        st.dataframe(pd.DataFrame(rows), hide_index=True, height=320)
        opened = st.multiselect(
            say("Correct or remove"), keys, key="opened-documents", placeholder=say("Pick documents")
        )
        for key in opened:
            _file_box(key, session.uploads()[key])


def _documents_read(documents: int) -> str:
    return say_count("{n} document, all read", "{n} documents, all read", documents)


def _document_row(key: str) -> dict[str, str | int]:
    reading = cached.readings(session.uploads()[key])[0]
    words = sum(len(document.text.split()) for document in reading.documents)
    return {say("File"): key, say("Words"): words, say("Bytes"): reading.file.size_bytes}


def _file_box(key: str, upload: session.Upload) -> None:
    with st.container(border=True, key=f"file-{key}"):
        _file(key, upload)


def undo_section() -> None:
    """Bring back what was just removed."""
    if session.can_undo_remove():
        st.button(say("Undo removing"), on_click=session.undo_remove, key="undo-remove")


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
        st.button(say("Remove"), key=f"remove-{key}", on_click=session.remove_upload, args=(key,))
    problems = [problem for reading in found for problem in reading.problems]
    if problems:
        file_problems.problem_list(key, problems, is_open=any(reading.refused for reading in found))
    if len(found) == 1 and found[0].columns:
        with st.expander(say("Columns and preview")):
            _columns(_OpenFile(key, upload, found[0]))


def _state_badge(found: Sequence[Reading]) -> None:
    refused = sum(reading.refused for reading in found)
    skipped = sum(problem.severity is Severity.SKIPPED for reading in found for problem in reading.problems)
    if refused == len(found):
        st.badge(say("✕ Not read"), color="red")
    elif refused or skipped:
        st.badge(say("! Read, {skipped} left out", skipped=refused or skipped), color="orange")
    else:
        st.badge(say("✓ Read"), color="green")


def _facts(found: Sequence[Reading]) -> str:
    """What came out of the file, in a few words."""
    rows = sum(len(reading.qa) for reading in found if reading.qa is not None and not reading.refused)
    chats = sum(len(reading.chats) for reading in found)
    documents = sum(len(reading.documents) for reading in found)
    pages = sum(reading.facts.get("pages", 0) for reading in found)
    tools = sum(len(reading.tools) for reading in found)
    words = sum(len(reading.instructions.split()) for reading in found)
    amounts = (
        say_count("{n} question", "{n} questions", rows) if rows else "",
        say_count("{n} chat", "{n} chats", chats) if chats else "",
        say_count("{n} document", "{n} documents", documents) if documents else "",
        say_count("{n} page", "{n} pages", pages) if pages else "",
        say_count("{n} tool", "{n} tools", tools) if tools else "",
        say_count("{n} word", "{n} words", words) if words else "",
    )
    return ", ".join(filter(None, amounts)) or say("nothing usable")


def _slot_control(key: str, upload: session.Upload, found: Sequence[Reading]) -> None:
    guessed = say("{slot} (guessed)", slot=slot_words(found[0].slot)) if found else say("Guess")
    words = {_GUESS: guessed, **{slot.value: slot_words(slot) for slot in Slot}}
    widget = f"slot-of-{key}"
    session.show(widget, upload.slot.value if upload.slot else _GUESS)
    st.selectbox(
        say("Used as"),
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


def _columns(file: _OpenFile) -> None:
    """The table as read, and which column is what."""
    reading = file.reading
    st.dataframe(pd.DataFrame(_preview(reading)), hide_index=True)
    if len(reading.sheets) > 1:
        file.choice("sheet", say("Sheet"), list(reading.sheets), reading.sheet)
    columns = [_NO_COLUMN, *reading.columns]
    for place, (role, label) in zip(st.columns(len(_ROLES)), _ROLES, strict=True):
        with place:
            file.choice(role, say(label), columns, getattr(reading.mapping, role) or _NO_COLUMN)


def _preview(reading: Reading) -> list[dict[str, str]]:
    return [{column_label(name): cell for name, cell in row.items()} for row in reading.preview]


def _option_words(option: str) -> str:
    return say(_NO_COLUMN) if option == _NO_COLUMN else column_label(option)


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
        st.selectbox(
            label,
            options,
            key=widget,
            format_func=str if role == "sheet" else _option_words,
            on_change=self._correct,
            args=(role, widget),
        )

    def _correct(self, role: str, widget: str) -> None:
        chosen, before = session.taken(widget), self.upload.options
        if role == "sheet":
            options = ReadOptions(sheet=chosen)
        else:
            roles = {name: getattr(self.reading.mapping, name) for name, _ in _ROLES}
            roles[role] = None if chosen == _NO_COLUMN else chosen
            options = replace(before, mapping=ColumnMapping(**roles))
        session.correct_upload(self.key, self.upload.slot, options)
