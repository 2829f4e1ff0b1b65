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
from crossover.words import in_language, language, say
from ui import cached, price_session, session
from ui.price_source import links
from ui.price_vocabulary import day_format
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
    st.subheader(say("Decision over time"), anchor=False)
    st.caption(
        say(
            "Your data, your volume and your settings, compared at the end of every month with what was "
            "known and on sale then. Totals compare cost, not how good an answer is."
        )
    )
    months = replay_months(comparison.scenario.price_date)
    models = _models(comparison)
    if not months:
        st.info(say("The replay begins in July 2024. Choose a later day above."))
        return
    own = (comparison.scenario.host, comparison.scenario.model)
    found = merged([_replay(comparison, model) for model in (own, *models)])
    told = turns(found)
    _chart(found, told)
    _sentences(told)
    with st.expander(say("The months as a table")):
        _table(found)


def _models(comparison: Comparison) -> tuple[ModelAtHost, ...]:
    """The models followed beside the scenario's own."""
    book, own = price_session.book(), (comparison.scenario.host, comparison.scenario.model)
    options = [(entry.host, entry.model) for entry in book.catalogue if (entry.host, entry.model) != own]
    chosen = st.multiselect(
        say("Follow beside {model}", model=escaped(model_label(book, *own))),
        options,
        default=[model for model in _BESIDE if model in options],
        key=f"replay.models.{own[0]}.{own[1]}",
        format_func=lambda model: model_label(book, *model),
        max_selections=MOST_MODELS,
        placeholder=say("Only this model"),
    )
    return tuple(chosen)


def _replay(comparison: Comparison, model: ModelAtHost) -> Replay:
    """One model's months: following another one costs that one only."""
    scenario = replace(comparison.scenario, host="", model="")
    is_public = session.shows_demo() and not session.typed_instructions() and not scenario.own_prices
    with st.spinner(say("Replaying the months …")):
        if is_public:
            return demo_replay(language(), session.demo_language(), scenario.to_json(), model)
        key = repr((cached.samples_key(), scenario.to_json(), price_session.own_key()))
        return _own_replay(language(), key, model, comparison)


@st.cache_resource(scope="session", max_entries=20, show_spinner=False)
def _own_replay(spoken: str, key: str, model: ModelAtHost, _comparison: Comparison) -> Replay:
    scenario = replace(_comparison.scenario, host=model[0], model=model[1])
    months = replay_months(scenario.price_date)
    with in_language(spoken):  # asked once, not for every word of every month
        return replay(_comparison.profile.samples, scenario, price_session.book(), months, cached.profile)


@st.cache_resource(max_entries=60, show_spinner=False)
def demo_replay(spoken: str, written: str, any_model: str, model: ModelAtHost) -> Replay:
    """The same for the demo company with listed prices only: nobody's private data, so everybody's.

    `spoken` is the language of its sentences, `written` that of the demo company's data. `any_model` is
    a scenario as JSON, whose host and model are replaced by `model`.
    """
    scenario = replace(Scenario.from_json(any_model), host=model[0], model=model[1])
    months = replay_months(scenario.price_date)

    def profiler(_samples: SampleSet, settings: ProfileSettings) -> TokenProfile:
        return _demo_profile(written, repr(settings), settings)

    with in_language(spoken):
        return replay(cached.demo(written), scenario, cached.price_book(), months, profiler)


@st.cache_resource(max_entries=20, show_spinner=False)
def _demo_profile(written: str, settings_key: str, _settings: ProfileSettings) -> TokenProfile:
    return build_profile(cached.demo(written), _settings)


def warm(today: date) -> None:
    """Replay the demo company as a new visitor will see it in the language spoken, and draw it once."""
    scenario = Scenario(price_date=today)
    models = ((scenario.host, scenario.model), *_BESIDE)
    any_model = replace(scenario, host="", model="").to_json()
    found = merged([demo_replay(language(), "en", any_model, model) for model in models])
    decision_chart(found, turns(found))


def _chart(found: Replay, told: tuple[Turn, ...]) -> None:
    if all(month.answer is None for month in found.months):
        st.info(
            say(
                "No strategy could be chosen in any month. Follow another model, or enter your own price "
                "above."
            )
        )
        return
    st.plotly_chart(
        decision_chart(found, told),
        key="chart-decision",
        config={"displayModeBar": False},
        alt=say("Total cost of each strategy by price date; the sentences below say what changed"),
    )
    st.caption(
        say("Rings mark the cheapest choice, open markers what could not be chosen. The numbers stand below.")
    )


def _sentences(told: tuple[Turn, ...]) -> None:
    numbered = answer_turns(told)
    st.markdown(say("**What changed the answer**"))
    st.markdown("\n".join(f"{number}. {_told(turn)}" for number, turn in enumerate(numbered, start=1)))
    others = [turn for turn in told if not turn.changes_answer]
    if others:
        st.markdown(say("**What else changed, without changing the answer**"))
        st.markdown("\n".join(f"- {_told(turn)}" for turn in others))


def _told(turn: Turn) -> str:
    sources = links(turn.sources)
    found = say("Source: {pages}.", pages=sources) if sources else ""
    return f"{escaped(turn.sentence)} {found}".strip()


def _table(found: Replay) -> None:
    frame = decision_frame(found)
    shown = pd.DataFrame(
        {
            say("Prices as of"): frame["on"],
            say("Strategy"): frame["strategy"],
            say("Cheapest with"): frame["model"],
            say("Total"): [usd(None if pd.isna(value) else float(value)) for value in frame["usd"]],
            say("Can be chosen"): [say("yes") if ranked else say("no") for ranked in frame["ranked"]],
            say("Costs least"): [say("yes") if answer else "" for answer in frame["answer"]],
        }
    )
    days = {say("Prices as of"): st.column_config.DateColumn(format=day_format())}
    st.dataframe(shown, hide_index=True, width="stretch", column_config=days)
    missing = dict.fromkeys(reason for month in found.months for reason in month.unpriced.values())
    if missing:
        reasons = " ".join(map(escaped, missing))
        st.caption(say("Left out where there was no price: {reasons}", reasons=reasons))
