"""One parameter of a link: the text of a field, an assumption or an own price, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any, get_type_hints
from urllib.parse import unquote

from crossover.own_prices import OwnPrice
from crossover.scenario import Scenario
from crossover.scenario_url.labels import field_words
from crossover.words import say

ASSUMPTION, OWN_PRICE = "assumption.", "own_price."
# Fields that limit each other travel as one value: a slip in one of them would else unseat the other.
TOGETHER: Mapping[str, tuple[str, ...]] = {"chunking": ("chunk_tokens", "chunk_overlap_tokens")}
_ESCAPES = str.maketrans({"%": "%25", ",": "%2C", ":": "%3A"})

Content = dict[str, Any]
"""What Scenario.from_mapping takes, or a part of it."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a link by name and text; `words` tell a person what it is."""

    name: str
    text: str
    words: str


def content_of(scenario: Scenario) -> Content:
    """The scenario as plain values, as saved rows hold it."""
    content: Content = json.loads(scenario.to_json())
    return content


def parameters_of(scenario: Scenario) -> Iterator[Parameter]:
    """The price date and everything that differs from the defaults; own prices last, the newest first."""
    content, defaults = content_of(scenario), content_of(Scenario(price_date=scenario.price_date))
    for name, group in _groups().items():
        if name == "price_date" or any(content[field] != defaults[field] for field in group):
            text = ",".join(_field_text(field, content[field]) for field in group)
            yield Parameter(name, text, field_words(name))
    for field in _named_fields():
        for name, value in content[field].items():
            yield Parameter(f"{field}.{name}", _short(value), f"{field_words(field)}: {name}")
    for name, text in _assumption_texts(content).items():
        yield Parameter(ASSUMPTION + name, text, say("your value for {name}", name=name))
    for number, price in enumerate(scenario.own_prices, 1):
        cells = dict(price.cells)
        model, host = cells.get("model") or say("a model"), cells.get("host") or say("a provider")
        words = say("your price for {model} at {host}", model=model, host=host)
        yield Parameter(f"{OWN_PRICE}{number}", _price_text(price), words)


def content_of_parameter(name: str, text: str) -> Content:
    """The part of a scenario that a parameter says. Raises ValueError and its like with what is wrong."""
    if name.startswith(ASSUMPTION):
        return _assumption_of(name.removeprefix(ASSUMPTION), text)
    if name.startswith(OWN_PRICE):
        price_number(name)
        return {"own_prices": [_price_of(text)]}
    field, dot, key = name.partition(".")
    if dot and field in _named_fields():
        return {field: {key: _plain(text)}}
    if name not in _groups():
        raise ValueError(say("this version does not know it"))
    texts = text.split(",") if name in TOGETHER else [text]
    if len(texts) != len(_groups()[name]):
        raise ValueError(say("it needs {n} values with commas between them", n=len(_groups()[name])))
    return {field: _field_value(field, part) for field, part in zip(_groups()[name], texts, strict=True)}


def price_number(name: str) -> int:
    """The place of an own price among the others, 0 for any other parameter."""
    if not name.startswith(OWN_PRICE):
        return 0
    number = name.removeprefix(OWN_PRICE)
    if not (number.isascii() and number.isdecimal() and len(number) < 5):
        raise ValueError(say("an own price needs a number"))
    return int(number)


@cache
def _groups() -> Mapping[str, tuple[str, ...]]:
    """Parameter names with the fields they carry; collections with a parameter for each entry aside."""
    tied = {field: name for name, group in TOGETHER.items() for field in group}
    entries = {"overrides", "ranges", "own_prices", *_named_fields()}
    names = [tied.get(field.name, field.name) for field in fields(Scenario) if field.name not in entries]
    return {name: TOGETHER.get(name, (name,)) for name in names}


@cache
def _named_fields() -> tuple[str, ...]:
    """The fields that are numbers by name, but for the assumptions."""
    empty = content_of(Scenario(price_date=date.min))
    return tuple(name for name, value in empty.items() if value == {} and name != "overrides")


@cache
def _kinds() -> Mapping[str, object]:
    return get_type_hints(Scenario)


def _field_text(field: str, value: Any) -> str:
    if _kinds()[field] == tuple[str, ...]:
        return ",".join(map(_escaped, value))
    return str(value) if _kinds()[field] in (str, date) else _short(value)


def _field_value(field: str, text: str) -> object:
    if _kinds()[field] == tuple[str, ...]:
        return [unquote(each) for each in text.split(",")]
    if _kinds()[field] in (str, date):
        return text
    value = _plain(text)
    return float(value) if type(value) is int and _kinds()[field] is float else value


def _assumption_texts(content: Content) -> dict[str, str]:
    """By assumption: the value, or value,low,high with an own range, the value empty where it is shipped.

    The two travel together because a range must hold the value.
    """
    values = {name: _short(value) for name, value in content["overrides"].items()}
    ranges = {
        name: f"{values.get(name, '')},{_short(low)},{_short(high)}" for name, low, high in content["ranges"]
    }
    return ranges | {name: text for name, text in values.items() if name not in ranges}


def _assumption_of(name: str, text: str) -> Content:
    value, *span = text.split(",")
    if len(span) not in (0, 2):
        raise ValueError(say("it needs a value, or a value, a low and a high"))
    overrides = {"overrides": {name: _plain(value)}} if value or not span else {}
    return overrides | ({"ranges": [[name, *map(_plain, span)]]} if span else {})


def _short(value: object) -> str:
    """JSON, whole numbers without their decimal point."""
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
    return str(int(value)) if is_whole else json.dumps(value, separators=(",", ":"))  # type: ignore[call-overload]


def _plain(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise ValueError(say("neither a number nor one of the choices")) from error


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def _price_text(price: OwnPrice) -> str:
    """Day, origin, then the cells as name:value; commas, colons and percent signs inside are escaped."""
    cells = (f"{_escaped(name)}:{_escaped(value)}" for name, value in price.cells)
    return ",".join((price.entered_on.isoformat(), _escaped(price.origin), *cells))


def _price_of(text: str) -> Content:
    day, origin, *cells = text.split(",")
    pairs = [cell.split(":") for cell in cells]
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError(say("a price is a day, an origin, and cells as name:value"))
    named = {unquote(name): unquote(value) for name, value in pairs}
    return {"cells": named, "origin": unquote(origin), "entered_on": day}


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)
