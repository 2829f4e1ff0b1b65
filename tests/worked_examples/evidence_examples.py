"""W27, W28, W31 and W34: what data alone says, and how many examples it takes (MODEL.md 3.10, 7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from crossover import cost
from crossover.evidence.intervals import mcnemar_p_value, wilson_interval, zero_failures_upper_share
from crossover.evidence.label_ceiling import label_ceiling
from crossover.evidence.learning_curve import LearningCurve, fit_learning_curve
from crossover.evidence.relevance import relevance
from crossover.evidence.retrieval_quality import Against, RetrievalQuality, retrieval_quality
from crossover.evidence.sample_size import rows_bounding_quantile, rows_paired, rows_per_arm

from .example_file import Computed, Inputs, example
from .presets import SEED

# W31 `eval_examples_needed_to_see_1pp` names the gap; 10 % of differing answers is what it takes for
# granted, fewer than the 15-25 % of MODEL.md F7.3
GAP, DISCORDANT = 0.01, 0.10


@example("W27")
def retrieval_and_power(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    quality = quality_of(inputs["ranked"], inputs["gold"])
    return {
        "k1": at_rank(quality, 1),
        "k3": at_rank(quality, 3),
        "wilson_3_of_4": wilson(3, 4),
        "wilson_80_of_100": wilson(80, 100),
        "wilson_0_of_20": wilson(0, 20),
        "wilson_1_of_1": wilson(1, 1),
        "n_80_vs_85_unpaired": rows_per_arm(0.80, 0.85),
        "n_70_vs_85_unpaired": rows_per_arm(0.70, 0.85),
        "n_paired_5pp_disc15": rows_paired(0.05, 0.15),
        "n_paired_5pp_disc25": rows_paired(0.05, 0.25),
        "n_paired_10pp_disc20": rows_paired(0.10, 0.20),
        "mcnemar_p_15_5": mcnemar_p_value(15, 5),
        "n_for_p95_bound": rows_bounding_quantile(0.95),
        "zero_failures_of_50_upper": zero_failures_upper_share(50),
    }


def quality_of(ranked: Sequence[Sequence[str]], gold: Sequence[Sequence[str]]) -> RetrievalQuality:
    """Ranked names against the names that should be found, as numbers: -1 fills a shorter list."""
    names = sorted({name for listed in (*ranked, *gold) for name in listed})
    ids = np.full((len(ranked), max(map(len, ranked))), -1, np.int64)
    wanted = np.zeros((len(gold), len(names)), bool)
    for row, (found, right) in enumerate(zip(ranked, gold, strict=True)):
        ids[row, : len(found)] = [names.index(name) for name in found]
        wanted[row, [names.index(name) for name in right]] = True
    quality = retrieval_quality(relevance(ids, sparse.csr_matrix(wanted)), Against.DOCUMENTS)
    assert quality is not None
    return quality


def at_rank(quality: RetrievalQuality, k: int) -> Computed:
    return {
        "hit": quality.hit(k).share,
        "recall": quality.recall(k),
        "mrr": quality.reciprocal_rank(k),
        "n": quality.n,
    }


def wilson(successes: int, trials: int) -> list[float]:
    interval = wilson_interval(successes, trials)
    return [interval.low, interval.high]


@example("W28")
def labels_and_learning(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    texts, labels = zip(*inputs["pairs"], strict=True)
    ceiling, curve = label_ceiling(texts, labels), curve_of(inputs)
    assert ceiling is not None
    return {
        "ceiling": ceiling.accuracy_share,
        "b": curve.error_at_one_share,
        "c": curve.decay_exponent,
        "acc_at_800": 1 - curve.error_share_at(800),
        "n_for_90pct": curve.rows_on_the_curve(0.90),
    }


def curve_of(inputs: Inputs) -> LearningCurve:
    curve = fit_learning_curve(inputs["curve"]["n"], inputs["curve"]["acc"])
    assert curve is not None
    return curve


@example("W31")
def quality_adjusted(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    sides = [(inputs[f"unit_{side}"], inputs[f"success_{side}"]) for side in "ab"]
    failure = inputs["failure_cost"]
    return {
        "per_success": [cost.usd_per_success(unit, success) for unit, success in sides],
        "with_failure": [cost.usd_with_failures(unit, success, failure) for unit, success in sides],
        "gap_to_flip": cost.success_gap_that_flips(inputs["unit_a"], inputs["unit_b"], failure),
        "eval_examples_needed_to_see_1pp": rows_paired(GAP, DISCORDANT),
    }


@example("W34")
def precision_of_a_mean(inputs: Inputs, _: Mapping[str, Inputs]) -> Computed:
    costs = inputs["costs"]
    mean, deviation = cost.weighted_mean(costs), cost.standard_deviation(costs)
    interval = cost.mean_interval(costs, SEED)
    assert interval is not None
    return {
        "mean": mean,
        "sd": deviation,
        "se": cost.standard_error(costs),
        "lo": interval.low,
        "hi": interval.high,
        "n_for_10pct": cost.rows_for_precision(deviation / mean, 0.10),
        "n_for_5pct": cost.rows_for_precision(deviation / mean, 0.05),
        "n_cv1_10pct": cost.rows_for_precision(1.0, 0.10),
    }
