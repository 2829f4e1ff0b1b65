"""The cheapest-strategy map with the caveat it must not be read without."""

from __future__ import annotations

import streamlit as st

from crossover.charts import cheapest_map_chart
from crossover.comparison import Comparison
from crossover.numbers import compact, count
from crossover.words import say
from ui.text import plain
from ui.what_if_cached import mapped

_CHART = {"displayModeBar": False}


def map_section(comparison: Comparison) -> None:
    """Which strategy is cheapest at other volumes and with other amounts of context."""
    found = mapped(comparison)
    if found is None:
        return
    st.subheader(say("Which strategy is cheapest where"), anchor=False)
    labels = {each.strategy.id: each.strategy.label for each in comparison.outcomes}
    volume, context = found.today
    st.plotly_chart(
        cheapest_map_chart(found, labels),
        key="chart-map",
        config=_CHART,
        alt=say("Cheapest strategy by requests per month and tokens of context a request needs"),
    )
    legend = say(
        "Hatched: the cheapest there cannot be chosen, because of a gate or because its prompt outgrows the "
        "model's window. Dotted: under 5 % between first and second. ✕ is today: {volume} requests a month "
        "and {tokens} tokens of context.",
        volume=compact(volume),
        tokens=count(round(context)),
    )
    st.caption(plain(f"{found.caveat} {legend}"))
