"""Digits and days as the language writes them; the rounding is done before (MODEL.md 0.3)."""

from __future__ import annotations

from datetime import date
from functools import cache

from babel.dates import format_date
from babel.numbers import get_decimal_symbol, get_group_symbol

from crossover.words.language import ENGLISH, language


def localised(number: str) -> str:
    """A number written the English way (1,234.5) with the language's own signs (1.234,5)."""
    spoken = language()
    return number if spoken == ENGLISH else number.translate(_signs(spoken))


@cache
def _signs(code: str) -> dict[int, str]:
    return {ord(","): get_group_symbol(code), ord("."): get_decimal_symbol(code)}


def day_words(day: date) -> str:
    """A day: 2026-11-22 in English, 22.11.2026 in German."""
    spoken = language()
    return day.isoformat() if spoken == ENGLISH else format_date(day, "dd.MM.yyyy", locale=spoken)


def month_words(day: date) -> str:
    """The month of a day: November 2026."""
    return str(format_date(day, "MMMM y", locale=language()))
