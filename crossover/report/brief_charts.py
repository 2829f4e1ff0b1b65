"""The two charts of the brief as SVG: what is spent over time, and the totals (no script, no request)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET  # only written here, never parsed

from markupsafe import Markup

from crossover.numbers import usd
from crossover.report.brief import Brief
from crossover.report.brief_marks import chart, element, line, markup, style_of
from crossover.report.brief_parts import BriefCost, BriefStrategy
from crossover.words import localised, say, say_count

MOST_LINES = 6
MOST_BARS = 8
_WIDTH, _HEIGHT = 400.0, 270.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 58.0, 392.0, 12.0, 226.0
_ROW = 38.0


@dataclass(frozen=True, slots=True)
class _Axes:
    """From months and US dollars to places in the picture."""

    months: int
    top_usd: float

    def x(self, month: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * month / max(1, self.months)

    def y(self, value: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * value / self.top_usd


def drawn(brief: Brief) -> tuple[tuple[BriefStrategy, BriefCost], ...]:
    """The strategies the first chart shows: those with a cost, best first, no more than six."""
    found = ((row, row.cost) for row in brief.strategies if row.cost is not None)
    return tuple((row, cost) for row, cost in found if cost is not None)[:MOST_LINES]


def cumulative_svg(brief: Brief) -> Markup:
    """Lines: US dollars spent by the end of each month, as far as each model answers."""
    shown = drawn(brief)
    top = max((max(_spent(row, cost)) for row, cost in shown), default=0.0)
    step = _nice(top / 4)
    axes = _Axes(brief.horizon_months, step * max(1, math.ceil(top / step)))
    root = chart("spent", _WIDTH, _HEIGHT, say("US dollars spent by month"), _spoken(brief, shown))
    _grid(root, axes, step)
    # the best line last, so that it lies on top
    for row, cost in reversed(shown):
        points = [(axes.x(month), axes.y(value)) for month, value in enumerate(_spent(row, cost))]
        line(root, points, style_of(row.id), 1.0 if row.rank else 0.45)
    return markup(root)


def totals_svg(brief: Brief) -> Markup:
    """Bars: the totals of the first eight strategies, people's time hatched."""
    shown = [(row, row.cost) for row in brief.strategies if row.cost is not None][:MOST_BARS]
    top = max((cost.total_usd for _, cost in shown if cost), default=0.0) or 1.0
    words = "; ".join(f"{row.label} {usd(cost.total_usd)}" for row, cost in shown if cost)
    root = chart("total", _WIDTH, _ROW * len(shown) + 8, say("Total cost by strategy"), f"{words}.")
    for place, (row, cost) in enumerate(shown):
        if cost is not None:
            _bar(root, place, row, cost, (_RIGHT - 8) / top)
    return markup(root)


def _bar(root: ET.Element, place: int, row: BriefStrategy, cost: BriefCost, scale: float) -> None:
    y, colour = place * _ROW, style_of(row.id).colour
    label = row.label if row.rank else say("{strategy} (not ranked)", strategy=row.label)
    element(root, "text", label, x=4, y=y + 14, font_size=12, fill="currentColor")
    total = usd(cost.total_usd)
    element(root, "text", total, x=_RIGHT, y=y + 14, font_size=12, text_anchor="end", fill="currentColor")
    people = min(cost.people_usd, cost.total_usd)
    charged = cost.total_usd - people
    element(root, "rect", x=4, y=y + 19, width=charged * scale, height=13, fill=colour)
    if people:
        _hatch(root, place, colour)
        element(
            root,
            "rect",
            x=4 + charged * scale,
            y=y + 19,
            width=people * scale,
            height=13,
            fill=f"url(#hatch-{place})",
            stroke=colour,
        )


def _hatch(root: ET.Element, place: int, colour: str) -> None:
    pattern = element(
        root,
        "pattern",
        id=f"hatch-{place}",
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    element(pattern, "rect", width=2.5, height=6, fill=colour)


def _spent(row: BriefStrategy, cost: BriefCost) -> Sequence[float]:
    return cost.cumulative_usd[: row.usable_months + 1]


def _spoken(brief: Brief, shown: Sequence[tuple[BriefStrategy, BriefCost]]) -> str:
    ends = "; ".join(
        say(
            "{strategy} from {start} to {end}",
            strategy=row.label,
            start=usd(cost.cumulative_usd[0]),
            end=usd(_spent(row, cost)[-1]),
        )
        for row, cost in shown
    )
    return say_count("Over {n} month: {ends}.", "Over {n} months: {ends}.", brief.horizon_months, ends=ends)


def _grid(root: ET.Element, axes: _Axes, step: float) -> None:
    for k in range(round(axes.top_usd / step) + 1):
        y = axes.y(k * step)
        element(root, "line", x1=_LEFT, x2=_RIGHT, y1=y, y2=y, stroke="currentColor", opacity=0.18)
        element(
            root,
            "text",
            _tick(k * step),
            x=_LEFT - 6,
            y=y + 4,
            font_size=11,
            text_anchor="end",
            fill="currentColor",
        )
    every = max(1, round(axes.months / 6))
    for month in range(0, axes.months + 1, every):
        element(
            root,
            "text",
            str(month),
            x=axes.x(month),
            y=_BOTTOM + 16,
            font_size=11,
            text_anchor="middle",
            fill="currentColor",
        )
    middle = (_LEFT + _RIGHT) / 2
    element(
        root,
        "text",
        say("Months from the start"),
        x=middle,
        y=_BOTTOM + 34,
        font_size=11,
        text_anchor="middle",
        fill="currentColor",
    )


def _tick(value: float) -> str:
    """Dollars at the axis, without cents where there are none."""
    words = usd(value)
    return words.replace(localised(".00"), "") if value >= 1 or not value else words


def _nice(value: float) -> float:
    """The next 1, 2 or 5 times a power of ten; 1 for nothing."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= value)
