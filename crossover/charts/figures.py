"""Comparison -> plotly figure. Axis titles carry units; colour is never the only cue."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

import plotly.graph_objects as go

from crossover.charts.axes import money_axis, separators
from crossover.charts.frames import display_order, spent_usd
from crossover.charts.style import PART_COLOURS, STRATEGY_STYLES, part_words
from crossover.comparison import Comparison, Outcome, PairCrossing
from crossover.cost.crossings import Crossing
from crossover.cost.totals import event_usd_by_month
from crossover.criteria import Criterion
from crossover.numbers import count, month, usd
from crossover.strategies import Part
from crossover.verdict import FROM_THE_START_MONTHS
from crossover.words import say

_SIDE_BY_SIDE_HEIGHT = 420
_BAR_HEIGHT = 38
_MOST_NAMED_POINTS = 6
_TITLE_CHARACTERS = 44
_MARGIN = {"l": 8, "r": 8, "t": 8, "b": 8}
_LEGEND = {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "title": None}


def cost_by_part(comparison: Comparison) -> go.Figure:
    """Stacked bars: US dollars per 1,000 requests by part of the request."""
    shown = display_order(comparison)
    figure = go.Figure()
    for part in Part:
        values = [outcome.cost.by_part.get(part, 0.0) * 1000 if outcome.cost else 0.0 for outcome in shown]
        if any(values):
            figure.add_bar(
                name=part_words(part),
                y=[_short(outcome) for outcome in shown],
                x=values,
                orientation="h",
                marker={"color": PART_COLOURS[part], "line": {"width": 1, "color": "rgba(127,127,127,0.4)"}},
                customdata=[usd(value) for value in values],
                hovertemplate=say("%{y}: %{customdata} per 1,000 requests")
                + "<extra>%{fullData.name}</extra>",
            )
    return figure.update_layout(
        separators=separators(),
        barmode="stack",
        height=max(_SIDE_BY_SIDE_HEIGHT, 160 + _BAR_HEIGHT * len(shown)),
        margin=_MARGIN,
        legend=_LEGEND | {"traceorder": "normal"},
        xaxis={"title": {"text": say("USD per 1,000 requests")}, "rangemode": "tozero", "tickformat": "~g"},
        yaxis={"autorange": "reversed", "title": None},
    )


def cumulative_cost(comparison: Comparison) -> go.Figure:
    """Lines: US dollars spent by the end of each month, with every crossing marked."""
    figure = go.Figure()
    for outcome in display_order(comparison):
        _add_line(figure, outcome)
    _add_crossings(figure, comparison)
    months = comparison.scenario.horizon_months
    return figure.update_layout(
        separators=separators(),
        height=_SIDE_BY_SIDE_HEIGHT,
        margin=_MARGIN,
        legend=_LEGEND,
        hovermode="x unified",
        xaxis={
            "title": {"text": say("Months from the start")},
            "dtick": _month_step(months),
            "range": [-0.03 * months, 1.03 * months or 1],
        },
        yaxis={
            "title": {"text": say("USD spent so far")},
            "rangemode": "tozero",
            **money_axis(),
        },
    )


def trade_off(comparison: Comparison, criterion: Criterion) -> go.Figure:
    """Points: total cost against one criterion; less is better, or more where the criterion says so.

    Many points are named by a legend, since their labels would cover each other.
    """
    figure, shown = go.Figure(), display_order(comparison)
    is_crowded = len(shown) > _MOST_NAMED_POINTS
    for outcome in shown:
        style, value = STRATEGY_STYLES[outcome.strategy.id], outcome.criteria[criterion.id].value
        figure.add_scatter(
            name=outcome.strategy.label,
            x=[outcome.total_usd],
            y=[value],
            mode="markers" if is_crowded else "markers+text",
            text=[outcome.strategy.label],
            textposition="top center",
            marker={
                "size": 16,
                "symbol": style.marker if outcome.is_ranked else f"{style.marker}-open",
                "color": style.colour,
                "line": {"width": 2, "color": style.colour},
            },
            hovertemplate=f"%{{text}}: {usd(outcome.total_usd)}, {count(value)}<extra></extra>",
        )
    totals = [outcome.total_usd for outcome in shown]
    values = [outcome.criteria[criterion.id].value for outcome in shown]
    return figure.update_layout(
        separators=separators(),
        height=380 + (120 if is_crowded else 0),
        margin=_MARGIN,
        showlegend=is_crowded,
        legend=_LEGEND,
        xaxis=_padded(say("Total over the horizon, USD"), totals) | money_axis(),
        yaxis=_padded(_in_lines(criterion.unit[0].upper() + criterion.unit[1:]), values),
    )


def _add_line(figure: go.Figure, outcome: Outcome) -> None:
    """The strategy's line, as far as its model answers; a cross marks where it stops."""
    style, label = STRATEGY_STYLES[outcome.strategy.id], outcome.strategy.label
    shown = spent_usd(outcome)
    stops = outcome.cost is not None and len(shown) < len(outcome.cost.cumulative)
    figure.add_scatter(
        name=label if outcome.is_ranked else say("{name} (not ranked)", name=label),
        x=list(range(len(shown))),
        y=shown,
        mode="lines+markers",
        opacity=1.0 if outcome.is_ranked else 0.45,
        line={"color": style.colour, "dash": style.dash, "width": 3},
        marker={"symbol": [style.marker] * (len(shown) - 1) + ["x" if stops else style.marker], "size": 7},
        customdata=[usd(value) for value in shown],
        hovertemplate="%{customdata}",
    )


def _add_crossings(figure: go.Figure, comparison: Comparison) -> None:
    points = [pair for pair in comparison.crossings if pair.crossing.month >= FROM_THE_START_MONTHS]
    if not points:
        return
    figure.add_scatter(
        name=say("Crossing"),
        x=[pair.crossing.month for pair in points],
        y=[_height(comparison.outcome(pair.after), pair.crossing) for pair in points],
        mode="markers",
        marker={"symbol": "circle-open", "size": 18, "color": "#808994", "line": {"width": 2.5}},
        customdata=[_crossing_words(comparison, pair) for pair in points],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _crossing_words(comparison: Comparison, pair: PairCrossing) -> str:
    after, before = (comparison.outcome(each).strategy.label for each in (pair.after, pair.before))
    return say(
        "{after} below {before} from month {month}",
        after=after,
        before=before,
        month=month(pair.crossing.month),
    )


def _height(outcome: Outcome, crossing: Crossing) -> float:
    """US dollars spent at a crossing, which may fall inside a month."""
    if outcome.cost is None:
        return 0.0
    values, whole = outcome.cost.cumulative, int(crossing.month)
    if whole >= len(values) - 1:
        return float(values[-1])
    due = float(event_usd_by_month(outcome.cost.classes, whole + 1)[whole])
    inside = crossing.month - whole
    running = float(values[whole + 1] - values[whole]) - due
    return float(values[whole]) + (due if inside else 0.0) + inside * running


def _short(outcome: Outcome) -> str:
    return outcome.strategy.label if outcome.is_ranked else f"{outcome.strategy.label} ×"


def _month_step(horizon: int) -> int:
    return max(1, round(horizon / 12))


def _in_lines(title: str) -> str:
    """A title that fits beside the chart: plotly breaks none by itself."""
    return "<br>".join(wrap(title, _TITLE_CHARACTERS))


def _padded(title: str, values: Iterable[float | None]) -> dict[str, object]:
    """An axis from 0 with room for the labels beside the outermost points."""
    top = max((value for value in values if value is not None), default=1.0) or 1.0
    return {"title": {"text": title}, "range": [-0.12 * top, 1.2 * top], "zeroline": True}
