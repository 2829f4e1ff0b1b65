"""scored(): from figures and weights to places, and how firmly each place is held (MODEL.md 6)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from crossover.criteria.catalogue import SCORED, Criterion, default_weights
from crossover.criteria.errors import InvalidCriteria
from crossover.criteria.pareto import dominators
from crossover.criteria.scores import methods_disagree, score_parts, topsis
from crossover.criteria.stability import RankInterval, first_place_shares, rank_intervals, tie_weight
from crossover.criteria.table import Figures, Table
from crossover.criteria.values import Anchor, FloatArray
from crossover.criteria.words import TieWeight
from crossover.words import say


@dataclass(frozen=True, slots=True)
class Score:
    """One strategy's result; what cannot be computed is None.

    `pieces` are what each criterion adds to `weighted`, by id. `topsis`, `dominated_by` and the
    shares of random weights that put it first compare only strategies that can be chosen. `places`
    is where it stands among those, an interval while some of its or their quantities are unknown.
    """

    strategy: str
    is_gated: bool
    weighted: float | None
    pieces: Mapping[str, float | None]
    topsis: float | None = None
    dominated_by: str | None = None
    first_place_share: float | None = None
    first_place_share_nearby: float | None = None
    places: RankInterval | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Every strategy's score, best first and gated ones last.

    `criteria` are those that count, with `weights` that add up to 1; `left_out` has no values, is
    not measured for all, or weighs nothing. `values` has shape (scores, criteria), NaN where unknown.
    `ties` lead with the smallest change of a weight.
    """

    scores: tuple[Score, ...]
    criteria: tuple[Criterion, ...]
    left_out: tuple[Criterion, ...]
    weights: FloatArray
    values: FloatArray
    ties: tuple[TieWeight, ...]
    methods_disagree: bool

    def score(self, strategy: str) -> Score:
        """The score of one strategy. Raises KeyError for an unknown one."""
        return {score.strategy: score for score in self.scores}[strategy]


def scored(
    figures: Figures,
    weights: Mapping[str, float] | None = None,
    *,
    gated: Collection[str] = (),
    anchors: Mapping[str, Anchor] | None = None,
    seed: int = 1,
) -> Scores:
    """Scores of strategies from their figures by strategy id and criterion id (MODEL.md 6).

    `weights` replace the default ones by criterion id. A strategy in `gated` keeps its score and
    comes last. Raises InvalidCriteria when nothing can be weighed: no strategy, or every weight 0
    (E29).
    """
    if not figures:
        raise InvalidCriteria(say("Choose at least one strategy."))
    table = Table.of(figures, default_weights() | dict(weights or {}), gated, anchors)
    unordered = _scores(table, seed)
    order = sorted(range(len(unordered)), key=lambda row: _place(unordered[row]))
    ordered = tuple(unordered[row] for row in order)
    return Scores(
        scores=ordered,
        criteria=table.criteria,
        left_out=tuple(each for each in SCORED if each not in table.criteria),
        weights=table.weights,
        values=table.values[order],
        ties=tuple(_ties(table, [row for row in order if row in table.complete])),
        methods_disagree=_disagree(ordered),
    )


def _scores(table: Table, seed: int) -> list[Score]:
    """The scores in the order of the table."""
    parts, places = score_parts(table.values, table.weights), _places(table)
    among = _among_the_complete(table, seed)
    by = _dominated_by(table)
    return [
        Score(
            strategy=name,
            is_gated=row not in table.open_rows,
            weighted=_known(float(parts[row].sum())),
            pieces={
                each.id: _known(float(part)) for each, part in zip(table.criteria, parts[row], strict=True)
            },
            dominated_by=by.get(row),
            places=places.get(row),
            **among.get(row, {}),
        )
        for row, name in enumerate(table.names)
    ]


def _among_the_complete(table: Table, seed: int) -> dict[int, dict[str, float]]:
    """What compares strategies with each other, by row: TOPSIS and first places under random weights."""
    rows = table.complete
    if not rows:
        return {}
    worth = table.values[rows]
    columns = {
        "topsis": topsis(table.quantities[rows], table.directions, table.weights),
        "first_place_share": first_place_shares(worth, seed),
        "first_place_share_nearby": first_place_shares(worth, seed, table.weights),
    }
    return {
        row: {name: float(column[place]) for name, column in columns.items()}
        for place, row in enumerate(rows)
    }


def _dominated_by(table: Table) -> dict[int, str]:
    rows = list(table.open_rows)
    found = dominators(table.quantities[rows], table.directions) if rows else ()
    return {row: table.names[rows[by]] for row, by in zip(rows, found, strict=True) if by is not None}


def _places(table: Table) -> dict[int, RankInterval]:
    rows = list(table.open_rows)
    return dict(zip(rows, rank_intervals(table.values[rows], table.weights), strict=True)) if rows else {}


def _place(score: Score) -> tuple[bool, bool, float, str]:
    """Best first; unknown scores after known ones, gated strategies last, ties by name."""
    return score.is_gated, score.weighted is None, -(score.weighted or 0.0), score.strategy


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value


def _disagree(scores: Sequence[Score]) -> bool:
    both = [(each.weighted, each.topsis) for each in scores if each.topsis is not None]
    return bool(both) and methods_disagree(*zip(*both, strict=True))


def _ties(table: Table, order: Sequence[int]) -> Iterator[TieWeight]:
    """Each weight at which a rival catches up with the leader, the smallest change first."""
    found = [
        TieWeight(
            table.names[order[0]],
            table.names[rival],
            criterion.label,
            float(table.weights[column]),
            weight,
        )
        for rival in order[1:]
        for column, criterion in enumerate(table.criteria)
        if (weight := tie_weight(table.values[order[0]], table.values[rival], table.weights, column))
        is not None
    ]
    yield from sorted(found, key=lambda tie: abs((tie.weight or 0.0) - tie.weight_today))
