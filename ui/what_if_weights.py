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
from crossover.numbers import unknown
from crossover.words import in_sentence, localised, say
from ui import session
from ui.text import plain
from ui.what_if_cached import weighed

_CHART = {"displayModeBar": False}
_COLUMNS = 4
MOST_TIES = 6


def weights_section(comparison: Comparison) -> None:
    """The inputs for the weights, the scores they make, and what would change the order."""
    st.subheader(say("What counts beside cost"), anchor=False)
    _weight_inputs()
    if all(outcome.cost is None for outcome in comparison.outcomes):
        st.info(say("No strategy has a cost yet, so there is nothing to weigh."))
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
        alt=_scores_in_words(found, labels),
    )
    _second_opinion(found, labels)
    st.dataframe(
        [_row(score, labels) for score in found.scores], hide_index=True, width="stretch", height="content"
    )
    _stability(found, labels)


def _weight_inputs() -> None:
    """One number per criterion; only how they compare matters."""
    weights = default_weights() | dict(session.scenario().weights)
    with st.expander(say("Weights of the criteria")):
        columns = st.columns(_COLUMNS)
        for place, criterion in enumerate(SCORED):
            with columns[place % _COLUMNS]:
                _weight_input(criterion, weights[criterion.id])
        st.button(say("Reset weights"), key="reset-weights", on_click=_reset)
        st.caption(
            say(
                "Cost counts as much as all others together until you change it. Quality counts only once "
                "you have measured it for every strategy that can be chosen."
            )
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
        help=criterion.explanation + " " + say("Measured in {unit}.", unit=criterion.unit),
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
        st.info(say("No strategy can be chosen, so there is no order to hold."))
        return
    if not found.methods_disagree:
        st.markdown(say("Weighted sum and TOPSIS both put **{name}** first.", name=labels[first.strategy]))
        return
    second = max(found.scores, key=lambda score: score.topsis or 0.0)
    st.warning(
        say(
            "Methods disagree: the weighted sum puts {first} first, TOPSIS {second}. Treat them as equals "
            "until you know more.",
            first=labels[first.strategy],
            second=labels[second.strategy],
        )
    )


def _row(score: Score, labels: Mapping[str, str]) -> dict[str, str]:
    return {
        say("Strategy"): labels[score.strategy],
        say("Weighted score"): _points(score.weighted),
        "TOPSIS": _points(score.topsis),
        say("First under your weights, give or take"): chance(score.first_place_share_nearby),
        say("First under any weights"): chance(score.first_place_share),
        say("Place"): _place(score),
        say("Pareto front"): _front(score, labels),
    }


def _front(score: Score, labels: Mapping[str, str]) -> str:
    if score.is_gated:
        return say("gated")
    by = score.dominated_by
    return say("beaten by {name}", name=labels[by]) if by else say("on it")


def _points(value: float | None) -> str:
    return unknown() if value is None else localised(f"{value:.2f}")


def _place(score: Score) -> str:
    if score.places is None:
        return say("last: gated")
    best, worst = score.places.best, score.places.worst
    return str(best) if best == worst else say("{best} to {worst}", best=best, worst=worst)


def _scores_in_words(found: Scores, labels: Mapping[str, str]) -> str:
    scores = [f"{labels[score.strategy]} {_points(score.weighted)}" for score in found.scores]
    return say("Weighted score: {scores}", scores="; ".join(scores))


def _stability(found: Scores, labels: Mapping[str, str]) -> None:
    """Dominated strategies with their dominator, then the weights at which the first place changes."""
    lines = [
        say(
            "{name} is beaten by {better}: no better on any criterion, worse on one at least.",
            name=labels[score.strategy],
            better=in_sentence(labels[score.dominated_by]),
        )
        for score in found.scores
        if score.dominated_by is not None
    ]
    lines += [tie_sentence(tie, labels) for tie in found.ties[:MOST_TIES]]
    if not found.ties:
        lines.append(say("No weight of a single criterion changes the first place."))
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    if found.left_out:
        names = ", ".join(in_sentence(each.label) for each in found.left_out)
        st.caption(say("Not counted, for want of a weight or of values: {names}.", names=names))
