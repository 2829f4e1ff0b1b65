"""What may change the decision, as sentences built from values and never parsed back (MODEL.md 3.7, 5.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from crossover.figure import Kind
from crossover.numbers import compact, count, factor, share, usd
from crossover.uncertainty.cheapest import Standing
from crossover.uncertainty.flips import Flip
from crossover.uncertainty.inputs import UncertainInput
from crossover.uncertainty.tornado import Bar
from crossover.units import per_words, unit_words
from crossover.words import in_sentence, mark, say, say_count

KIND_WORDS: Mapping[Kind, str] = {
    Kind.MEASURED: mark("measured"),
    Kind.PRICE_LIST: mark("list price"),
    Kind.LITERATURE: mark("from the literature"),
    Kind.ASSUMPTION: mark("an assumption"),
    Kind.DERIVED: mark("derived"),
}
RISES = mark("{other} costs no more than {leader} once “{label}” rises to {value} ({today}).")
FALLS = mark("{other} costs no more than {leader} once “{label}” falls to {value} ({today}).")
LARGEST_PERCENTAGE = 3.0  # from here on "4 times as much" is easier to read than "300 % more"


def flip_sentence(flip: Flip) -> str:
    """One turning point with its unit, its distance from today and what today's value rests on."""
    if flip.value is None:
        return _no_value(flip)
    if not flip.is_plausible:
        return _not_plausible(flip, flip.value)
    return say(
        RISES if flip.needs_more else FALLS,
        other=flip.other,
        leader=in_sentence(flip.leader),
        label=flip.input.label,
        value=amount(flip.value, flip.input),
        today=_today(flip),
    )


def _no_value(flip: Flip) -> str:
    least, most = flip.input.searched
    return say(
        "No “{label}” between {least} and {most} makes {other} cheaper than {leader}.",
        label=flip.input.label,
        least=_number(least, flip.input),
        most=amount(most, flip.input),
        other=in_sentence(flip.other),
        leader=in_sentence(flip.leader),
    )


def _not_plausible(flip: Flip, value: float) -> str:
    return say(
        "No plausible “{label}” ({low} to {high}) changes the order of {leader} and {other}: "
        "it would take {value} ({today}).",
        label=flip.input.label,
        low=_number(flip.input.low, flip.input),
        high=amount(flip.input.high, flip.input),
        leader=in_sentence(flip.leader),
        other=in_sentence(flip.other),
        value=amount(value, flip.input),
        today=_today(flip),
    )


def _today(flip: Flip) -> str:
    now = say("now {value}", value=_number(flip.input.today, flip.input))
    parts = (now, _distance(flip.change_share), say(KIND_WORDS[flip.input.kind]))
    return ", ".join(filter(None, parts))


def _distance(change: float | None) -> str:
    if change is None:
        return ""
    if change >= LARGEST_PERCENTAGE:
        return say("{factor} times as much", factor=factor(1 + change))
    size = share(abs(change))
    return say("{share} more", share=size) if change > 0 else say("{share} less", share=size)


def nothing_flips_sentence(flips: Iterable[Flip], leader: str) -> str:
    """The inputs that change nothing by themselves, in one line; empty when every one does something."""
    found = list(flips)
    moving = {flip.input.name for flip in found if flip.is_plausible}
    idle = dict.fromkeys(flip.input.label for flip in found if flip.input.name not in moving)
    if not idle:
        return ""
    return say(
        "Nothing in the plausible range of these makes another strategy cheaper than {leader}: {labels}.",
        leader=in_sentence(leader),
        labels="; ".join(say("“{label}”", label=label) for label in idle),
    )


def standing_sentences(standing: Standing, label: str, draws: int) -> tuple[str, ...]:
    """How often the strategy was cheapest, and what choosing it costs on average in hindsight (5.5)."""
    more = say("less than $1") if 0 < standing.regret_usd < 1 else usd(standing.regret_usd)
    regret = say(
        "Choosing it costs on average {more} more than the best choice in hindsight.",
        more=more,
    )
    if standing.cheapest_share is None or standing.half_width is None:
        few = say("{draws:,} runs are too few for a probability; ask for at least 1,000.", draws=draws)
        return few, regret
    often = say(
        "In {draws:,} runs {name} was cheapest in {share} (give or take {margin}).",
        draws=draws,
        name=in_sentence(label),
        share=share(standing.cheapest_share),
        margin=_points(100 * standing.half_width),
    )
    return often, regret


def _points(points: float) -> str:
    return say("less than 1 point") if points < 1 else say_count("{n} point", "{n} points", round(points))


def measure_next_sentence(bars: Sequence[Bar]) -> str:
    """Which input to measure next: the one that moves the difference most; empty without bars (5.5)."""
    if not bars:
        return ""
    top = bars[0]
    return say(
        "Measure “{label}” next: over {low} to {high} it moves the difference by {usd}, "
        "more than any other input.",
        label=top.input.label,
        low=_number(top.input.low, top.input),
        high=amount(top.input.high, top.input),
        usd=usd(top.swing_usd),
    )


def amount(value: float, of: UncertainInput) -> str:
    """A value of an input with its unit: $600 per person-day, 85 %, 12 person-days."""
    is_signed = of.unit.startswith(("USD", "share"))
    rest = per_words(of.unit) if is_signed else unit_words(of.unit)
    return f"{_number(value, of)} {rest}".strip()


def _number(value: float, of: UncertainInput) -> str:
    if of.unit.startswith("USD"):
        return usd(value)
    if of.unit.startswith("share"):
        return share(value)
    return compact(value) if of.is_log else count(value)
