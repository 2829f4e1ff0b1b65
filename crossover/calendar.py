"""Months on a calendar: the horizon starts on a day and moves by whole months (MODEL.md F8.2, E18)."""

from __future__ import annotations

import calendar
from datetime import date


def add_months(start: date, months: int) -> date:
    """`start` moved by whole calendar months, the day clamped to the month's length."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    last_day = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last_day))
