"""Decision over time: the person's own comparison, month by month, and what changed the answer."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from crossover.charts.prices import answer_turns, decision_frame
from crossover.charts.prices import decision_over_time as decision_chart
from crossover.comparison import Comparison
from crossover.numbers import usd
from crossover.replay import ModelAtHost, Replay, Turn, merged, model_label, replay, replay_months, turns
from ui import cached, price_session
from ui.price_source import links
from ui.text import escaped

MOST_MODELS = 5
_BESIDE: tuple[ModelAtHost, ...] = (
    ("openai", "gpt-4o-mini"),
    ("azure", "gpt-4.1-mini"),
    ("openai", "gpt-6-luna"),
)


@st.fragment
def decision_over_time(comparison: Comparison) -> None:
    """The replay's chart, its sentences with their sources, and its table."""
    st.subheader("Decision over time", anchor=False)
    st.caption(
        "Your data, your volume and your settings, compared at the end of every month with what was known "
        "and on sale then. Totals compare cost, not how good an answer is."
    )
    months = replay_months(comparison.scenario.price_date)
    models = _models(comparison)
    if not months:
        st.info("The replay begins in July 2024. Choose a later day above.")
        return
    own = (comparison.scenario.host, comparison.scenario.model)
    key = _key(comparison)
    found = merged([_replay(key, model, comparison) for model in (own, *models)])
    told = turns(found)
    _chart(found, told)
    _sentences(told)
    with st.expander("The months as a table"):
        _table(found)


def _models(comparison: Comparison) -> tuple[ModelAtHost, ...]:
    """The models followed beside the scenario's own."""
    book, own = price_session.book(), (comparison.scenario.host, comparison.scenario.model)
    options = [(entry.host, entry.model) for entry in book.catalogue if (entry.host, entry.model) != own]
    chosen = st.multiselect(
        f"Follow beside {escaped(model_label(book, *own))}",
        options,
        default=[model for model in _BESIDE if model in options],
        key=f"replay.models.{own[0]}.{own[1]}",
        format_func=lambda model: model_label(book, *model),
        max_selections=MOST_MODELS,
        placeholder="Only this model",
    )
    return tuple(chosen)


def _key(comparison: Comparison) -> str:
    any_model = replace(comparison.scenario, host="", model="")
    return repr((cached.samples_key(), any_model.to_json(), price_session.own_key()))


@st.cache_resource(scope="session", max_entries=20, show_spinner="Replaying the months …")
def _replay(key: str, model: ModelAtHost, _comparison: Comparison) -> Replay:
    """One model's months: following another one costs that one only."""
    scenario = replace(_comparison.scenario, host=model[0], model=model[1])
    months = replay_months(scenario.price_date)
    return replay(_comparison.profile.samples, scenario, price_session.book(), months, cached.profile)


def _chart(found: Replay, told: tuple[Turn, ...]) -> None:
    if all(month.answer is None for month in found.months):
        st.info(
            "No strategy could be chosen in any month. Follow another model, or enter your own price above."
        )
        return
    st.plotly_chart(
        decision_chart(found, told),
        key="chart-decision",
        config={"displayModeBar": False},
        alt="Total cost of each strategy by price date; the sentences below say what changed",
    )
    st.caption(
        "Rings mark the cheapest choice, open markers what could not be chosen. The numbers stand below."
    )


def _sentences(told: tuple[Turn, ...]) -> None:
    numbered = answer_turns(told)
    st.markdown("**What changed the answer**")
    st.markdown("\n".join(f"{number}. {_told(turn)}" for number, turn in enumerate(numbered, start=1)))
    others = [turn for turn in told if not turn.changes_answer]
    if others:
        st.markdown("**What else changed, without changing the answer**")
        st.markdown("\n".join(f"- {_told(turn)}" for turn in others))


def _told(turn: Turn) -> str:
    sources = links(turn.sources)
    return escaped(turn.sentence) + (f" Source: {sources}." if sources else "")


def _table(found: Replay) -> None:
    frame = decision_frame(found)
    shown = pd.DataFrame(
        {
            "Prices as of": frame["on"],
            "Strategy": frame["strategy"],
            "Cheapest with": frame["model"],
            "Total": [usd(None if pd.isna(value) else float(value)) for value in frame["usd"]],
            "Can be chosen": ["yes" if ranked else "no" for ranked in frame["ranked"]],
            "Costs least": ["yes" if answer else "" for answer in frame["answer"]],
        }
    )
    st.dataframe(shown, hide_index=True, width="stretch")
    missing = dict.fromkeys(reason for month in found.months for reason in month.unpriced.values())
    if missing:
        st.caption("Left out where there was no price: " + " ".join(map(escaped, missing)))
