"""The sections of the Samples page: what is there, what each file became, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import streamlit as st

from crossover.comparison import profile_settings
from crossover.numbers import count
from crossover.profile import TokenProfile
from crossover.samples import ColumnMapping, Problem, Reading, ReadOptions, SampleSet, Severity, Slot
from crossover.tokens import model_facts
from ui import cached, session
from ui.text import SLOT_HELP, SLOT_WORDS, escaped, quoted

_GUESS = "Guess"
_NO_COLUMN = "(none)"
_ROLES = (
    ("question", "Question"),
    ("answer", "Answer"),
    ("context", "Context"),
    ("document", "Right document"),
    ("id", "Row id"),
)
_PROBLEMS_SHOWN = 12


def drop_zone() -> None:
    """Take over dropped files, reading each once; the zone is empty again afterwards."""
    dropped = st.file_uploader(
        "Drop files here: questions, chats, documents, tools, a zip of many. They are sorted for you.",
        accept_multiple_files=True,
        key=session.uploader_key(),
    )
    if not dropped:
        return
    progress = st.progress(0.0)
    for place, file in enumerate(dropped):
        progress.progress(place / len(dropped), text=f"Reading {quoted(file.name)}")
        key = session.add_upload(file.name, file.getvalue())
        cached.readings(session.uploads()[key])
    session.empty_uploader()
    st.rerun()


def instructions_box() -> None:
    """The system prompt, typed or pasted."""
    key = "typed-instructions"
    st.session_state.setdefault(key, session.typed_instructions())
    st.text_area(
        "Instructions (your system prompt)",
        key=key,
        height=140,
        placeholder="Paste the prompt you use today. While this is empty, a one-line stand-in is used.",
        on_change=lambda: session.set_typed_instructions(st.session_state[key]),
    )


def overview(samples: SampleSet) -> None:
    """The five slots: what each holds, or what would go there."""
    amounts = {
        Slot.QUESTIONS: (len(samples.qa), "row", "rows"),
        Slot.CHATS: (len(samples.chats), "chat", "chats"),
        Slot.KNOWLEDGE: (len(samples.documents), "document", "documents"),
        Slot.TOOLS: (len(samples.tools), "tool", "tools"),
        Slot.INSTRUCTIONS: (len(samples.instructions.split()), "word", "words"),
    }
    for column, (slot, (amount, one, many)) in zip(st.columns(len(amounts)), amounts.items(), strict=True):
        with column, st.container(border=True, height="stretch", key=f"slot-{slot.value}"):
            st.metric(
                SLOT_WORDS[slot], f"{amount:,} {one if amount == 1 else many}" if amount else "none yet"
            )
            st.caption(SLOT_HELP[slot])


def files_section() -> None:
    """Each uploaded file with what it was read as; slot, sheet and columns can be corrected."""
    if not session.uploads():
        return
    st.subheader("Your files", anchor=False)
    for key, upload in session.uploads().items():
        with st.container(border=True, key=f"file-{key}"):
            _file(key, upload)
    with st.container(horizontal=True):
        st.button("Remove all files", on_click=session.clear_uploads, key="clear-files")


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
        (rows, "questions"),
        (sum(len(reading.chats) for reading in found), "chats"),
        (sum(len(reading.documents) for reading in found), "documents"),
        (sum(reading.facts.get("pages", 0) for reading in found), "pages"),
        (sum(len(reading.tools) for reading in found), "tools"),
        (sum(len(reading.instructions.split()) for reading in found), "words of instructions"),
    )
    return ", ".join(f"{amount:,} {word}" for amount, word in amounts if amount) or "nothing usable"


def _slot_control(key: str, upload: session.Upload, found: Sequence[Reading]) -> None:
    guessed = SLOT_WORDS[found[0].slot] if found else ""
    options: list[Slot | None] = [None, *Slot]
    widget = f"slot-of-{key}"
    st.session_state[widget] = upload.slot
    st.selectbox(
        "Used as",
        options,
        key=widget,
        format_func=lambda slot: SLOT_WORDS[slot] if slot else f"{_GUESS}: {guessed}",
        label_visibility="collapsed",
        on_change=lambda: session.correct_upload(key, st.session_state[widget], ReadOptions()),
    )


def _problems(key: str, problems: Sequence[Problem], is_open: bool) -> None:
    """What was wrong, worst first, each with its line and what to do about it."""
    order = [Severity.REFUSED, Severity.SKIPPED, Severity.NOTE]
    ranked = sorted(problems, key=lambda problem: order.index(problem.severity))
    with st.expander(f"{len(problems)} thing{'s' if len(problems) > 1 else ''} to know", expanded=is_open):
        st.markdown("\n".join(f"- {_problem_words(problem)}" for problem in ranked[:_PROBLEMS_SHOWN]))
        if len(ranked) > _PROBLEMS_SHOWN:
            frame = pd.DataFrame(
                [(p.file, p.line, p.severity.value, p.what, p.remedy) for p in ranked],
                columns=["File", "Line", "Kind", "What", "What to do"],
            )
            st.caption(f"And {len(ranked) - _PROBLEMS_SHOWN} more; all of them:")
            st.dataframe(frame, hide_index=True, key=f"problems-{key}")


def _problem_words(problem: Problem) -> str:
    signs = {Severity.REFUSED: ":red[Refused]", Severity.SKIPPED: ":orange[Left out]", Severity.NOTE: "Note"}
    line = f", line {problem.line:,}" if problem.line else ""
    return f"**{signs[problem.severity]}{line}:** {escaped(problem.what)} {escaped(problem.remedy)}"


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
        st.session_state[widget] = current
        st.selectbox(label, options, key=widget, on_change=self._correct, args=(role, widget))

    def _correct(self, role: str, widget: str) -> None:
        chosen, before = st.session_state[widget], self.upload.options
        if role == "sheet":
            options = ReadOptions(sheet=chosen)
        else:
            roles = {name: getattr(self.reading.mapping, name) for name, _ in _ROLES}
            roles[role] = None if chosen == _NO_COLUMN else chosen
            options = replace(before, mapping=ColumnMapping(**roles))
        session.correct_upload(self.key, self.upload.slot, options)


def token_profile(samples: SampleSet) -> None:
    """How long questions, answers and everything else are, in tokens of the chosen model."""
    scenario = session.scenario()
    facts = model_facts(scenario.model)
    measured = cached.profile(samples, profile_settings(scenario, facts))
    if not len(measured):
        st.info("No question to cost yet. Add questions or chats; documents and tools come on top.")
        return
    st.subheader("Token profile", anchor=False)
    if measured.requests.uploaded > len(measured):
        st.warning(
            f"{measured.requests.uploaded:,} rows are in your files; "
            f"costs rest on a seeded sample of {len(measured):,}."
        )
    st.dataframe(_profile_table(measured), hide_index=True, width="stretch")
    st.caption(f"Counted as {scenario.model} counts: {facts.encoding}, {facts.basis.value}.")


def _profile_table(measured: TokenProfile) -> pd.DataFrame:
    rows = [
        _spread("Question", measured.question_tokens),
        _spread("Answer", measured.answer_tokens),
        _spread("Earlier turns", measured.history_tokens),
        _spread("Training example", measured.training.tokens),
        _single("Instructions", measured.instruction_tokens, measured.instructions.source),
        _single("Tool definitions", measured.tool_tokens, f"{len(measured.samples.tools)} tools"),
    ]
    if measured.knowledge is not None:
        chunks = session.scenario().chunks_per_request
        rows.insert(3, _spread(f"Best {chunks} passages", measured.knowledge.context(chunks)))
    return pd.DataFrame([row for row in rows if row])


def _spread(name: str, tokens: np.ndarray) -> dict[str, str]:
    if not len(tokens) or not tokens.any():
        return {}
    mean, median, p95 = float(np.mean(tokens)), float(np.median(tokens)), float(np.quantile(tokens, 0.95))
    amounts = {"Mean": count(round(mean, 1)), "Median": count(median), "95 % are below": count(round(p95))}
    return {
        "Tokens of": name,
        **amounts,
        "Longest": count(float(tokens.max())),
        "From": f"{len(tokens):,} rows",
    }


def _single(name: str, tokens: float | None, source: str) -> dict[str, str]:
    if not tokens:
        return {}
    return {"Tokens of": name, "Mean": count(tokens), "From": source}


def demo_choice() -> None:
    """While nothing is uploaded: say that demo data is shown, in which language."""
    with st.container(horizontal=True, vertical_alignment="center", key="demo-banner"):
        st.badge("DEMO DATA", color="orange")
        st.markdown("Nothing dropped in yet, so an invented company stands in. Your first file replaces it.")
        key = "demo-language"
        st.session_state[key] = session.demo_language()
        st.segmented_control(
            "Demo language",
            ["en", "de"],
            key=key,
            format_func={"en": "English", "de": "Deutsch"}.get,
            label_visibility="collapsed",
            required=True,
            on_change=lambda: session.set_demo_language(st.session_state[key]),
        )
