"""Reaching into JSON that somebody else wrote, where any part may be missing or of another kind."""

from __future__ import annotations

import json
from collections.abc import Mapping


def mapping_of(value: object) -> Mapping[str, object]:
    """The value where it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def field_of(value: object, name: str) -> object:
    """One field of an object; None where there is none."""
    return value.get(name) if isinstance(value, Mapping) else None


def text_of(value: object) -> str:
    """A value as text that is the same for equal values; "" for none or an empty one."""
    if not value:
        return ""
    return (
        value
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    )
