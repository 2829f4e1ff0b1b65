"""One card per finding: a sentence, its figures, and the strategies it matters for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from crossover.evidence import Finding
from crossover.figure import Figure, Kind
from crossover.numbers import share, share_span, unknown
from crossover.strategies import STRATEGIES
from crossover.words import mark, say, say_count
from ui import session
from ui.figures import explain, shown
from ui.text import KIND_COLOURS, escaped, kind_words, plain

FIGURES_SHOWN = 6
_CARDS_IN_A_ROW = 2
_ONE = {
    "occurrences": mark("1 occurrence"),
    "chunks": mark("1 chunk"),
    "rows": mark("1 row"),
    "rounds": mark("1 round"),
    "labels": mark("1 label"),
}


def finding_cards(findings: Sequence[Finding], same_title: str = "") -> None:
    """The cards in rows of two, a single one across the page.

    The finding with the id `same_title` does not repeat the title above the cards.
    """
    for start in range(0, len(findings), _CARDS_IN_A_ROW):
        row = findings[start : start + _CARDS_IN_A_ROW]
        for column, finding in zip(st.columns(len(row)), row, strict=True):
            with column, st.container(border=True, key=f"finding-{finding.id}", height="stretch"):
                if finding.id != same_title:
                    st.markdown(f"#### {escaped(finding.label)}")
                _card(finding)


def _card(finding: Finding) -> None:
    st.markdown(escaped(finding.sentence))
    if finding.figures:
        st.markdown("\n".join(_line(figure) for figure in finding.figures[:FIGURES_SHOWN]))
        more = len(finding.figures) - FIGURES_SHOWN
        if more > 0:
            st.caption(say_count("and {n} figure more below", "and {n} figures more below", more))
    st.markdown(_matters(finding.matters_for))
    if finding.figures:
        with st.popover(say("Where these numbers come from")):
            named = (replace(each, name=escaped(each.name)) for each in finding.figures[:FIGURES_SHOWN])
            explain(tuple(named), session.today())


def _line(figure: Figure) -> str:
    """Name, value, badge, then the interval and how many rows it rests on."""
    beside = []
    if figure.ci is not None:
        beside.append(share_span(*figure.ci))
    if figure.n is not None:
        beside.append(say("n = {n:,}", n=figure.n))
    kind = figure.weakest if figure.kind is Kind.DERIVED and figure.inputs else figure.kind
    word = kind_words(kind)
    if figure.kind is Kind.DERIVED:
        word = say("derived, {kind}", kind=word)
    value = f"**{plain(_value(figure))}** :{KIND_COLOURS[kind]}-badge[{word}]"
    return f"- {escaped(figure.name)}: {value} {', '.join(beside)}"


def _value(figure: Figure) -> str:
    if figure.value is None:
        return say("price unknown") if figure.unit.startswith("USD") else unknown()
    if figure.value == 1 and figure.unit in _ONE:
        return say(_ONE[figure.unit])
    return share(figure.value) if figure.unit == "share" else shown(figure)


def _matters(strategies: Sequence[str]) -> str:
    labels = {strategy.id: strategy.label for strategy in STRATEGIES}
    named = [labels[each] for each in strategies]
    if set(labels) <= set(strategies):
        named = [say("every strategy")]
    return say("Matters for: {strategies}", strategies=" ".join(f":gray-badge[{name}]" for name in named))
