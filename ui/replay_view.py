"""Decision over time: the person's own comparison, month by month, and what changed the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from crossover.charts.prices import answer_turns, decision_frame
from crossover.charts.prices import decision_over_time as decision_chart
from crossover.comparison import Comparison
from crossover.numbers import usd
from crossover.profile import ProfileSettings, TokenProfile, build_profile
from crossover.replay import ModelAtHost, Replay, Turn, merged, model_label, replay, replay_months, turns
from crossover.samples import SampleSet
from crossover.scenario import Scenario
from ui import cached, price_session, session
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
    found = merged([_replay(comparison, model) for model in (own, *models)])
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


def _replay(comparison: Comparison, model: ModelAtHost) -> Replay:
    """One model's months: following another one costs that one only."""
    scenario = replace(comparison.scenario, host="", model="")
    is_public = session.shows_demo() and not session.typed_instructions() and not scenario.own_prices
    if is_public:
        with st.spinner("Replaying the months …"):
            return demo_replay(session.demo_language(), scenario.to_json(), model)
    key = repr((cached.samples_key(), scenario.to_json(), price_session.own_key()))
    return _own_replay(key, model, comparison)


@st.cache_resource(scope="session", max_entries=20, show_spinner="Replaying the months …")
def _own_replay(key: str, model: ModelAtHost, _comparison: Comparison) -> Replay:
    scenario = replace(_comparison.scenario, host=model[0], model=model[1])
    months = replay_months(scenario.price_date)
    return replay(_comparison.profile.samples, scenario, price_session.book(), months, cached.profile)


@st.cache_resource(max_entries=60, show_spinner=False)
def demo_replay(language: str, any_model: str, model: ModelAtHost) -> Replay:
    """The same for the demo company with listed prices only: nobody's private data, so everybody's.

    `any_model` is a scenario as JSON, whose host and model are replaced by `model`.
    """
    scenario = replace(Scenario.from_json(any_model), host=model[0], model=model[1])
    months = replay_months(scenario.price_date)

    def profiler(_samples: SampleSet, settings: ProfileSettings) -> TokenProfile:
        return _demo_profile(language, repr(settings), settings)

    return replay(cached.demo(language), scenario, cached.price_book(), months, profiler)


@st.cache_resource(max_entries=20, show_spinner=False)
def _demo_profile(language: str, settings_key: str, _settings: ProfileSettings) -> TokenProfile:
    return build_profile(cached.demo(language), _settings)


def warm(today: date) -> None:
    """Replay the demo company as a new visitor will see it, and draw it once."""
    scenario = Scenario(price_date=today)
    models = ((scenario.host, scenario.model), *_BESIDE)
    any_model = replace(scenario, host="", model="").to_json()
    found = merged([demo_replay("en", any_model, model) for model in models])
    decision_chart(found, turns(found))


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
