"""Units of figures as people read them; inside they stay the English ids that figures carry."""

from __future__ import annotations

from crossover.words import mark, say

UNITS = (
    "USD",
    mark("USD per month"),
    mark("USD per request"),
    mark("USD per 1,000 requests"),
    mark("USD per million tokens"),
    mark("USD per hour"),
    mark("USD per correct answer"),
    mark("USD per 1000 searches"),
    mark("share"),
    mark("share per month"),
    mark("share per year"),
    mark("tokens"),
    mark("tokens per second"),
    mark("requests per month"),
    mark("times our count"),
    mark("times the mean"),
    mark("labels"),
    mark("examples"),
    mark("passages"),
    mark("rounds"),
    mark("kinds"),
    mark("behaviours"),
    mark("things"),
    mark("of 3"),
    mark("days"),
    mark("working days"),
    mark("months"),
    mark("seconds"),
    mark("hours per month"),
)
"""Those that data/assumptions.csv does not name are said here."""

_IN_THE_NUMBER = ("USD", "share")


def unit_beside(unit: str) -> str:
    """The unit as it stands after a number that shows dollars or percent itself."""
    sign = next((each for each in _IN_THE_NUMBER if unit.startswith(each)), "")
    return say(unit).removeprefix(say(sign)).strip()
