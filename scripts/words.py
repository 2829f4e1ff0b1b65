"""Keep data/words true to the code: collect what is said, and join what was translated.

python scripts/words.py            rewrite the catalogues from the code; what nobody says any more is dropped
python scripts/words.py todo P...  print as JSON what the files or folders P say that no German stands for
python scripts/words.py take FILE  take German from such a JSON file, filled in
"""

from __future__ import annotations

import csv
import fcntl
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "data" / "words"
TEMPLATE = FOLDER / "crossover.pot"
SPOKEN = ["app.py", "asgi.py", "crossover", "pages", "ui"]
KEYWORDS = {"say": None, "mark": None, "say_count": (1, 2), "say_as": ((1, "c"), 2)}
TABLES = {
    "data/assumptions.csv": ["label", "unit", "reason"],
    "data/literature.csv": ["task", "setting", "unit", "note"],
    "data/lifecycle.csv": ["remedy"],
    "data/prices/tuning_notes.csv": ["known"],
    "data/prices/vector_stores.csv": ["included"],
    "data/prices/tool_fees.csv": ["token_rule"],
}
DATED = ("POT-Creation", "PO-Revision", "Last-Translator", "Language-Team", "Report-Msgid", "Generated")
Found = tuple[str, str | tuple[str, str], str | None]


def said(*places: str) -> Iterator[Found]:
    """(file, text or (one, many), context) of everything said in these places, in order."""
    for place in places or (*SPOKEN, *TABLES):
        path = (ROOT / place).resolve()
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            name = file.relative_to(ROOT).as_posix()
            yield from _in_table(name, file) if name in TABLES else _in_code(name, file)


def _in_code(name: str, file: Path) -> Iterator[Found]:
    for _, text, _, context in extract_from_file("python", file, keywords=KEYWORDS):
        yield name, text if isinstance(text, str) else (text[0], text[1]), context


def _in_table(name: str, file: Path) -> Iterator[Found]:
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield from ((name, row[column], None) for column in TABLES[name] if row[column])


def template() -> Catalog:
    """Everything said, in English, with the files that say it."""
    made = _empty("# Every English word shown to people, collected from the code by scripts/words.py.")
    for name, text, context in said():
        # the library takes a percent sign for a field; here braces are filled, by str.format
        made.add(text, locations=[(name, 0)], context=context).flags.clear()
    return made


def _empty(comment: str, locale: str | None = None) -> Catalog:
    return Catalog(locale=locale, project="Crossover", charset="utf-8", fuzzy=False, header_comment=comment)


def read(path: Path, locale: str | None = None) -> Catalog:
    """The catalogue in a file."""
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def merged(old: Catalog, fresh: Catalog) -> Catalog:
    """What is said now, each with the words that stood for it before; nothing is guessed."""
    made = _empty("# The German words. Keep them true with scripts/words.py.", "de")
    for message in fresh:
        if message.id:
            known = old.get(first(message), message.context)
            made.add(
                message.id, known.string if known else "", message.locations, context=message.context
            ).flags.clear()
    return made


def first(message: Message) -> str:
    """The English text of a message, the one for a single thing where it counts."""
    return message.id if isinstance(message.id, str) else message.id[0]


def write(path: Path, catalogue: Catalog) -> None:
    """The catalogue as a file without dates and line numbers, which change when no word does."""
    draft = path.with_suffix(".new")
    with draft.open("wb") as file:
        write_po(file, catalogue, width=110, include_lineno=False, sort_by_file=True)
    dated = tuple(f'"{name}' for name in DATED)
    lines = draft.read_text(encoding="utf-8").splitlines(keepends=True)
    draft.write_text("".join(line for line in lines if not line.startswith(dated)), encoding="utf-8")
    draft.replace(path)


def is_said(message: Message | None) -> bool:
    """Whether every form of a message has its words."""
    words = message.string if message else ""
    return all(words) if isinstance(words, tuple | list) else bool(words)


def _todo(places: list[str]) -> dict[str, str | list[str]]:
    german = read(FOLDER / "de.po", "de")
    waiting: dict[str, str | list[str]] = {}
    for _, text, context in said(*places):
        one = text if isinstance(text, str) else text[0]
        if not is_said(german.get(one, context)):
            key = one if isinstance(text, str) else "\u0001".join(text)
            waiting[f"{context}\u0004{key}" if context else key] = "" if isinstance(text, str) else ["", ""]
    return waiting


def _take(file: Path) -> None:
    given = json.loads(file.read_text(encoding="utf-8"))
    german = read(FOLDER / "de.po", "de")
    for key, words in given.items():
        context, _, rest = key.rpartition("\u0004")
        one, _, many = rest.partition("\u0001")
        if words and all(words):
            known = german.get(one, context or None)
            message = known or german.add((one, many) if many else one, context=context or None)
            message.string = tuple(words) if many else words
    write(FOLDER / "de.po", german)


def main(arguments: list[str]) -> None:
    """Do what the command line says."""
    with (ROOT / ".words.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        match arguments:
            case ["todo", *places]:
                print(json.dumps(_todo(places), ensure_ascii=False, indent=1))
            case ["take", file]:
                _take(Path(file))
            case []:
                fresh = template()
                write(TEMPLATE, fresh)
                write(FOLDER / "de.po", merged(read(FOLDER / "de.po", "de"), fresh))
            case _:
                sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
