"""The marks of the brief's charts: lines, dashes and markers as SVG elements, escaped by the XML writer."""

from __future__ import annotations

import math
from xml.etree import ElementTree as ET  # only written here, never parsed

from markupsafe import Markup

from crossover.charts.style import STRATEGY_STYLES, StrategyStyle

OTHER_STYLE = StrategyStyle("#6B7280", "solid", "circle")
DASHES = {
    "solid": "",
    "dash": "8 5",
    "dot": "2 4",
    "dashdot": "8 4 2 4",
    "longdash": "14 6",
    "longdashdot": "14 5 2 5",
}
# corners, turn in degrees, depth of the notches between corners (1: none)
_SHAPES = {
    "square": (4, 45, 1.0),
    "square-dot": (4, 45, 1.0),
    "diamond": (4, 0, 1.0),
    "diamond-tall": (4, 0, 1.0),
    "triangle-up": (3, -90, 1.0),
    "triangle-down": (3, 90, 1.0),
    "triangle-left": (3, 180, 1.0),
    "triangle-right": (3, 0, 1.0),
    "pentagon": (5, -90, 1.0),
    "hexagon": (6, 0, 1.0),
    "star": (5, -90, 0.45),
    "cross": (4, 0, 0.35),
}
_RADIUS = 4.0


def style_of(strategy_id: str) -> StrategyStyle:
    """How a strategy is drawn; grey for one this version does not know."""
    return STRATEGY_STYLES.get(strategy_id, OTHER_STYLE)


def element(parent: ET.Element, tag: str, text: str | None = None, /, **attributes: object) -> ET.Element:
    """A new element inside `parent`; an underscore in a name stands for a hyphen."""
    named = {name.strip("_").replace("_", "-"): _number(value) for name, value in attributes.items()}
    made = ET.SubElement(parent, tag, named)
    made.text = text
    return made


def chart(id: str, width: float, height: float, title: str, description: str) -> ET.Element:
    """An empty picture that a screen reader can read out."""
    root = ET.Element(
        "svg",
        {
            "class": "chart",
            "viewBox": f"0 0 {width:g} {height:g}",
            "role": "img",
            "aria-labelledby": f"{id}-title {id}-text",
            "font-family": "system-ui, sans-serif",
        },
    )
    element(root, "title", title, id=f"{id}-title")
    element(root, "desc", description, id=f"{id}-text")
    return root


def line(parent: ET.Element, points: list[tuple[float, float]], style: StrategyStyle, opacity: float) -> None:
    """A dashed line with a marker at its ends and three times between."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    element(
        parent,
        "polyline",
        points=path,
        fill="none",
        stroke=style.colour,
        stroke_width=2.2,
        stroke_dasharray=DASHES.get(style.dash, "") or "none",
        opacity=opacity,
    )
    step = max(1, (len(points) - 1) // 4)
    for x, y in points[::step]:
        marker(parent, x, y, style, opacity)


def marker(parent: ET.Element, x: float, y: float, style: StrategyStyle, opacity: float = 1.0) -> None:
    """The strategy's own shape; hollow where its name says so."""
    is_hollow = style.marker.endswith("-dot")
    paint = {
        "fill": "none" if is_hollow else style.colour,
        "stroke": style.colour,
        "stroke_width": 1.5,
        "opacity": opacity,
    }
    shape = _SHAPES.get(style.marker)
    if shape is None:
        element(parent, "circle", cx=x, cy=y, r=_RADIUS * 0.85, **paint)
        return
    corners = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in _corners(style.marker, *shape))
    element(parent, "polygon", points=corners, **paint)


def _corners(name: str, count: int, turn: float, notch: float) -> list[tuple[float, float]]:
    steps = count if notch == 1 else 2 * count
    tall = 1.4 if name == "diamond-tall" else 1.0
    return [
        (radius * math.cos(angle), tall * radius * math.sin(angle))
        for k in range(steps)
        for radius, angle in [
            (_RADIUS * (notch if notch != 1 and k % 2 else 1.0), math.radians(turn + 360 * k / steps))
        ]
    ]


def swatch(strategy_id: str) -> Markup:
    """A short piece of the strategy's line, for a legend."""
    root = ET.Element("svg", {"viewBox": "0 0 36 12", "aria-hidden": "true"})
    style = style_of(strategy_id)
    element(
        root,
        "line",
        x1=1,
        x2=35,
        y1=6,
        y2=6,
        stroke=style.colour,
        stroke_width=2.2,
        stroke_dasharray=DASHES.get(style.dash, "") or "none",
    )
    marker(root, 18, 6, style)
    return markup(root)


def markup(root: ET.Element) -> Markup:
    """The picture as text for the page; the writer has escaped every word in it."""
    return Markup(ET.tostring(root, encoding="unicode"))


def _number(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
