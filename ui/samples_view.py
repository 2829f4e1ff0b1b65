"""The sections of the Samples page: the drop zone, what is there, and how long it is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from crossover.comparison import profile_settings
from crossover.numbers import count
from crossover.profile import TokenProfile
from crossover.samples import SampleSet, Slot
from crossover.tokens import model_facts
from crossover.words import say, say_as, say_count
from ui import cached, session
from ui.text import quoted, slot_help, slot_words


def drop_zone() -> None:
    """Take over dropped files, reading each once; the zone is empty again afterwards."""
    dropped = st.file_uploader(
        say("Drop files here: questions, chats, documents, tools, a zip of many. They are sorted for you."),
        accept_multiple_files=True,
        key=session.uploader_key(),
    )
    if not dropped:
        return
    progress = st.progress(0.0)
    for place, file in enumerate(dropped):
        progress.progress(place / len(dropped), text=say("Reading {file}", file=quoted(file.name)))
        key = session.add_upload(file.name, file.getvalue())
        cached.readings(session.uploads()[key])
    session.empty_uploader()
    st.rerun()


def instructions_box() -> None:
    """The system prompt, typed or pasted."""
    key = "typed-instructions"
    st.session_state.setdefault(key, session.typed_instructions())
    st.text_area(
        say("Instructions (your system prompt)"),
        key=key,
        height=140,
        placeholder=say("Paste the prompt you use today. While this is empty, a one-line stand-in is used."),
        on_change=lambda: session.set_typed_instructions(st.session_state[key]),
    )


def overview(samples: SampleSet) -> None:
    """The five slots: what each holds, or what would go there."""
    amounts = _amounts(samples)
    for column, (slot, amount) in zip(st.columns(len(amounts)), amounts.items(), strict=True):
        with column, st.container(border=True, height="stretch", key=f"slot-{slot.value}"):
            st.metric(slot_words(slot), amount or say("none yet"))
            st.caption(slot_help(slot))


def _amounts(samples: SampleSet) -> dict[Slot, str]:
    """How much each slot holds, in words; "" for nothing."""
    rows, chats, texts = len(samples.qa), len(samples.chats), len(samples.documents)
    tools, words = len(samples.tools), len(samples.instructions.split())
    return {
        Slot.QUESTIONS: say_count("{n} row", "{n} rows", rows) if rows else "",
        Slot.CHATS: say_count("{n} chat", "{n} chats", chats) if chats else "",
        Slot.KNOWLEDGE: say_count("{n} text", "{n} texts", texts) if texts else "",
        Slot.TOOLS: say_count("{n} tool", "{n} tools", tools) if tools else "",
        Slot.INSTRUCTIONS: say_count("{n} word", "{n} words", words) if words else "",
    }


def demo_choice() -> None:
    """While nothing is uploaded: say that demo data is shown, in which language."""
    with st.container(horizontal=True, vertical_alignment="center", key="demo-banner"):
        st.badge(say("DEMO DATA"), color="orange")
        st.markdown(
            say("Nothing dropped in yet, so an invented company stands in. Your first file replaces it.")
        )
        key = "demo-language"
        session.show(key, session.demo_language())
        st.segmented_control(
            say("Demo language"),
            ["en", "de"],
            key=key,
            format_func={"en": "English", "de": "Deutsch"}.get,
            label_visibility="collapsed",
            required=True,
            on_change=lambda: session.set_demo_language(session.taken(key)),
        )


def token_profile(samples: SampleSet) -> None:
    """How long questions, answers and everything else are, in tokens of the chosen model."""
    scenario = session.scenario()
    facts = model_facts(scenario.model)
    measured = cached.profile(samples, profile_settings(scenario, facts))
    if not len(measured):
        st.info(say("No question to cost yet. Add questions or chats; documents and tools come on top."))
        return
    st.subheader(say("Token profile"), anchor=False)
    if measured.knowledge is not None and measured.knowledge.searched < len(measured):
        st.info(
            say(
                "All {rows:,} rows are counted. Documents were searched for a seeded sample of {searched:,} "
                "questions, which stand for the others.",
                rows=len(measured),
                searched=measured.knowledge.searched,
            )
        )
    st.dataframe(_profile_table(measured), hide_index=True, width="stretch")
    st.caption(
        say(
            "Counted as {model} counts: {encoding}, {basis}.",
            model=scenario.model,
            encoding=facts.encoding,
            basis=say(facts.basis.value),
        )
    )


def _profile_table(measured: TokenProfile) -> pd.DataFrame:
    tools = len(measured.samples.tools)
    rows = [
        _spread(say("Question"), measured.question_tokens),
        _spread(say("Answer"), measured.answer_tokens),
        _spread(say("Earlier turns"), measured.history_tokens),
        _spread(say("Training example"), measured.training.tokens),
        _single(say("Instructions"), measured.instruction_tokens, measured.instructions.source),
        _single(say("Tool definitions"), measured.tool_tokens, say_count("{n} tool", "{n} tools", tools)),
    ]
    if measured.knowledge is not None:
        chunks = session.scenario().chunks_per_request
        best = say("Best {n} passages", n=chunks)
        rows.insert(3, _spread(best, measured.knowledge.context(chunks)))
    return pd.DataFrame([row for row in rows if row])


def _spread(name: str, tokens: NDArray[np.float64]) -> dict[str, str]:
    if not len(tokens) or not tokens.any():
        return {}
    mean, median, p95 = float(np.mean(tokens)), float(np.median(tokens)), float(np.quantile(tokens, 0.95))
    return {
        say("Tokens of"): name,
        say("Mean"): count(round(mean, 1)),
        say("Median"): count(median),
        say("95 % are below"): count(round(p95)),
        say("Longest"): count(float(tokens.max())),
        say_as("source", "From"): say_count("{n} row", "{n} rows", len(tokens)),
    }


def _single(name: str, tokens: float | None, source: str) -> dict[str, str]:
    if not tokens:
        return {}
    blank = dict.fromkeys((say("Median"), say("95 % are below"), say("Longest")), "")
    known = {say("Tokens of"): name, say("Mean"): count(tokens)}
    return {**known, **blank, say_as("source", "From"): source}
