"""Ready-made worlds to compare in: a price date with its model and what stands beside it (data/presets)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crossover.prices.loading import DATA
from crossover.words import mark

_SAID = (
    mark("Today"),
    mark("July 2024"),
    mark("Prices of the day you choose; the first model is one a new customer can buy and tune."),
    mark(
        "The week GPT-4o mini tuning was announced, as the press described it. "
        "Prompt caching did not exist yet."
    ),
)
"""Labels and notes of the files, which stay English there and are said where shown."""


@dataclass(frozen=True, slots=True)
class PresetTuning:
    """What the tuning side of a preset rests on: host, model, and what to tell the reader."""

    host: str
    model: str
    note: str


@dataclass(frozen=True, slots=True)
class Preset:
    """A named world. `price_date` None means today; `caching` False switches prompt caching off.

    Prices are not in it: they are read from the book for the date. `label` and `note` are English, to be
    said where shown.
    """

    id: str
    label: str
    price_date: date | None
    host: str
    model: str
    alternatives: tuple[tuple[str, str], ...]
    tuning: tuple[PresetTuning, ...]
    caching: bool
    note: str
    sources: tuple[str, ...]

    def price_date_on(self, today: date) -> date:
        """The day this preset's prices are read for."""
        return self.price_date or today


def load_presets(folder: Path = DATA) -> dict[str, Preset]:
    """The presets under `folder`/presets by id (the file name): "today" first, then by name."""
    paths = sorted((folder / "presets").glob("*.json"), key=lambda path: (path.stem != "today", path.stem))
    return {path.stem: read_preset(path) for path in paths}


def read_preset(path: Path) -> Preset:
    """One preset file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    day = content["price_date"]
    return Preset(
        id=path.stem,
        label=content["label"],
        price_date=date.fromisoformat(day) if day else None,
        host=content["host"],
        model=content["model"],
        alternatives=tuple((host, model) for host, model in content["alternatives"]),
        tuning=tuple(PresetTuning(**entry) for entry in content["tuning"]),
        caching=content["caching"],
        note=content["note"],
        sources=tuple(content["sources"]),
    )
