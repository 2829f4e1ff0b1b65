"""The differences between two scenarios and what each of them costs, in sentences."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache, partial

from crossover.numbers import usd
from crossover.report.scenario_diff.attribution import (
    MOST_EXACT,
    inseparable,
    parts_of_change,
)
from crossover.report.scenario_diff.changes import FieldChange, changes_between, with_changes
from crossover.scenario import InvalidScenario, Scenario
from crossover.words import mark, say, say_count

_LEAST_USD = 0.005

Total = Callable[[Scenario], float | None]
Lever = tuple[FieldChange, ...]
Mixed = Callable[[frozenset[FieldChange]], Fraction | None]


class Method(StrEnum):
    """How the change was shared out, in words."""

    EXACT = mark(
        "Each part is the change's effect averaged over every order of making the changes (Shapley value)."
    )
    SAMPLED = mark(
        "Each part is the change's effect averaged over 16 drawn orders of making the changes (Shapley "
        "value, sampled)."
    )
    UNKNOWN = mark("The cost of one of the two scenarios is unknown, so the change has no parts.")

    @property
    def words(self) -> str:
        """The same in the language spoken."""
        return say(self.value)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one change brought, or several that have a price only together; None when unknown.

    `exact_usd` of all contributions adds up exactly to that of the whole.
    """

    changes: tuple[FieldChange, ...]
    exact_usd: Fraction | None

    @property
    def usd(self) -> float | None:
        """The part in US dollars over the horizon."""
        return None if self.exact_usd is None else float(self.exact_usd)

    @property
    def reason(self) -> str:
        """What changed, as the end of a sentence."""
        word = say("and")
        return f" {word} ".join(change.sentence_part for change in self.changes)


@dataclass(frozen=True, slots=True)
class ScenarioDiff:
    """Two scenarios apart: the contributions, the largest first, and both totals in US dollars."""

    contributions: tuple[Contribution, ...]
    before_usd: float | None
    after_usd: float | None
    span: str
    method: Method

    @property
    def exact_usd(self) -> Fraction | None:
        """The whole change, exactly."""
        if self.before_usd is None or self.after_usd is None:
            return None
        return Fraction(self.after_usd) - Fraction(self.before_usd)

    @property
    def usd(self) -> float | None:
        """The whole change in US dollars over the horizon."""
        return None if self.exact_usd is None else float(self.exact_usd)

    @property
    def headline(self) -> str:
        """The change in one sentence."""
        if not self.contributions:
            return say("The two scenarios are the same.")
        if self.usd is None:
            return say("The change cannot be put in dollars: the cost of one of the two is unknown.")
        if abs(self.usd) < _LEAST_USD:
            return say("The cost stays at {total} {span}.", total=usd(self.after_usd), span=self.span)
        return say(
            "{change} {span}: {before} became {after}.",
            change=_signed(self.usd),
            span=self.span,
            before=usd(self.before_usd),
            after=usd(self.after_usd),
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """One sentence for each contribution: +$420 over 12 months because … went from 4 to 8."""
        return tuple(map(self._sentence, self.contributions))

    def _sentence(self, part: Contribution) -> str:
        if part.usd is None:
            return f"{part.reason[0].upper()}{part.reason[1:]}."
        if abs(part.usd) < _LEAST_USD:
            return say("No change in cost because {reason}.", reason=part.reason)
        return say(
            "{change} {span} because {reason}.",
            change=_signed(part.usd),
            span=self.span,
            reason=part.reason,
        )


def differences(before: Scenario, after: Scenario, total: Total) -> ScenarioDiff:
    """What changed from `before` to `after` and how much of the change in `total` each of it brought.

    `total` gives a scenario's cost over its horizon in US dollars, None when it is unknown; it is
    asked once for each mixed scenario, at most 64 times for up to 6 changes. Changes which have no
    price without each other, such as a provider and its model, make one contribution.
    """
    mixed = _mixed_totals(before, after, total)
    levers: list[Lever] = [(change,) for change in changes_between(before, after)]
    old, new = mixed(frozenset()), mixed(frozenset(change for lever in levers for change in lever))
    if old is None or new is None:
        found, method = [Contribution(lever, None) for lever in levers], Method.UNKNOWN
    else:
        levers = _separable(levers, mixed)
        parts = parts_of_change(len(levers), partial(_total_of, mixed, levers))
        found = [Contribution(lever, part) for lever, part in zip(levers, parts, strict=True)]
        method = Method.EXACT if len(levers) <= MOST_EXACT else Method.SAMPLED
    in_order = tuple(sorted(found, key=lambda part: -abs(part.usd or 0.0)))
    return ScenarioDiff(in_order, _usd(old), _usd(new), _span(before, after), method)


def _mixed_totals(before: Scenario, after: Scenario, total: Total) -> Mixed:
    """The total with some of the changes made, asked once each; None where they do not go together."""

    @cache
    def mixed(made: frozenset[FieldChange]) -> Fraction | None:
        try:
            worth = total(with_changes(before, after, made))
        except InvalidScenario:
            return None
        return None if worth is None or not math.isfinite(worth) else Fraction(worth)

    return mixed


def _separable(levers: Sequence[Lever], mixed: Mixed) -> list[Lever]:
    """The levers, those that have a price only together joined into one, until all have one."""
    levers = list(levers)
    while together := inseparable(len(levers), partial(_total_of, mixed, levers)):
        joined = tuple(change for place in sorted(together) for change in levers[place])
        levers = [lever for place, lever in enumerate(levers) if place not in together] + [joined]
    return levers


def _total_of(mixed: Mixed, levers: Sequence[Lever], made: frozenset[int]) -> Fraction | None:
    return mixed(frozenset(change for place in made for change in levers[place]))


def _usd(exact: Fraction | None) -> float | None:
    return None if exact is None else float(exact)


def _span(before: Scenario, after: Scenario) -> str:
    if before.horizon_months != after.horizon_months:
        return say("over the whole horizon")
    return say_count("over {n} month", "over {n} months", after.horizon_months)


def _signed(value: float) -> str:
    return f"+{usd(value)}" if value > 0 else usd(value)
