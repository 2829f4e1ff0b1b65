"""What others measured: shown as ranges beside a score, never inside one (MODEL.md 11)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crossover.words import mark, say

LITERATURE_FILE = Path(__file__).resolve().parents[2] / "data" / "literature.csv"

WORDED_MODELS = (
    mark("24B to 235B and more"),
    mark("GPT-4 and cheaper models"),
    mark("a long-context model"),
    mark("many"),
    mark("open and premium models"),
    mark("open models"),
    mark("open models on one H100"),
    mark("tuned open models"),
)
"""What stands in the column `model` and is no name."""


class InvalidLiterature(ValueError):
    """A row of the file says too little to be quoted; the message names it."""


@dataclass(frozen=True, slots=True)
class LiteratureResult:
    """One published result in its own `unit`; None where the source gives no number for that way.

    `date` is the month it was first published, "2024-01". `tuning` and `both` are without and with
    retrieval. `note` is what it says, in our words. Texts are English and said where they are shown;
    `model_named` is what the file calls the model, or a few words where there were several.
    """

    id: str
    citation: str
    task: str
    model_named: str
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
    def model(self) -> str:
        """The model in the language spoken: a name stays, words are said."""
        return say(self.model_named)

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
    texts["model_named"] = texts.pop("model")
    return LiteratureResult(**texts, **numbers)  # type: ignore[arg-type]
