"""Prices over time as charts: one price list's history, and the decision month by month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TypeAlias

import pandas as pd
import plotly.graph_objects as go

from crossover.charts.axes import day_axis, money_axis, separators
from crossover.charts.style import STRATEGY_STYLES
from crossover.numbers import unit_price, usd
from crossover.prices import Source
from crossover.replay import Replay, ReplayMonth, Standing, Turn
from crossover.words import say, say_count

EARLIEST = date(2023, 1, 1)
"""Where a price without a beginning, such as an own one, starts in a chart."""
Corner: TypeAlias = tuple[date, float | None]

_MARGIN = {"l": 8, "r": 8, "t": 8, "b": 8}
_LEGEND = {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "title": None}
_DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
_RING = "#808994"


@dataclass(frozen=True, slots=True)
class PricePeriod:
    """Prices that held in [valid_from, valid_to), by name; None is unknown, not free.

    `valid_from` None: since an unknown day. `source` says who lists them.
    """

    valid_from: date | None
    valid_to: date | None
    numbers: Mapping[str, float | None]
    source: Source
    first_seen: bool = False


def history_frame(periods: Iterable[PricePeriod], until: date) -> pd.DataFrame:
    """The corners of the steps: columns price, on, usd; a gap in what is known is a row without usd.

    A price still valid on `until` ends there; one that begins later (announced) is kept with its day.
    """
    rows: list[tuple[str, date, float | None]] = []
    ordered = sorted(periods, key=lambda period: period.valid_from or date.min)
    for name in dict.fromkeys(name for period in ordered for name in period.numbers):
        rows += [(name, *corner) for corner in _steps(ordered, name, until)]
    return pd.DataFrame(rows, columns=["price", "on", "usd"])


def price_history(periods: Sequence[PricePeriod], until: date, unit: str) -> go.Figure:
    """Steps: each price holds from its day to the next; the axis starts at 0."""
    frame = history_frame(periods, until)
    figure = go.Figure()
    for place, name in enumerate(frame["price"].unique()):
        own = frame[frame["price"] == name]
        amounts = [None if pd.isna(value) else float(value) for value in own["usd"]]
        figure.add_scatter(
            name=escape(str(name)),
            x=[day.isoformat() for day in own["on"]],
            y=amounts,
            mode="lines+markers",
            line={"shape": "hv", "width": 3, "dash": _DASHES[place % len(_DASHES)]},
            customdata=[unit_price(value) for value in amounts],
            hovertemplate="%{customdata}",
            connectgaps=False,
        )
    return figure.update_layout(
        separators=separators(),
        height=320,
        margin=_MARGIN,
        legend=_LEGEND,
        hovermode="x unified",
        showlegend=True,
        xaxis={"title": None, **day_axis()},
        yaxis={"title": {"text": unit}, "rangemode": "tozero", "tickformat": "~g"},
    )


def decision_frame(replay: Replay) -> pd.DataFrame:
    """The cheapest way of each strategy by month: columns on, strategy, model, usd, ranked, answer."""
    rows = [
        (
            month.on,
            standing.strategy_label,
            replay.labels[standing.at],
            standing.total_usd,
            standing.is_ranked,
            standing is month.answer,
        )
        for month in replay.months
        for standing in _best_by_strategy(month)
    ]
    return pd.DataFrame(rows, columns=["on", "strategy", "model", "usd", "ranked", "answer"])


def decision_over_time(replay: Replay, turns: Sequence[Turn]) -> go.Figure:
    """Lines: the total of each strategy by price date; rings mark the answer, numbers its turns."""
    figure, span = go.Figure(), say_count("{n} month", "{n} months", replay.horizon_months)
    for strategy_id in STRATEGY_STYLES:
        _add_strategy(figure, replay, strategy_id)
    _add_answers(figure, replay)
    for number, turn in enumerate(answer_turns(turns), start=1):
        figure.add_vline(x=turn.on.isoformat(), line={"color": _RING, "dash": "dot", "width": 1})
        figure.add_annotation(
            x=turn.on.isoformat(),
            y=1,
            yref="paper",
            text=f"<b>{number}</b>",
            yanchor="bottom",
            showarrow=False,
        )
    return figure.update_layout(
        separators=separators(),
        height=440,
        margin=_MARGIN | {"t": 24},
        legend=_LEGEND | {"y": 1.06},
        xaxis={"title": {"text": say("Prices as of")}, **day_axis()},
        yaxis={
            "title": {"text": say("Total over {span}, USD", span=span)},
            "rangemode": "tozero",
            **money_axis(),
        },
    )


def answer_turns(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """The turns that carry a number in the chart: those that changed the answer."""
    return tuple(turn for turn in turns if turn.changes_answer)


def _steps(periods: Sequence[PricePeriod], name: str, until: date) -> list[Corner]:
    """Both ends of every period in order, with an empty corner where nothing is known in between."""
    corners: list[Corner] = []
    for period in periods:
        value, start = period.numbers.get(name), period.valid_from
        if value is None or start is None:
            continue
        start = max(start, EARLIEST)
        end = max(start, min(period.valid_to or until, until))
        if corners and corners[-1][0] < start:
            corners.append((corners[-1][0], None))
        corners += [(start, value), (end, value)]
    return corners


def _best_by_strategy(month: ReplayMonth) -> list[Standing]:
    """The first standing of each strategy: standings come best first."""
    best: dict[str, Standing] = {}
    for standing in month.standings:
        best.setdefault(standing.strategy_id, standing)
    return list(best.values())


def _add_strategy(figure: go.Figure, replay: Replay, strategy_id: str) -> None:
    style = STRATEGY_STYLES[strategy_id]
    found = [_of(month, strategy_id) for month in replay.months]
    label = next((standing.strategy_label for standing in found if standing), None)
    if label is None:
        return
    signs = [style.marker if s is None or s.is_ranked else f"{style.marker}-open" for s in found]
    figure.add_scatter(
        name=label,
        x=[month.on.isoformat() for month in replay.months],
        y=[standing.total_usd if standing else None for standing in found],
        mode="lines+markers",
        line={"color": style.colour, "dash": style.dash, "width": 3, "shape": "hv"},
        marker={"symbol": signs, "size": 7},
        customdata=[_hover(replay, standing) for standing in found],
        hovertemplate="%{customdata}<extra>%{fullData.name}</extra>",
        connectgaps=False,
    )


def _of(month: ReplayMonth, strategy_id: str) -> Standing | None:
    return next((s for s in _best_by_strategy(month) if s.strategy_id == strategy_id), None)


def _hover(replay: Replay, standing: Standing | None) -> str:
    if standing is None:
        return ""
    label = escape(replay.labels[standing.at])
    text = say("{total} with {model}", total=usd(standing.total_usd), model=label)
    if standing.is_ranked:
        return text
    return text + "<br>" + say("Not ranked: {reason}", reason=escape(standing.obstacle))


def _add_answers(figure: go.Figure, replay: Replay) -> None:
    answers = [(month, month.answer) for month in replay.months if month.answer]
    figure.add_scatter(
        name=say("Costs least"),
        x=[month.on.isoformat() for month, _ in answers],
        y=[answer.total_usd for _, answer in answers],
        mode="markers",
        marker={"symbol": "circle-open", "size": 12, "color": _RING, "line": {"width": 2}},
        hoverinfo="skip",
    )
