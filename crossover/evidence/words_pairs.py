"""Two strategies on the same samples, and what their correct answers cost, in words."""

from __future__ import annotations

import math
from collections.abc import Callable

from crossover.evidence.correct_answer_cost import CorrectAnswerCost, CorrectAnswerCosts
from crossover.evidence.finding import points
from crossover.evidence.paired_results import PairedComparison
from crossover.numbers import usd
from crossover.words import localised, say, say_count

Label = Callable[[str], str]
"""The name people see for a strategy id, or for a name from a file."""
_NARROW_SHARE = 0.03  # an interval this narrow supports a decimal


def pair_sentence(pair: PairedComparison, label: Label) -> str:
    """One pair in words: the gap, its interval, on which samples they differ, and what chance explains."""
    names = {"first": label(pair.first), "second": label(pair.second)}
    if not pair.only_first and not pair.only_second:
        return say_count(
            "{first} and {second} never differ on the {n} sample both answered.",
            "{first} and {second} never differ on the {n} samples both answered.",
            pair.shared,
            **names,
        )
    split = {"only_first": pair.only_first, "only_second": pair.only_second}
    if not pair.gap_share:
        return say_count(
            "{first} and {second} are equally often right on the {n} sample both answered ({only_first:,} "
            "only {first} got right, {only_second:,} only {second}).",
            "{first} and {second} are equally often right on the {n} samples both answered ({only_first:,} "
            "only {first} got right, {only_second:,} only {second}).",
            pair.shared,
            **names,
            **split,
        )
    return _gap_sentence(pair, names, split)


def _gap_sentence(pair: PairedComparison, names: dict[str, str], split: dict[str, int]) -> str:
    chance = {"gap": gap_range(pair), "p": _p_value(pair.p_value)}
    if pair.is_shown:
        return say_count(
            "{first} is right {gap} more often than {second} on the {n} sample both answered ({only_first:,} "
            "only {first} got right, {only_second:,} only {second}): chance does not explain that (p {p}).",
            "{first} is right {gap} more often than {second} on the {n} samples both answered "
            "({only_first:,} only {first} got right, {only_second:,} only {second}): chance does not explain "
            "that (p {p}).",
            pair.shared,
            **names,
            **split,
            **chance,
        )
    return say_count(
        "{first} is right {gap} more often than {second} on the {n} sample both answered ({only_first:,} "
        "only {first} got right, {only_second:,} only {second}): which chance alone could explain (p {p}).",
        "{first} is right {gap} more often than {second} on the {n} samples both answered ({only_first:,} "
        "only {first} got right, {only_second:,} only {second}): which chance alone could explain (p {p}).",
        pair.shared,
        **names,
        **split,
        **chance,
    )


def gap_range(pair: PairedComparison) -> str:
    """The gap in percentage points with its interval: 5 points (+1 to +9)."""
    low, high = pair.interval.low, pair.interval.high
    digits = 1 if high - low < _NARROW_SHARE else 0
    size = localised(f"{100 * pair.gap_share:.1f}") if digits else points(pair.gap_share)
    return say(
        "{points} ({low} to {high})",
        points=points_words(size),
        low=_signed(low, digits),
        high=_signed(high, digits),
    )


def points_words(size: str) -> str:
    """A number of percentage points that was already put into digits."""
    return say("{size} point", size=size) if size == "1" else say("{size} points", size=size)


def cost_sentence(costs: CorrectAnswerCosts, label: Label) -> str:
    """Which strategy's correct answers cost least, or that the data cannot tell; "" without two costs."""
    if costs.lead_share is None:
        return ""
    first, second = costs.costs[:2]
    if math.isinf(first.usd):
        return say(
            "No strategy with a known cost gave a correct answer, so none has a cost per correct answer."
        )
    one, other = (
        say("{name} at {cost}", name=label(each.strategy), cost=usd_or_none(each.usd))
        for each in (first, second)
    )
    if costs.is_clear:
        return say(
            "A correct answer costs least with {one}, before {other}, beyond chance.", one=one, other=other
        )
    return say(
        "Whose correct answers cost less, these samples cannot tell: {one}, {other}.", one=one, other=other
    )


def usd_range(cost: CorrectAnswerCost, answers: int = 1) -> str:
    """The cost of so many correct answers with its interval."""
    if math.isinf(cost.usd):
        return usd_or_none(cost.usd)
    bounds = f"{usd(answers * cost.low)}–{usd_or_none(answers * cost.high)}"
    return f"{usd(answers * cost.usd)} ({bounds})"


def usd_or_none(amount: float) -> str:
    """US dollars, or that nothing was correct."""
    return say("no correct answer") if math.isinf(amount) else usd(amount)


def _signed(share_of_one: float, digits: int) -> str:
    size = f"{100 * abs(share_of_one):.{digits}f}"
    sign = "−" if share_of_one < 0 else "+"
    return localised(size) if not float(size) else f"{sign}{localised(size)}"


def _p_value(value: float) -> str:
    return say("below 0.001") if value < 0.001 else f"= {localised(f'{value:.2g}')}"
