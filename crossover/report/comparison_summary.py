"""A comparison in a terminal: the verdict, its reasons and one line per strategy."""

from __future__ import annotations

from collections.abc import Sequence

from crossover.comparison import Comparison, Outcome
from crossover.figure import Figure
from crossover.gates import Status
from crossover.numbers import share, unknown, usd
from crossover.prices import host_label
from crossover.verdict import verdict
from crossover.whatif import Sureness
from crossover.words import mark, say, say_count

_HEADINGS = (
    mark("Strategy"),
    mark("Per 1,000"),
    mark("First month"),
    mark("One-off"),
    mark("Total"),
    mark("Cheapest in"),
    mark("Remark"),
)
_TEXT_COLUMNS = frozenset({0, len(_HEADINGS) - 1})
_GAP = "  "
_LONGEST_LINE = 500


def summary_text(comparison: Comparison, sure: Sureness) -> str:
    """What a person reads first; rounded for reading, the JSON holds the exact figures."""
    found = verdict(comparison, sure)
    lines = [
        *([say("Demo data: these are not your figures.")] if comparison.profile.samples.demo else []),
        _what(comparison),
        "",
        found.headline,
        *(f"- {reason}" for reason in found.reasons),
        "",
        *_table([tuple(map(say, _HEADINGS)), *(_cells(outcome, sure) for outcome in comparison.outcomes)]),
    ]
    return "\n".join(lines) + "\n"


def printable(text: str) -> str:
    """Text without what would command a terminal, whatever a file name or a value in it holds."""
    return "".join(each if each.isprintable() or each == "\n" else " " for each in text)


def one_line(text: object) -> str:
    """A message as one printable line, cut where it is very long."""
    shown = " ".join(printable(str(text)).split())
    return shown if len(shown) <= _LONGEST_LINE else shown[: _LONGEST_LINE - 1] + "…"


def _what(comparison: Comparison) -> str:
    quote, scenario = comparison.quote, comparison.scenario
    return say_count(
        "{model} at {host}, prices of {day}, {n} sample, seed {seed}.",
        "{model} at {host}, prices of {day}, {n} samples, seed {seed}.",
        len(comparison.profile),
        model=quote.model,
        host=host_label(quote.host),
        day=scenario.price_date,
        seed=str(scenario.seed),
    )


def _cells(outcome: Outcome, sure: Sureness) -> tuple[str, ...]:
    cost, standing = outcome.cost, sure.standing(outcome.strategy.id)
    chance = standing.cheapest_share if standing else None
    remark = _remark(outcome)
    if cost is None:
        return (outcome.strategy.label, *[unknown()] * 4, "-", remark)
    return (
        outcome.strategy.label,
        _usd(cost.per_request, 1000),
        _usd(cost.monthly),
        _usd(cost.one_off),
        _usd(cost.total),
        "-" if chance is None else share(chance),
        remark,
    )


def _usd(figure: Figure, times: int = 1) -> str:
    return usd(None if figure.value is None else times * figure.value)


def _remark(outcome: Outcome) -> str:
    """The worst gate in words; nothing where all is well."""
    if outcome.status is Status.PASS:
        return ""
    worst = next(gate for gate in outcome.gates if gate.status is outcome.status)
    return worst.label if outcome.is_ranked else say("not ranked: {gate}", gate=worst.label)


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        _GAP.join(
            cell.ljust(width) if place in _TEXT_COLUMNS else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
