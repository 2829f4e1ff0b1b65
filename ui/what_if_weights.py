"""Weights for what counts beside cost, and how firmly the ranking holds (MODEL.md 6)."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from crossover.charts import chance, score_bars, scores_frame
from crossover.comparison import Comparison
from crossover.criteria import (
    SCORED,
    Criterion,
    InvalidCriteria,
    Score,
    Scores,
    default_weights,
    tie_sentence,
)
from crossover.uncertainty.words import in_sentence
from ui import session
from ui.text import plain
from ui.what_if_cached import weighed

_CHART = {"displayModeBar": False}
_COLUMNS = 4
MOST_TIES = 6


def weights_section(comparison: Comparison) -> None:
    """The inputs for the weights, the scores they make, and what would change the order."""
    st.subheader("What counts beside cost", anchor=False)
    _weight_inputs()
    if all(outcome.cost is None for outcome in comparison.outcomes):
        st.info("No strategy has a cost yet, so there is nothing to weigh.")
        return
    try:
        found = weighed(comparison)
    except InvalidCriteria as error:
        st.error(str(error))
        return
    labels = {each.strategy.id: each.strategy.label for each in comparison.outcomes}
    st.plotly_chart(
        score_bars(scores_frame(found, labels)),
        key="chart-scores",
        config=_CHART,
        alt="Weighted score: " + "; ".join(_score_in_words(score, labels) for score in found.scores),
    )
    _second_opinion(found, labels)
    st.dataframe(
        [_row(score, labels) for score in found.scores], hide_index=True, width="stretch", height="content"
    )
    _stability(found, labels)


def _weight_inputs() -> None:
    """One number per criterion; only how they compare matters."""
    weights = default_weights() | dict(session.scenario().weights)
    with st.expander("Weights of the criteria"):
        columns = st.columns(_COLUMNS)
        for place, criterion in enumerate(SCORED):
            with columns[place % _COLUMNS]:
                _weight_input(criterion, weights[criterion.id])
        st.button("Reset weights", key="reset-weights", on_click=_reset)
        st.caption(
            "Cost counts as much as all others together until you change it. Quality counts only once "
            "you have measured it for every strategy that can be chosen."
        )


def _weight_input(criterion: Criterion, weight: float) -> None:
    key = f"weight.{criterion.id}"
    session.show(key, float(weight))
    st.number_input(
        criterion.label,
        key=key,
        min_value=0.0,
        max_value=1000.0,
        step=1.0,
        format="%g",
        help=f"{criterion.explanation} Measured in {criterion.unit}.",
        on_change=_save,
        args=(criterion.id, key),
    )


def _save(criterion: str, key: str) -> None:
    value = session.taken(key)
    if value is None:
        return
    weights = dict(session.scenario().weights) | {criterion: float(value)}
    own = {name: each for name, each in weights.items() if each != default_weights()[name]}
    session.edit(weights=tuple(sorted(own.items())))


def _reset() -> None:
    session.edit(weights=())


def _second_opinion(found: Scores, labels: Mapping[str, str]) -> None:
    first = next((score for score in found.scores if not score.is_gated and score.weighted is not None), None)
    if first is None:
        st.info("No strategy can be chosen, so there is no order to hold.")
        return
    if not found.methods_disagree:
        st.markdown(f"Weighted sum and TOPSIS both put **{labels[first.strategy]}** first.")
        return
    second = max(found.scores, key=lambda score: score.topsis or 0.0)
    st.warning(
        f"Methods disagree: the weighted sum puts {labels[first.strategy]} first, "
        f"TOPSIS {labels[second.strategy]}. Treat them as equals until you know more."
    )


def _row(score: Score, labels: Mapping[str, str]) -> dict[str, str]:
    by = score.dominated_by
    return {
        "Strategy": labels[score.strategy],
        "Weighted score": _points(score.weighted),
        "TOPSIS": _points(score.topsis),
        "First under your weights, give or take": chance(score.first_place_share_nearby),
        "First under any weights": chance(score.first_place_share),
        "Place": _place(score),
        "Pareto front": "gated" if score.is_gated else f"beaten by {labels[by]}" if by else "on it",
    }


def _points(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.2f}"


def _place(score: Score) -> str:
    if score.places is None:
        return "last: gated"
    best, worst = score.places.best, score.places.worst
    return str(best) if best == worst else f"{best} to {worst}"


def _score_in_words(score: Score, labels: Mapping[str, str]) -> str:
    return f"{labels[score.strategy]} {_points(score.weighted)}"


def _stability(found: Scores, labels: Mapping[str, str]) -> None:
    """Dominated strategies with their dominator, then the weights at which the first place changes."""
    lines = [
        f"{labels[score.strategy]} is beaten by {in_sentence(labels[score.dominated_by])}: "
        "no better on any criterion, worse on one at least."
        for score in found.scores
        if score.dominated_by is not None
    ]
    named = dict(labels) | {each.label: each.label for each in SCORED}
    lines += [tie_sentence(tie, named) for tie in found.ties[:MOST_TIES]]
    if not found.ties:
        lines.append("No weight of a single criterion changes the first place.")
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    if found.left_out:
        names = ", ".join(each.label.lower() for each in found.left_out)
        st.caption(f"Not counted, for want of a weight or of values: {names}.")
