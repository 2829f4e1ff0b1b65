"""One strategy of a comparison as plain JSON values."""

from __future__ import annotations

from collections.abc import Mapping

from crossover.comparison import Outcome
from crossover.cost.bill import Line
from crossover.cost.estimate import CostEstimate
from crossover.cost.quote import Quote
from crossover.criteria import COST
from crossover.figure import Figure, Kind
from crossover.gates import Gate
from crossover.prices import host_label
from crossover.report.comparison_figures import JsonValue, figure_json, number
from crossover.report.comparison_provenance import horizon_shares, request_shares
from crossover.whatif import quality_figures


def outcome_json(outcome: Outcome) -> JsonValue:
    """A strategy with its cost (None when it lacks data or a price), gates and criteria."""
    return {
        "id": outcome.strategy.id,
        "label": outcome.strategy.label,
        "model": model_json(outcome.subject.quote),
        "status": outcome.status.value,
        "is_ranked": outcome.is_ranked,
        "missing": list(outcome.plan.missing),
        "usable_months": outcome.usable_months,
        "cost": _cost(outcome),
        "quality": _quality(outcome),
        "gates": [_gate(gate) for gate in outcome.gates],
        "criteria": {name: figure_json(figure) for name, figure in beside_cost(outcome).items()},
    }


def model_json(quote: Quote) -> JsonValue:
    """Which model is called, and where."""
    return {"host": quote.host, "host_label": host_label(quote.host), "model": quote.model}


def beside_cost(outcome: Outcome) -> Mapping[str, Figure]:
    """The criteria by id without the total, which stands among the costs already."""
    return {name: figure for name, figure in outcome.criteria.items() if name != COST.id}


def _cost(outcome: Outcome) -> JsonValue | None:
    cost = outcome.cost
    if cost is None:
        return None
    return {
        "per_request": figure_json(cost.per_request),
        "by_part_usd": {part.value: number(usd) for part, usd in cost.by_part.items()},
        "monthly": figure_json(cost.monthly),
        "one_off": figure_json(cost.one_off),
        "total": figure_json(cost.total),
        "all_in_per_request": figure_json(cost.all_in_per_request),
        "present_value": figure_json(cost.present_value),
        "people_share": number(cost.people_share),
        "lines": [_line(line) for line in cost.lines],
        "cumulative_usd": [number(usd) for usd in cost.cumulative.tolist()],
        "provenance": _provenance(outcome, cost),
    }


def _line(line: Line) -> JsonValue:
    return {
        "name": line.name,
        "cadence": line.cadence.value,
        "is_people": line.is_people,
        "figure": figure_json(line.figure),
    }


def _provenance(outcome: Outcome, cost: CostEstimate) -> JsonValue:
    return {
        "per_request": _shares(request_shares(cost)),
        "horizon": _shares(horizon_shares(outcome)),
    }


def _shares(shares: Mapping[Kind, float] | None) -> dict[str, float | None] | None:
    return None if shares is None else {kind.value: number(share) for kind, share in shares.items()}


def _quality(outcome: Outcome) -> list[JsonValue]:
    """Cost per correct answer and with failures, where success was measured."""
    found = quality_figures(outcome, outcome.subject.scenario.assumption("failed_answer_usd"))
    return [figure_json(figure) for figure in found or ()]


def _gate(gate: Gate) -> JsonValue:
    return {
        "id": gate.id,
        "status": gate.status.value,
        "label": gate.label,
        "reason": gate.reason,
        "remedy": gate.remedy,
        "figures": [figure_json(figure) for figure in gate.figures],
    }
