"""The Scenarios page but for comparing and sharing: the draft, saving, and the list of what is saved."""

from __future__ import annotations

import streamlit as st

from crossover.numbers import compact, usd
from crossover.prices import host_label
from crossover.scenario import Scenario
from crossover.store import NAME_CHARACTERS, NOTE_CHARACTERS, SavedScenario, list_scenarios
from crossover.words import say, say_as, say_count
from ui import cached, scenarios_actions, session, store_session
from ui.scenarios_address import link_to
from ui.scenarios_totals import totals
from ui.text import escaped

_FIRST = 20


def draft_section() -> None:
    """Offer what was on the page at the last visit."""
    draft = store_session.offered_draft()
    if draft is None:
        return
    with st.container(border=True, key="draft"):
        when = store_session.local(draft.changed_at)
        settings = escaped(settings_words(draft.scenario))
        st.markdown(say("**You left off on {when}** with {settings}.", when=when, settings=settings))
        with st.container(horizontal=True):
            st.button(say("Go on where you left off"), key="draft-take", on_click=store_session.take_draft)
            st.button(say("No, thanks"), key="draft-refuse", on_click=store_session.refuse_draft)


def messages() -> None:
    """What the last action had to say, and the way back from a deletion."""
    for sentence in store_session.messages():
        st.warning(escaped(sentence))
    gone = store_session.deleted()
    if gone is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="deleted"):
        st.markdown(say("Deleted **{name}**.", name=escaped(gone[1])))
        st.button(say("Undo"), key="undo-delete", on_click=scenarios_actions.undo_delete, args=(gone[0],))


def save_section(saved: tuple[SavedScenario, ...]) -> None:
    """What is on the page now, and its name to be."""
    st.subheader(say("On the page now"), anchor=False)
    scenario = session.scenario()
    st.markdown(escaped(f"{settings_words(scenario)}."))
    opened = _opened(saved)
    if opened is not None:
        _save_over(opened, scenario)
    with st.form("save-scenario", enter_to_submit=False):
        st.text_input(
            say("Name"),
            key=scenarios_actions.NAME,
            max_chars=NAME_CHARACTERS,
            placeholder=say("Pilot, plan B"),
        )
        st.text_area(
            say("Note"),
            key=scenarios_actions.NOTE,
            max_chars=NOTE_CHARACTERS,
            height=80,
            placeholder=say("What you decided and why"),
        )
        st.form_submit_button(say("Save"), key="save-now", on_click=scenarios_actions.save_as)
    if store_session.browser_key() is None:
        st.caption(
            say(
                "This browser keeps no key, so what you save can be found until this tab is closed or "
                "reloaded. Allow cookies, or ask whoever runs this server to start it with “make run”."
            )
        )
    _link(scenario)


def _save_over(opened: SavedScenario, scenario: Scenario) -> None:
    if opened.scenario == scenario:
        st.markdown(say("Saved as **{name}**.", name=escaped(opened.name)))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(say("Changed since it was saved as **{name}**.", name=escaped(opened.name)))
        st.button(
            say("Save the changes"), key="save-over", on_click=scenarios_actions.save_over, args=(opened.id,)
        )


def _link(scenario: Scenario) -> None:
    with st.expander(say("Copy a link to this scenario")):
        address, link = link_to(scenario)
        st.caption(
            say(
                "It opens these settings anywhere, with the files of whoever opens it: none of yours are in "
                "it. To show results, share a brief."
            )
        )
        st.code(address, language=None, wrap_lines=True)
        if link.left_out:
            names = escaped(", ".join(link.left_out))
            st.warning(say("Too long for an address, so left out: {names}.", names=names))


def list_section(saved: tuple[SavedScenario, ...]) -> None:
    """Everything saved, the last changed first."""
    st.subheader(say("Saved scenarios"), anchor=False)
    if not saved:
        st.info(say("Nothing is saved yet. Set up a comparison, give it a name above and save it."))
        return
    shown = saved[:_FIRST]
    if len(saved) > _FIRST and st.toggle(say("Show all {n}", n=len(saved)), key="saved-show-all"):
        shown = saved
    for each in shown:
        with st.container(border=True, key=f"saved-{each.id}"):
            _card(each)


def _card(saved: SavedScenario) -> None:
    words, amount = st.columns([3, 1.3], vertical_alignment="top")
    with words:
        st.markdown(f"**{escaped(saved.name)}**")
        if saved.note:
            st.text(saved.note)
        st.caption(f"{store_session.local(saved.changed_at)} · {escaped(settings_words(saved.scenario))}")
        if saved.problems:
            st.caption(
                say_count(
                    "{n} setting could not be read: defaults are used.",
                    "{n} settings could not be read: defaults are used.",
                    len(saved.problems),
                )
            )
    with amount:
        _total(saved.scenario)
    _buttons(saved)


def _total(scenario: Scenario) -> None:
    found = totals(scenario)
    if found is None:
        st.caption(say("No question to cost yet"))
        return
    label = f"{found.leader_label} · {_months(scenario)}"
    st.metric(label, usd(found.of("")) if found.leader else "–")


def _buttons(saved: SavedScenario) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            say_as("button", "Open"), key=f"open-{saved.id}", on_click=store_session.open_saved, args=(saved,)
        )
        st.button(
            say("Duplicate"),
            key=f"duplicate-{saved.id}",
            on_click=scenarios_actions.duplicate,
            args=(saved.id,),
        )
        with st.popover(say("Rename"), key=f"rename-{saved.id}"):
            _rename_form(saved)
        st.button(say("Delete"), key=f"delete-{saved.id}", on_click=scenarios_actions.delete, args=(saved,))


def _rename_form(saved: SavedScenario) -> None:
    with st.form(f"rename-form-{saved.id}"):
        name = st.text_input(
            say("Name"), saved.name, key=f"rename-name-{saved.id}", max_chars=NAME_CHARACTERS
        )
        note = st.text_area(say("Note"), saved.note, key=f"rename-note-{saved.id}", max_chars=NOTE_CHARACTERS)
        if st.form_submit_button(say("Rename"), key=f"rename-now-{saved.id}"):
            scenarios_actions.rename(saved.id, name, note)
            st.rerun()


def saved_scenarios() -> tuple[SavedScenario, ...]:
    """What this person saved. Raises StoreUnavailable."""
    return list_scenarios(store_session.shelf())


def settings_words(scenario: Scenario) -> str:
    """A scenario in one line: model, volume, horizon, price date."""
    priced = cached.priced_models(scenario).get((scenario.host, scenario.model), scenario.model)
    return say(
        "{model} at {host}, {volume} requests a month, {months}, prices of {day}",
        model=priced,
        host=host_label(scenario.host),
        volume=compact(scenario.requests_per_month),
        months=_months(scenario),
        day=scenario.price_date,
    )


def _months(scenario: Scenario) -> str:
    return say_count("{n} month", "{n} months", scenario.horizon_months)


def _opened(saved: tuple[SavedScenario, ...]) -> SavedScenario | None:
    return next((each for each in saved if each.id == store_session.opened_id()), None)
