"""Chunk size, overlap and number side by side, each a click away from the scenario."""

from __future__ import annotations

import streamlit as st

from crossover.charts.evidence import sweep_points
from crossover.cost.subject import Subject
from crossover.evidence.chunk_sweep import ChunkSweep, RetrievalSetting, SweepRow
from crossover.numbers import count, usd
from crossover.numbers import share as percent
from ui import evidence_cached, evidence_session, session
from ui.text import counted, plain

_WIDTHS = (3, 3, 2, 2, 2)


def sweep_section(subject: Subject) -> None:
    """On request: cut the documents in other ways, search again, and show what each finds and costs."""
    st.markdown("#### Other chunk sizes")
    key = evidence_cached.sweep_key(subject)
    if not evidence_session.is_wanted(key):
        st.caption(
            "Cuts your documents into 100, 200, 400 and 800 tokens, without and with an overlap of 12 %."
        )
        st.button("Try other chunk sizes", key="try-sweep", on_click=evidence_session.want, args=(key,))
        return
    try:
        sweep = evidence_cached.sweep(subject)
    except evidence_cached.Stopped as stopped:
        st.info("Stopped. The sizes tried so far are not shown.")
        st.button("Try again", key="sweep-again", on_click=evidence_session.go_on, args=(stopped.key,))
        return
    if sweep is None:
        st.info(
            "Nothing tells what should be found. Add answers that stand in the documents, or a column that "
            "names the right document of each question."
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
    everything = st.toggle("Show every setting tried", key="sweep-all")
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
    asked = f"{sweep.searched:,} questions"
    if sweep.searched < sweep.requests:
        asked = f"a seeded {sweep.searched:,} of {sweep.requests:,} questions"
    return (
        f"{counted(len(sweep.rows), 'setting')} on {asked}, judged by {sweep.against}. The shortest context "
        f"that finds within 2 points of the most: {_setting(setting)}, {best.found}. Where intervals "
        "overlap, take the cheaper one."
    )


def _setting(setting: RetrievalSetting) -> str:
    shared = f", {setting.overlap_tokens} shared" if setting.overlap_tokens else ", no overlap"
    return f"{counted(setting.chunks, 'chunk')} of {setting.chunk_tokens:,} tokens{shared}"


def _row(place: int, row: SweepRow, now: RetrievalSetting, is_recommended: bool) -> None:
    name, found, tokens, cost, button = st.columns(_WIDTHS, vertical_alignment="center")
    badges = (
        *((":green-badge[nearly all for least]",) if is_recommended else ()),
        *((":gray-badge[used now]",) if row.setting == now else ()),
        *(() if row.is_best else (":gray-badge[beaten]",)),
    )
    name.markdown(" ".join((_setting(row.setting), *badges)))
    chance = f", {percent(row.by_chance_share)} by chance" if row.by_chance_share is not None else ""
    found.markdown(f"**{row.found}** found{chance}")
    tokens.markdown(f"{count(round(row.context_tokens))} tokens of context")
    known = row.usd_per_request
    cost.markdown(plain("price unknown" if known is None else f"{usd(known * 1000)} per 1,000 requests"))
    if row.setting != now:
        button.button("Use these settings", key=f"sweep-use-{place}", on_click=_use, args=(row.setting,))


def _use(setting: RetrievalSetting) -> None:
    """Edit the scenario; the sweep that led here stays open for the new one."""
    session.edit(
        chunk_tokens=setting.chunk_tokens,
        chunk_overlap_tokens=setting.overlap_tokens,
        chunks_per_request=setting.chunks,
    )
    st.toast(f"The scenario now sends {_setting(setting)}.")
