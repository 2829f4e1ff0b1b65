"""Axes in the language spoken: signs of numbers, money, percentages and days."""

from __future__ import annotations

from typing import Any

from crossover.words import ENGLISH, language, localised, say_as

_AMOUNT = "\0"
_PERCENT_STEP = 20
_NUMERIC_DAYS = (
    {"dtickrange": [None, "M1"], "value": "%d.%m.%Y"},
    {"dtickrange": ["M1", "M12"], "value": "%m/%Y"},
    {"dtickrange": ["M12", None], "value": "%Y"},
)


def separators() -> str:
    """The decimal and the thousands sign, as plotly's layout takes them."""
    return localised(".") + localised(",")


def money_axis() -> dict[str, Any]:
    """US dollars in thousands and millions, their sign where the language puts it."""
    before, _, after = say_as("money", "${amount}", amount=_AMOUNT).partition(_AMOUNT)
    return {"tickprefix": before, "ticksuffix": after, "tickformat": "~s"}


def share_axis() -> dict[str, Any]:
    """From none to all, in percent."""
    percents = range(0, 101, _PERCENT_STEP)
    return {
        "range": [0, 1],
        "tickvals": [percent / 100 for percent in percents],
        "ticktext": [say_as("axis", "{percent}%", percent=percent) for percent in percents],
    }


def day_axis() -> dict[str, Any]:
    """Days; the chart itself knows only English names of months, so other languages get numbers."""
    if language() == ENGLISH:
        return {"type": "date"}
    return {"type": "date", "tickformatstops": list(_NUMERIC_DAYS), "hoverformat": "%d.%m.%Y"}
