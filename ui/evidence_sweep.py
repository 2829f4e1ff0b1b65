"""Chunk size, overlap and number side by side, each a click away from the scenario."""

from __future__ import annotations

import streamlit as st

from crossover.charts.evidence import sweep_points
from crossover.cost.subject import Subject
from crossover.evidence.chunk_sweep import ChunkSweep, RetrievalSetting, SweepRow
from crossover.numbers import count, usd
from crossover.numbers import share as percent
from crossover.words import say, say_count
from ui import evidence_cached, evidence_session, session
from ui.evidence_words import chunks_words, judged_words, questions_words
from ui.text import plain

_WIDTHS = (10, 10, 6.5, 8, 5.5)


def sweep_section(subject: Subject) -> None:
    """On request: cut the documents in other ways, search again, and show what each finds and costs."""
    st.markdown(say("#### Other chunk sizes"))
    key = evidence_cached.sweep_key(subject)
    if not evidence_session.is_wanted(key):
        st.caption(
            say("Cuts your documents into 100, 200, 400 and 800 tokens, without and with an overlap of 12 %.")
        )
        st.button(say("Try other chunk sizes"), key="try-sweep", on_click=evidence_session.want, args=(key,))
        return
    try:
        sweep = evidence_cached.sweep(subject)
    except evidence_cached.Stopped as stopped:
        st.info(say("Stopped. The sizes tried so far are not shown."))
        st.button(say("Try again"), key="sweep-again", on_click=evidence_session.go_on, args=(stopped.key,))
        return
    if sweep is None:
        st.info(
            say(
                "Nothing tells what should be found. Add answers that stand in the documents, or a column "
                "that names the right document of each question."
            )
        )
        return
    _shown(sweep, subject)


def _shown(sweep: ChunkSweep, subject: Subject) -> None:
    scenario = subject.scenario
    now = RetrievalSetting(scenario.chunk_tokens, scenario.chunk_overlap_tokens, scenario.chunks_per_request)
    st.plotly_chart(
        sweep_points(sweep, now), key="chart-sweep", config={"displayModeBar": False}, alt=_words(sweep)
    )
    st.caption(plain(_words(sweep)))
    everything = st.toggle(say("Show every setting tried"), key="sweep-all")
    rows = sweep.rows if everything else _with_now(sweep, now)
    for place, row in enumerate(rows):
        with st.container(border=True):
            _row(place, row, now, row == sweep.recommended)


def _with_now(sweep: ChunkSweep, now: RetrievalSetting) -> tuple[SweepRow, ...]:
    """The front, and the row of the scenario where it is not on it."""
    used = tuple(row for row in sweep.rows if row.setting == now and not row.is_best)
    return tuple(sorted((*sweep.front, *used), key=lambda row: row.context_tokens))


def _words(sweep: ChunkSweep) -> str:
    best, setting = sweep.recommended, sweep.recommended.setting
    asked = questions_words(sweep.searched)
    if sweep.searched < sweep.requests:
        asked = say("a seeded {searched:,} of {all:,} questions", searched=sweep.searched, all=sweep.requests)
    return say(
        "{settings} on {questions}, {judged}. The shortest context that finds within 2 points of the most: "
        "{setting}, {found}. Where intervals overlap, take the cheaper one.",
        settings=say_count("{n} setting", "{n} settings", len(sweep.rows)),
        questions=asked,
        judged=judged_words(sweep.against),
        setting=_setting(setting),
        found=best.found,
    )


def _setting(setting: RetrievalSetting) -> str:
    chunks, tokens = chunks_words(setting.chunks), setting.chunk_tokens
    if not setting.overlap_tokens:
        return say("{chunks} of {tokens:,} tokens, no overlap", chunks=chunks, tokens=tokens)
    return say(
        "{chunks} of {tokens:,} tokens, {shared} shared",
        chunks=chunks,
        tokens=tokens,
        shared=setting.overlap_tokens,
    )


def _row(place: int, row: SweepRow, now: RetrievalSetting, is_recommended: bool) -> None:
    name, found, tokens, cost, button = st.columns(_WIDTHS, vertical_alignment="center")
    badges = (
        *((say(":green-badge[nearly all for least]"),) if is_recommended else ()),
        *((say(":gray-badge[used now]"),) if row.setting == now else ()),
        *(() if row.is_best else (say(":gray-badge[beaten]"),)),
    )
    name.markdown(" ".join((_setting(row.setting), *badges)))
    found.markdown(_found(row))
    tokens.markdown(say("{tokens} tokens of context", tokens=count(round(row.context_tokens))))
    cost.markdown(plain(_cost(row.usd_per_request)))
    if row.setting != now:
        button.button(say("Use these settings"), key=f"sweep-use-{place}", on_click=_use, args=(row.setting,))


def _found(row: SweepRow) -> str:
    if row.by_chance_share is None:
        return say("**{found}** found", found=row.found)
    return say("**{found}** found, {chance} by chance", found=row.found, chance=percent(row.by_chance_share))


def _cost(usd_per_request: float | None) -> str:
    if usd_per_request is None:
        return say("price unknown")
    return say("{cost} per 1,000 requests", cost=usd(usd_per_request * 1000))


def _use(setting: RetrievalSetting) -> None:
    """Edit the scenario; the sweep that led here stays open for the new one."""
    session.edit(
        chunk_tokens=setting.chunk_tokens,
        chunk_overlap_tokens=setting.overlap_tokens,
        chunks_per_request=setting.chunks,
    )
    st.toast(say("The scenario now sends {setting}.", setting=_setting(setting)))
