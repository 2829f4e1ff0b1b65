"""What may be written into the store: cleaned text within limits, JSON within limits."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping

from crossover.scenario import Scenario
from crossover.store.errors import InvalidSave
from crossover.store.tables import NAME_CHARACTERS
from crossover.words import mark, say

NOTE_CHARACTERS = 4000
MOST_SCENARIO_BYTES = 256 * 1024
MOST_BRIEF_BYTES = 512 * 1024

_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029]")
# Embeddings, overrides and isolates turn the words around them; marks of direction may stay.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_EMPTY = {"name": mark("Give it a name."), "title": mark("Give it a title.")}
_TOO_LONG = {
    "name": mark("The name has {n:,} characters; the most is {most:,}. Shorten it."),
    "title": mark("The title has {n:,} characters; the most is {most:,}. Shorten it."),
    "note": mark("The note has {n:,} characters; the most is {most:,}. Shorten it."),
}


def name_text(text: str, field: str = "name") -> str:
    """A name or a title in one line, cleaned. Raises InvalidSave when it is empty or too long."""
    name = " ".join(_cleaned(text).split())
    if not name:
        raise InvalidSave(field, say(_EMPTY[field]))
    return _within(name, field, NAME_CHARACTERS)


def note_text(text: str) -> str:
    """A note, cleaned, its lines kept. Raises InvalidSave when it is too long."""
    return _within(_cleaned(text).strip(), "note", NOTE_CHARACTERS)


def scenario_text(scenario: Scenario) -> str:
    """The scenario as JSON. Raises InvalidSave when own prices make it too large."""
    text = scenario.to_json()
    if len(text) > MOST_SCENARIO_BYTES:
        raise InvalidSave(
            "scenario", say("The scenario is too large to save. Remove own prices you do not need.")
        )
    return text


def brief_text(brief: Mapping[str, object]) -> str:
    """The brief as JSON. Raises InvalidSave when it is no plain JSON object or too large."""
    try:
        text = json.dumps(dict(brief), allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidSave(
            "brief", say("The brief holds something other than plain values: {why}.", why=error)
        ) from error
    if len(text) > MOST_BRIEF_BYTES:
        raise InvalidSave(
            "brief",
            say(
                "The brief is {size:,} kB large; the most is {most:,} kB.",
                size=len(text) // 1024,
                most=MOST_BRIEF_BYTES // 1024,
            ),
        )
    return text


def _cleaned(text: str) -> str:
    """Without control characters, half characters and marks that turn the text around them."""
    lines = _LINE_ENDS.sub("\n", text)
    return "".join(each for each in lines if each in "\n\t" or _is_text(each))


def _is_text(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs") and character not in _TURNING


def _within(text: str, field: str, most: int) -> str:
    if len(text) > most:
        raise InvalidSave(field, say(_TOO_LONG[field], n=len(text), most=most))
    return text
