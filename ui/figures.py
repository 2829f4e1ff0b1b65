"""How a Figure is shown: its value rounded for people, and on demand everything it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

import streamlit as st

from crossover.figure import Figure, Kind
from crossover.numbers import count, share, unknown, usd
from crossover.units import per_words, unit_words
from crossover.words import say
from ui.text import KIND_COLOURS, escaped, kind_words, plain, quoted

_DAY_RATE = "USD per person-day"


def shown(figure: Figure) -> str:
    """The value with its unit, rounded for people; "unknown" where there is none."""
    if figure.value is None:
        return unknown()
    if figure.unit == _DAY_RATE:
        return say("{amount} a day", amount=usd(figure.value))
    if figure.unit.startswith("USD"):
        return f"{usd(figure.value)} {per_words(figure.unit)}".rstrip()
    if figure.unit == "share" or figure.unit.startswith("share "):
        return f"{share(figure.value)} {per_words(figure.unit)}".rstrip()
    return f"{count(figure.value)} {unit_words(figure.unit)}"


def explain(figures: tuple[Figure, ...], today: date) -> None:
    """Each figure with the formula it comes from and, under it, every number it was made of.

    A sum of figures that are explained here as well names them instead of repeating their numbers.
    """
    known = set(figures)
    st.markdown("\n\n".join(_explanation(figure, known - {figure}, today) for figure in figures))


def _explanation(figure: Figure, known: set[Figure], today: date) -> str:
    heading = f"**{figure.name}: {plain(shown(figure))}** {_badge(figure, today)}"
    if figure.kind is not Kind.DERIVED:
        return f"{heading} {_source(figure)}"
    parts = [part.name for part in figure.inputs if part in known]
    formula = figure.source
    if parts:
        formula = say("{formula}, of: {parts}", formula=formula, parts=", ".join(parts))
    lines = [f"{heading} {plain(formula)}."]
    return "\n".join([*lines, *(_leaf_line(leaf, today) for leaf in _distinct(figure, known))])


def _distinct(figure: Figure, known: set[Figure]) -> Iterator[Figure]:
    """The leaves, each once, but for those of figures that are explained on their own."""
    own = (part for part in figure.inputs if part not in known)
    yield from dict.fromkeys(leaf for part in own for leaf in part.leaves())


def _leaf_line(leaf: Figure, today: date) -> str:
    return f"- {leaf.name}: {plain(shown(leaf))} {_badge(leaf, today)} {_source(leaf)}"


def _badge(figure: Figure, today: date) -> str:
    """The kind as a coloured word; a stale price turns amber and says so."""
    kind = figure.weakest if figure.kind is Kind.DERIVED else figure.kind
    if figure.kind is Kind.PRICE_LIST and figure.is_stale(today):
        colour, words = "orange", say("price list, over 90 days old")
    elif figure.kind is Kind.DERIVED and figure.inputs:
        colour, words = KIND_COLOURS[kind], say("derived, weakest input: {kind}", kind=kind_words(kind))
    else:
        colour, words = KIND_COLOURS[kind], kind_words(kind)
    return f":{colour}-badge[{words}]"


def _source(figure: Figure) -> str:
    """Who says so, as text that cannot be mistaken for markup; only our own price pages are links."""
    parts = []
    if figure.kind is Kind.PRICE_LIST and figure.source.startswith("https://"):
        parts.append(f"[{urlsplit(figure.source).netloc}]({figure.source})")
    elif figure.kind is Kind.MEASURED:
        parts.append(quoted(figure.source))
    else:
        parts.append(escaped(figure.source))
    if figure.as_of:
        parts.append(say("read {day}", day=figure.as_of))
    if figure.n is not None:
        parts.append(say("n = {n:,}", n=figure.n))
    if figure.note:
        parts.append(escaped(figure.note))
    return ", ".join(parts)
