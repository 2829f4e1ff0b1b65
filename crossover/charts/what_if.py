"""Charts of the What-if page: what moves the difference, who is cheapest how often, totals and scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd
import plotly.graph_objects as go

from crossover.charts.axes import money_axis, separators, share_axis
from crossover.charts.style import STRATEGY_STYLES
from crossover.criteria import Scores
from crossover.numbers import share, usd
from crossover.uncertainty import Bar
from crossover.whatif import Sureness
from crossover.words import in_sentence, say

MOST_BARS = 12
LEAST_SHARE = 0.005
TURNS = "◆"
"""Stands before the name of an input that turns the decision: colour is not the only sign."""
_MARGIN = {"l": 8, "r": 8, "t": 8, "b": 8}
_LEGEND = {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "title": None}
_LOW, _HIGH = "#5A7F9C", "#A75105"

# hues of their own beside those of the strategies; neighbours differ by pattern as well
_CRITERION_COLOURS = {
    "cost": "#3E6E9E",
    "freshness": "#3E8E9E",
    "latency": "#A75105",
    "regression": "#788A65",
    "time_to_first": "#6E59B8",
    "explainability": "#8A8035",
    "data_needed": "#A04E87",
    "format": "#76849A",
    "lock_in": "#CC7A54",
    "privacy": "#6F7F3A",
    "maintenance": "#8C6D4F",
    "quality": "#C24A58",
}


def about_usd(value: float) -> str:
    """US dollars of a draw: three significant digits, and none of a dollar."""
    return say("under $1") if 0 < value < 1 else usd(float(f"{value:.3g}"))


def chance(value: float | None) -> str:
    """A share of the runs; one that is not quite none or all does not read as if it were."""
    if value is None or value in (0.0, 1.0):
        return share(value)
    if value < 0.001:
        return say("under 0.1 %")
    return say("over 99.9 %") if value > 0.999 else share(value)


def tornado_frame(bars: Sequence[Bar], today_usd: float) -> pd.DataFrame:
    """The longest bars, longest first: input, usd at low, at high and today, turns (whether it crosses 0).

    Bars too short to be seen are left out unless they turn.
    """
    visible = LEAST_SHARE * max((bar.swing_usd for bar in bars), default=0.0)
    rows = [
        (bar.input.label, bar.at_low_usd, bar.at_high_usd, today_usd, bar.flips)
        for bar in bars[:MOST_BARS]
        if bar.flips or bar.swing_usd >= visible
    ]
    return pd.DataFrame(rows, columns=["input", "at_low_usd", "at_high_usd", "today_usd", "turns"])


def difference_tornado(frame: pd.DataFrame, leader: str, other: str) -> go.Figure:
    """What the rival costs more than the leader, with one input at a time at either end of its range."""
    figure = go.Figure()
    names = [
        f"{TURNS} {escape(name)}" if turns else escape(name)
        for name, turns in zip(frame["input"], frame["turns"], strict=True)
    ]
    today = [-each for each in frame["today_usd"]]
    ends = (
        ("at_low_usd", say("Input at its low"), _LOW, ""),
        ("at_high_usd", say("Input at its high"), _HIGH, "/"),
    )
    for column, title, colour, pattern in ends:
        values = [-each for each in frame[column]]
        figure.add_bar(
            name=title,
            y=names,
            base=today,
            x=[value - start for value, start in zip(values, today, strict=True)],
            orientation="h",
            marker={"color": colour, "pattern": _pattern(pattern)},
            customdata=[usd(value) for value in values],
            hovertemplate="%{y}: %{customdata}<extra>" + title + "</extra>",
        )
    figure.add_vline(x=0, line={"width": 2, "color": "#808994"})
    title = say(
        "USD that {other} costs<br>more than {leader}", other=in_sentence(other), leader=in_sentence(leader)
    )
    return figure.update_layout(
        separators=separators(),
        barmode="overlay",
        height=90 + 32 * max(3, len(frame)),
        margin=_MARGIN | {"r": 24},
        legend=_LEGEND,
        xaxis={"title": {"text": title}, **money_axis()},
        yaxis={"autorange": "reversed", "title": None, "automargin": True},
    )


def standings_frame(sure: Sureness, labels: Mapping[str, str]) -> pd.DataFrame:
    """How each strategy fares over the draws, likeliest cheapest first; money in US dollars."""
    rows = [
        (
            each.strategy,
            labels[each.strategy],
            each.cheapest_share,
            each.regret_usd,
            each.total.p5,
            each.total.p50,
            each.total.p95,
        )
        for each in sure.standings
    ]
    columns = ["id", "strategy", "cheapest_share", "regret_usd", "p5_usd", "p50_usd", "p95_usd"]
    return pd.DataFrame(rows, columns=columns)


def cheapest_shares_chart(frame: pd.DataFrame) -> go.Figure:
    """Bars: in which share of the runs each strategy was the cheapest."""
    shares = [0.0 if value is None else float(value) for value in frame["cheapest_share"]]
    figure = go.Figure()
    figure.add_bar(
        y=list(frame["strategy"]),
        x=shares,
        orientation="h",
        marker={"color": [STRATEGY_STYLES[each].colour for each in frame["id"]]},
        text=[chance(value) for value in shares],
        textposition="outside",
        cliponaxis=False,
        customdata=[about_usd(value) for value in frame["regret_usd"]],
        hovertemplate=say("%{y}: cheapest in %{text}, expected regret %{customdata}") + "<extra></extra>",
    )
    return figure.update_layout(
        height=_height(frame),
        separators=separators(),
        margin=_MARGIN | {"r": 88},
        xaxis={
            "title": {"text": say("Share of runs in which it is cheapest")},
            **share_axis(),
        },
        yaxis={"autorange": "reversed", "title": None, "automargin": True},
    )


def total_bands_chart(frame: pd.DataFrame) -> go.Figure:
    """Bands: the total of nine runs in ten, with the middle marked."""
    figure = go.Figure()
    columns = ("id", "strategy", "p5_usd", "p50_usd", "p95_usd")
    for name, label, *totals in zip(*(frame[column] for column in columns), strict=True):
        style = STRATEGY_STYLES[name]
        figure.add_scatter(
            name=label,
            x=totals,
            y=[label] * len(totals),
            mode="lines+markers",
            line={"color": style.colour, "width": 5},
            marker={"symbol": ["line-ns-open", style.marker, "line-ns-open"], "size": [16, 15, 16]},
            customdata=[about_usd(value) for value in totals],
            hovertemplate=f"%{{customdata}}<extra>{label}</extra>",
        )
    return figure.update_layout(
        height=_height(frame),
        separators=separators(),
        margin=_MARGIN,
        showlegend=False,
        xaxis={
            "title": {"text": say("Total over the horizon, USD (p5, p50, p95)")},
            "rangemode": "tozero",
            **money_axis(),
        },
        yaxis={"autorange": "reversed", "title": None, "automargin": True},
    )


def scores_frame(scores: Scores, labels: Mapping[str, str]) -> pd.DataFrame:
    """What each criterion adds to each score: columns strategy, criterion, criterion_id, points."""
    rows = [
        (
            labels[score.strategy] + (" ×" if score.is_gated else ""),
            each.label,
            each.id,
            score.pieces[each.id],
        )
        for score in scores.scores
        for each in scores.criteria
    ]
    return pd.DataFrame(rows, columns=["strategy", "criterion", "criterion_id", "points"])


def score_bars(frame: pd.DataFrame) -> go.Figure:
    """Stacked bars: a score is the sum of its visible pieces, best first."""
    figure = go.Figure()
    for place, (criterion, pieces) in enumerate(frame.groupby("criterion", sort=False)):
        figure.add_bar(
            name=str(criterion),
            y=list(pieces["strategy"]),
            x=[0.0 if pd.isna(points) else float(points) for points in pieces["points"]],
            orientation="h",
            marker={
                "color": _CRITERION_COLOURS[pieces["criterion_id"].iloc[0]],
                "pattern": _pattern(("", "/", ".")[place % 3]),
                "line": {"width": 1, "color": "rgba(127,127,127,0.4)"},
            },
            hovertemplate="%{y}: %{x:.2f}<extra>%{fullData.name}</extra>",
        )
    return figure.update_layout(
        separators=separators(),
        barmode="stack",
        height=170 + 34 * max(2, frame["strategy"].nunique()),
        margin=_MARGIN,
        legend=_LEGEND | {"traceorder": "normal"},
        xaxis={"title": {"text": say("Weighted score, 0 to 1")}, "range": [0, 1]},
        yaxis={"autorange": "reversed", "title": None, "automargin": True},
    )


def _pattern(shape: str) -> dict[str, object]:
    """Light signs over the full colour, which stays as strong as that of its neighbours."""
    return {"shape": shape, "size": 6, "fillmode": "overlay", "fgcolor": "#FFFFFF", "fgopacity": 0.75}


def _height(frame: pd.DataFrame) -> int:
    return 90 + 44 * max(2, len(frame))
