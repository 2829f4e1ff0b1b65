"""Trade-offs beyond cost: the criteria, their values, scores and how stable a ranking is (MODEL.md 6)."""

from crossover.criteria.catalogue import ANCHORS, COST, CRITERIA, SCORED, Criterion, default_weights
from crossover.criteria.errors import InvalidCriteria
from crossover.criteria.pareto import dominators, pareto_front
from crossover.criteria.rules import criteria
from crossover.criteria.scores import (
    methods_disagree,
    normalised_weights,
    ranking,
    ranks,
    score_parts,
    topsis,
    weighted_sum,
)
from crossover.criteria.scoring import Score, Scores, scored
from crossover.criteria.stability import (
    RankInterval,
    exact_first_place_shares,
    first_place_shares,
    rank_intervals,
    tie_weight,
)
from crossover.criteria.table import anchors_for
from crossover.criteria.values import (
    Anchor,
    Scale,
    cost_anchor,
    latency_anchor,
    relative_values,
    values,
)
from crossover.criteria.words import TieWeight, tie_sentence

__all__ = [
    "ANCHORS",
    "COST",
    "CRITERIA",
    "SCORED",
    "Anchor",
    "Criterion",
    "InvalidCriteria",
    "RankInterval",
    "Scale",
    "Score",
    "Scores",
    "TieWeight",
    "anchors_for",
    "cost_anchor",
    "criteria",
    "default_weights",
    "dominators",
    "exact_first_place_shares",
    "first_place_shares",
    "latency_anchor",
    "methods_disagree",
    "normalised_weights",
    "pareto_front",
    "rank_intervals",
    "ranking",
    "ranks",
    "relative_values",
    "score_parts",
    "scored",
    "tie_sentence",
    "tie_weight",
    "topsis",
    "values",
    "weighted_sum",
]
