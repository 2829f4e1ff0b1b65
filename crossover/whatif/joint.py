"""Turning points no single assumption has: people as a whole, and success (MODEL.md 3.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from crossover.cost import CostClasses
from crossover.figure import Kind
from crossover.numbers import count, usd
from crossover.uncertainty import CostModel, Flip, UncertainInput, Values, flip_sentence, flips
from crossover.uncertainty.flips import closeness
from crossover.whatif.horizon import horizon_flips
from crossover.whatif.sureness import Sureness
from crossover.words import in_sentence, mark, say, say_count

PEOPLE, SUCCESS = "people_hours.", "success_points."
"""Beginnings of the names of these inputs; the id of a strategy follows."""
PLAUSIBLE_POINTS = 10.0
"""Percentage points of success that one strategy may plausibly be ahead of another (assumed)."""
HUNDRED_POINTS = 100.0


def all_flips(sure: Sureness) -> tuple[Flip, ...]:
    """What would have to be true for another strategy to cost no more than today's cheapest (3.7).

    Plausible ones first, then those beyond the plausible range, each by smallest relative change; a
    change from 0 has no share and comes after the others; "no value" comes last.
    """
    if not sure.models:
        return ()
    leader, *others = sure.models
    found = (*flips(leader, others, sure.inputs, sure.today), *joint_flips(sure))
    return tuple(sorted(found, key=closeness))


def joint_flips(sure: Sureness) -> tuple[Flip, ...]:
    """The turning points of people's time, of success and of the horizon; () without two to compare."""
    if len(sure.models) < 2:
        return ()
    return (*_people_flips(sure), *_success_flips(sure), *horizon_flips(sure))


def flip_words(flip: Flip, failed_answer_usd: float) -> str:
    """A turning point as a sentence; that of success says what a wrong answer costs."""
    if not flip.input.name.startswith(SUCCESS):
        return flip_sentence(flip)
    price = usd(failed_answer_usd)
    if flip.value is None:
        return say(
            "No difference in success pays for what {other} costs more, at {price} per wrong answer.",
            other=in_sentence(flip.other),
            price=price,
        )
    is_measured = flip.input.kind is Kind.MEASURED
    known = (
        say("you measured {points}", points=count(flip.input.today))
        if is_measured
        else say("not measured yet")
    )
    return say(
        "{other} costs no more than {leader}, wrong answers counted, once it is right {points} percentage "
        "points more often (at {price} per wrong answer; {known}).",
        other=flip.other,
        leader=in_sentence(flip.leader),
        points=count(flip.value),
        price=price,
        known=known,
    )


# ---------------------------------------------------------------- people's time


def people_input(model: CostModel, sure: Sureness) -> UncertainInput | None:
    """All hours of building a strategy and keeping it up; None where nobody's time is counted."""
    if not _people_names(model) <= model.moved_by:
        return None
    low, today, high = (_hours(model, sure, end) for end in ("low", "today", "high"))
    if not today:
        return None
    return UncertainInput(
        name=PEOPLE + model.strategy,
        label=say("People's time for {strategy}, building and upkeep", strategy=in_sentence(model.label)),
        unit=say_count("hours over {n} month", "hours over {n} months", model.horizon_months),
        today=today,
        low=low,
        high=high,
        kind=Kind.ASSUMPTION,
        reason=say("days to a first version and hours of upkeep, taken together"),
        searched=(0.0, 10 * high),
    )


def people_values(strategy: str, factor: float, values: Mapping[str, float]) -> dict[str, float]:
    """Both assumptions of a strategy's people, times `factor`."""
    names = (f"person_days.{strategy}", f"maintenance_hours.{strategy}")
    return {name: values[name] * factor for name in names}


def _people_names(model: CostModel) -> frozenset[str]:
    return frozenset((f"person_days.{model.strategy}", f"maintenance_hours.{model.strategy}"))


def _hours(model: CostModel, sure: Sureness, end: str) -> float:
    """Hours over the horizon with both assumptions at the same end of their ranges."""
    by_name = {each.name: each for each in sure.inputs}
    days = getattr(by_name[f"person_days.{model.strategy}"], end)
    upkeep = getattr(by_name[f"maintenance_hours.{model.strategy}"], end)
    hours: float = days * by_name["hours_per_day"].today + upkeep * model.horizon_months
    return hours


def _people_flips(sure: Sureness) -> Iterator[Flip]:
    for model in sure.models:
        each = people_input(model, sure)
        if each is None:
            continue
        leader, *others = (_with_people(one, model.strategy, each) for one in sure.models)
        yield from flips(leader, others, (each,), sure.today)


def _with_people(model: CostModel, strategy: str, each: UncertainInput) -> CostModel:
    """The model with one number in place of two; another strategy's people leave it as it is."""
    if model.strategy != strategy:
        return model
    names = _people_names(model)

    def classes(values: Values) -> CostClasses:
        factor = values[each.name] / each.today
        return model.classes({**values, **{name: values[name] * factor for name in names}})

    return replace(model, classes=classes, moved_by=model.moved_by | {each.name})


# ---------------------------------------------------------------- success


def _success_flips(sure: Sureness) -> Iterator[Flip]:
    """How much more often a dearer strategy must be right to be worth it, with wrong answers counted."""
    failed_usd = sure.comparison.scenario.value("failed_answer_usd")
    if failed_usd <= 0:
        return
    leader, *others = sure.models
    for other in others:
        each = _success_input(leader, other, sure)
        behind, ahead = _paying_for_failures(leader, each.name, 1), _paying_for_failures(other, each.name, -1)
        yield from flips(behind, [ahead], (each,), sure.today)


def _success_input(leader: CostModel, other: CostModel, sure: Sureness) -> UncertainInput:
    measured = dict(sure.comparison.scenario.success_shares)
    known = [measured.get(each.strategy) for each in (other, leader)]
    gap = None if None in known else HUNDRED_POINTS * ((known[0] or 0.0) - (known[1] or 0.0))
    return UncertainInput(
        name=SUCCESS + other.strategy,
        label=say(
            "Success of {other} above that of {leader}",
            other=in_sentence(other.label),
            leader=in_sentence(leader.label),
        ),
        unit=mark("percentage points"),
        today=gap or 0.0,
        low=0.0,
        high=PLAUSIBLE_POINTS,
        kind=Kind.ASSUMPTION if gap is None else Kind.MEASURED,
        reason=say("assumed: seldom more than ten points lie between two strategies; measure it"),
        searched=(0.0, HUNDRED_POINTS),
    )


def _paying_for_failures(model: CostModel, name: str, behind: int) -> CostModel:
    """The model with what it costs to be wrong more often than the other one.

    `behind` is 1 where a positive gap leaves this strategy behind, -1 where a negative one does.
    """

    def classes(values: Values) -> CostClasses:
        costs = model.classes(values)
        points = np.maximum(0.0, behind * np.asarray(values[name], np.float64))
        extra = points / HUNDRED_POINTS * values["failed_answer_usd"]
        return replace(costs, per_request_usd=costs.per_request_usd + extra)

    return replace(model, classes=classes, moved_by=model.moved_by | {name, "failed_answer_usd"})
