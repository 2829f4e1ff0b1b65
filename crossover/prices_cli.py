"""What `python -m crossover prices check` prints: every row checked, what to look at first on top."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from crossover.figure import AMBER_AFTER_DAYS
from crossover.prices import (
    Finding,
    InvalidPriceRow,
    Level,
    Preset,
    PriceBook,
    Source,
    check_prices,
    load_presets,
    load_price_book,
)
from crossover.prices.tables import holds_on

PASSED, FAILED = 0, 1
_TITLES = {Level.ERROR: "Wrong", Level.WARNING: "Look at", Level.NOTE: "Good to know"}


class _Row(Protocol):
    """Any dated row of the book."""

    @property
    def valid_from(self) -> date | None: ...

    @property
    def valid_to(self) -> date | None: ...

    @property
    def source(self) -> Source: ...


_Named = tuple[str, _Row]


def check_folder(folder: Path, today: date) -> tuple[tuple[str, ...], int]:
    """`check_lines` for the book and the presets in `folder`; a row that cannot be read is a line too."""
    try:
        book, presets = load_price_book(folder), load_presets(folder)
    except (InvalidPriceRow, ValueError, KeyError, OSError) as error:
        return (f"{_TITLES[Level.ERROR]} (1)", f"  cannot be read: {error}"), FAILED
    return check_lines(book, today, presets.values())


def check_lines(book: PriceBook, today: date, presets: Iterable[Preset] = ()) -> tuple[tuple[str, ...], int]:
    """What a maintainer should look at, most urgent first, and the exit code: 1 with an error, else 0.

    Prices read too long ago are gathered by page, because one visit renews them all.
    """
    found = (*check_prices(book, today, presets), *row_findings(book))
    sections = {level: _section(level, found, _stale_pages(book, today)) for level in Level}
    counts = ", ".join(f"{_TITLES[level].lower()} {len(lines)}" for level, lines in sections.items())
    lines = [
        line for level, own in sections.items() if own for line in (f"{_TITLES[level]} ({len(own)})", *own)
    ]
    summary = f"{_row_count(book)} rows read, as of {today.isoformat()}: {counts}."
    return (*lines, summary), FAILED if sections[Level.ERROR] else PASSED


def row_findings(book: PriceBook) -> tuple[Finding, ...]:
    """Rows of the same price that overlap, leave a gap, hold on no day or name no page."""
    named = list(_named_rows(book))
    by_name: dict[str, list[_Row]] = {}
    for name, row in named:
        by_name.setdefault(name, []).append(row)
    single = (finding for name, row in named for finding in _row_faults(name, row))
    pairs = (finding for name, rows in by_name.items() for finding in _neighbours(name, rows))
    return (*single, *pairs)


def _named_rows(book: PriceBook) -> Iterator[_Named]:
    yield from ((f"{r.host} {r.model} inference, {r.region}", r) for r in book.inference_rows)
    yield from ((f"{r.host} {r.model} tuning, {r.mode}, {r.tier}", r) for r in book.tuning_rows)
    yield from ((f"{r.host} {r.model} embedding", r) for r in book.embedding_rows)
    yield from ((f"{r.host} {r.product}, {r.item} per {r.unit}", r) for r in book.vector_store_rows)
    yield from ((f"{r.host} {r.tool}, {r.applies_to}", r) for r in book.tool_fee_rows)
    yield from ((f"{r.host} {r.gpu}, {r.offer}", r) for r in book.gpu_hour_rows)


def _row_faults(name: str, row: _Row) -> Iterator[Finding]:
    if not row.source.url.startswith("https://"):
        yield Finding(Level.ERROR, "no_source", name, "Names no page: add source_url.")
    if row.valid_from is None:
        yield Finding(
            Level.WARNING, "no_start", name, "Has no first day, so it holds on none: add valid_from."
        )
    elif row.valid_to is not None and row.valid_to <= row.valid_from:
        yield Finding(
            Level.ERROR, "backwards", name, f"Ends on {row.valid_to}, before it begins: correct valid_to."
        )


def _neighbours(name: str, rows: Sequence[_Row]) -> Iterator[Finding]:
    """Each row against the next one in time; `valid_to` is the day after the last."""
    dated = sorted((row.valid_from, row.valid_to or date.max) for row in rows if row.valid_from)
    for (_, end), (start, _) in pairwise(dated):
        if start < end:
            yield Finding(Level.ERROR, "overlap", name, f"Two rows hold on {start}: end the first one there.")
        elif end < start:
            yield Finding(
                Level.WARNING, "gap", name, f"No row from {end} until {start}: the price is missing then."
            )


def _section(level: Level, found: Iterable[Finding], stale: Iterable[str]) -> list[str]:
    """The findings of one level; single stale rows give way to their pages."""
    own = [finding for finding in found if finding.level is level and finding.kind != "stale"]
    pages = stale if level is Level.WARNING else ()
    return [*(f"  {finding.where}: {finding.what}" for finding in own), *(f"  {line}" for line in pages)]


def _stale_pages(book: PriceBook, today: date) -> list[str]:
    """One line per page that was read too long ago, oldest first, for rows in force on that day."""
    sources = [row.source for _, row in _named_rows(book) if holds_on(row, today)]
    old = [(s.as_of, s.url) for s in sources if s.as_of and (today - s.as_of).days > AMBER_AFTER_DAYS]
    return [
        f"{url}: read again, last on {day} for {amount} row{'s' if amount > 1 else ''}."
        for (day, url), amount in sorted(Counter(old).items())
    ]


def _row_count(book: PriceBook) -> int:
    others = len(book.catalogue) + len(book.cache_rows) + len(book.rule_rows) + len(book.lifecycle_rows)
    others += len(book.tuning_notes)
    return others + len(book.speed_rows) + sum(1 for _ in _named_rows(book))
