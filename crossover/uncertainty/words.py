"""What may change the decision, as sentences built from values and never parsed back (MODEL.md 3.7, 5.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from crossover.figure import Kind
from crossover.numbers import compact, count, factor, share, usd
from crossover.uncertainty.cheapest import Standing
from crossover.uncertainty.flips import Flip
from crossover.uncertainty.inputs import UncertainInput
from crossover.uncertainty.tornado import Bar

KIND_WORDS: Mapping[Kind, str] = {
    Kind.MEASURED: "measured",
    Kind.PRICE_LIST: "list price",
    Kind.LITERATURE: "from the literature",
    Kind.ASSUMPTION: "an assumption",
    Kind.DERIVED: "derived",
}
LARGEST_PERCENTAGE = 3.0  # from here on "4 times as much" is easier to read than "300 % more"


def flip_sentence(flip: Flip) -> str:
    """One turning point with its unit, its distance from today and what today's value rests on."""
    value, leader, other = flip.value, in_sentence(flip.leader), flip.other
    label = f"“{flip.input.label}”"
    if value is None:
        least, most = flip.input.searched
        span = f"{_number(least, flip.input)} and {amount(most, flip.input)}"
        return f"No {label} between {span} makes {in_sentence(other)} cheaper than {leader}."
    where = f"{_turn(flip)} {amount(value, flip.input)} ({_today(flip)})"
    if flip.is_plausible:
        return f"{other} costs no more than {leader} once {label} {where}."
    low, high = _number(flip.input.low, flip.input), amount(flip.input.high, flip.input)
    return (
        f"No plausible {label} ({low} to {high}) changes the order of {leader} and {in_sentence(other)}: "
        f"it would take {amount(value, flip.input)} ({_today(flip)})."
    )


def _turn(flip: Flip) -> str:
    return "rises to" if flip.needs_more else "falls to"


def _today(flip: Flip) -> str:
    now = f"now {_number(flip.input.today, flip.input)}"
    distance = _distance(flip.change_share)
    return ", ".join(part for part in (now, distance, KIND_WORDS[flip.input.kind]) if part)


def _distance(change: float | None) -> str:
    if change is None:
        return ""
    if change >= LARGEST_PERCENTAGE:
        return f"{factor(1 + change)} times as much"
    return f"{share(abs(change))} {'more' if change > 0 else 'less'}"


def nothing_flips_sentence(flips: Iterable[Flip], leader: str) -> str:
    """The inputs that change nothing by themselves, in one line; empty when every one does something."""
    found = list(flips)
    moving = {flip.input.name for flip in found if flip.is_plausible}
    idle = dict.fromkeys(flip.input.label for flip in found if flip.input.name not in moving)
    if not idle:
        return ""
    listed = "; ".join(f"“{label}”" for label in idle)
    cheaper = f"cheaper than {in_sentence(leader)}"
    return f"Nothing in the plausible range of these makes another strategy {cheaper}: {listed}."


def standing_sentences(standing: Standing, label: str, draws: int) -> tuple[str, ...]:
    """How often the strategy was cheapest, and what choosing it costs on average in hindsight (5.5)."""
    more = "less than $1" if 0 < standing.regret_usd < 1 else usd(standing.regret_usd)
    regret = f"Choosing it costs on average {more} more than the best choice in hindsight."
    if standing.cheapest_share is None or standing.half_width is None:
        return (f"{draws:,} runs are too few for a probability; ask for at least 1,000.", regret)
    points = 100 * standing.half_width
    margin = "less than 1 point" if points < 1 else f"{points:.0f} point{'s' if points >= 1.5 else ''}"
    often = f"In {draws:,} runs {in_sentence(label)} was cheapest in {share(standing.cheapest_share)}"
    return (f"{often} (give or take {margin}).", regret)


def measure_next_sentence(bars: Sequence[Bar]) -> str:
    """Which input to measure next: the one that moves the difference most; empty without bars (5.5)."""
    if not bars:
        return ""
    top = bars[0]
    span = f"{_number(top.input.low, top.input)} to {amount(top.input.high, top.input)}"
    return (
        f"Measure “{top.input.label}” next: over {span} "
        f"it moves the difference by {usd(top.swing_usd)}, more than any other input."
    )


def amount(value: float, of: UncertainInput) -> str:
    """A value of an input with its unit: $600 per person-day, 85 %, 12 person-days."""
    rest = of.unit.removeprefix("USD").removeprefix("share").strip()
    return f"{_number(value, of)} {rest}".strip()


def _number(value: float, of: UncertainInput) -> str:
    if of.unit.startswith("USD"):
        return usd(value)
    if of.unit.startswith("share"):
        return share(value)
    return compact(value) if of.is_log else count(value)


def in_sentence(label: str) -> str:
    """A label as it stands inside a sentence; abbreviations keep their capitals."""
    return label if label.split(maxsplit=1)[0].isupper() else label[0].lower() + label[1:]
