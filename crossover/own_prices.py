"""A price of the person's own, as it travels in a scenario: plain cells, and where they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from crossover.words import say

MOST_OWN_PRICES = 100
"""More would no longer fit into a link, and nobody reads them one by one."""

_IDENTITY = ("host", "model", "region", "mode", "tier", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class OwnPrice:
    """One price as the cells of our table (docs/prices.md); `origin` says how it came in."""

    cells: tuple[tuple[str, str], ...]
    origin: str
    entered_on: date

    @property
    def about(self) -> tuple[object, ...]:
        """What it prices, for which days; a later price about the same replaces it."""
        cells = dict(self.cells)
        is_tuning = any(name.startswith("training_usd") for name in cells)
        return (is_tuning, *(cells.get(name, "") for name in _IDENTITY))

    def as_mapping(self) -> dict[str, object]:
        """The price as JSON takes it."""
        return {"cells": dict(self.cells), "origin": self.origin, "entered_on": self.entered_on.isoformat()}

    @classmethod
    def from_mapping(cls, content: object) -> OwnPrice:
        """The price `as_mapping` wrote. Raises ValueError with what is wrong."""
        if not isinstance(content, Mapping) or not isinstance(content.get("cells"), Mapping):
            raise ValueError(say("an own price must be an object with cells, origin and entered_on"))
        cells = tuple((str(name), str(value)) for name, value in content["cells"].items())
        return cls(cells, str(content.get("origin", "")), date.fromisoformat(str(content.get("entered_on"))))
