"""The brief at another volume: the same cost functions, none of the data (MODEL.md 3.2)."""

from __future__ import annotations

from dataclasses import replace

from crossover.cost import Traffic, cumulative_usd
from crossover.cost.totals import running_usd_by_month
from crossover.report.brief import Brief
from crossover.report.brief_parts import BriefCost, BriefStrategy


def at_volume(brief: Brief, requests_per_month: float) -> tuple[BriefStrategy, ...]:
    """Every strategy's costs at another volume, best first again; cache hit rates stay as decided.

    How sure the answer is was drawn for the volume decided for: at any other `standing` is None.
    Raises InvalidCostInput for a volume out of bounds.
    """
    traffic = brief.traffic(requests_per_month)
    rows = [_moved(row, traffic) for row in brief.strategies]
    if requests_per_month == brief.requests_per_month:
        rows = [replace(row, standing=old.standing) for row, old in zip(rows, brief.strategies, strict=True)]
    ordered = sorted(rows, key=_order)
    ranked = iter(range(1, len(ordered) + 1))
    return tuple(row if row.rank is None else replace(row, rank=next(ranked)) for row in ordered)


def _order(row: BriefStrategy) -> tuple[bool, bool, float, str]:
    total = None if row.cost is None else row.cost.total_usd
    return row.rank is None, total is None, total or 0.0, row.label


def _moved(row: BriefStrategy, traffic: Traffic) -> BriefStrategy:
    cost = None if row.cost is None else _cost_at(row.cost, traffic)
    return replace(row, cost=cost, standing=None)


def _cost_at(cost: BriefCost, traffic: Traffic) -> BriefCost:
    """The costs at other requests; the figures keep what they rest on but say nothing of this volume."""
    classes = cost.costs.classes
    spent = cumulative_usd(classes, traffic).tolist()
    first = running_usd_by_month(classes, replace(traffic, horizon_months=1))
    return replace(
        cost,
        total_usd=spent[-1],
        first_month_usd=float(first[0]),
        cumulative_usd=tuple(spent),
        figures=(),
    )
