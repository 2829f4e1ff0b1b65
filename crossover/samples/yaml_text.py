"""YAML that cannot hurt: plain values only, no alias bombs, no cycles, JSON types."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import yaml

from crossover.samples.json_lines import upload_text
from crossover.samples.problems import Refused, repaired, shortened
from crossover.samples.reading import Upload
from crossover.words import say

_MAX_EVENTS = 600_000
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def yaml_value(upload: Upload) -> object:
    """The one value of a YAML upload as plain JSON types. Raises Refused."""
    text = upload_text(upload)
    try:
        _check_events(text, upload)
        value = yaml.load(text, Loader=_LOADER)  # the safe loader: builds no objects
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = getattr(mark, "line", 0) + 1
        problem = shortened(getattr(error, "problem", None) or say("it does not parse"), 80)
        raise Refused(
            "bad_yaml", say("Not valid YAML: {problem}.", problem=problem), say("Correct this line."), line
        ) from None
    return _Plain(upload).of(value)


def _check_events(text: str, upload: Upload) -> None:
    """Walk the YAML events once: nesting and size are bounded before anything is built."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        if number > _MAX_EVENTS:
            what = say("The YAML has more than {most:,} parts, the limit for one file.", most=_MAX_EVENTS)
            raise Refused("too_many_values", what, say("Save it as JSON, or keep only the parts you need."))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > upload.limits.json_depth:
            what = say("Nested deeper than the limit of {most} levels.", most=upload.limits.json_depth)
            raise Refused("too_deep", what, say("Flatten it."))


class _Plain:
    """Copies a YAML value into JSON types; aliases are written out, so their total size is bounded."""

    def __init__(self, upload: Upload) -> None:
        self.left = upload.limits.json_values // 4
        self.depth = upload.limits.json_depth

    def of(self, value: object, depth: int = 0) -> object:
        self.left -= 1
        if self.left < 0 or depth > self.depth:
            what = say("YAML aliases repeat or contain each other until the file would grow without end.")
            raise Refused("alias_bomb", what, say("Write the values out."))
        if isinstance(value, str):
            self.left -= len(value) // 100  # an alias may repeat one long text
        if isinstance(value, Mapping):
            return {self._key(key): self.of(item, depth + 1) for key, item in value.items()}
        if isinstance(value, list | tuple | set):
            return [self.of(item, depth + 1) for item in value]
        return _scalar(value)

    def _key(self, key: object) -> str:
        return repaired(key) if isinstance(key, str) else {True: "true", False: "false"}.get(key, str(key))  # type: ignore[call-overload]


def _scalar(value: object) -> object:
    if isinstance(value, str):
        return repaired(value)
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value.isoformat() if isinstance(value, date) else str(value)
