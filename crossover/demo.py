"""The demo company: read through the same door as anybody's files, and marked as demo data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from crossover.samples import Reading, SampleSet, Slot, combine, read_upload

DEMO_FOLDER = Path(__file__).resolve().parents[1] / "data" / "demo"
LANGUAGES = ("en", "de")


def load_demo(language: str) -> SampleSet:
    """The demo samples in "en" or "de": questions, chats, pages, tools and instructions."""
    if language not in LANGUAGES:
        raise ValueError(f"There is no demo data in {language!r}; choose one of {', '.join(LANGUAGES)}.")
    folder = DEMO_FOLDER / language
    readings = [
        _read(folder / "questions.csv", Slot.QUESTIONS),
        _read(folder / "training_chats.jsonl", Slot.CHATS),
        _read(folder / "tools.json", Slot.TOOLS),
        _read(folder / "instructions.md", Slot.INSTRUCTIONS),
        *(_read(page, Slot.KNOWLEDGE) for page in sorted((folder / "knowledge").glob("*.md"))),
    ]
    return replace(combine(readings), demo=True)


def _read(path: Path, slot: Slot) -> Reading:
    return read_upload(path.name, path.read_bytes(), slot=slot)
