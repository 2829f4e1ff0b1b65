"""W25, W25b and W26: weighted sums, TOPSIS, the Pareto front and tie weights (MODEL.md 6)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from crossover.criteria import (
    Anchor,
    Scale,
    exact_first_place_shares,
    pareto_front,
    relative_values,
    tie_weight,
    topsis,
    values,
    weighted_sum,
)

from .example_file import Computed, Inputs, example

DROPPED = "ft_rag"  # W25 `after_dropping_ft_rag`, W25b `wsm_without_ft_rag`


@example("W25")
def relative_view(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    matrix, types, weights = (np.array(inputs[key], float) for key in ("matrix", "types", "weights"))
    relative = relative_values(matrix, types)
    prompt, rag = (inputs["alternatives"].index(name) for name in ("prompt", "rag"))
    cost, freshness = (inputs["criteria"].index(name) for name in ("cost_12m", "freshness"))
    tie = partial(tie_weight, relative[prompt], relative[rag], weights)
    kept = without_the_dropped(matrix, inputs)
    return {
        "wsm": weighted_sum(relative, weights),
        "topsis": topsis(matrix, types, weights),
        "pareto": pareto_front(matrix, types),
        "normalised": relative,
        "prompt_vs_rag_cost_weight_threshold": tie(cost),
        "prompt_vs_rag_freshness_threshold": tie(freshness),
        "rank1_share_uniform_first3": exact_first_place_shares(relative[:, :3]),
        "after_dropping_ft_rag": {
            "wsm": weighted_sum(relative_values(kept, types), weights),
            "topsis": topsis(kept, types, weights),
        },
    }


def without_the_dropped(matrix: np.ndarray, names: Inputs) -> np.ndarray:
    return np.delete(matrix, names["alternatives"].index(DROPPED), axis=0)


@example("W25b")
def fixed_anchors(inputs: Inputs, every: Mapping[str, Inputs]) -> Computed:
    anchors = [
        Anchor(worst, best, Scale.LOG if is_log else Scale.LINEAR)
        for worst, best, is_log in inputs["anchors_worst_best_log"]
    ]
    matrix, weights = np.array(inputs["matrix"], float), inputs["weights"]
    kept = without_the_dropped(matrix, every["W25"])
    return {
        "values": values(matrix, anchors),
        "wsm": weighted_sum(values(matrix, anchors), weights),
        "wsm_without_ft_rag": weighted_sum(values(kept, anchors), weights),
        "clamp": [
            values([[on_scale(anchor, -0.5) for anchor in anchors]], anchors).max(),
            values([[on_scale(anchor, 1.5) for anchor in anchors]], anchors).min(),
        ],
    }


def on_scale(anchor: Anchor, place: float) -> float:
    """The quantity at a place from worst (0) to best (1), and beyond either."""
    if anchor.scale is Scale.LOG:
        return float(anchor.worst * (anchor.best / anchor.worst) ** place)
    return anchor.worst + place * (anchor.best - anchor.worst)


@example("W26")
def degenerate(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    matrix, types, weights = inputs["matrix"], inputs["types"], inputs["weights"]
    return {
        "wsm": weighted_sum(relative_values(matrix, types), weights),
        "topsis": topsis(matrix, types, weights),
        "single_wsm": weighted_sum(relative_values(matrix[:1], types), weights),
        "single_topsis": topsis(matrix[:1], types, weights),
    }
