"""What charts and frames read alike: which strategies are shown, and what each has spent by when."""

from __future__ import annotations

import pandas as pd

from crossover.comparison import Comparison, Outcome


def display_order(comparison: Comparison) -> tuple[Outcome, ...]:
    """Outcomes that have a cost, in the order of the comparison."""
    return tuple(outcome for outcome in comparison.outcomes if outcome.cost is not None)


def spent_usd(outcome: Outcome) -> list[float]:
    """US dollars spent by each month end, from month 0 on, as far as the strategy's model answers."""
    values = outcome.cost.cumulative[: outcome.usable_months + 1] if outcome.cost else ()
    return [float(value) for value in values]


def cumulative_frame(comparison: Comparison) -> pd.DataFrame:
    """US dollars spent by month: columns strategy, month, usd; month 0 is the one-off cost.

    A strategy whose model stops has no rows after that.
    """
    rows = [
        (outcome.strategy.label, month, usd)
        for outcome in display_order(comparison)
        for month, usd in enumerate(spent_usd(outcome))
    ]
    return pd.DataFrame(rows, columns=["strategy", "month", "usd"])
