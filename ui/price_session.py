"""A session's own prices: kept as plain cells, so that they can travel in a scenario, and the book they make.

Until the scenario carries them, `crossover.own_prices` in the session state holds them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import streamlit as st

from crossover.prices import InferencePrice, PriceBook, TuningPrice
from crossover.prices.overrides import Overrides, read_overrides
from ui import cached

MOST_OWN_PRICES = 100
"""More would no longer fit into a link, and nobody reads them one by one."""

_IDENTITY = ("host", "model", "region", "mode", "tier", "valid_from", "valid_to")
_OWN = "crossover.own_prices"
_DROPZONE = "crossover.price_uploader_round"


@dataclass(frozen=True, slots=True)
class OwnPrice:
    """One price of the person's own, as the cells of our table; `origin` says how it came in."""

    cells: tuple[tuple[str, str], ...]
    origin: str
    entered_on: date

    @property
    def about(self) -> tuple[object, ...]:
        """What it prices, for which days; a later price about the same replaces it."""
        cells = dict(self.cells)
        is_tuning = any(name.startswith("training_usd") for name in cells)
        return (is_tuning, *(cells.get(name, "") for name in _IDENTITY))


def own_prices() -> tuple[OwnPrice, ...]:
    """The session's own prices, newest first: the newest wins."""
    return st.session_state.get(_OWN, ())


def add_own(prices: Iterable[OwnPrice]) -> int:
    """Put prices before the others; one about the same thing replaces the old one. The number that fitted."""
    wanted = tuple({price.about: price for price in prices}.values())
    replaced = {price.about for price in wanted}
    kept = tuple(price for price in own_prices() if price.about not in replaced)
    room = max(0, MOST_OWN_PRICES - len(kept))
    st.session_state[_OWN] = (*wanted[:room], *kept)
    return min(room, len(wanted))


def remove_own(price: OwnPrice) -> None:
    """Undo one own price; the book's holds again."""
    st.session_state[_OWN] = tuple(other for other in own_prices() if other != price)


def clear_own() -> None:
    """Undo all own prices."""
    st.session_state[_OWN] = ()


def own_key() -> str:
    """Text that changes exactly when the own prices do."""
    return repr(own_prices())


def read_own(price: OwnPrice) -> Overrides:
    """The price as a row of the book, or what is wrong with it."""
    return read_overrides(json.dumps([dict(price.cells)]), price.origin, price.entered_on)


def own_rows() -> tuple[InferencePrice | TuningPrice, ...]:
    """All own prices as rows of the book, the one that wins first."""
    return tuple(row for price in own_prices() for row in read_own(price).rows)


def book() -> PriceBook:
    """The price book with the session's own prices before all others."""
    return _book(own_key()) if own_prices() else cached.price_book()


def dropzone_key() -> str:
    """The key of the price file's drop zone; it changes when its prices were taken over."""
    return f"prices-drop-{st.session_state.get(_DROPZONE, 0)}"


def empty_dropzone() -> None:
    """Give the drop zone a new key, so that the next file starts afresh."""
    st.session_state[_DROPZONE] = st.session_state.get(_DROPZONE, 0) + 1


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _book(key: str) -> PriceBook:
    return cached.price_book().with_overrides(own_rows())
