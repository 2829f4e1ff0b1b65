"""A comparison as JSON: what the page shows and the command line prints (docs/comparison-json.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from crossover.comparison import Comparison, PairCrossing
from crossover.figure import Figure
from crossover.report.comparison_figures import JsonValue, stale_prices
from crossover.report.comparison_outcomes import beside_cost, model_json, outcome_json
from crossover.report.comparison_whatif import gaps_json, spreads_json, sureness_json, worth_json
from crossover.report.table import headline_figures
from crossover.verdict import verdict
from crossover.whatif import Sureness, sureness

COMPARISON_SCHEMA = "crossover.comparison"
COMPARISON_VERSION = 1
"""Raised when a name goes or changes its meaning; a new name alone does not raise it."""


def json_text(comparison: Comparison, sure: Sureness | None = None) -> str:
    """`comparison_json` as text: the same comparison, the same bytes.

    Plain ASCII, so that it survives any terminal. Raises ValueError rather than write a number that
    is not finite.
    """
    return json.dumps(comparison_json(comparison, sure), indent=2, allow_nan=False) + "\n"


def comparison_json(comparison: Comparison, sure: Sureness | None = None) -> JsonValue:
    """Everything a comparison found, valid against docs/comparison.schema.json.

    An unknown number is None, never 0. No row of the upload is in it: files appear by name as sources.
    `sure` saves drawing again for a caller who already has it.
    """
    sure = sure or sureness(comparison)
    return {
        **_what_was_compared(comparison),
        "verdict": _verdict(comparison, sure),
        "outcomes": [outcome_json(outcome) for outcome in comparison.outcomes],
        "crossings": [_crossing(pair) for pair in comparison.crossings],
        "gaps": gaps_json(comparison),
        "worth": worth_json(comparison),
        "spreads": spreads_json(comparison),
        "sureness": sureness_json(sure),
        "stale_prices": stale_prices(_figures(comparison), comparison.scenario.price_date),
    }


def _what_was_compared(comparison: Comparison) -> JsonValue:
    scenario = comparison.scenario
    return {
        "schema": COMPARISON_SCHEMA,
        "version": COMPARISON_VERSION,
        "day": scenario.price_date.isoformat(),
        "seed": scenario.seed,
        "demo": comparison.profile.samples.demo,
        "n": len(comparison.profile),
        "model": model_json(comparison.quote),
        "scenario": json.loads(scenario.to_json()),
    }


def _verdict(comparison: Comparison, sure: Sureness) -> JsonValue:
    found, leader = verdict(comparison, sure), comparison.leader
    return {
        "headline": found.headline,
        "reasons": list(found.reasons),
        "is_decided": found.is_decided,
        "leader": leader.strategy.id if leader else None,
        "lead_share": comparison.lead_share,
        "is_close": comparison.is_close,
        "mixes_models": comparison.mixes_models,
    }


def _crossing(pair: PairCrossing) -> JsonValue:
    return {
        "cheaper_before": pair.before,
        "cheaper_after": pair.after,
        "month": pair.crossing.month,
        "kind": pair.crossing.kind.value,
    }


def _figures(comparison: Comparison) -> Iterator[Figure]:
    for outcome in comparison.outcomes:
        yield from headline_figures(outcome)
        yield from beside_cost(outcome).values()
