"""What differs between two scenarios, one entry for each, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from typing import Any, get_type_hints

from crossover.assumptions import default_assumptions
from crossover.numbers import count, share, usd
from crossover.own_prices import OwnPrice
from crossover.report.scenario_diff.labels import FIELD_LABELS
from crossover.scenario import Scenario, StrategyModel

NOTHING = "none"


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
        return f"{self.label} went from {self.before} to {self.after}"


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
            yield FieldChange(each.name, "", FIELD_LABELS[each.name], *_both(each.name, old, new))
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
        return FieldChange(field, name, f"“{assumption.label}”", *texts)
    unit = "share" if field == "success_shares" else ""
    return FieldChange(field, name, f"{FIELD_LABELS[field]} {name}", *_apart(old, new, unit))


def _both(field: str, old: object, new: object) -> tuple[str, str]:
    unit = "USD" if field.endswith("_usd") else "share" if field.endswith("_share") else ""
    return _apart(old, new, unit)


def _apart(old: object, new: object, unit: str) -> tuple[str, str]:
    """Both values in words that differ: rounding must not make a change invisible."""
    texts = _words(old, unit), _words(new, unit)
    if texts[0] != texts[1]:
        return texts
    if isinstance(old, int | float) and isinstance(new, int | float):
        return f"{old!r}", f"{new!r}"
    return texts[0], f"{texts[1]}, other ones"


def _words(value: object, unit: str) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int | float):
        return _number(value, unit)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return (
            ", ".join(map(_entry, value))
            if len(value) < 4 and value
            else f"{len(value)}"
            if value
            else NOTHING
        )
    return str(value) if value else NOTHING


def _number(value: float, unit: str) -> str:
    if unit.startswith("USD"):
        return usd(value)
    return share(value) if unit.startswith("share") else count(value)


def _entry(value: object) -> str:
    """One entry of a collection."""
    if isinstance(value, OwnPrice):
        cells = dict(value.cells)
        return f"{cells.get('model', 'a model')} at {cells.get('host', 'a provider')}"
    if isinstance(value, StrategyModel):
        return f"{value.strategy} with {value.model} at {value.host}"
    if isinstance(value, tuple):
        name, low, high = value
        return f"{default_assumptions()[name].label} {low:g} to {high:g}"
    return str(value)
