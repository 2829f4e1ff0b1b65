"""Which strategies are compared, on which models, and how their requests are bought."""

from __future__ import annotations

import streamlit as st

from crossover.assumptions import default_assumptions
from crossover.comparison import Comparison
from crossover.prices import OWN_MACHINES, region_label, vector_store_products
from crossover.scenario import MOST_TURNS, Scenario
from crossover.strategies import MORE_STRATEGIES, chosen_strategies
from crossover.whatif import Sureness, tornado_bars
from crossover.words import mark, say
from ui import cached, controls, frame, session
from ui.assumption_controls import assumption_controls
from ui.text import strategy_words

LEADING_ASSUMPTIONS = 9
_SAME = ("", "")
_ASSUMED_STORE = mark("As assumed")
_DEFAULT_GPU = mark("Middle of the market")


def more_strategies() -> None:
    """The combinations beside the four, each one click away."""
    key, labels = "scenario.extra_strategies", {each.id: each.label for each in MORE_STRATEGIES}
    chosen = session.scenario().extra_strategies
    session.show(key, [name for name in labels if name in chosen])
    st.pills(
        say("Compare also"),
        list(labels),
        selection_mode="multi",
        format_func=lambda name: labels[name],
        key=key,
        on_change=_save_strategies,
        args=(key,),
        help="  \n".join(f"**{label}**: {strategy_words(name)}" for name, label in labels.items()),
    )


def _save_strategies(key: str) -> None:
    session.edit(extra_strategies=tuple(session.taken(key) or ()))


def model_per_strategy() -> None:
    """A model of its own for a strategy; the gap to the others is then split in two."""
    st.caption(
        say(
            "All strategies run on one model, so that a gap between them is a gap between strategies. Where "
            "you choose another model for one of them, the verdict says how much of the gap is the model."
        )
    )
    scenario = session.scenario()
    priced = cached.priced_models(scenario)
    columns = st.columns(2)
    for place, strategy in enumerate(chosen_strategies(scenario)):
        key = f"scenario.model.{strategy.id}"
        own = next((each for each in scenario.strategy_models if each.strategy == strategy.id), None)
        current = (own.host, own.model) if own else _SAME
        session.show(key, current)
        with columns[place % 2]:
            st.selectbox(
                strategy.label,
                list(dict.fromkeys([_SAME, current, *priced])),
                key=key,
                format_func=lambda choice: _model_words(choice, priced),
                on_change=_save_model,
                args=(strategy.id, key),
            )


def _model_words(choice: tuple[str, str], priced: dict[tuple[str, str], str]) -> str:
    return say("The common model") if choice == _SAME else controls.model_words(choice, priced)


def _save_model(strategy: str, key: str) -> None:
    host, model = session.taken(key)
    session.set_scenario(session.scenario().with_strategy_model(strategy, host or None, model or None))


def assumptions_section(comparison: Comparison) -> None:
    """The leading assumptions, found only once somebody opens them: a slider's move need not wait."""
    section = st.expander(
        say("The assumptions that matter most here"), key="leading-assumptions", on_change="rerun"
    )
    if section.open:
        with section:
            _leading_assumptions(cached.sure(comparison))


def _leading_assumptions(sure: Sureness) -> None:
    """The assumptions that move the gap between the rivals most, and those with a value of one's own."""
    own = [name for name, _ in session.scenario().overrides]
    moving = [bar.input.name for bar in tornado_bars(sure) if bar.input.name in default_assumptions()]
    st.caption(say("Of all assumptions, these move the difference between the two cheapest most."))
    assumption_controls(tuple(dict.fromkeys([*own, *moving[:LEADING_ASSUMPTIONS]])))
    frame.link("pages/what_if.py", say("All assumptions with their ranges"))


def buying_controls() -> None:
    """Batch, region, conversations, machines and the store of the index."""
    scenario = session.scenario()
    columns = st.columns(4)
    with columns[0]:
        controls.control(
            "batch",
            st.toggle,
            say("Batch jobs"),
            help=say("Answers within a day, at the batch price where one is known."),
        )
        controls.control(
            "cache_tail",
            st.toggle,
            say("Cache whole turns"),
            help=say(
                "Mark the end of each prompt for the cache as well; pays in conversations and tool rounds."
            ),
        )
    with columns[1]:
        controls.control(
            "turns_per_conversation",
            st.number_input,
            say("Turns per conversation"),
            min_value=1,
            max_value=MOST_TURNS,
            help=say("A request is one turn; later turns carry the earlier ones."),
        )
        controls.control(
            "keep_passages",
            st.toggle,
            say("Keep passages in later turns"),
            help=say("Otherwise passages are dropped after the turn that needed them."),
        )
    with columns[2]:
        _region_control(scenario)
        _store_control(scenario)
    with columns[3]:
        _gpu_control(scenario)
        controls.percent_control("discount_per_year_share", say("Discount a year, %"), least=0.0)


def _region_control(scenario: Scenario) -> None:
    regions = cached.book_of(scenario).regions(scenario.host, scenario.model, scenario.price_date)
    controls.control(
        "region",
        st.selectbox,
        say("Region"),
        options=list(dict.fromkeys(["global", *regions, scenario.region])),
        format_func=region_label,
        disabled=len(regions) < 2 and scenario.region == "global",
    )


def _store_control(scenario: Scenario) -> None:
    day = scenario.price_date
    sold = vector_store_products(cached.book_of(scenario).vector_stores(day), day)
    names = [product.name for product in sold]
    controls.control(
        "vector_store",
        st.selectbox,
        say("Vector store"),
        options=list(dict.fromkeys(["", *names, scenario.vector_store])),
        format_func=lambda name: name or say(_ASSUMED_STORE),
    )


def _gpu_control(scenario: Scenario) -> None:
    """The GPU matters where something runs on machines of one's own."""
    hosts = {scenario.host, *(each.host for each in scenario.strategy_models)}
    is_used = bool(hosts & set(OWN_MACHINES)) or "lora" in scenario.extra_strategies
    names = [offer.name for offer in cached.book_of(scenario).gpu_hours(scenario.price_date)]
    controls.control(
        "gpu",
        st.selectbox,
        say("GPU, where self-hosted"),
        options=list(dict.fromkeys(["", *names, scenario.gpu])),
        format_func=lambda name: name or say(_DEFAULT_GPU),
        disabled=not is_used,
    )
