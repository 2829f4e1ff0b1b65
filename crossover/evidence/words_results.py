"""Measured results as sentences: who is better, or that the data cannot tell and what would."""

from __future__ import annotations

import math
from collections.abc import Callable

from crossover.evidence.correct_answer_cost import CorrectAnswerCost, CorrectAnswerCosts
from crossover.evidence.finding import plural, points
from crossover.evidence.measured_results import MeasuredResults, StrategyResult
from crossover.evidence.paired_results import SMALLEST_GAP_SHARE, PairedComparison
from crossover.numbers import share, usd

Label = Callable[[str], str]
"""The name people see for a strategy id, or for a name from a file."""
_ANECDOTAL, _INDICATIVE = 20, 100
_NARROW_SHARE = 0.03  # an interval this narrow supports a decimal


def decision_sentences(results: MeasuredResults, label: Label) -> tuple[str, ...]:
    """The one sentence to decide by, then what would change it; none without results."""
    best = results.best
    if best is None:
        return ()
    if len(results.strategies) == 1:
        return (f"{accuracy_sentence(best, label)} Add results of another strategy on the same samples.",)
    rivals = results.against_best()
    if len(rivals) < len(results.strategies) - 1:
        return (_unpaired_sentence(results, label),)
    if results.winner:
        return (_winner_sentence(best, rivals, label), *_few_sentences(rivals[0]))
    rival = next(pair for pair in rivals if not pair.is_shown or pair.first != best.strategy)
    if rival.is_shown:
        return (
            f"No winner: {pair_sentence(rival, label)} Over all samples the order is the other way round.",
        )
    return (_no_winner_sentence(rival, label), more_sentence(rival, label), *_few_sentences(rival))


def accuracy_sentence(result: StrategyResult, label: Label) -> str:
    """How often a strategy is right, with the interval."""
    of = plural(result.samples, "sample")
    return f"{label(result.strategy)} is right on {share_range(result)} of {of}."


def share_range(result: StrategyResult) -> str:
    """The accuracy with its interval: 84 % (77–89 %)."""
    low, high = (share(bound).removesuffix(" %") for bound in (result.interval.low, result.interval.high))
    return f"{share(result.accuracy_share)} ({low}–{high} %)"


def pair_sentence(pair: PairedComparison, label: Label) -> str:
    """One pair in words: the gap, its interval, on which samples they differ, and what chance explains."""
    first, second, shared = label(pair.first), label(pair.second), plural(pair.shared, "sample")
    if not pair.only_first and not pair.only_second:
        return f"{first} and {second} never differ on the {shared} both answered."
    split = f"{pair.only_first:,} only {first} got right, {pair.only_second:,} only {second}"
    if not pair.gap_share:
        return f"{first} and {second} are equally often right on the {shared} both answered ({split})."
    told = "chance does not explain that" if pair.is_shown else "which chance alone could explain"
    return (
        f"{first} is right {gap_range(pair)} more often than {second} on the {shared} both answered "
        f"({split}): {told} (p {_p_value(pair.p_value)})."
    )


def gap_range(pair: PairedComparison) -> str:
    """The gap in percentage points with its interval: 5 points (+1 to +9)."""
    low, high = pair.interval.low, pair.interval.high
    digits = 1 if high - low < _NARROW_SHARE else 0
    size = points(pair.gap_share) if not digits else f"{100 * pair.gap_share:.1f}"
    return f"{_points(size)} ({_signed(low, digits)} to {_signed(high, digits)})"


def more_sentence(pair: PairedComparison, label: Label) -> str:
    """How many more samples would tell the two apart (F7.3)."""
    missing = pair.samples_needed - pair.shared
    gap = points(pair.gap_share or SMALLEST_GAP_SHARE)
    if missing <= 0:
        return (
            f"On {pair.shared:,} samples a gap of {gap} points would show four times out of five: "
            "take it for smaller than that, or for none."
        )
    if not pair.gap_share:
        return f"To see a gap of {gap} points between them takes about {_about(missing)} more samples."
    return (
        f"About {_about(missing)} more samples that both {label(pair.first)} and {label(pair.second)} answer "
        f"would tell, if the gap stays at {_points(gap)} and they keep differing on "
        f"{share(pair.differing_share)} of the samples."
    )


def cost_sentence(costs: CorrectAnswerCosts, label: Label) -> str:
    """Which strategy's correct answers cost least, or that the data cannot tell; "" without two costs."""
    if costs.lead_share is None:
        return ""
    first, second = costs.costs[:2]
    if math.isinf(first.usd):
        return "No strategy with a known cost gave a correct answer, so none has a cost per correct answer."
    one, other = (f"{label(each.strategy)} at {usd_or_none(each.usd)}" for each in (first, second))
    if costs.is_clear:
        return f"A correct answer costs least with {one}, before {other}, beyond chance."
    return f"Whose correct answers cost less, these samples cannot tell: {one}, {other}."


def usd_range(cost: CorrectAnswerCost, answers: int = 1) -> str:
    """The cost of so many correct answers with its interval."""
    if math.isinf(cost.usd):
        return "no correct answer"
    bounds = f"{usd(answers * cost.low)}–{usd_or_none(answers * cost.high)}"
    return f"{usd(answers * cost.usd)} ({bounds})"


def usd_or_none(amount: float) -> str:
    """US dollars, or that nothing was correct."""
    return "no correct answer" if math.isinf(amount) else usd(amount)


def _winner_sentence(best: StrategyResult, rivals: tuple[PairedComparison, ...], label: Label) -> str:
    rival = min(rivals, key=lambda pair: pair.gap_share)
    return (
        f"{label(best.strategy)} answers best: right on {share(best.accuracy_share)}, "
        f"{gap_range(rival)} more than {label(rival.second)} on the {plural(rival.shared, 'sample')} both "
        "answered, and chance does not explain that."
    )


def _no_winner_sentence(pair: PairedComparison, label: Label) -> str:
    if not pair.gap_share:
        return f"No winner: {pair_sentence(pair, label)}"
    return (
        f"No winner: {label(pair.first)} is {gap_range(pair)} ahead of {label(pair.second)} on the "
        f"{plural(pair.shared, 'sample')} both answered, which chance alone could explain."
    )


def _unpaired_sentence(results: MeasuredResults, label: Label) -> str:
    listed = "; ".join(f"{label(each.strategy)} {share_range(each)}" for each in results.strategies)
    return (
        f"No winner: not all strategies answered the same samples, so luck of the draw cannot be taken out "
        f"({listed}). Run them on the same samples and use the same ids."
    )


def _few_sentences(pair: PairedComparison) -> tuple[str, ...]:
    if pair.shared >= _INDICATIVE:
        return ()
    word = "anecdotal" if pair.shared < _ANECDOTAL else "indicative"
    return (f"{plural(pair.shared, 'shared sample')}: {word}. Mind the intervals.",)


def _points(size: str) -> str:
    return f"{size} {'point' if size == '1' else 'points'}"


def _signed(share_of_one: float, digits: int) -> str:
    size = f"{100 * abs(share_of_one):.{digits}f}"
    return size if not float(size) else f"{'−' if share_of_one < 0 else '+'}{size}"


def _about(samples: int) -> str:
    """A number of samples with the precision such a forecast has: two digits, rounded up."""
    step = 10 ** max(0, len(str(samples)) - 2)
    return f"{-(-samples // step) * step:,}"


def _p_value(value: float) -> str:
    return "below 0.001" if value < 0.001 else f"= {value:.2g}"
