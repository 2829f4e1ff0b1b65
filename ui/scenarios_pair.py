"""Two scenarios side by side, and what the difference is made of."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from crossover.numbers import usd
from crossover.report.scenario_diff import ScenarioDiff, differences, turn_sentences
from crossover.scenario import Scenario
from crossover.store import SavedScenario
from crossover.verdict import Verdict, verdict
from crossover.words import say
from ui import cached, session
from ui.scenarios_totals import CHEAPEST, Totals, data_words, total_of, totals
from ui.text import escaped, plain

_NOW = "now"
_REASONS_SHOWN = 3


def pair_section(saved: tuple[SavedScenario, ...]) -> None:
    """Choose two, see both, and read why they differ."""
    st.subheader(say("What changed between two"), anchor=False)
    if not saved:
        st.info(say("Save a scenario first. Then change something, and its cost is taken apart here."))
        return
    before, after = _chosen(saved)
    sides = [(name, scenario, totals(scenario)) for name, scenario in (before, after)]
    left, right = st.columns(2, gap="large")
    with left, st.container(border=True, key="pair-before", height="stretch"):
        _side(*sides[0])
    with right, st.container(border=True, key="pair-after", height="stretch"):
        _side(*sides[1])
    if sides[0][2] is None or sides[1][2] is None:
        return
    strategy = _strategy(sides[0][2], sides[1][2])
    with st.spinner(say("Taking the difference apart …")):
        found = differences(before[1], after[1], total_of(strategy))
    with st.container(key="difference"):
        _difference(found)
        _leaders(sides[0][2], sides[1][2])
        _turns(before[1], after[1])
        st.caption(data_words())


def _chosen(saved: tuple[SavedScenario, ...]) -> tuple[tuple[str, Scenario], tuple[str, Scenario]]:
    named: Mapping[str, tuple[str, Scenario]] = {each.id: (each.name, each.scenario) for each in saved} | {
        _NOW: (say("On the page now"), session.scenario())
    }
    left, right = st.columns(2, gap="large")
    with left:
        before = _choice(say("Before"), "pair.before", named, saved[0].id)
    with right:
        after = _choice(say("After"), "pair.after", named, _NOW)
    return named[before], named[after]


def _choice(label: str, key: str, named: Mapping[str, tuple[str, Scenario]], default: str) -> str:
    if st.session_state.get(key) not in named:
        st.session_state[key] = default
    chosen: str = st.selectbox(label, list(named), key=key, format_func=lambda each: named[each][0])
    return chosen


def _side(name: str, scenario: Scenario, found: Totals | None) -> None:
    st.markdown(f"**{escaped(name)}**")
    if found is None:
        st.caption(say("There is no question to cost yet."))
        return
    words = _verdict(scenario)
    st.markdown(escaped(words.headline))
    st.markdown("\n".join(f"- {escaped(reason)}" for reason in words.reasons[:_REASONS_SHOWN]))


def _verdict(scenario: Scenario) -> Verdict:
    return verdict(cached.comparison(scenario))


def _strategy(before: Totals, after: Totals) -> str:
    """Whose total is taken apart: the cheapest's, or that of a strategy both have a cost for."""
    known = [
        each
        for each, total in before.by_strategy.items()
        if total is not None and after.by_strategy.get(each) is not None
    ]
    options = [CHEAPEST, *known]
    labels = {CHEAPEST: say("Whichever is cheapest")} | {each: before.labels[each] for each in known}
    if st.session_state.get("pair.strategy") not in options:
        st.session_state["pair.strategy"] = CHEAPEST
    chosen: str = st.selectbox(say("Total of"), options, key="pair.strategy", format_func=labels.__getitem__)
    return chosen


def _difference(found: ScenarioDiff) -> None:
    st.markdown(f"**{escaped(found.headline)}**")
    st.markdown("\n".join(f"- {escaped(sentence)}" for sentence in found.sentences))
    if found.usd is None or not found.contributions:
        return
    if len(found.contributions) > 1:
        total = ("+" if found.usd > 0 else "") + usd(found.usd)
        words = say("The {n:,} parts add up to {total}.", n=len(found.contributions), total=total)
        st.markdown(plain(f"{words} {say(found.method.value)}"))


def _turns(before: Scenario, after: Scenario) -> None:
    """The volumes at which two strategies change places, where they moved."""
    turned = turn_sentences(cached.comparison(before), cached.comparison(after))
    if turned:
        st.markdown("\n".join(f"- {escaped(sentence)}" for sentence in turned))


def _leaders(before: Totals, after: Totals) -> None:
    if before.leader != after.leader:
        st.markdown(
            say(
                "Cheapest was **{before}**; now it is **{after}**.",
                before=before.leader_label,
                after=after.leader_label,
            )
        )
