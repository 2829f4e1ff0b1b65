"""Numbers as people read them (MODEL.md 0.3): the only place where a value is rounded."""

from __future__ import annotations

import math

UNKNOWN = "unknown"


def usd(value: float | None) -> str:
    """US dollars: no decimals from 100, two from 1, three significant digits below."""
    if value is None:
        return UNKNOWN
    sign, size = ("-" if value < 0 else ""), abs(value)
    if size >= 99.995:
        return f"{sign}${size:,.0f}"
    if size >= 0.99995 or size == 0:
        return f"{sign}${size:,.2f}"
    return f"{sign}${_three_digits(size)}"


def unit_price(value: float | None) -> str:
    """A unit price with the digits its page gives, at least two decimals; whole token counts as such."""
    if value is None:
        return UNKNOWN
    if value >= 1000:
        return f"{value:,.0f}"
    text = f"{value:.6f}".rstrip("0")
    return text if len(text.partition(".")[2]) >= 2 else f"{value:.2f}"


def share(value: float | None) -> str:
    """A share of 0 to 1 as a percentage: no decimals, one below ten percent."""
    if value is None:
        return UNKNOWN
    percent = 100 * value
    return f"{percent:.1f} %" if 0 < abs(percent) < 9.95 else f"{percent:.0f} %"


def count(value: float | None) -> str:
    """A quantity: thousands separated, whole from 100, at most three significant digits below 10."""
    if value is None:
        return UNKNOWN
    if abs(value) >= 100 or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.3g}"


def compact(value: float) -> str:
    """A large quantity in words short enough for a sentence: 12,000; 3.4 million."""
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:.3g} {word}"
    return count(_two_digits(value) if abs(value) >= 10_000 else value)


def factor(value: float) -> str:
    """How many times: 1.4, 12."""
    return f"{value:.1f}" if value < 9.95 else f"{value:.0f}"


def month(value: float) -> str:
    """A point in time in months from the start (MODEL.md E37)."""
    return f"{value:.2f}"


def _three_digits(size: float) -> str:
    decimals = max(0, 2 - math.floor(math.log10(size)))
    return f"{size:.{decimals}f}"


def _two_digits(value: float) -> float:
    power = 10.0 ** (math.floor(math.log10(abs(value))) - 2)
    return round(value / power) * power
