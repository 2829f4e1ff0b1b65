"""Could the arguments of a tool be read off a question? By schema, without a model (MODEL.md 7.7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import regex

from crossover.retrieval.text_matching import normalised
from crossover.samples.types import JsonObject, Tool

_PATTERN_SECONDS = 0.02  # a pattern of the person's own may need for ever on some text
_MONTHS = (
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august "
    "september october november december januar februar märz mai juni juli oktober dezember"
)
_DAYS = (
    "today tomorrow yesterday tonight heute morgen gestern monday tuesday wednesday thursday friday saturday "
    "sunday montag dienstag mittwoch donnerstag freitag samstag sonntag week weekend woche wochenende"
)
_DATE = re.compile(
    r"\b\d{4}-\d\d?-\d\d?\b|\b\d\d?[./]\d\d?(?:[./]\d{2,4})?"
    rf"|\b(?:{'|'.join(f'{_MONTHS} {_DAYS}'.split())})\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b\d{1,2}(?::\d\d| ?(?:am|pm|uhr|h)\b)", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]@\w[\w-]*\.\w")
_URL = re.compile(r"https?://\S|\bwww\.\S", re.IGNORECASE)
_IDENTIFIER = re.compile(r"(?=[\w-]*\d)[\w-]{3,}|#\w+")
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|dozen|"
    r"ein|eine|einen|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf)\b",
    re.IGNORECASE,
)
_FORMATS: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(("date", "date-time"), _DATE),
    "time": _TIME,
    **dict.fromkeys(("email", "idn-email"), _EMAIL),
    **dict.fromkeys(("uri", "url", "uri-reference"), _URL),
    "uuid": re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-", re.IGNORECASE),
}
_NAMES: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (frozenset({"date", "day", "datum"}), _DATE),
    (frozenset({"time", "uhrzeit"}), _TIME),
    (frozenset({"email", "mail"}), _EMAIL),
    (frozenset({"url", "link"}), _URL),
    (frozenset({"id", "ids", "uuid", "nummer", "number", "sku"}), _IDENTIFIER),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands, and its normalised words with a blank on either side."""

    text: str
    words: str


Finder: TypeAlias = Callable[[Asked], bool]


def asked(questions: Sequence[str]) -> tuple[Asked, ...]:
    """Questions made ready for many finders."""
    return tuple(Asked(question, f" {normalised(question)} ") for question in questions)


def required_arguments(tool: Tool) -> tuple[tuple[str, JsonObject], ...]:
    """Name and schema of each argument the tool cannot be called without."""
    properties = tool.parameters.get("properties")
    names = tool.parameters.get("required")
    if not isinstance(properties, Mapping) or not isinstance(names, Sequence) or isinstance(names, str):
        return ()
    return tuple(
        (str(name), schema) for name in names if isinstance(schema := properties.get(str(name)), Mapping)
    )


def finder(name: str, schema: JsonObject) -> Finder | None:
    """A test whether a question holds a value for the argument; None where words cannot tell.

    Told by the values of an enum, by format, pattern and type, and by names such as order_id or date.
    Free texts and booleans cannot be told: any question may imply them.
    """
    values = schema.get("enum")
    if isinstance(values, Sequence) and not isinstance(values, str) and values:
        return _one_of([normalised(str(value)) for value in values])
    kind, form, pattern = (schema.get(key) for key in ("type", "format", "pattern"))
    if isinstance(form, str) and form in _FORMATS:
        return _matching(_FORMATS[form])
    if isinstance(pattern, str) and pattern:
        return _matching_own(pattern)
    if kind in ("integer", "number"):
        return _matching(_NUMBER)
    words = set(re.findall(r"[a-zäöüß]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).casefold()))
    named = (found for known, found in _NAMES if words & known and kind in ("string", None))
    return next((_matching(found) for found in named), None)


def _matching(expression: re.Pattern[str]) -> Finder:
    return lambda question: expression.search(question.text) is not None


def _one_of(values: Sequence[str]) -> Finder:
    phrases = [f" {value} " for value in values if value]
    return lambda question: any(phrase in question.words for phrase in phrases)


def _matching_own(pattern: str) -> Finder | None:
    """A search for the person's own pattern anywhere in the question; None for one that is none.

    What it returns raises TimeoutError where the pattern takes too long.
    """
    try:
        expression = regex.compile(pattern.removeprefix("^").removesuffix("$"))
    except (regex.error, RecursionError):
        return None
    return lambda question: expression.search(question.text, timeout=_PATTERN_SECONDS) is not None
