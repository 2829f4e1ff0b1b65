"""What differs between two scenarios, one entry for each, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from typing import Any, get_type_hints

from crossover.assumptions import default_assumptions
from crossover.criteria import CRITERIA
from crossover.numbers import count, share, usd
from crossover.own_prices import OwnPrice
from crossover.report.scenario_diff.labels import FIELD_LABELS
from crossover.scenario import Scenario, StrategyModel
from crossover.strategies import ALL_STRATEGIES
from crossover.words import day_words, in_sentence, localised, say, say_as


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs; `entry` is the name inside it where it holds numbers by name."""

    field: str
    entry: str
    label: str
    before: str
    after: str

    @property
    def sentence_part(self) -> str:
        """Such as: passages per request went from 4 to 8."""
        return say(
            "{label} went from {before} to {after}",
            label=self.label,
            before=self.before,
            after=self.after,
        )


def changes_between(before: Scenario, after: Scenario) -> tuple[FieldChange, ...]:
    """Every difference, in the order of the fields; numbers by name are compared name by name."""
    return tuple(_changes(before, after))


def with_changes(before: Scenario, after: Scenario, made: Collection[FieldChange]) -> Scenario:
    """`before` with only these changes made. Raises InvalidScenario where they do not go without others."""
    values: dict[str, Any] = {}
    for change in made:
        if not change.entry:
            values[change.field] = getattr(after, change.field)
            continue
        named = values.setdefault(change.field, dict(getattr(before, change.field)))
        named.pop(change.entry, None)
        named |= {name: value for name, value in getattr(after, change.field) if name == change.entry}
    named_too: dict[str, Any] = {
        field: tuple(sorted(value.items())) if isinstance(value, dict) else value
        for field, value in values.items()
    }
    return replace(before, **named_too)


def _changes(before: Scenario, after: Scenario) -> Iterator[FieldChange]:
    for each in fields(Scenario):
        old, new = getattr(before, each.name), getattr(after, each.name)
        if old == new:
            continue
        if not _is_named_numbers(each.name):
            yield FieldChange(each.name, "", say(FIELD_LABELS[each.name]), *_both(each.name, old, new))
            continue
        old, new = dict(old), dict(new)
        for name in sorted({*old, *new}):
            if old.get(name) != new.get(name):
                yield _named_change(each.name, name, old.get(name), new.get(name))


@cache
def _is_named_numbers(field: str) -> bool:
    return bool(get_type_hints(Scenario)[field] == tuple[tuple[str, float], ...])


def _named_change(field: str, name: str, old: float | None, new: float | None) -> FieldChange:
    if field == "overrides":
        assumption = default_assumptions()[name]
        likely = assumption.likely
        texts = _apart(likely if old is None else old, likely if new is None else new, assumption.unit)
        return FieldChange(field, name, say("“{label}”", label=say(assumption.label)), *texts)
    unit = "share" if field == "success_shares" else ""
    return FieldChange(field, name, f"{say(FIELD_LABELS[field])} {_label(name)}", *_apart(old, new, unit))


def _both(field: str, old: object, new: object) -> tuple[str, str]:
    unit = "USD" if field.endswith("_usd") else "share" if field.endswith("_share") else ""
    return _apart(old, new, unit)


def _apart(old: object, new: object, unit: str) -> tuple[str, str]:
    """Both values in words that differ: rounding must not make a change invisible."""
    texts = _words(old, unit), _words(new, unit)
    if texts[0] != texts[1]:
        return texts
    if isinstance(old, int | float) and isinstance(new, int | float):
        return localised(f"{old!r}"), localised(f"{new!r}")
    return texts[0], say("{value}, other ones", value=texts[1])


def _words(value: object, unit: str) -> str:
    if isinstance(value, bool):
        return say_as("setting", "on") if value else say_as("setting", "off")
    if isinstance(value, int | float):
        return _number(value, unit)
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, tuple):
        return _collection(value)
    return str(value) if value else _nothing()


def _nothing() -> str:
    return say_as("value", "none")


def _collection(values: tuple[object, ...]) -> str:
    """Up to three entries by name, more by their number."""
    if not values:
        return _nothing()
    return ", ".join(map(_entry, values)) if len(values) < 4 else str(len(values))


def _number(value: float, unit: str) -> str:
    if unit.startswith("USD"):
        return usd(value)
    return share(value) if unit.startswith("share") else count(value)


def _entry(value: object) -> str:
    """One entry of a collection."""
    if isinstance(value, OwnPrice):
        cells = dict(value.cells)
        model, host = cells.get("model") or say("a model"), cells.get("host") or say("a provider")
        return say("{model} at {host}", model=model, host=host)
    if isinstance(value, StrategyModel):
        return say(
            "{strategy} with {model} at {host}",
            strategy=_label(value.strategy),
            model=value.model,
            host=value.host,
        )
    if isinstance(value, tuple):
        name, low, high = value
        label = say(default_assumptions()[name].label)
        return say("{label} {low:g} to {high:g}", label=label, low=low, high=high)
    return _label(str(value))


def _label(id: str) -> str:
    """What a strategy or a criterion is called inside a sentence."""
    labels = {each.id: each.label for each in CRITERIA} | {each.id: each.label for each in ALL_STRATEGIES}
    return in_sentence(labels[id]) if id in labels else id
