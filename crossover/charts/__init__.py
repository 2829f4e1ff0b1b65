"""Charts: a comparison becomes tidy frames, and frames become figures."""

from crossover.charts.figures import cost_by_part, cumulative_cost, trade_off
from crossover.charts.frames import cumulative_frame
from crossover.charts.style import PART_LABELS, STRATEGY_STYLES, StrategyStyle, part_words
from crossover.charts.what_if import (
    about_usd,
    chance,
    cheapest_shares_chart,
    difference_tornado,
    score_bars,
    scores_frame,
    standings_frame,
    tornado_frame,
    total_bands_chart,
)
from crossover.charts.what_if_map import cheapest_map_chart, map_frame

__all__ = [
    "PART_LABELS",
    "STRATEGY_STYLES",
    "StrategyStyle",
    "about_usd",
    "chance",
    "cheapest_map_chart",
    "cheapest_shares_chart",
    "cost_by_part",
    "cumulative_cost",
    "cumulative_frame",
    "difference_tornado",
    "map_frame",
    "part_words",
    "score_bars",
    "scores_frame",
    "standings_frame",
    "tornado_frame",
    "total_bands_chart",
    "trade_off",
]
