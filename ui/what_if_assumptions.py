"""Assumptions as low, likely and high, each with its unit and reason; one or all can be reset."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from crossover.assumptions import Assumption, default_assumptions
from crossover.scenario import InvalidScenario, Scenario
from crossover.units import unit_words
from crossover.words import localised, mark, say, say_as, say_count
from ui import session
from ui.text import plain
from ui.what_if_cached import Decision
from ui.what_if_groups import group_of, matching, moving_names

ENDS = {"low": mark("Low"), "likely": mark("Likely"), "high": mark("High")}
ALL = mark("All")


def assumptions_section(found: Decision) -> None:
    """A table to look through, and a form for the one to change."""
    st.subheader(say("Assumptions"), anchor=False)
    search = st.text_input(
        say("Find an assumption"), key="assumption-search", placeholder=say("For example: upkeep")
    )
    moving = moving_names(found.comparison, found.sure)
    with_idle = st.toggle(
        say("Also show those that move nothing here ({idle})", idle=len(default_assumptions()) - len(moving)),
        key="assumptions-all",
    )
    offered = [
        each for each in default_assumptions().values() if with_idle or search.strip() or each.name in moving
    ]
    groups = [ALL, *dict.fromkeys(group_of(each.name) for each in offered)]
    group = st.pills(say("Group"), groups, default=ALL, format_func=say, key="assumption-group") or ALL
    shown = [each for each in matching(offered, search) if group in (ALL, group_of(each.name))]
    if not shown:
        st.info(say("No assumption matches. Try another word, or another group."))
    else:
        st.dataframe(_table(shown), hide_index=True, width="stretch", key="assumption-table")
        _editor(shown)
    _reset_all()


def _table(shown: Iterable[Assumption]) -> list[dict[str, object]]:
    scenario, changed = session.scenario(), _changed(session.scenario())
    rows = []
    for each in shown:
        low, likely, high = triple(scenario, each.name)
        rows.append(
            {
                say("Assumption"): say(each.label),
                say("Low"): localised(f"{low:,g}"),
                say("Likely"): localised(f"{likely:,g}"),
                say("High"): localised(f"{high:,g}"),
                say("Unit"): unit_words(each.unit),
                say("Changed"): say("yes") if each.name in changed else "",
                say("Group"): say(group_of(each.name)),
                say("Reason"): say(each.reason),
            }
        )
    return rows


def _editor(shown: list[Assumption]) -> None:
    """The form for one assumption; nothing changes before Apply, and nothing that cannot be."""
    by_name = {each.name: each for each in shown}
    name = st.selectbox(
        say_as("verb", "Change"),
        list(by_name),
        format_func=lambda each: say(by_name[each].label),
        key="assumption-edited",
    )
    if name is None:
        return
    assumption, now = by_name[name], triple(session.scenario(), name)
    with st.form(f"assumption-form-{name}", border=True):
        columns = st.columns(3)
        typed = []
        for column, end, value in zip(columns, ENDS, now, strict=True):
            session.show(_field(name, end), float(value))
            with column:
                label = f"{say(ENDS[end])}, {unit_words(assumption.unit)}"
                typed.append(st.number_input(label, key=_field(name, end), min_value=0.0, format="%g"))
        st.caption(plain(f"{say(assumption.label)}: {say(assumption.reason)}."))
        st.form_submit_button(say("Apply"), on_click=_apply, args=(name,), key=f"apply-{name}")
    refused = _refusal(name, (typed[0], typed[1], typed[2]))
    if refused:
        st.error(say("{reason} Nothing was changed.", reason=refused))
    if name in _changed(session.scenario()):
        st.button(say("Reset this one"), key="reset-assumption", on_click=_reset, args=(name,))


def triple(scenario: Scenario, name: str) -> tuple[float, float, float]:
    """Low, likely and high in use; a likely value of the person's own widens the shipped range to hold it."""
    shown, likely = scenario.assumed_range(name), scenario.value(name)
    return min(shown.low, likely), likely, max(shown.high, likely)


def with_triple(scenario: Scenario, name: str, values: tuple[float, float, float]) -> Scenario:
    """The scenario with all three set. Raises InvalidScenario, in words, when they cannot be."""
    low, likely, high = values
    shipped = default_assumptions()[name]
    if not low <= likely <= high:
        raise InvalidScenario(
            say(
                "Low, likely and high must not fall: {low:g}, {likely:g}, {high:g}.",
                low=low,
                likely=likely,
                high=high,
            )
        )
    changed = scenario.with_range(name, None, None).with_override(name, likely)
    if (low, high) == (shipped.low, shipped.high):
        return changed
    return changed.with_range(name, low, high)


def _refusal(name: str, values: tuple[float, float, float]) -> str:
    """Why what was typed cannot be used; empty when it can."""
    try:
        with_triple(session.scenario(), name, values)
    except InvalidScenario as error:
        label = say("“{label}”", label=say(default_assumptions()[name].label))
        return str(error).replace(f"{name} ", f"{label} ", 1)
    return ""


def _apply(name: str) -> None:
    low, likely, high = (float(st.session_state[_field(name, end)]) for end in ENDS)
    if not _refusal(name, (low, likely, high)):
        session.set_scenario(with_triple(session.scenario(), name, (low, likely, high)))
        _note(name)


def _reset(name: str) -> None:
    session.set_scenario(session.scenario().with_range(name, None, None).with_override(name, None))
    _note(name)


def _note(name: str) -> None:
    """What stands in the fields was seen: whatever differs from the scenario is then written over."""
    for end in ENDS:
        session.taken(_field(name, end))


def _reset_all() -> None:
    changed = _changed(session.scenario())
    if changed:
        st.button(
            say_count(
                "Reset all ({n} assumption changed)", "Reset all ({n} assumptions changed)", len(changed)
            ),
            key="reset-assumptions",
            on_click=lambda: session.edit(overrides=(), ranges=()),
        )


def _changed(scenario: Scenario) -> set[str]:
    return {name for name, _ in scenario.overrides} | {name for name, _, _ in scenario.ranges}


def _field(name: str, end: str) -> str:
    return f"range.{name}.{end}"
