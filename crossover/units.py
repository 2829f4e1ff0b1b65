"""The units of figures: English ids in the code, said where a figure is shown."""

from __future__ import annotations

from crossover.words import mark, say

UNITS = (
    mark("USD"),
    mark("USD per 1,000 requests"),
    mark("USD per Mtok"),
    mark("USD per compute unit hour"),
    mark("USD per correct answer"),
    mark("USD per GB day"),
    mark("USD per GB month"),
    mark("USD per hour"),
    mark("USD per million tokens"),
    mark("USD per million reads"),
    mark("USD per million writes"),
    mark("USD per month"),
    mark("USD per request"),
    mark("USD per thousand calls"),
    mark("behaviours"),
    mark("calls per minute"),
    mark("chunks"),
    mark("days"),
    mark("epochs"),
    mark("examples"),
    mark("factor"),
    mark("hours per month"),
    mark("kinds"),
    mark("labels"),
    mark("matches"),
    mark("months"),
    mark("occurrences"),
    mark("of 3"),
    mark("percentage points"),
    mark("requests per month"),
    mark("rounds"),
    mark("rows"),
    mark("search units per request"),
    mark("seconds"),
    mark("share"),
    mark("share per month"),
    mark("share per year"),
    mark("things"),
    mark("times our count"),
    mark("tokens"),
    mark("tokens a day"),
    mark("tokens per answer"),
    mark("tokens per minute"),
    mark("turns"),
    mark("working days"),
)
"""Every unit the code gives a figure; those of assumptions stand in data/assumptions.csv."""


def unit_words(unit: str) -> str:
    """A unit in the language spoken."""
    return say(unit)


def per_words(unit: str) -> str:
    """What an amount of US dollars or a share is for: "per request", "per month"; "" for nothing.

    Such an amount is shown with a sign of its own, $ or %, in place of the unit's first word.
    """
    return unit_words(unit).partition(" ")[2]
