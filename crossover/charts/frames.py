"""Tidy frames: one place makes them; charts, tables and downloads read the same ones."""

from __future__ import annotations

import pandas as pd

from crossover.charts.style import PART_LABELS
from crossover.comparison import Comparison, Outcome
from crossover.criteria import Criterion


def display_order(comparison: Comparison) -> tuple[Outcome, ...]:
    """Outcomes that have a cost, in the order of the comparison."""
    return tuple(outcome for outcome in comparison.outcomes if outcome.cost is not None)


def part_frame(comparison: Comparison) -> pd.DataFrame:
    """US dollars per 1,000 requests: columns strategy, part, usd_per_1000; one row per part."""
    rows = [
        (outcome.strategy.label, PART_LABELS[part], usd * 1000)
        for outcome in display_order(comparison)
        for part, usd in (outcome.cost.by_part.items() if outcome.cost else ())
    ]
    return pd.DataFrame(rows, columns=["strategy", "part", "usd_per_1000"])


def cumulative_frame(comparison: Comparison) -> pd.DataFrame:
    """US dollars spent by month: columns strategy, month, usd; month 0 is the one-off cost.

    A strategy whose model stops has no rows after that.
    """
    rows = [
        (outcome.strategy.label, month, float(usd))
        for outcome in display_order(comparison)
        for month, usd in enumerate(outcome.cost.cumulative if outcome.cost else ())
        if month <= outcome.usable_months
    ]
    return pd.DataFrame(rows, columns=["strategy", "month", "usd"])


def trade_off_frame(comparison: Comparison, criterion: Criterion) -> pd.DataFrame:
    """Total cost against one criterion: columns strategy, usd, value, ranked."""
    rows = [
        (outcome.strategy.label, outcome.total_usd, outcome.criteria[criterion.id].value, outcome.is_ranked)
        for outcome in display_order(comparison)
    ]
    return pd.DataFrame(rows, columns=["strategy", "usd", "value", "ranked"])
