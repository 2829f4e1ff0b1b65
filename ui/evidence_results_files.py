"""Results files of the Evidence page: dropping them, what was read and not, and whose results they are."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from crossover.evidence.measured_results import OUR_IDS
from crossover.samples import Severity
from crossover.samples.results import LEFT_OUT
from crossover.samples.results_template import TEMPLATE_CSV, WIDE_TEMPLATE_CSV
from crossover.samples.results_types import ResultReading
from crossover.strategies import ALL_STRATEGIES
from ui import results_session, session
from ui.text import counted, escaped, quoted

_LABELS = {strategy.id: strategy.label for strategy in ALL_STRATEGIES}
_PROBLEMS_SHOWN = 12
_NAMES_SHOWN = 30


def strategy_label(name: str) -> str:
    """The strategy's name, or the name as the file gives it."""
    return _LABELS.get(name, name)


def uploads_and_names() -> None:
    """The drop zone with templates, each file, and the names in them."""
    _drop_zone()
    for file in results_session.files():
        _file_box(file)
    if results_session.results().names:
        _names()


def _drop_zone() -> None:
    dropped = st.file_uploader(
        "Drop results: CSV, TSV, Excel, JSON or JSON Lines, a promptfoo export, an Inspect log (JSON), an "
        "OpenAI evals log. Several files add up.",
        accept_multiple_files=True,
        key=results_session.dropzone_key(),
    )
    with st.container(horizontal=True, key="results-templates"):
        _template("Template: one row per answer (CSV)", TEMPLATE_CSV, "results-template.csv")
        _template("Template: one column per strategy (CSV)", WIDE_TEMPLATE_CSV, "results-wide-template.csv")
    if not dropped:
        return
    with st.spinner("Reading the results …"):
        for file in dropped:
            results_session.add_file(file.name, file.getvalue())
    results_session.empty_dropzone()
    st.rerun()


def _template(label: str, text: str, name: str) -> None:
    st.download_button(
        label, text.encode(), file_name=name, mime="text/csv", on_click="ignore", key=f"download-{name}"
    )


def _file_box(file: ResultReading) -> None:
    with st.container(border=True, key=f"results-file-{file.sha256[:12]}"):
        name, state, remove = st.columns([5, 2, 1], vertical_alignment="center")
        with name:
            st.markdown(quoted(file.name))
            st.caption("Not used" if file.refused else f"{counted(len(file.rows), 'result')}, {file.layout}")
        with state:
            _badge(file)
        with remove:
            st.button(
                "Remove",
                key=f"results-remove-{file.sha256[:12]}",
                on_click=results_session.remove_file,
                args=(file.sha256,),
            )
        if file.problems:
            _problems(file)


def _badge(file: ResultReading) -> None:
    skipped = sum(problem.severity is Severity.SKIPPED for problem in file.problems)
    if file.refused:
        st.badge("✕ Not read", color="red")
    elif skipped:
        st.badge(f"! Read, {skipped} left out", color="orange")
    else:
        st.badge("✓ Read", color="green")


def _problems(file: ResultReading) -> None:
    """What was left out and what to do, line by line; the first ones, and the rest on demand."""
    with st.expander(f"What to know about this file ({len(file.problems)})", expanded=file.refused):
        shown = sorted(file.problems, key=lambda problem: problem.severity is not Severity.REFUSED)
        for problem in shown[:_PROBLEMS_SHOWN]:
            where = f"Line {problem.line:,}: " if problem.line is not None else ""
            st.markdown(f"- {where}{escaped(problem.what)} {escaped(problem.remedy)}")
        if len(shown) > _PROBLEMS_SHOWN:
            rows = [
                {"Line": problem.line, "What": problem.what, "What to do": problem.remedy}
                for problem in shown
            ]
            st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", height=240)


def _names() -> None:
    """Each name in the files and the strategy it stands for; a person may say otherwise."""
    names = results_session.results().names
    unknown = [name for name, strategy in names if strategy not in OUR_IDS and strategy != LEFT_OUT]
    if unknown:
        listed = ", ".join(quoted(name) for name in unknown[:8])
        more = f" and {len(unknown) - 8} more" if len(unknown) > 8 else ""
        st.markdown(f"No strategy of the comparison is called {listed}{more}. Say which one is meant.")
    _shared_strategies(names)
    with st.expander("Whose results these are", expanded=bool(unknown)):
        columns = st.columns(3)
        for place, (name, strategy) in enumerate(names[:_NAMES_SHOWN]):
            with columns[place % 3]:
                _name_control(place, name, strategy)


def _shared_strategies(names: tuple[tuple[str, str], ...]) -> None:
    """Say where a person made one strategy of several names."""
    shared = Counter(strategy for _, strategy in names if strategy != LEFT_OUT)
    several = [strategy_label(strategy) for strategy, n in shared.items() if n > 1]
    if several:
        st.caption(escaped(f"Several names count together as {', '.join(several)}."))


def _name_control(place: int, name: str, strategy: str) -> None:
    key = f"results-name-{place}"
    session.show(key, strategy)
    st.selectbox(
        escaped(name),
        list(dict.fromkeys([name, strategy, *OUR_IDS, LEFT_OUT])),
        key=key,
        format_func=lambda option: _option(option, name),
        on_change=_choose,
        args=(name, key),
    )


def _option(option: str, name: str) -> str:
    if option == LEFT_OUT:
        return "Leave out"
    return _LABELS.get(option) or (f"As named: {name}" if option == name else option)


def _choose(name: str, key: str) -> None:
    results_session.choose_name(name, session.taken(key))
