"""Results files of the Evidence page: dropping them, what was read and not, and whose results they are."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from crossover.evidence.measured_results import OUR_IDS
from crossover.samples import Severity
from crossover.samples.results import LEFT_OUT
from crossover.samples.results_template import TEMPLATE_CSV, WIDE_TEMPLATE_CSV
from crossover.samples.results_types import UNNAMED, ResultReading
from crossover.strategies import ALL_STRATEGIES
from crossover.words import say, say_as, say_count
from ui import results_session, session
from ui.text import escaped, quoted

_STRATEGIES = {strategy.id: strategy for strategy in ALL_STRATEGIES}
_PROBLEMS_SHOWN = 12
_NAMES_SHOWN = 30
_UNKNOWN_LISTED = 8


def strategy_label(name: str) -> str:
    """The strategy's name, or the name as the file gives it."""
    return _STRATEGIES[name].label if name in _STRATEGIES else _as_named(name)


def _as_named(name: str) -> str:
    return say("not named") if name == UNNAMED else name


def uploads_and_names() -> None:
    """The drop zone with templates, each file, and the names in them."""
    _drop_zone()
    for file in results_session.files():
        _file_box(file)
    if results_session.results().names:
        _names()


def _drop_zone() -> None:
    dropped = st.file_uploader(
        say(
            "Drop results: CSV, TSV, Excel, JSON or JSON Lines, a promptfoo export, an Inspect log, "
            "an OpenAI evals log. Several files add up."
        ),
        accept_multiple_files=True,
        key=results_session.dropzone_key(),
    )
    with st.container(horizontal=True, key="results-templates"):
        _template(say("Template: one row per answer (CSV)"), TEMPLATE_CSV, "results-template.csv")
        _template(
            say("Template: one column per strategy (CSV)"), WIDE_TEMPLATE_CSV, "results-wide-template.csv"
        )
    if not dropped:
        return
    with st.spinner(say("Reading the results …")):
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
            st.caption(say("Not used") if file.refused else _read_words(file))
        with state:
            _badge(file)
        with remove:
            st.button(
                say("Remove"),
                key=f"results-remove-{file.sha256[:12]}",
                on_click=results_session.remove_file,
                args=(file.sha256,),
            )
        if file.problems:
            _problems(file)


def _read_words(file: ResultReading) -> str:
    return say_count("{n} result, {layout}", "{n} results, {layout}", len(file.rows), layout=file.layout)


def _badge(file: ResultReading) -> None:
    skipped = sum(problem.severity is Severity.SKIPPED for problem in file.problems)
    if file.refused:
        st.badge(say("✕ Not read"), color="red")
    elif skipped:
        st.badge(say("! Read, {skipped} left out", skipped=skipped), color="orange")
    else:
        st.badge(say("✓ Read"), color="green")


def _problems(file: ResultReading) -> None:
    """What was left out and what to do, line by line; the first ones, and the rest on demand."""
    title = say("What to know about this file ({problems})", problems=len(file.problems))
    with st.expander(title, expanded=file.refused):
        shown = sorted(file.problems, key=lambda problem: problem.severity is not Severity.REFUSED)
        for problem in shown[:_PROBLEMS_SHOWN]:
            words = f"{escaped(problem.what)} {escaped(problem.remedy)}"
            if problem.line is not None:
                words = say("Line {line:,}: {problem}", line=problem.line, problem=words)
            st.markdown(f"- {words}")
        if len(shown) > _PROBLEMS_SHOWN:
            rows = [
                {
                    say("Line"): problem.line,
                    say_as("problem", "What"): problem.what,
                    say("What to do"): problem.remedy,
                }
                for problem in shown
            ]
            st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", height=240)


def _names() -> None:
    """Each name in the files and the strategy it stands for; a person may say otherwise."""
    names = results_session.results().names
    unknown = [name for name, strategy in names if strategy not in OUR_IDS and strategy != LEFT_OUT]
    if unknown:
        listed = ", ".join(quoted(_as_named(name)) for name in unknown[:_UNKNOWN_LISTED])
        if len(unknown) > _UNKNOWN_LISTED:
            listed = say("{names} and {more:,} more", names=listed, more=len(unknown) - _UNKNOWN_LISTED)
        st.markdown(
            say("No strategy of the comparison is called {names}. Say which one is meant.", names=listed)
        )
    _shared_strategies(names)
    with st.expander(say("Whose results these are"), expanded=bool(unknown)):
        columns = st.columns(3)
        for place, (name, strategy) in enumerate(names[:_NAMES_SHOWN]):
            with columns[place % 3]:
                _name_control(place, name, strategy)


def _shared_strategies(names: tuple[tuple[str, str], ...]) -> None:
    """Say where a person made one strategy of several names."""
    shared = Counter(strategy for _, strategy in names if strategy != LEFT_OUT)
    several = [strategy_label(strategy) for strategy, n in shared.items() if n > 1]
    if several:
        together = say("Several names count together as {strategies}.", strategies=", ".join(several))
        st.caption(escaped(together))


def _name_control(place: int, name: str, strategy: str) -> None:
    key = f"results-name-{place}"
    session.show(key, strategy)
    st.selectbox(
        escaped(_as_named(name)),
        list(dict.fromkeys([name, strategy, *OUR_IDS, LEFT_OUT])),
        key=key,
        format_func=lambda option: _option(option, name),
        on_change=_choose,
        args=(name, key),
    )


def _option(option: str, name: str) -> str:
    if option == LEFT_OUT:
        return say("Leave out")
    if option in _STRATEGIES or option != name:
        return strategy_label(option)
    return say("As named: {name}", name=_as_named(name))


def _choose(name: str, key: str) -> None:
    results_session.choose_name(name, session.taken(key))
