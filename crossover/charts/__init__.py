"""Charts: a comparison becomes tidy frames, and frames become figures."""

from crossover.charts.figures import cost_by_part, cumulative_cost, trade_off
from crossover.charts.frames import cumulative_frame
from crossover.charts.style import PART_LABELS, STRATEGY_STYLES, StrategyStyle

__all__ = [
    "PART_LABELS",
    "STRATEGY_STYLES",
    "StrategyStyle",
    "cost_by_part",
    "cumulative_cost",
    "cumulative_frame",
    "trade_off",
]
