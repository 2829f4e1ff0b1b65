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
from ui import cached, session
from ui.text import SLOT_HELP, SLOT_WORDS, counted, quoted


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
        Slot.QUESTIONS: (len(samples.qa), "row"),
        Slot.CHATS: (len(samples.chats), "chat"),
        Slot.KNOWLEDGE: (len(samples.documents), "text"),
        Slot.TOOLS: (len(samples.tools), "tool"),
        Slot.INSTRUCTIONS: (len(samples.instructions.split()), "word"),
    }
    for column, (slot, (amount, noun)) in zip(st.columns(len(amounts)), amounts.items(), strict=True):
        with column, st.container(border=True, height="stretch", key=f"slot-{slot.value}"):
            st.metric(SLOT_WORDS[slot], counted(amount, noun) if amount else "none yet")
            st.caption(SLOT_HELP[slot])


def demo_choice() -> None:
    """While nothing is uploaded: say that demo data is shown, in which language."""
    with st.container(horizontal=True, vertical_alignment="center", key="demo-banner"):
        st.badge("DEMO DATA", color="orange")
        st.markdown("Nothing dropped in yet, so an invented company stands in. Your first file replaces it.")
        key = "demo-language"
        session.show(key, session.demo_language())
        st.segmented_control(
            "Demo language",
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
        st.info("No question to cost yet. Add questions or chats; documents and tools come on top.")
        return
    st.subheader("Token profile", anchor=False)
    if measured.knowledge is not None and measured.knowledge.searched < len(measured):
        st.info(
            f"All {len(measured):,} rows are counted. Documents were searched for a seeded sample of "
            f"{measured.knowledge.searched:,} questions, which stand for the others."
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


def _spread(name: str, tokens: NDArray[np.float64]) -> dict[str, str]:
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
    blank = dict.fromkeys(("Median", "95 % are below", "Longest"), "")
    return {"Tokens of": name, "Mean": count(tokens), **blank, "From": source}
