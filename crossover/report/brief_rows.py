"""From an outcome to a row of the brief: what it costs, how it fared, what its gates say."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from crossover.comparison import Comparison, Outcome
from crossover.cost import CostClasses
from crossover.cost.estimate import CostEstimate
from crossover.cost.machines import Machines
from crossover.criteria import CRITERIA
from crossover.gates import Gate
from crossover.profile import TokenProfile
from crossover.report.brief_bill import bill_lines, unit_costs
from crossover.report.brief_parts import (
    BriefCost,
    BriefCosts,
    BriefCrossing,
    BriefGate,
    BriefMachines,
    BriefStanding,
    BriefStrategy,
    BriefTokens,
)
from crossover.report.brief_sources import InputList
from crossover.strategies import UsagePlan
from crossover.uncertainty import Standing
from crossover.whatif import Sureness
from crossover.words import say


def strategy_rows(comparison: Comparison, sure: Sureness, inputs: InputList) -> tuple[BriefStrategy, ...]:
    """One row per strategy, in the order of the comparison."""
    ranks = {outcome.strategy.id: place for place, outcome in enumerate(comparison.ranked, start=1)}
    return tuple(
        _row(outcome, ranks.get(outcome.strategy.id), sure, inputs) for outcome in comparison.outcomes
    )


def _row(outcome: Outcome, rank: int | None, sure: Sureness, inputs: InputList) -> BriefStrategy:
    return BriefStrategy(
        id=outcome.strategy.id,
        label=outcome.strategy.label,
        rank=rank,
        status=outcome.status,
        host=outcome.subject.quote.host,
        model=outcome.subject.quote.model,
        usable_months=outcome.usable_months,
        cost=_cost(outcome, outcome.cost, inputs) if outcome.cost else None,
        standing=_standing(sure.standing(outcome.strategy.id)),
        tokens_by_part=tokens_by_part(outcome.plan),
        gates=tuple(map(_gate, outcome.gates)),
        criteria=tuple(
            inputs.figure(outcome.criteria[each.id], each.id, each.label)
            for each in CRITERIA
            if each.id in outcome.criteria and outcome.criteria[each.id].value is not None
        ),
    )


def _cost(outcome: Outcome, cost: CostEstimate, inputs: InputList) -> BriefCost:
    total = float(cost.cumulative[-1])
    return BriefCost(
        total_usd=total,
        per_1000_requests_usd=1000 * (cost.per_request.value or 0.0),
        first_month_usd=cost.monthly.value or 0.0,
        one_off_usd=cost.one_off.value or 0.0,
        people_usd=total * (cost.people_share or 0.0),
        cumulative_usd=tuple(cost.cumulative.tolist()),
        usd_by_part=tuple((str(part), float(usd)) for part, usd in cost.by_part.items() if usd),
        costs=_costs(cost.classes),
        figures=(
            inputs.figure(cost.total, "total"),
            inputs.figure(cost.per_request, "per_1000_requests", say("Cost per 1,000 requests"), 1000),
            inputs.figure(cost.monthly, "first_month"),
            inputs.figure(cost.one_off, "one_off"),
        ),
        lines=bill_lines(outcome, cost),
        unit_costs=unit_costs(outcome, cost, inputs),
        retrain_every_months=_retrain_every(outcome),
    )


def _retrain_every(outcome: Outcome) -> int | None:
    if not outcome.plan.tuned:
        return None
    return max(1, round(outcome.subject.scenario.value("retrain_every_months")))


def _costs(classes: CostClasses) -> BriefCosts:
    return BriefCosts(
        one_time_usd=float(classes.one_time_usd),
        monthly_usd=float(classes.monthly_usd),
        per_request_usd=float(classes.per_request_usd),
        events_usd=tuple((month, float(usd)) for month, usd in sorted(classes.events_usd.items())),
        price_decline_per_year_share=float(classes.price_decline_per_year_share),
        machines=None if classes.machines is None else _machines(classes.machines),
    )


def _machines(machines: Machines) -> BriefMachines:
    price, load = float(machines.usd_per_replica_month), float(machines.replicas_per_request)
    return BriefMachines(price, load, machines.minimum_replicas)


def _standing(found: Standing | None) -> BriefStanding | None:
    if found is None:
        return None
    total = found.total
    return BriefStanding(found.cheapest_share, found.half_width, found.regret_usd, total.p5, total.p95)


def _gate(gate: Gate) -> BriefGate:
    return BriefGate(gate.id, gate.status, gate.label, gate.reason, gate.remedy)


def tokens_by_part(plan: UsagePlan) -> tuple[tuple[str, float], ...]:
    """Mean expected tokens of a request by what they are there for, over all its calls."""
    means: defaultdict[str, float] = defaultdict(float)
    for call in plan.calls:
        for part, tokens in call.parts:
            means[part] += call.probability * _mean(tokens)
        means[call.output_part] += call.probability * _mean(call.written_tokens)
        means["reasoning"] += call.probability * call.reasoning_tokens
    return tuple((str(part), mean) for part, mean in means.items() if mean)


def token_means(profile: TokenProfile) -> BriefTokens:
    """What the samples weigh on average; None where there is nothing to weigh."""
    answered = profile.answer_tokens[profile.answer_tokens > 0]
    whole = profile.knowledge.whole_tokens if profile.knowledge else None
    return BriefTokens(
        requests=len(profile),
        means=(
            (say("Question, mean"), _mean(profile.question_tokens)),
            (say("Answer, mean"), _mean(answered) if len(answered) else None),
            (say("Earlier turns, mean"), _mean(profile.history_tokens)),
            (say("Instructions"), float(profile.instruction_tokens)),
            (say("Tool definitions"), profile.tool_tokens),
            (say("All documents"), whole),
        ),
    )


def crossing_points(comparison: Comparison) -> tuple[BriefCrossing, ...]:
    """Where one strategy's spending falls below another's, in time order."""
    return tuple(
        BriefCrossing(pair.before, pair.after, float(pair.crossing.month)) for pair in comparison.crossings
    )


def _mean(tokens: NDArray[np.float64]) -> float:
    return float(tokens.mean()) if tokens.size else 0.0
