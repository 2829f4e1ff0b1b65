"""How sure a comparison is, what would change it and what it is worth, as plain JSON values."""

from __future__ import annotations

from crossover.comparison import Comparison
from crossover.report.comparison_figures import JsonValue, ends, figure_json, number
from crossover.uncertainty import Bar, Flip, Standing, UncertainInput
from crossover.whatif import (
    GapSplit,
    Sureness,
    all_flips,
    flip_words,
    gap_sentence,
    gap_splits,
    rivals,
    token_worth,
    tornado_bars,
    worth_sentences,
)
from crossover.whatif.intervals import RequestSpread, request_spreads


def sureness_json(sure: Sureness) -> JsonValue:
    """Standings, inputs, turning points and the tornado; strategies and inputs are named by id."""
    flips = all_flips(sure)
    inputs = {each.name: each for each in (*sure.inputs, *(flip.input for flip in flips))}
    return {
        "draws": sure.draws,
        "is_clear": sure.is_clear,
        "standings": [_standing(standing) for standing in sure.standings],
        "inputs": [_input(each) for each in inputs.values()],
        "flips": [_flip(flip, sure) for flip in flips],
        "tornado": _tornado(sure),
    }


def _standing(standing: Standing) -> JsonValue:
    return {
        "strategy": standing.strategy,
        "cheapest_share": number(standing.cheapest_share),
        "half_width": number(standing.half_width),
        "regret_usd": number(standing.regret_usd),
        "mean_usd": number(standing.total.mean),
        "p5_usd": number(standing.total.p5),
        "p50_usd": number(standing.total.p50),
        "p95_usd": number(standing.total.p95),
    }


def _input(each: UncertainInput) -> JsonValue:
    return {
        "name": each.name,
        "label": each.label,
        "unit": each.unit,
        "today": number(each.today),
        "low": number(each.low),
        "high": number(each.high),
        "kind": each.kind.value,
        "reason": each.reason,
        "is_drawn": each.distribution is not None,
    }


def _flip(flip: Flip, sure: Sureness) -> JsonValue:
    ids = {model.label: model.strategy for model in sure.models}
    failed_usd = sure.comparison.scenario.value("failed_answer_usd")
    return {
        "input": flip.input.name,
        "leader": ids[flip.leader],
        "other": ids[flip.other],
        "value": number(flip.value),
        "change_share": number(flip.change_share),
        "is_plausible": flip.is_plausible,
        "sentence": flip_words(flip, failed_usd),
    }


def _tornado(sure: Sureness) -> JsonValue | None:
    """What the leader costs more than its rival as one input moves; None without two strategies."""
    pair = rivals(sure)
    if pair is None:
        return None
    leader, rival = pair
    bars = [_bar(bar) for bar in tornado_bars(sure)]
    return {"leader": leader.strategy, "rival": rival.strategy, "bars": bars}


def _bar(bar: Bar) -> JsonValue:
    return {
        "input": bar.input.name,
        "at_low_usd": number(bar.at_low_usd),
        "at_high_usd": number(bar.at_high_usd),
        "swing_usd": number(bar.swing_usd),
        "flips": bar.flips,
    }


def spreads_json(comparison: Comparison) -> list[JsonValue]:
    """How much requests differ, and how exactly the sample pins down their mean (MODEL.md 2.10)."""
    return [_spread(spread) for spread in request_spreads(comparison)]


def _spread(spread: RequestSpread) -> JsonValue:
    summary, interval = spread.summary, spread.summary.interval
    return {
        "strategy": spread.strategy,
        "mean_usd": number(summary.mean),
        "p50_usd": number(summary.p50),
        "p95_usd": number(summary.p95),
        "p95_is_indicative": summary.p95_is_indicative,
        "ci_usd": ends((interval.low, interval.high) if interval else None),
        "ci_method": interval.method.value if interval else None,
        "dearer_than_leader_usd": ends(spread.dearer_than_leader),
        "n": summary.n,
    }


def worth_json(comparison: Comparison) -> JsonValue | None:
    """What the token difference is worth in success (MODEL.md 3.10); None without two prices."""
    worth = token_worth(comparison)
    if worth is None:
        return None
    failed = comparison.scenario.value("failed_answer_usd")
    return {
        "cheaper": worth.cheaper.strategy.id,
        "dearer": worth.dearer.strategy.id,
        "gap_usd_per_request": number(worth.gap_usd),
        "success_gap": figure_json(worth.success_gap),
        "examples": worth.examples,
        "sentences": list(worth_sentences(worth, failed)),
    }


def gaps_json(comparison: Comparison) -> list[JsonValue]:
    """For each strategy on another model than the leader's: what of the gap is the model."""
    return [_gap(split) for split in gap_splits(comparison)]


def _gap(split: GapSplit) -> JsonValue:
    return {
        "leader": split.leader.strategy.id,
        "other": split.other.strategy.id,
        "gap_usd": number(split.gap_usd),
        "model_usd": number(split.model_usd),
        "strategy_usd": number(split.strategy_usd),
        "sentence": gap_sentence(split),
    }
