"""How sure a ranking is, and what would change it (MODEL.md 3.7, 5).

From a strategy to its cost model, from inputs to draws, from draws to chances; tornado and flips
ask the same models about one input at a time.
"""

from crossover.cost.subject import Subject
from crossover.uncertainty.cheapest import (
    Spread,
    Standing,
    cheapest_shares,
    difference,
    expected_regret_usd,
    half_width,
    is_clear,
    spread,
    standings,
)
from crossover.uncertainty.distributions import Distribution, Triangular
from crossover.uncertainty.flips import Flip, flips
from crossover.uncertainty.inputs import (
    UncertainInput,
    Values,
    assumption_input,
    assumption_inputs,
    draw,
    draw_scenario_inputs,
    today_values,
)
from crossover.uncertainty.levers import all_inputs, quote_at, scenario_inputs
from crossover.uncertainty.models import CostModel, SampledTotals, sampled_totals
from crossover.uncertainty.provenance import kind_shares
from crossover.uncertainty.sobol import SobolIndex, sobol_indices, sobol_of
from crossover.uncertainty.strategy_models import cost_model, cost_model_of
from crossover.uncertainty.tornado import Bar, cost_difference, tornado, tornado_of
from crossover.uncertainty.words import (
    flip_sentence,
    measure_next_sentence,
    nothing_flips_sentence,
    standing_sentences,
)

__all__ = [
    "Bar",
    "CostModel",
    "Distribution",
    "Flip",
    "SampledTotals",
    "SobolIndex",
    "Spread",
    "Standing",
    "Subject",
    "Triangular",
    "UncertainInput",
    "Values",
    "all_inputs",
    "assumption_input",
    "assumption_inputs",
    "cheapest_shares",
    "cost_difference",
    "cost_model",
    "cost_model_of",
    "difference",
    "draw",
    "draw_scenario_inputs",
    "expected_regret_usd",
    "flip_sentence",
    "flips",
    "half_width",
    "is_clear",
    "kind_shares",
    "measure_next_sentence",
    "nothing_flips_sentence",
    "quote_at",
    "sampled_totals",
    "scenario_inputs",
    "sobol_indices",
    "sobol_of",
    "spread",
    "standing_sentences",
    "standings",
    "today_values",
    "tornado",
    "tornado_of",
]
