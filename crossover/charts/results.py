"""Measured results as a chart: how often each strategy is right, with the interval."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from crossover.charts.axes import separators
from crossover.charts.style import STRATEGY_STYLES
from crossover.evidence.measured_results import MeasuredResults
from crossover.words import say

_OTHER_COLOUR = "#808994"
_BAR_HEIGHT = 52
_LABEL_CHARACTERS = 28


def accuracy_frame(results: MeasuredResults) -> pd.DataFrame:
    """One row per strategy, best first: strategy, accuracy, low, high (shares), samples, answers."""
    rows = [
        (
            each.strategy,
            each.accuracy_share,
            each.interval.low,
            each.interval.high,
            each.samples,
            each.answers,
        )
        for each in results.strategies
    ]
    return pd.DataFrame(rows, columns=["strategy", "accuracy", "low", "high", "samples", "answers"])


def accuracy_bars(results: MeasuredResults, label: Callable[[str], str]) -> go.Figure:
    """Bars of right answers in percent with 95 % intervals; `label` names a strategy for people."""
    frame = accuracy_frame(results)
    names = [_safe(label(name)) for name in frame["strategy"]]
    figure = go.Figure()
    for place, row in enumerate(frame.itertuples()):
        _add_bar(figure, place, names[place], row)
    places = list(range(len(names)))
    return figure.update_layout(
        separators=separators(),
        height=110 + _BAR_HEIGHT * len(names),
        margin={"l": 8, "r": 16, "t": 8, "b": 8},
        showlegend=False,
        xaxis={"title": {"text": say("Right answers, % (line: 95 % interval)")}, "range": [0, 101]},
        yaxis={"autorange": "reversed", "title": None, "tickvals": places, "ticktext": names},
    )


def _add_bar(figure: go.Figure, place: int, name: str, row: Any) -> None:
    """A pale bar, so that the interval in the strategy's full colour shows on it and beside it."""
    colour, percent = _colour(row.strategy), 100 * row.accuracy
    figure.add_bar(
        name=name,
        y=[place],
        x=[percent],
        orientation="h",
        marker={"color": colour, "opacity": 0.45},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [100 * (row.high - row.accuracy)],
            "arrayminus": [100 * (row.accuracy - row.low)],
            "thickness": 3,
            "width": 8,
            "color": colour,
        },
        hovertemplate=_hover(name, row) + "<extra></extra>",
    )


def _hover(name: str, row: Any) -> str:
    return say(
        "{name}: {percent:.1f} % ({low:.1f}–{high:.1f} %) of {samples:,} samples",
        name=name,
        percent=100 * row.accuracy,
        low=100 * row.low,
        high=100 * row.high,
        samples=row.samples,
    )


def _colour(strategy: str) -> str:
    return STRATEGY_STYLES[strategy].colour if strategy in STRATEGY_STYLES else _OTHER_COLOUR


def _safe(name: str) -> str:
    """A name short enough for an axis, in which nothing is markup."""
    return escape(name if len(name) <= _LABEL_CHARACTERS else name[: _LABEL_CHARACTERS - 1] + "…")
