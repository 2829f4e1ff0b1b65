"""Limits a team must keep, and whether each strategy does: seconds, calls, tokens (MODEL.md 4)."""

from __future__ import annotations

import streamlit as st

from crossover.comparison import Comparison, Outcome
from crossover.figure import Figure
from crossover.gates import rate_need
from crossover.latency import LimitVerdict
from crossover.numbers import count, share
from crossover.words import in_sentence, mark, say
from ui import session
from ui.figures import explain
from ui.text import plain
from ui.what_if_cached import latency_percentiles

_LIMITS = (
    (
        "latency_limit_seconds",
        mark("Latency limit, seconds"),
        mark("The slowest of 20 requests should stay below it."),
    ),
    (
        "requests_per_minute_limit",
        mark("Requests a minute, limit"),
        mark("Of your account at the provider, calls count."),
    ),
    (
        "tokens_per_minute_limit",
        mark("Tokens a minute, limit"),
        mark("Of your account at the provider, in and out."),
    ),
    ("budget_usd", mark("Budget to start, USD"), mark("For the one-off cost and the first month.")),
    (
        "update_within_days",
        mark("Changed facts within, days"),
        mark("How soon a changed fact must reach the answers."),
    ),
)
_GATES = ("G5", "G6", "G7", "G11", "G13")


def limits_section(comparison: Comparison) -> None:
    """The limits as inputs, then each strategy against them."""
    st.subheader(say("Latency and limits"), anchor=False)
    _limit_inputs()
    rows = [_row(outcome) for outcome in comparison.outcomes]
    st.dataframe(rows, hide_index=True, width="stretch", height="content")
    st.caption(
        say(
            "Seconds are simulated from your token counts with assumed speeds that vary (10,000 requests); "
            "the latency gate and the latency score take typical speeds. Calls and tokens are what 999 of "
            "1,000 busiest minutes stay below; a provider that reserves room for the longest answer counts "
            "more."
        )
    )
    _broken_limits(comparison)
    figures = tuple(figure for outcome in comparison.outcomes for figure in _need_figures(outcome))
    if figures:
        with st.popover(say("Where these numbers come from")):
            explain(figures, session.today())


def _limit_inputs() -> None:
    with st.expander(say("Your limits")):
        columns = st.columns(3)
        for place, (field, label, help_) in enumerate(_LIMITS):
            with columns[place % 3]:
                _limit_input(field, label, help_)
        with columns[len(_LIMITS) % 3]:
            _target_input()
        _switch("personal_data_may_leave", say("Personal data may leave the company"))
        _switch("data_may_leave", say("Data may leave the company at all"))
        st.button(say("Remove all limits"), key="reset-limits", on_click=_reset)


def _limit_input(field: str, label: str, help_: str) -> None:
    key = f"limit.{field}"
    value = getattr(session.scenario(), field)
    session.show(key, None if value is None else float(value))
    st.number_input(
        say(label),
        value=None,
        key=key,
        min_value=0.0,
        max_value=1e12,
        format="%g",
        placeholder=say("no limit"),
        help=say(help_),
        on_change=_save,
        args=(field, key),
    )


def _target_input() -> None:
    key, value = "limit.target_success_share", session.scenario().target_success_share
    session.show(key, None if value is None else round(100 * value, 6))
    st.number_input(
        say("Success wanted, %"),
        value=None,
        key=key,
        min_value=0.0,
        max_value=100.0,
        format="%g",
        placeholder=say("no target"),
        help=say("Checked against the best your own labels allow."),
        on_change=_save_target,
        args=(key,),
    )


def _switch(field: str, label: str) -> None:
    key = f"limit.{field}"
    session.show(key, getattr(session.scenario(), field))
    st.toggle(label, key=key, on_change=_save, args=(field, key))


def _save(field: str, key: str) -> None:
    session.edit(**{field: session.taken(key)})


def _save_target(key: str) -> None:
    percent = session.taken(key)
    session.edit(target_success_share=None if percent is None else percent / 100)


def _reset() -> None:
    none = dict.fromkeys((field for field, _, _ in _LIMITS), None)
    session.edit(**none, target_success_share=None, personal_data_may_leave=True, data_may_leave=True)


def _row(outcome: Outcome) -> dict[str, str]:
    scenario, seconds = outcome.subject.scenario, latency_percentiles(outcome)
    need = None if scenario.batch else rate_need(outcome.plan, outcome.subject.scenario)
    calls, tokens = (need.calls_per_minute, need.tokens_per_minute) if need else (None, None)
    return {
        say("Strategy"): outcome.strategy.label,
        say("Typical, s"): "–" if seconds is None else count(seconds[0]),
        say("Slowest of 20, s"): "–" if seconds is None else count(seconds[1]),
        say("Room to the limit"): _room(seconds and seconds[1], scenario.latency_limit_seconds),
        say("Calls in the busiest minute"): _need(calls),
        say("Room, calls"): _room(calls and calls.value, scenario.requests_per_minute_limit),
        say("Tokens in the busiest minute"): _need(tokens),
        say("Room, tokens"): _room(tokens and tokens.value, scenario.tokens_per_minute_limit),
    }


def _need(figure: Figure | None) -> str:
    return "–" if figure is None or figure.value is None else count(round(figure.value))


def _room(need: float | None, limit: float | None) -> str:
    """What is left of a limit, in words; "no limit" where none was given."""
    if need is None:
        return "–"
    left = LimitVerdict(need, limit).headroom_share
    if limit is None:
        return say("no limit")
    if left is None:
        return say("over")
    return say("{share} left", share=share(left)) if left >= 0 else say("{share} over", share=share(-left))


def _need_figures(outcome: Outcome) -> tuple[Figure, ...]:
    need = rate_need(outcome.plan, outcome.subject.scenario)
    return () if need is None else (need.calls_per_minute, need.tokens_per_minute)


def _broken_limits(comparison: Comparison) -> None:
    """What each limit keeps out, with the way out."""
    lines = [
        f"- **{outcome.strategy.label}**, {in_sentence(gate.label)}: {plain(f'{gate.reason} {gate.remedy}')}"
        for outcome in comparison.outcomes
        for gate in outcome.gates
        if gate.id in _GATES and gate.status != "pass"
    ]
    if lines:
        st.markdown("\n".join(lines))
