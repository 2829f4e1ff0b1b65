"""Which prices of a dropped file to use: narrowed by host and name, up to what a scenario can carry."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from crossover.own_prices import MOST_OWN_PRICES
from crossover.prices import InferencePrice, TuningPrice, host_label
from crossover.prices.overrides import Overrides, dropped_from
from crossover.replay import at_host
from crossover.words import say
from ui import cached, price_session
from ui.price_own_cells import cells_of
from ui.price_own_forms import keep_prices
from ui.text import quoted


def choose_prices(found: Overrides, name: str) -> None:
    """All of a short file; of a long one what host and name select, models we list first."""
    key = price_session.dropzone_key()
    wanted = _narrowed(found, key) if len(found.rows) > MOST_OWN_PRICES else list(range(len(found.rows)))
    offered, beyond = wanted[:MOST_OWN_PRICES], wanted[MOST_OWN_PRICES:]
    chosen = st.multiselect(
        say("Prices to use, of {rows:,} in {file}", rows=len(found.rows), file=quoted(name)),
        offered,
        default=offered,
        key=f"{key}.chosen.{hash(tuple(offered))}",
        format_func=lambda place: _row_words(found.rows[place]),
    )
    _beyond([found.rows[place] for place in beyond])
    if st.button(say("Use these prices"), key="own.take_over", disabled=not chosen):
        price_session.empty_dropzone()
        keep_prices([cells_of(found.rows[place]) for place in chosen], dropped_from(name))


def _narrowed(found: Overrides, key: str) -> list[int]:
    """The places of the rows that are asked for: those of models we list first, then file order."""
    left, right = st.columns(2)
    hosts = left.multiselect(
        say("Only these hosts"),
        sorted({row.host for row in found.rows}, key=host_label),
        key=f"{key}.hosts",
        format_func=host_label,
        placeholder=say("All hosts"),
    )
    query = right.text_input(
        say("Only models with these words"), key=f"{key}.search", placeholder="gpt-4o", max_chars=100
    )
    words = query.casefold().split()
    listed = {(entry.host, entry.model) for entry in cached.price_book().catalogue}
    places = [
        place
        for place, row in enumerate(found.rows)
        if (not hosts or row.host in hosts) and all(word in row.model.casefold() for word in words)
    ]
    return sorted(places, key=lambda place: (found.rows[place].host, found.rows[place].model) not in listed)


def _beyond(rows: Sequence[InferencePrice | TuningPrice]) -> None:
    """What does not fit, by name: nothing is dropped in silence."""
    if not rows:
        return
    st.caption(
        say(
            "{rows:,} more match; a comparison carries {most} own prices. Choose hosts or words "
            "to reach the ones you need.",
            rows=len(rows),
            most=MOST_OWN_PRICES,
        )
    )
    with st.expander(say("{rows:,} prices that are not taken", rows=len(rows))):
        table = pd.DataFrame([{say("Model"): row.model, say("At"): host_label(row.host)} for row in rows])
        st.dataframe(table, hide_index=True, width="stretch", height=min(38 + 35 * len(table), 320))


def _row_words(row: InferencePrice | TuningPrice) -> str:
    where = at_host(row.model, row.host)
    kind = say("tuning") if isinstance(row, TuningPrice) else say("calling")
    return f"{where}, {kind}"
