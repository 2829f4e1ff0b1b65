"""Own prices: what is in force, each undone by itself, and three ways to add."""

from __future__ import annotations

import streamlit as st

from crossover.own_prices import OwnPrice
from crossover.prices.overrides import origin_words
from crossover.replay import at_host, field_label
from crossover.words import localised, say
from ui import price_session
from ui.price_file import drop_zone
from ui.price_own_forms import discount_form, typed_form
from ui.text import escaped

_FIRST = 20
_HIDDEN = {"host", "model", "note", "valid_from", "valid_to", "mode", "tier", "text_only", "bills_validation"}


def own_section() -> None:
    """What is in force, then three ways to add."""
    st.subheader(say("Your own prices"), anchor=False)
    st.caption(
        say(
            "They come before every listed price, are marked as yours wherever they act, and stay in this "
            "browser session."
        )
    )
    _in_force()
    discount, typed, dropped = st.tabs(
        [say("Discount on a listed price"), say("Enter a price"), say("Drop a file")]
    )
    with discount:
        discount_form()
    with typed:
        typed_form()
    with dropped:
        drop_zone()


def _in_force() -> None:
    own = price_session.own_prices()
    if not own:
        st.info(
            say("None yet: every price comes from the list. Add a discount, a private model or a file below.")
        )
        return
    shown = own[:_FIRST]
    if len(own) > _FIRST and st.toggle(say("Show all {prices}", prices=len(own)), key="own-show-all"):
        shown = own
    for place, price in enumerate(shown):
        with st.container(
            border=True, horizontal=True, vertical_alignment="center", key=f"own-price-{place}"
        ):
            st.badge(say("yours"), color="violet")
            st.markdown(_words(price))
            st.button(say("Undo"), key=f"own-undo-{place}", on_click=price_session.remove_own, args=(price,))
    if len(own) > 1:
        st.button(say("Undo all"), key="own-undo-all", on_click=price_session.clear_own)


def _words(price: OwnPrice) -> str:
    cells = dict(price.cells)
    amounts = ", ".join(
        f"{field_label(name)} {_cell_words(text)}" for name, text in cells.items() if name not in _HIDDEN
    )
    note = f" ({escaped(cells['note'])})" if cells.get("note") else ""
    where = at_host(cells.get("model", ""), cells.get("host", ""))
    origin = say("{origin} on {day}", origin=escaped(origin_words(price.origin)), day=price.entered_on)
    return f"**{escaped(where)}**: {escaped(amounts)}{note}, {origin}"


def _cell_words(text: str) -> str:
    return localised(text) if text.replace(".", "", 1).isdecimal() else text
