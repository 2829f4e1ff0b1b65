"""JSON that cannot hurt: depth, size and number guards before and while parsing; never eval."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from crossover.samples.limits import Limits
from crossover.samples.problems import ProblemLog, repaired, shortened
from crossover.words import mark, say

# Possessive, and an unclosed string or comment runs to the end: no text makes these scans quadratic.
_STRING = r'"(?:[^"\\]|\\.)*+(?:"|\Z)'
_TOKEN_OR_COMMENT = re.compile(_STRING + r"|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)", re.DOTALL)
_STRING_OR_LAST_COMMA = re.compile(_STRING + r"|,(?=\s*[\]}])", re.DOTALL)
_NEEDS_REPAIR = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")
_PYTHON_REPR = re.compile(r"\s*[\[{(]\s*(?:[\[{(]\s*)*'")
_STEP = 4_000_000
_RELAXED_CHARACTERS = 5_000_000
_BLANK = re.compile(r"\s*")
_BAD_NEAR = mark("Not valid JSON at column {column:,}, near “{near}”.")
_ENDS_EARLY = mark("Not valid JSON at column {column:,}: it ends too early.")
_FINDINGS = {
    "duplicate_keys": (
        mark("JSON objects that name a key twice: {n:,}; the last value was used."),
        mark("Name each key once."),
    ),
    "not_a_number": (
        mark("Values that are NaN or Infinity: {n:,}; they were read as empty."),
        mark("Write null instead."),
    ),
    "replaced_characters": (
        mark(
            "Strings with NUL or halves of surrogate pairs: {n:,}; these characters were replaced by \ufffd."
        ),
        mark("Nothing to do unless these characters matter."),
    ),
}


class BadJson(Exception):
    """A text that is not JSON we take; says why and what to do, for one line or a whole file."""

    def __init__(self, kind: str, what: str, remedy: str, line: int = 1) -> None:
        super().__init__(what)
        self.kind, self.what, self.remedy, self.line = kind, what, remedy, line


@dataclass(slots=True)
class JsonReader:
    """Parses JSON texts of one file and counts what it had to tidy on the way."""

    limits: Limits
    found: Counter[str] = field(default_factory=Counter)
    _values: int = 0

    def parse(self, text: str) -> object:
        """The value of one JSON text. Raises BadJson."""
        self._guard(text)
        try:
            value = self._decoder().decode(text)
        except RecursionError:
            raise self._too_deep() from None
        except json.JSONDecodeError as error:
            raise _explained(text, error) from None
        return self._repaired(value) if _NEEDS_REPAIR.search(text) else value

    def parse_relaxed(self, text: str) -> object:
        """Like `parse`, but once more without comments and trailing commas when that is what is wrong."""
        try:
            return self.parse(text)
        except BadJson as problem:
            if problem.kind != "bad_json" or len(text) > _RELAXED_CHARACTERS:
                raise
            tidy = without_comments(text)
            if tidy == text:
                raise
            value = self.parse(tidy)
            self.found["comments"] += 1
            return value

    def elements(self, text: str) -> list[tuple[int, object]]:
        """The elements of a JSON array, or the one value that stands there, with their physical lines.

        Raises BadJson.
        """
        value = self.parse_relaxed(text)
        if not isinstance(value, list):
            return [(1 + text[: _skip_blank(text, 0)].count("\n"), value)]
        return list(zip(_element_lines(text, len(value)), value, strict=True))

    def tell(self, log: ProblemLog) -> None:
        """Note what was tidied, once per kind."""
        for kind, (what, remedy) in _FINDINGS.items():
            if self.found[kind]:
                log.note(kind, say(what, n=self.found[kind]), say(remedy))
        if self.found["comments"]:
            what = say("The JSON had comments or trailing commas; they were left out.")
            log.note(
                "json_comments", what, say("Other programs may refuse this file; save it as plain JSON.")
            )

    def _guard(self, text: str) -> None:
        """Raise BadJson for a text that is too deep, or has too many values together with those before it."""
        brackets = text.count("[") + text.count("{")
        values = brackets + text.count(",")
        if brackets > self.limits.json_depth or self._values + values > self.limits.json_values:
            depth, values = json_size(text)
            if depth > self.limits.json_depth:
                raise self._too_deep()
        self._values += values
        if self._values > self.limits.json_values:
            what = say(
                "Holds more than {most:,} values, the limit for one file.", most=self.limits.json_values
            )
            raise BadJson("too_many_values", what, say("Split the file into smaller ones."))

    def _too_deep(self) -> BadJson:
        what = say("Nested deeper than the limit of {most} levels.", most=self.limits.json_depth)
        return BadJson("too_deep", what, say("Flatten this value or leave it out."))

    def _decoder(self) -> json.JSONDecoder:
        return json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_int=self._integer,
            parse_float=self._float,
            parse_constant=self._constant,
            strict=False,
        )

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        value = dict(pairs)
        if len(value) != len(pairs):
            self.found["duplicate_keys"] += 1
        return value

    def _integer(self, digits: str) -> int:
        if len(digits) > self.limits.number_digits:
            what = say(
                "A number has {n:,} digits, over the limit of {most}.",
                n=len(digits),
                most=self.limits.number_digits,
            )
            raise BadJson("huge_number", what, say("Write it as text in quotes, or leave it out."))
        return int(digits)

    def _float(self, digits: str) -> float | None:
        value = float(digits)
        if math.isfinite(value):
            return value
        self._constant(digits)
        return None

    def _constant(self, _: str) -> None:
        self.found["not_a_number"] += 1

    def _repaired(self, value: object) -> object:
        if isinstance(value, str):
            clean = repaired(value)
            self.found["replaced_characters"] += clean != value
            return clean
        if isinstance(value, list):
            return [self._repaired(item) for item in value]
        if isinstance(value, dict):
            return {repaired(key): self._repaired(item) for key, item in value.items()}
        return value


def json_size(text: str) -> tuple[int, int]:
    """Nesting depth and number of values of a JSON text, without parsing it; strings are passed over."""
    plain = text.encode("utf-8", "replace").replace(b"\\\\", b"").replace(b'\\"', b"")
    marks = np.frombuffer(plain, np.uint8)
    depth = deepest = values = 0
    inside = False
    for start in range(0, len(marks), _STEP):  # in steps, so that the masks stay small
        part = marks[start : start + _STEP]
        quoted = np.logical_xor.accumulate(part == ord('"')) ^ inside
        opening = ((part == ord("[")) | (part == ord("{"))) & ~quoted
        closing = ((part == ord("]")) | (part == ord("}"))) & ~quoted
        depths = depth + np.cumsum(opening.astype(np.int32) - closing)
        deepest = max(deepest, int(depths.max()))
        values += int(opening.sum() + ((part == ord(",")) & ~quoted).sum())
        depth, inside = int(depths[-1]), bool(quoted[-1])
    return deepest, values


def without_comments(text: str) -> str:
    """`text` without // and /* */ comments and without commas before a closing bracket; strings are kept."""
    bare = _TOKEN_OR_COMMENT.sub(lambda m: m[0] if m[0][0] == '"' else re.sub(r"[^\n]", " ", m[0]), text)
    return _STRING_OR_LAST_COMMA.sub(lambda m: m[0] if m[0][0] == '"' else "", bare)


def _explained(text: str, error: json.JSONDecodeError) -> BadJson:
    if _PYTHON_REPR.match(text):
        what = say("Not JSON (single quotes); it looks like Python's own notation.")
        return BadJson(
            "single_quotes", what, say("Write it with json.dumps, which uses double quotes."), error.lineno
        )
    near = shortened(text[error.pos : error.pos + 30], 20)
    what = _BAD_NEAR if near else _ENDS_EARLY
    return BadJson(
        "bad_json", say(what, column=error.colno, near=near), say("Correct or remove it."), error.lineno
    )


def _skip_blank(text: str, position: int) -> int:
    found = _BLANK.match(text, position)
    return found.end() if found else position


def _element_lines(text: str, expected: int) -> list[int]:
    """Physical line of each element of the array in `text`; 1 for all when the text needed tidying."""
    scan = json.JSONDecoder(strict=False, parse_int=len).raw_decode
    lines: list[int] = []
    line, seen = 1, 0
    position = _skip_blank(text, text.find("[") + 1)
    try:
        while len(lines) < expected:
            line, seen = line + text.count("\n", seen, position), position
            lines.append(line)
            _, end = scan(text, position)
            position = _skip_blank(text, _skip_blank(text, end) + 1)
    except (ValueError, RecursionError):
        return [1] * expected
    return lines
