"""Figures as plain JSON values: each with its kind and source, and with the leaves it was computed from."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from crossover.figure import Figure

JsonValue = dict[str, object]


def number(value: float | None) -> float | None:
    """A finite number as a plain float; None for what is unknown or has no finite value."""
    return float(value) if value is not None and math.isfinite(value) else None


def ends(interval: tuple[float, float] | None) -> list[float | None] | None:
    """Low and high of an interval; None without one."""
    return None if interval is None else [number(end) for end in interval]


def figure_json(figure: Figure) -> JsonValue:
    """A figure with the kind of its weakest leaf and every leaf once, in order; a leaf has no inputs."""
    leaves = dict.fromkeys(leaf for leaf in figure.leaves() if leaf is not figure)
    return {
        **_leaf(figure),
        "weakest": figure.weakest.value,
        "inputs": [_leaf(leaf) for leaf in leaves],
    }


def _leaf(figure: Figure) -> JsonValue:
    return {
        "name": figure.name,
        "value": number(figure.value),
        "unit": figure.unit,
        "kind": figure.kind.value,
        "source": figure.source,
        "as_of": figure.as_of.isoformat() if figure.as_of else None,
        "note": figure.note,
        "ci": ends(figure.ci),
        "n": figure.n,
    }


def stale_prices(figures: Iterable[Figure], on: date) -> list[JsonValue]:
    """The prices among the leaves that were read more than 90 days before `on`, each once (MODEL.md 0.2)."""
    leaves = (leaf for figure in figures for leaf in figure.leaves())
    old = dict.fromkeys((leaf.name, leaf.source, leaf.as_of) for leaf in leaves if leaf.is_stale(on))
    return [
        {"name": name, "source": source, "as_of": as_of.isoformat()} for name, source, as_of in old if as_of
    ]
