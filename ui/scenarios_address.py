"""The scenario in the address: applied once when a link is opened, and the link to copy."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from crossover.report.brief_sources import OWN_BILLS, OWN_PRICES
from crossover.scenario import Scenario
from crossover.scenario_url import PREFIX, ScenarioLink, read_parameters, scenario_link
from crossover.words import say, say_count
from ui import session
from ui.text import escaped

_READ = "crossover.address.read"
_TO_TELL = "crossover.address.to_tell"
_PUBLIC_URL = "PUBLIC_BASE_URL"


def apply_address() -> None:
    """Take the scenario that the address carries, once per link; say what of it could not be read.

    Every page calls it first. Later edits win over the address until another link is opened.
    """
    said = _said()
    if said and st.session_state.get(_READ) != said:
        st.session_state[_READ] = said
        scenario, problems = read_parameters(dict(said), session.today())
        session.set_scenario(scenario)
        st.session_state[_TO_TELL] = bool(problems)
    if st.session_state.get(_TO_TELL):
        # read again, because they are told in the language of now
        _show_problems(read_parameters(dict(st.session_state[_READ]), session.today())[1])


def _said() -> tuple[tuple[str, str], ...]:
    """The parameters of a scenario, in an order that does not hang on the address."""
    found = ((name, st.query_params.get_all(name)[0]) for name in st.query_params if name.startswith(PREFIX))
    return tuple(sorted(found))


def _show_problems(problems: tuple[str, ...]) -> None:
    with st.container(border=True, key="link-problems"):
        st.markdown(
            say_count(
                "**The link was opened, with {n} thing to know**",
                "**The link was opened, with {n} things to know**",
                len(problems),
            )
        )
        st.markdown("\n".join(f"- {escaped(problem)}" for problem in problems))
        st.button(say("I have read this"), key="link-problems-read", on_click=_forget_problems)


def _forget_problems() -> None:
    st.session_state[_TO_TELL] = False


def link_to(scenario: Scenario) -> tuple[str, ScenarioLink]:
    """The address that opens this scenario anywhere, and the link with what did not fit.

    Names of files stay behind: of the bills it was corrected by, and of the lists own prices came from.
    """
    prices = tuple(replace(price, origin=OWN_PRICES) for price in scenario.own_prices)
    bills = scenario.token_correction_source and OWN_BILLS
    link = scenario_link(replace(scenario, own_prices=prices, token_correction_source=bills))
    return f"{base_url()}?{link.text}", link


def brief_link(token: str) -> str:
    """The address of a shared brief."""
    return f"{base_url()}brief?t={token}"


def base_url(environ: Mapping[str, str] = os.environ) -> str:
    """Where the dashboard begins, as the visitor's browser reaches it, with a slash at the end.

    PUBLIC_BASE_URL goes first: it is for a proxy that people do not come through. Call it from the
    Scenarios page only: what Streamlit says of other pages' addresses can lack letters of a sub-path.
    """
    found = environ.get(_PUBLIC_URL) or st.context.url or ""
    return found.rstrip("/").removesuffix("/scenarios") + "/"
