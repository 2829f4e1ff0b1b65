"""Evidence as charts: what a search finds, what a classifier learns, where the answers stand."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from crossover.evidence.answerability import Answerability
from crossover.evidence.chunk_sweep import ChunkSweep, RetrievalSetting, SweepRow
from crossover.evidence.classifier import ClassifierBaseline
from crossover.evidence.learning_curve import LearningCurve
from crossover.evidence.relevance import K_MAX
from crossover.evidence.retrieval_quality import RecommendedChunks, RetrievalQuality
from crossover.evidence.shares import MeasuredShare
from crossover.numbers import count, usd
from crossover.numbers import share as percent

_MARGIN = {"l": 8, "r": 8, "t": 8, "b": 8}
_LEGEND = {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "title": None}
_FOUND, _BAND, _RING, _OTHER = "#3E8E9E", "rgba(62,142,158,0.22)", "#BF8A12", "#808994"
_SIGNS = ("circle", "square", "diamond", "triangle-up", "star", "hexagon", "cross", "pentagon")
_POINTS_ON_A_CURVE = 60


def hit_curve(quality: RetrievalQuality, best: RecommendedChunks, sent: int) -> go.Figure:
    """Share of questions with a hit among the k best, with its 95 % band, for k from 1 to 20."""
    ks = list(range(1, K_MAX + 1))
    hits = [quality.hit(k) for k in ks]
    low, high = _bounds(hits)
    figure = go.Figure()
    figure.add_scatter(x=ks, y=high, mode="lines", line={"width": 0}, hoverinfo="skip", showlegend=False)
    figure.add_scatter(
        name="95 % interval",
        x=ks,
        y=low,
        mode="lines",
        line={"width": 0},
        fill="tonexty",
        fillcolor=_BAND,
        hoverinfo="skip",
    )
    figure.add_scatter(
        name="Found",
        x=ks,
        y=[hit.share for hit in hits],
        mode="lines+markers",
        line={"color": _FOUND, "width": 3},
        customdata=[str(hit) for hit in hits],
        hovertemplate="%{x} chunks: %{customdata}<extra></extra>",
    )
    figure.add_scatter(
        name=f"Recommended: {best.k}",
        x=[best.k],
        y=[best.found.share],
        mode="markers",
        marker={"symbol": "circle-open", "size": 18, "color": _RING, "line": {"width": 3}},
        hoverinfo="skip",
    )
    figure.add_vline(
        x=sent,
        line={"color": _OTHER, "dash": "dot"},
        annotation_text=f"you send {sent}",
        annotation_position="bottom right",
    )
    least = min([bound for bound in low if bound is not None], default=0.0)
    return _laid_out(
        figure, "Chunks sent with a request", "Share of questions", bottom=max(0.0, least - 0.05)
    )


def answerability_bars(answers: Answerability, chunks: int) -> go.Figure:
    """Bars: answers that stand in the documents, in the chunks found, and in as many random ones."""
    there, found = answers.in_corpus, answers.within(chunks)
    chance = answers.at_random(chunks)
    places = ("In the documents", f"In the best {chunks}", f"In {chunks} at random")
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
        hovertemplate="%{customdata}<extra></extra>",
    )
    return figure.update_layout(
        height=320,
        margin=_MARGIN,
        showlegend=False,
        xaxis={"title": {"text": "Share of answers"}, "tickformat": ".0%", "range": [0, 1.02]},
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
        name="Measured, 95 % interval",
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
        customdata=[str(accuracy) for accuracy in accuracies],
        hovertemplate="%{x:,} rows: %{customdata}<extra></extra>",
    )
    if baseline.curve is not None:
        _add_prediction(figure, baseline.curve, sizes[0].train_rows)
    share = baseline.majority.share or 0.0
    figure.add_hline(
        y=share,
        line={"color": _OTHER, "dash": "dash"},
        annotation_text=f"always the commonest label: {percent(share)}",
        annotation_position="top left",
    )
    return _laid_out(figure, "Rows to learn from", "Share of rows right")


def sweep_points(sweep: ChunkSweep, now: RetrievalSetting) -> go.Figure:
    """Points: what each retrieval setting finds against the tokens it sends; the front is joined."""
    figure = go.Figure()
    front = sweep.front
    figure.add_scatter(
        name="No other finds more for less",
        x=[row.context_tokens for row in front],
        y=[row.found.share for row in front],
        mode="lines",
        line={"color": _RING, "width": 2, "shape": "hv"},
        hoverinfo="skip",
    )
    for place, size in enumerate(sorted({row.setting.chunk_tokens for row in sweep.rows})):
        rows = [row for row in sweep.rows if row.setting.chunk_tokens == size]
        figure.add_scatter(
            name=f"Chunks of {size:,} tokens",
            x=[row.context_tokens for row in rows],
            y=[row.found.share for row in rows],
            mode="markers",
            marker={"symbol": _SIGNS[place % len(_SIGNS)], "size": 10, "line": {"width": 1}},
            customdata=[_setting_words(row) for row in rows],
            hovertemplate="%{customdata}<extra></extra>",
        )
    used = [row for row in sweep.rows if row.setting == now]
    figure.add_scatter(
        name="Used now",
        x=[row.context_tokens for row in used],
        y=[row.found.share for row in used],
        mode="markers",
        marker={"symbol": "circle-open", "size": 20, "color": _OTHER, "line": {"width": 3}},
        hoverinfo="skip",
    )
    least = min(_bounds([row.found for row in sweep.rows])[0])
    bottom = max(0.0, least - 0.05)
    return _laid_out(figure, "Context tokens in a request (mean)", "Share of questions", bottom)


def _add_prediction(figure: go.Figure, curve: LearningCurve, smallest_rows: int) -> None:
    """The fitted law: a line as far as was measured, dots as far as it is believed."""
    parts = (
        ("Fitted curve", "solid", smallest_rows, curve.measured_rows),
        ("Prediction", "dot", curve.measured_rows, curve.reach_rows),
    )
    for name, dash, start, end in parts:
        rows = np.linspace(start, end, _POINTS_ON_A_CURVE).tolist()
        figure.add_scatter(
            name=name,
            x=rows,
            y=[curve.accuracy_share_at(each) for each in rows],
            mode="lines",
            line={"color": _RING, "dash": dash, "width": 3},
            hovertemplate="%{x:,.0f} rows: %{y:.0%}<extra></extra>",
        )


def _setting_words(row: SweepRow) -> str:
    setting = row.setting
    return (
        f"{setting.chunks} of {setting.chunk_tokens:,} tokens, {setting.overlap_tokens} shared: {row.found}, "
        f"{count(round(row.context_tokens))} tokens, {usd(row.usd_per_request)} a request"
    )


def _bounds(shares: list[MeasuredShare]) -> tuple[list[float], list[float]]:
    intervals = [share.interval for share in shares]
    return [each.low if each else 0.0 for each in intervals], [
        each.high if each else 0.0 for each in intervals
    ]


def _laid_out(figure: go.Figure, across: str, up: str, bottom: float = 0.0) -> go.Figure:
    return figure.update_layout(
        height=380,
        margin=_MARGIN,
        legend=_LEGEND,
        xaxis={"title": {"text": across}, "rangemode": "tozero"},
        yaxis={"title": {"text": up}, "tickformat": ".0%", "range": [bottom, 1.005]},
    )
