"""Evidence as charts: what a search finds, what a classifier learns, where the answers stand."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from crossover.charts.axes import separators, share_axis
from crossover.evidence.answerability import Answerability
from crossover.evidence.chunk_sweep import ChunkSweep, RetrievalSetting, SweepRow
from crossover.evidence.classifier import ClassifierBaseline
from crossover.evidence.learning_curve import LearningCurve
from crossover.evidence.relevance import K_MAX
from crossover.evidence.retrieval_quality import RecommendedChunks, RetrievalQuality
from crossover.evidence.shares import MeasuredShare
from crossover.numbers import count, usd
from crossover.numbers import share as percent
from crossover.words import say, say_as, say_count

_MARGIN = {"l": 8, "r": 8, "t": 8, "b": 8}
_LEGEND = {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "title": None}
_FOUND, _BAND, _RING, _OTHER = "#3E8E9E", "rgba(62,142,158,0.22)", "#BF8A12", "#808994"
_SIGNS = ("circle", "square", "diamond", "triangle-up", "star", "hexagon", "cross", "pentagon")
_POINTS_ON_A_CURVE = 60
_PERCENT_STEPS, _MOST_STEPS = (1, 2, 5, 10, 20), 5
_HOVER = "%{customdata}<extra></extra>"


def hit_curve(quality: RetrievalQuality, best: RecommendedChunks, sent: int) -> go.Figure:
    """Share of questions with a hit among the k best, with its 95 % band, for k from 1 to 20."""
    ks = list(range(1, K_MAX + 1))
    hits = [quality.hit(k) for k in ks]
    low, high = _bounds(hits)
    figure = go.Figure()
    figure.add_scatter(x=ks, y=high, mode="lines", line={"width": 0}, hoverinfo="skip", showlegend=False)
    figure.add_scatter(
        name=say("95 % interval"),
        x=ks,
        y=low,
        mode="lines",
        line={"width": 0},
        fill="tonexty",
        fillcolor=_BAND,
        hoverinfo="skip",
    )
    figure.add_scatter(
        name=say("Found"),
        x=ks,
        y=[hit.share for hit in hits],
        mode="lines+markers",
        line={"color": _FOUND, "width": 3},
        customdata=[
            say_count("{n} chunk: {found}", "{n} chunks: {found}", k, found=str(hit))
            for k, hit in zip(ks, hits, strict=True)
        ],
        hovertemplate=_HOVER,
    )
    figure.add_scatter(
        name=say("Recommended: {k}", k=best.k),
        x=[best.k],
        y=[best.found.share],
        mode="markers",
        marker={"symbol": "circle-open", "size": 18, "color": _RING, "line": {"width": 3}},
        hoverinfo="skip",
    )
    figure.add_vline(
        x=sent,
        line={"color": _OTHER, "dash": "dot"},
        annotation_text=say("you send {chunks}", chunks=sent),
        annotation_position="bottom right",
    )
    least = min([bound for bound in low if bound is not None], default=0.0)
    return _laid_out(figure, say("Chunks sent with a request"), say("Share of questions"), least)


def answerability_bars(answers: Answerability, chunks: int) -> go.Figure:
    """Bars: answers that stand in the documents, in the chunks found, and in as many random ones."""
    there, found = answers.in_corpus, answers.within(chunks)
    chance = answers.at_random(chunks)
    places = (say("In the documents"), say("In the best {k}", k=chunks), say("In {k} at random", k=chunks))
    low, high = _bounds([there, found])
    figure = go.Figure()
    values = [there.share or 0.0, found.share or 0.0, chance]
    figure.add_bar(
        y=[f"{place}: {percent(value)}" for place, value in zip(places, values, strict=True)],
        x=values,
        orientation="h",
        marker={
            "color": [_FOUND, _FOUND, _OTHER],
            "pattern": {"shape": ["", "/", "."]},
            "line": {"width": 1, "color": _OTHER},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [*(top - at for top, at in zip(high, values, strict=False)), 0.0],
            "arrayminus": [*(at - bottom for bottom, at in zip(low, values, strict=False)), 0.0],
        },
        customdata=[
            f"{place}: {value}" for place, value in zip(places, (there, found, percent(chance)), strict=True)
        ],
        hovertemplate=_HOVER,
    )
    return figure.update_layout(
        separators=separators(),
        height=320,
        margin=_MARGIN,
        showlegend=False,
        xaxis=share_axis() | {"title": {"text": say("Share of answers")}, "range": [0, 1.02]},
        yaxis={"autorange": "reversed", "title": None, "automargin": True},
    )


def learning_curve(baseline: ClassifierBaseline) -> go.Figure:
    """Accuracy of a plain classifier by rows to learn from, the curve through it, and the majority."""
    sizes = baseline.sizes
    accuracies = [size.accuracy for size in sizes]
    low, high = _bounds(accuracies)
    measured = [accuracy.share or 0.0 for accuracy in accuracies]
    figure = go.Figure()
    figure.add_scatter(
        name=say("Measured, 95 % interval"),
        x=[size.train_rows for size in sizes],
        y=measured,
        mode="markers",
        marker={"size": 11, "color": _FOUND},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [top - at for top, at in zip(high, measured, strict=True)],
            "arrayminus": [at - bottom for bottom, at in zip(low, measured, strict=True)],
        },
        customdata=[_rows_words(size.train_rows, str(size.accuracy)) for size in sizes],
        hovertemplate=_HOVER,
    )
    if baseline.curve is not None:
        _add_prediction(figure, baseline.curve, sizes[0].train_rows)
    share = baseline.majority.share or 0.0
    figure.add_hline(
        y=share,
        line={"color": _OTHER, "dash": "dash"},
        annotation_text=say("always the commonest label: {share}", share=percent(share)),
        annotation_position="top left",
    )
    return _laid_out(figure, say("Rows to learn from"), say("Share of rows right"))


def sweep_points(sweep: ChunkSweep, now: RetrievalSetting) -> go.Figure:
    """Points: what each retrieval setting finds against the tokens it sends; the front is joined."""
    figure = go.Figure()
    front = sweep.front
    figure.add_scatter(
        name=say("No other finds more for less"),
        x=[row.context_tokens for row in front],
        y=[row.found.share for row in front],
        mode="lines",
        line={"color": _RING, "width": 2, "shape": "hv"},
        hoverinfo="skip",
    )
    for place, size in enumerate(sorted({row.setting.chunk_tokens for row in sweep.rows})):
        rows = [row for row in sweep.rows if row.setting.chunk_tokens == size]
        figure.add_scatter(
            name=say("Chunks of {size:,} tokens", size=size),
            x=[row.context_tokens for row in rows],
            y=[row.found.share for row in rows],
            mode="markers",
            marker={"symbol": _SIGNS[place % len(_SIGNS)], "size": 10, "line": {"width": 1}},
            customdata=[_setting_words(row) for row in rows],
            hovertemplate=_HOVER,
        )
    used = [row for row in sweep.rows if row.setting == now]
    figure.add_scatter(
        name=say("Used now"),
        x=[row.context_tokens for row in used],
        y=[row.found.share for row in used],
        mode="markers",
        marker={"symbol": "circle-open", "size": 20, "color": _OTHER, "line": {"width": 3}},
        hoverinfo="skip",
    )
    least = min(_bounds([row.found for row in sweep.rows])[0])
    return _laid_out(figure, say("Context tokens in a request (mean)"), say("Share of questions"), least)


def _add_prediction(figure: go.Figure, curve: LearningCurve, smallest_rows: int) -> None:
    """The fitted law: a line as far as was measured, dots as far as it is believed."""
    parts = (
        (say("Fitted curve"), "solid", smallest_rows, curve.measured_rows),
        (say("Prediction"), "dot", curve.measured_rows, curve.reach_rows),
    )
    for name, dash, start, end in parts:
        rows = np.linspace(start, end, _POINTS_ON_A_CURVE).tolist()
        shares = [curve.accuracy_share_at(each) for each in rows]
        figure.add_scatter(
            name=name,
            x=rows,
            y=shares,
            mode="lines",
            line={"color": _RING, "dash": dash, "width": 3},
            customdata=[
                _rows_words(round(each), percent(share)) for each, share in zip(rows, shares, strict=True)
            ],
            hovertemplate=_HOVER,
        )


def _setting_words(row: SweepRow) -> str:
    setting = row.setting
    return say(
        "{chunks} of {size:,} tokens, {overlap} shared: {found}, {context} tokens, {cost} a request",
        chunks=setting.chunks,
        size=setting.chunk_tokens,
        overlap=setting.overlap_tokens,
        found=str(row.found),
        context=count(round(row.context_tokens)),
        cost=usd(row.usd_per_request),
    )


def _rows_words(rows: int, right: str) -> str:
    return say_count("{n} row: {right}", "{n} rows: {right}", rows, right=right)


def _bounds(shares: list[MeasuredShare]) -> tuple[list[float], list[float]]:
    intervals = [share.interval for share in shares]
    lows = [each.low if each else 0.0 for each in intervals]
    return lows, [each.high if each else 0.0 for each in intervals]


def _laid_out(figure: go.Figure, across: str, up: str, least: float = 0.0) -> go.Figure:
    return figure.update_layout(
        separators=separators(),
        height=380,
        margin=_MARGIN,
        legend=_LEGEND,
        xaxis={"title": {"text": across}, "rangemode": "tozero"},
        yaxis=_zoomed(max(0.0, least - 0.05)) | {"title": {"text": up}},
    )


def _zoomed(bottom: float) -> dict[str, Any]:
    """Shares from `bottom` on, at most five steps apart."""
    step = next(each for each in _PERCENT_STEPS if each * _MOST_STEPS >= 100 * (1 - bottom))
    percents = [each for each in range(0, 101, step) if each >= 100 * bottom]
    said = [say_as("axis", "{percent}%", percent=each) for each in percents]
    return {"range": [bottom, 1.005], "tickvals": [each / 100 for each in percents], "ticktext": said}
