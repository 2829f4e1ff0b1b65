"""A session's own prices: they live in its scenario, and here is the book they make."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from crossover.own_prices import MOST_OWN_PRICES, OwnPrice
from crossover.prices import PriceBook
from ui import cached, session

_DROPZONE = "crossover.price_uploader_round"


def own_prices() -> tuple[OwnPrice, ...]:
    """The session's own prices, newest first: the newest wins."""
    return session.scenario().own_prices


def add_own(prices: Iterable[OwnPrice]) -> int:
    """Put prices before the others; one about the same thing replaces the old one. The number that fitted."""
    wanted = tuple({price.about: price for price in prices}.values())
    replaced = {price.about for price in wanted}
    kept = tuple(price for price in own_prices() if price.about not in replaced)
    room = max(0, MOST_OWN_PRICES - len(kept))
    session.edit(own_prices=(*wanted[:room], *kept))
    return min(room, len(wanted))


def remove_own(price: OwnPrice) -> None:
    """Undo one own price; the book's holds again."""
    session.edit(own_prices=tuple(other for other in own_prices() if other != price))


def clear_own() -> None:
    """Undo all own prices."""
    session.edit(own_prices=())


def own_key() -> str:
    """Text that changes exactly when the own prices do."""
    return repr(own_prices())


def book() -> PriceBook:
    """The price book with the session's own prices before all others."""
    return cached.book_of(session.scenario())


def dropzone_key() -> str:
    """The key of the price file's drop zone; it changes when its prices were taken over."""
    return f"prices-drop-{st.session_state.get(_DROPZONE, 0)}"


def empty_dropzone() -> None:
    """Give the drop zone a new key, so that the next file starts afresh."""
    st.session_state[_DROPZONE] = st.session_state.get(_DROPZONE, 0) + 1
