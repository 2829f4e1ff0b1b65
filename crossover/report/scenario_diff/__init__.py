"""Two scenarios apart: what changed, and how much of the change in cost each of it brought."""

from crossover.report.scenario_diff.attribution import MOST_EXACT, SAMPLED_ORDERS
from crossover.report.scenario_diff.changes import FieldChange, changes_between
from crossover.report.scenario_diff.diff import Contribution, Method, ScenarioDiff, differences
from crossover.report.scenario_diff.labels import FIELD_LABELS
from crossover.report.scenario_diff.turns import MOST_TURNS, turn_sentences

__all__ = [
    "FIELD_LABELS",
    "MOST_EXACT",
    "MOST_TURNS",
    "SAMPLED_ORDERS",
    "Contribution",
    "FieldChange",
    "Method",
    "ScenarioDiff",
    "changes_between",
    "differences",
    "turn_sentences",
]
