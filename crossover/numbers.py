"""Numbers as people read them (MODEL.md 0.3): the only place where a value is rounded."""

from __future__ import annotations

import math

from crossover.words import localised, mark, say, say_as

UNKNOWN = mark("unknown")
LEAST_PERCENT, MOST_BELOW_ALL_PERCENT = 0.001, 99.9


def unknown() -> str:
    """What stands in place of a number nobody knows."""
    return say(UNKNOWN)


def usd(value: float | None) -> str:
    """US dollars: no decimals from 100, two from 1, three significant digits below."""
    if value is None:
        return unknown()
    sign = "-" if value < 0 else ""
    return sign + say_as("money", "${amount}", amount=localised(_dollars(abs(value))))


def _dollars(size: float) -> str:
    if size >= 99.995:
        return f"{size:,.0f}"
    return f"{size:,.2f}" if size >= 0.99995 or size == 0 else _three_digits(size)


def unit_price(value: float | None) -> str:
    """A unit price with the digits its page gives, at least two decimals; whole token counts as such."""
    if value is None:
        return unknown()
    if value >= 1000:
        return localised(f"{value:,.0f}")
    text = f"{value:.6f}".rstrip("0")
    return localised(text if len(text.partition(".")[2]) >= 2 else f"{value:.2f}")


def share(value: float | None) -> str:
    """A share of 0 to 1 as a percentage: no decimals, one below ten percent.

    What is more than nothing never reads 0 %, and what falls short of all never reads 100 %.
    """
    return unknown() if value is None else say("{amount} %", amount=localised(_percent(100 * value)))


def share_span(low: float, high: float) -> str:
    """Two shares as the ends of an interval: 6.2–14 %."""
    ends = "–".join(localised(_percent(100 * end)) for end in (low, high))
    return say("{amount} %", amount=ends)


def _percent(percent: float) -> str:
    size = abs(percent)
    if 0 < size < 0.1:
        return f"{percent:.1g}" if size >= LEAST_PERCENT else f"<{LEAST_PERCENT}"
    if 99.5 <= size < 100:
        return f"{math.copysign(min(size, MOST_BELOW_ALL_PERCENT), percent):.1f}"
    return f"{percent:.1f}" if 0 < size < 9.95 else f"{percent:.0f}"


def count(value: float | None) -> str:
    """A quantity: thousands separated, whole from 100, at most three significant digits below 10."""
    if value is None:
        return unknown()
    if abs(value) >= 100 or float(value).is_integer():
        return localised(f"{value:,.0f}")
    return localised(f"{value:,.1f}" if abs(value) >= 10 else f"{value:.3g}")


def compact(value: float) -> str:
    """A large quantity in words short enough for a sentence: 12,000; 3.4 million."""
    if abs(value) >= 1e9:
        return say("{amount} billion", amount=localised(f"{value / 1e9:.3g}"))
    if abs(value) >= 1e6:
        return say("{amount} million", amount=localised(f"{value / 1e6:.3g}"))
    return count(_two_digits(value) if abs(value) >= 10_000 else value)


def factor(value: float) -> str:
    """How many times: 1.4, 12."""
    return localised(f"{value:.1f}" if value < 9.95 else f"{value:.0f}")


def month(value: float) -> str:
    """A point in time in months from the start (MODEL.md E37)."""
    return localised(f"{value:.2f}")


def _three_digits(size: float) -> str:
    decimals = max(0, 2 - math.floor(math.log10(size)))
    return f"{size:.{decimals}f}"


def _two_digits(value: float) -> float:
    power = 10.0 ** (math.floor(math.log10(abs(value))) - 2)
    return round(value / power) * power
