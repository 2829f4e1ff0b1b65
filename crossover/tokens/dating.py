"""When a recorded request was made, so that it is counted by the rules of its day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from crossover.tokens.conversation import mappings

_ID = re.compile(r"^[a-z]+_([0-9a-f]{26,})$")
_FIRST_SECOND = 1_730_000_000  # autumn 2024, before the Responses API opened
_LAST_SECOND = 2_500_000_000


def recorded_on(record: Mapping[str, object]) -> date | None:
    """The day (UTC) a recorded request was made; None when nothing in it says so.

    Reads `created_at` or `created`, else the ids of the items: OpenAI writes the second in which an
    item was made into its id.
    """
    for key in ("created_at", "created"):
        second = record.get(key)
        if isinstance(second, int | float) and _is_plausible(second):
            return _day(second)
    return max((_day(second) for second in _seconds_in_ids(record)), default=None)


def _seconds_in_ids(record: Mapping[str, object]) -> Iterator[int]:
    for key in ("input", "response_output", "output"):
        for item in mappings(record.get(key)):
            second = _second_in(str(item.get("id") or ""))
            if second is not None:
                yield second


def _second_in(item_id: str) -> int | None:
    """Older ids begin with the second; newer ones have it after 16 digits and two zeros."""
    match = _ID.match(item_id)
    if match is None:
        return None
    digits = match.group(1)
    second = int(digits[18:26] if digits[16:18] == "00" else digits[:8], 16)
    return second if _is_plausible(second) else None


def _is_plausible(second: float) -> bool:
    return _FIRST_SECOND <= second <= _LAST_SECOND


def _day(second: float) -> date:
    return datetime.fromtimestamp(second, UTC).date()
