"""One card per finding: a sentence, its figures, and the strategies it matters for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from crossover.evidence import Finding
from crossover.figure import Figure, Kind
from crossover.numbers import share as percent
from crossover.strategies import STRATEGIES
from ui import session
from ui.figures import explain, shown
from ui.text import KIND_COLOURS, KIND_WORDS, counted, escaped, plain

FIGURES_SHOWN = 6
_CARDS_IN_A_ROW = 2


def finding_cards(findings: Sequence[Finding], title: str) -> None:
    """The cards in rows of two, a single one across the page; none repeats the `title` above them."""
    for start in range(0, len(findings), _CARDS_IN_A_ROW):
        row = findings[start : start + _CARDS_IN_A_ROW]
        for column, finding in zip(st.columns(len(row)), row, strict=True):
            with column, st.container(border=True, key=f"finding-{finding.id}", height="stretch"):
                if finding.label != title:
                    st.markdown(f"#### {escaped(finding.label)}")
                _card(finding)


def _card(finding: Finding) -> None:
    st.markdown(escaped(finding.sentence))
    if finding.figures:
        st.markdown("\n".join(_line(figure) for figure in finding.figures[:FIGURES_SHOWN]))
        more = len(finding.figures) - FIGURES_SHOWN
        if more > 0:
            st.caption(f"and {counted(more, 'figure')} more below")
    st.markdown(_matters(finding.matters_for))
    if finding.figures:
        with st.popover("Where these numbers come from"):
            named = (replace(each, name=escaped(each.name)) for each in finding.figures[:FIGURES_SHOWN])
            explain(tuple(named), session.today())


def _line(figure: Figure) -> str:
    """Name, value, badge, then the interval and how many rows it rests on."""
    beside = []
    if figure.ci is not None:
        low, high = (percent(bound).removesuffix(" %") for bound in figure.ci)
        beside.append(f"{low}–{high} %")
    if figure.n is not None:
        beside.append(f"n = {figure.n:,}")
    kind = figure.weakest if figure.kind is Kind.DERIVED and figure.inputs else figure.kind
    word = f"{'derived, ' if figure.kind is Kind.DERIVED else ''}{KIND_WORDS[kind]}"
    value = f"**{plain(_value(figure))}** :{KIND_COLOURS[kind]}-badge[{word}]"
    return f"- {escaped(figure.name)}: {value} {', '.join(beside)}"


def _value(figure: Figure) -> str:
    if figure.value is None:
        return "price unknown" if figure.unit.startswith("USD") else "unknown"
    if figure.value == 1 and figure.unit in ("occurrences", "chunks", "rows", "rounds", "labels"):
        return f"1 {figure.unit.removesuffix('s')}"
    return percent(figure.value) if figure.unit == "share" else shown(figure)


def _matters(strategies: Sequence[str]) -> str:
    labels = {strategy.id: strategy.label for strategy in STRATEGIES}
    if set(labels) <= set(strategies):
        return "Matters for: :gray-badge[every strategy]"
    return "Matters for: " + " ".join(f":gray-badge[{labels[each]}]" for each in strategies)
