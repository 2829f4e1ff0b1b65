"""Whether the parameters of a tool are a JSON Schema that a provider would take."""

from __future__ import annotations

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, best_match
from referencing.exceptions import Unresolvable

from crossover.samples.problems import ProblemLog, shortened
from crossover.samples.types import JsonObject
from crossover.words import say

MOST_CHECKED = 1_000
"""Schemas checked in one file: each takes most of a millisecond, and a request takes far fewer tools."""

_RULES = Draft202012Validator(Draft202012Validator.META_SCHEMA)


def schema_fault(parameters: JsonObject) -> str:
    """The JSON path of what is wrong with a schema ("$.properties.day.type"); "" where it is valid."""
    try:
        found = best_match(_RULES.iter_errors(parameters))
    except (SchemaError, Unresolvable, RecursionError):
        return "$"
    return "" if found is None else str(found.json_path)


def note_fault(name: str, path: str, line: int, log: ProblemLog) -> None:
    """Note a schema that providers refuse, and where in it."""
    what = say(
        "{name}: the parameters are no valid JSON Schema at {path}.",
        name=shortened(name, 40),
        path=shortened(path, 80),
    )
    log.note("invalid_schema", what, say("Put it right there: providers refuse the whole request."), line)
