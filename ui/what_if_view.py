"""The What-if page: the answer, and what turns it."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from crossover.comparison import Comparison
from crossover.uncertainty import (
    Flip,
    measure_next_sentence,
    nothing_flips_sentence,
    standing_sentences,
)
from crossover.verdict import verdict
from crossover.whatif import SUCCESS, flip_words
from crossover.words import say, say_count
from ui.text import escaped, plain
from ui.what_if_cached import Decision

MOST_SHOWN = 8
MOST_PER_RIVAL = 4


def verdict_section(found: Decision) -> None:
    """The sentence a manager can repeat, and how sure it is."""
    answer = verdict(found.comparison, found.sure)
    with st.container(key="verdict"):
        st.header(plain(answer.headline), anchor=False)
        for sentence in _how_sure(found):
            st.markdown(plain(sentence))


def _how_sure(found: Decision) -> tuple[str, ...]:
    leader, sure = found.comparison.leader, found.sure
    standing = sure.leader
    if leader is None or standing is None:
        return ()
    if len(sure.models) < 2:
        return (
            say("Only one strategy can be chosen, so nothing can overtake it. See Compare for the others."),
        )
    said = standing_sentences(standing, leader.strategy.label, sure.draws)
    if sure.is_clear:
        return said
    next_step = measure_next_sentence(found.bars)
    is_said = not found.comparison.is_close  # the headline then holds the shares itself
    return tuple(filter(None, (*(said[1:] if is_said else said), next_step)))


def flips_section(found: Decision) -> None:
    """Every turning point with its threshold, nearest first, and what turns nothing."""
    st.subheader(say("What flips this decision"), anchor=False)
    leader = found.comparison.leader
    if leader is None or len(found.sure.models) < 2:
        st.info(say("It takes two strategies that can be chosen. Compare says what keeps the others out."))
        return
    turning = [flip for flip in found.flips if flip.value is not None]
    st.markdown(_in_short(turning))
    shown = _nearest(turning)
    _sentences([flip for flip in shown if flip.is_plausible], found.comparison)
    beyond = [flip for flip in shown if not flip.is_plausible]
    if beyond:
        st.markdown(say("Beyond the plausible range:"))
        _sentences(beyond, found.comparison)
    rest = [flip for flip in turning if flip not in shown]
    if rest:
        with st.expander(say_count("{n} more turning point", "{n} more turning points", len(rest))):
            _by_rival(rest, found.comparison)
    _nothing_flips(found, leader.strategy.label)


def _in_short(turning: list[Flip]) -> str:
    """Whether anything plausible turns the decision, in one line above the list."""
    plausible = [flip for flip in turning if flip.is_plausible]
    if not plausible:
        return say(
            "**Nothing in the plausible range of any single input makes another strategy the cheapest.**"
        )
    if all(flip.input.name.startswith(SUCCESS) for flip in plausible):
        return say(
            "**Nothing about cost turns it within the plausible range; being right a little more often "
            "does.**"
        )
    return say_count(
        "**{n} change within the plausible range turns it.** The smallest first:",
        "**{n} changes within the plausible range turn it.** The smallest first:",
        len(plausible),
    )


def _nearest(turning: list[Flip]) -> list[Flip]:
    """The nearest ones, none of the rivals taking more than its part of the list."""
    taken: dict[str, int] = {}
    shown = []
    for flip in turning:
        taken[flip.other] = taken.get(flip.other, 0) + 1
        if taken[flip.other] <= MOST_PER_RIVAL:
            shown.append(flip)
    return shown[:MOST_SHOWN]


def _sentences(flips: Iterable[Flip], comparison: Comparison) -> None:
    """A list of turning points; model names in them may be somebody's words."""
    failed_usd = comparison.scenario.value("failed_answer_usd")
    st.markdown("\n".join(f"- {escaped(flip_words(flip, failed_usd))}" for flip in flips))


def _by_rival(flips: list[Flip], comparison: Comparison) -> None:
    for rival in dict.fromkeys(flip.other for flip in flips):
        st.markdown(f"**{rival}**")
        _sentences((flip for flip in flips if flip.other == rival), comparison)


def _nothing_flips(found: Decision, leader: str) -> None:
    """The required answer, named input by input one click away."""
    sentence = nothing_flips_sentence(found.flips, leader)
    if not sentence:
        return
    moving = {flip.input.name for flip in found.flips if flip.is_plausible}
    idle = {flip.input.name for flip in found.flips} - moving
    st.markdown(
        say_count(
            "Nothing in the plausible range of {n} input makes another strategy cheaper by itself.",
            "Nothing in the plausible range of {n} inputs makes another strategy cheaper by itself.",
            len(idle),
        )
    )
    with st.expander(say("Which inputs change nothing by themselves")):
        st.markdown(escaped(sentence))
