"""The cheapest-strategy map: volume by context, with gated winners hatched and ties dotted (MODEL.md 3.9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from crossover.charts.axes import separators
from crossover.charts.style import STRATEGY_STYLES
from crossover.numbers import compact, count, share
from crossover.whatif import StrategyMap
from crossover.words import say

_SHOWN_VOLUMES = (3, 4, 5, 6, 7, 8)
_INK, _GREY = "rgba(255,255,255,0.9)", "#808994"


def map_frame(found: StrategyMap) -> pd.DataFrame:
    """One row per cell: where it lies, the cheapest strategy's id, its margin, and whether tied or gated."""
    contexts, volumes = found.cheapest.winner.shape
    row, column = np.divmod(np.arange(contexts * volumes), volumes)
    names = np.array(found.cheapest.names)
    return pd.DataFrame(
        {
            "volume": found.volumes[column],
            "context_tokens": found.context_tokens[row],
            "row": row,
            "column": column,
            "id": names[found.cheapest.winner.ravel()],
            "margin_share": found.cheapest.margin_share.ravel(),
            "is_tie": found.cheapest.is_tie.ravel(),
            "is_gated": found.is_gated.ravel(),
        }
    )


def cheapest_map_chart(found: StrategyMap, labels: Mapping[str, str]) -> go.Figure:
    """Cells coloured by the cheapest strategy; a cross marks where you are today."""
    frame = map_frame(found)
    figure = go.Figure()
    present = [name for name in labels if (frame["id"] == name).any()]
    _add_cells(figure, found, frame, labels, present)
    _add_signs(figure, frame[frame["is_gated"]], say("Cannot be chosen there"), "line-ne-open", 15)
    _add_signs(figure, frame[frame["is_tie"]], say("Too close to call (under 5 %)"), "circle", 7)
    _add_today(figure, found)
    for name in present:
        style = STRATEGY_STYLES[name]
        square = {"symbol": "square", "size": 14, "color": style.colour}
        figure.add_scatter(name=labels[name], x=[None], y=[None], mode="markers", marker=square)
        _add_name(figure, frame[(frame["id"] == name) & ~_near_today(frame, found)], labels[name])
    return figure.update_layout(
        separators=separators(),
        height=480,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "title": None},
        xaxis=_volume_axis(found),
        yaxis=_context_axis(found),
    )


def _add_cells(
    figure: go.Figure,
    found: StrategyMap,
    frame: pd.DataFrame,
    labels: Mapping[str, str],
    present: list[str],
) -> None:
    shape = found.cheapest.winner.shape
    colours = [STRATEGY_STYLES[name].colour for name in present]
    steps = [at / len(colours) for at in range(len(colours) + 1)]
    scale = [(edge, colour) for at, colour in enumerate(colours) for edge in (steps[at], steps[at + 1])]
    numbers = frame["id"].map({name: at for at, name in enumerate(present)})
    figure.add_heatmap(
        z=numbers.to_numpy().reshape(shape).tolist(),
        x=np.log10(found.volumes).tolist(),
        y=list(range(shape[0])),
        zmin=-0.5,
        zmax=len(present) - 0.5,
        colorscale=scale,
        showscale=False,
        xgap=1,
        ygap=1,
        text=np.array([_words(cell, labels) for cell in frame.to_dict("records")]).reshape(shape).tolist(),
        hovertemplate="%{text}<extra></extra>",
    )


def _words(cell: Mapping[Any, Any], labels: Mapping[str, str]) -> str:
    volume, context, margin = (float(cell[key]) for key in ("volume", "context_tokens", "margin_share"))
    parts = [
        _place_words(volume, context),
        say("{name} is cheapest", name=labels[cell["id"]]),
    ]
    if np.isfinite(margin):
        parts.append(say("the next costs {share} more", share=share(margin)))
    if cell["is_gated"]:
        parts.append(say("but it cannot be chosen there"))
    return "<br>".join(parts)


def _place_words(volume: float, context_tokens: float) -> str:
    return say(
        "{volume} requests a month, {tokens} tokens of context",
        volume=compact(volume),
        tokens=count(context_tokens),
    )


def _add_signs(figure: go.Figure, cells: pd.DataFrame, name: str, symbol: str, size: int) -> None:
    """A light sign in each of the cells, and a grey one in the legend, whose ground may be light or dark."""
    if cells.empty:
        return
    figure.add_scatter(
        name=name,
        x=np.log10(cells["volume"]).tolist(),
        y=cells["row"].tolist(),
        mode="markers",
        hoverinfo="skip",
        showlegend=False,
        marker={"symbol": symbol, "size": size, "color": _INK, "line": {"width": 2, "color": "#1B2430"}},
    )
    in_legend = {"symbol": symbol, "size": size, "color": _GREY, "line": {"width": 2, "color": _GREY}}
    figure.add_scatter(name=name, x=[None], y=[None], mode="markers", marker=in_legend)


def _add_today(figure: go.Figure, found: StrategyMap) -> None:
    volume, context = found.today
    if volume <= 0:
        return
    column, row = _today_place(found)
    figure.add_scatter(
        name=say("Today"),
        x=[column],
        y=[row],
        mode="markers",
        marker={"symbol": "x", "size": 17, "color": "#FFFFFF", "line": {"width": 2.5, "color": "#1B2430"}},
        hovertemplate=say("Today: {place}", place=_place_words(volume, round(context))) + "<extra></extra>",
    )


def _near_today(frame: pd.DataFrame, found: StrategyMap) -> NDArray[np.bool_]:
    """Cells whose name would cover today's mark."""
    column, row = _today_place(found)
    rows, powers = frame["row"].to_numpy(float), np.log10(frame["volume"].to_numpy(float))
    near: NDArray[np.bool_] = (np.abs(rows - row) < 1.5) & (np.abs(powers - column) < 1.2)
    return near


def _today_place(found: StrategyMap) -> tuple[float, float]:
    """Today on the axes: the power of ten of the volume, and the place between the contexts."""
    volume, context = found.today
    power = np.clip(np.log10(max(volume, 1.0)), *np.log10(found.volumes[[0, -1]]))
    return float(power), float(np.interp(context, found.context_tokens, np.arange(len(found.context_tokens))))


def _add_name(figure: go.Figure, cells: pd.DataFrame, label: str) -> None:
    """The strategy's name on the cell nearest the middle of these, where there is room."""
    if len(cells) < 12:
        return
    middle = cells[["row", "column"]].median()
    distance = (cells["row"] - middle["row"]).abs() + (cells["column"] - middle["column"]).abs()
    cell = cells.loc[distance.idxmin()]
    figure.add_annotation(
        x=float(np.log10(cell["volume"])),
        y=float(cell["row"]),
        text=label,
        showarrow=False,
        font={"color": "#FFFFFF", "size": 14},
        bgcolor="rgba(20,23,28,0.72)",
        borderpad=3,
    )


def _volume_axis(found: StrategyMap) -> dict[str, object]:
    return {
        "title": {"text": say("Requests per month")},
        "tickvals": list(_SHOWN_VOLUMES),
        "ticktext": [compact(10.0**power) for power in _SHOWN_VOLUMES],
        "showgrid": False,
    }


def _context_axis(found: StrategyMap) -> dict[str, object]:
    return {
        "title": {"text": say("Tokens of context a request needs")},
        "tickvals": list(range(len(found.context_tokens))),
        "ticktext": [count(tokens) for tokens in found.context_tokens.tolist()],
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }
