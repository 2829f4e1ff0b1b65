"""What others measured: shown as ranges beside a score, never inside one (MODEL.md 11)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LITERATURE_FILE = Path(__file__).resolve().parents[2] / "data" / "literature.csv"


class InvalidLiterature(ValueError):
    """A row of the file says too little to be quoted; the message names it."""


@dataclass(frozen=True, slots=True)
class LiteratureResult:
    """One published result in its own `unit`; None where the source gives no number for that way.

    `date` is the month it was first published, "2024-01". `tuning` and `both` are without and with
    retrieval. `note` is what it says, in our words.
    """

    id: str
    citation: str
    task: str
    model: str
    date: str
    setting: str
    prompt: float | None
    rag: float | None
    tuning: float | None
    both: float | None
    unit: str
    url: str
    note: str

    @property
    def has_numbers(self) -> bool:
        """Whether at least one way has a number."""
        return any(value is not None for value in (self.prompt, self.rag, self.tuning, self.both))


@cache
def literature(path: Path = LITERATURE_FILE) -> tuple[LiteratureResult, ...]:
    """Every result of data/literature.csv in file order.

    Raises InvalidLiterature for a row without citation, task, model, date or address.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_result(row) for row in csv.DictReader(file))


def _result(row: dict[str, str]) -> LiteratureResult:
    missing = [name for name in ("id", "citation", "task", "model", "date", "url", "note") if not row[name]]
    if missing:
        raise InvalidLiterature(f"The row {row['id'] or row['citation']!r} lacks {', '.join(missing)}.")
    numbers = {name: float(row[name]) if row[name] else None for name in ("prompt", "rag", "tuning", "both")}
    texts = {name: text for name, text in row.items() if name not in numbers}
    return LiteratureResult(**texts, **numbers)  # type: ignore[arg-type]
