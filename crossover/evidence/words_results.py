"""Measured results as sentences: who is better, or that the data cannot tell and what would."""

from __future__ import annotations

from crossover.evidence.finding import points
from crossover.evidence.measured_results import MeasuredResults, StrategyResult
from crossover.evidence.paired_results import SMALLEST_GAP_SHARE, PairedComparison
from crossover.evidence.words_pairs import (
    Label,
    cost_sentence,
    gap_range,
    pair_sentence,
    points_words,
    usd_or_none,
    usd_range,
)
from crossover.numbers import share, share_span
from crossover.words import localised, say, say_count

__all__ = [
    "Label",
    "accuracy_sentence",
    "cost_sentence",
    "decision_sentences",
    "gap_range",
    "more_sentence",
    "pair_sentence",
    "share_range",
    "usd_or_none",
    "usd_range",
]

_ANECDOTAL, _INDICATIVE = 20, 100


def decision_sentences(results: MeasuredResults, label: Label) -> tuple[str, ...]:
    """The one sentence to decide by, then what would change it; none without results."""
    best = results.best
    if best is None:
        return ()
    if len(results.strategies) == 1:
        more = say("Add results of another strategy on the same samples.")
        return (f"{accuracy_sentence(best, label)} {more}",)
    rivals = results.against_best()
    if len(rivals) < len(results.strategies) - 1:
        return (_unpaired_sentence(results, label),)
    if results.winner:
        return (_winner_sentence(best, rivals, label), *_few_sentences(rivals[0]))
    rival = next(pair for pair in rivals if not pair.is_shown or pair.first != best.strategy)
    if rival.is_shown:
        return (
            say(
                "No winner: {pair} Over all samples the order is the other way round.",
                pair=pair_sentence(rival, label),
            ),
        )
    return (_no_winner_sentence(rival, label), more_sentence(rival, label), *_few_sentences(rival))


def accuracy_sentence(result: StrategyResult, label: Label) -> str:
    """How often a strategy is right, with the interval."""
    return say_count(
        "{name} is right on {right} of {n} sample.",
        "{name} is right on {right} of {n} samples.",
        result.samples,
        name=label(result.strategy),
        right=share_range(result),
    )


def share_range(result: StrategyResult) -> str:
    """The accuracy with its interval: 84 % (77–89 %)."""
    bounds = share_span(result.interval.low, result.interval.high)
    return f"{share(result.accuracy_share)} ({bounds})"


def more_sentence(pair: PairedComparison, label: Label) -> str:
    """How many more samples would tell the two apart (F7.3)."""
    missing = pair.samples_needed - pair.shared
    gap = points(pair.gap_share or SMALLEST_GAP_SHARE)
    if missing <= 0:
        return say(
            "On {shared:,} samples a gap of {gap} points would show four times out of five: take it for "
            "smaller than that, or for none.",
            shared=pair.shared,
            gap=gap,
        )
    if not pair.gap_share:
        return say(
            "To see a gap of {gap} points between them takes about {missing} more samples.",
            gap=gap,
            missing=_about(missing),
        )
    return say(
        "About {missing} more samples that both {first} and {second} answer would tell, if the gap stays at "
        "{gap} and they keep differing on {differing} of the samples.",
        missing=_about(missing),
        first=label(pair.first),
        second=label(pair.second),
        gap=points_words(gap),
        differing=share(pair.differing_share),
    )


def _winner_sentence(best: StrategyResult, rivals: tuple[PairedComparison, ...], label: Label) -> str:
    rival = min(rivals, key=lambda pair: pair.gap_share)
    return say_count(
        "{best} answers best: right on {right}, {gap} more than {second} on the {n} sample both answered, "
        "and chance does not explain that.",
        "{best} answers best: right on {right}, {gap} more than {second} on the {n} samples both answered, "
        "and chance does not explain that.",
        rival.shared,
        best=label(best.strategy),
        right=share(best.accuracy_share),
        gap=gap_range(rival),
        second=label(rival.second),
    )


def _no_winner_sentence(pair: PairedComparison, label: Label) -> str:
    if not pair.gap_share:
        return say("No winner: {pair}", pair=pair_sentence(pair, label))
    return say_count(
        "No winner: {first} is {gap} ahead of {second} on the {n} sample both answered, which chance alone "
        "could explain.",
        "No winner: {first} is {gap} ahead of {second} on the {n} samples both answered, which chance alone "
        "could explain.",
        pair.shared,
        first=label(pair.first),
        gap=gap_range(pair),
        second=label(pair.second),
    )


def _unpaired_sentence(results: MeasuredResults, label: Label) -> str:
    listed = "; ".join(f"{label(each.strategy)} {share_range(each)}" for each in results.strategies)
    return say(
        "No winner: not all strategies answered the same samples, so luck of the draw cannot be taken out "
        "({results}). Run them on the same samples and use the same ids.",
        results=listed,
    )


def _few_sentences(pair: PairedComparison) -> tuple[str, ...]:
    if pair.shared >= _INDICATIVE:
        return ()
    if pair.shared < _ANECDOTAL:
        return (
            say_count(
                "{n} shared sample: anecdotal. Mind the intervals.",
                "{n} shared samples: anecdotal. Mind the intervals.",
                pair.shared,
            ),
        )
    return (say("{n:,} shared samples: indicative. Mind the intervals.", n=pair.shared),)


def _about(samples: int) -> str:
    """A number of samples with the precision such a forecast has: two digits, rounded up."""
    step = 10 ** max(0, len(str(samples)) - 2)
    return localised(f"{-(-samples // step) * step:,}")
