"""A scenario from parts of which some may be damaged, unknown or of another version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from crossover.scenario import Scenario
from crossover.scenario_url.texts import ASSUMPTION, OWN_PRICE, TOGETHER, Content
from crossover.words import mark, say

# Whatever a plain value of the wrong kind, size or depth can raise on its way into a scenario.
MISREADINGS = (ValueError, TypeError, AttributeError, ArithmeticError, RecursionError)
_MOST_SHOWN = 80
_DEFAULT = mark("“{said}” could not be read ({why}); its default is used.")
_TODAY = mark("“{said}” could not be read ({why}); today's prices are used.")
_LEFT_OUT = mark("“{said}” could not be read ({why}); it is left out.")


@dataclass(frozen=True, slots=True)
class Part:
    """What one parameter or one saved entry says: `shown` as it came, `content` as plain values."""

    name: str
    shown: object
    content: Content


def read_content(content: Mapping[str, object], today: date) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario of a saved JSON object, and in words what could not be read of it; never raises."""
    return assembled(list(_parts_of(content)), today)


def assembled(parts: Iterable[Part], today: date) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario of all parts that go together, defaults for the rest, and a sentence on each refused."""
    parts = list(parts)
    kept: Content = {"price_date": today.isoformat()}
    whole = kept
    for part in parts:
        whole = _joined(whole, part.content)
    try:
        return Scenario.from_mapping(whole), ()
    except MISREADINGS:
        return _one_by_one(parts, kept)


def _one_by_one(parts: Iterable[Part], kept: Content) -> tuple[Scenario, tuple[str, ...]]:
    problems = []
    for part in parts:
        tried = _joined(kept, part.content)
        try:
            Scenario.from_mapping(tried)
        except MISREADINGS as error:
            problems.append(misread(part.name, part.shown, error))
        else:
            kept = tried
    return Scenario.from_mapping(kept), tuple(problems)


def misread(name: str, shown: object, error: BaseException) -> str:
    """What could not be read, why, and what is used instead."""
    words = _DEFAULT
    if name == "price_date":
        words = _TODAY
    elif name.startswith(OWN_PRICE):
        words = _LEFT_OUT
    return say(words, said=clipped(f"{name}={shown}"), why=clipped(str(error).rstrip(".")))


def clipped(text: str) -> str:
    """A text short enough to stand in a sentence."""
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def _joined(content: Content, part: Content) -> Content:
    """The content with the part: entries are added to a collection, anything else is set."""
    whole = dict(content)
    for name, value in part.items():
        old = whole.get(name)
        if isinstance(old, dict) and isinstance(value, dict):
            whole[name] = old | value
        else:
            whole[name] = [*old, *value] if isinstance(old, list) and isinstance(value, list) else value
    return whole


def _parts_of(content: Mapping[str, object]) -> Iterator[Part]:
    rest = {name: value for name, value in content.items() if name != "version"}
    for name, group in TOGETHER.items():
        values = {field: rest.pop(field) for field in group if field in rest}
        yield Part(name, values, values)
    yield from _assumption_parts(rest)
    for field, value in rest.items():
        if isinstance(value, dict):
            yield from (Part(f"{field}.{name}", each, {field: {name: each}}) for name, each in value.items())
        elif isinstance(value, list) and field == "own_prices":
            yield from (Part(f"{OWN_PRICE}{n}", each, {field: [each]}) for n, each in enumerate(value, 1))
        else:
            yield Part(field, value, {field: value})


def _assumption_parts(rest: dict[str, object]) -> Iterator[Part]:
    """Each assumption's value and range as one part, for the range must hold the value."""
    if not (isinstance(rest.get("overrides", {}), dict) and isinstance(rest.get("ranges", []), list)):
        return
    parts: dict[str, Content] = {}
    for each in rest.pop("ranges", []):  # type: ignore[attr-defined]
        parts.setdefault(str(each[0] if isinstance(each, list) and each else each), {})["ranges"] = [each]
    for name, value in rest.pop("overrides", {}).items():  # type: ignore[attr-defined]
        parts.setdefault(name, {})["overrides"] = {name: value}
    yield from (Part(ASSUMPTION + name, part, part) for name, part in parts.items())
