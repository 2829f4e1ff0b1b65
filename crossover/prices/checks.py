"""Checking the price book before it is trusted: `python -m crossover prices check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from importlib.metadata import version

from crossover.figure import AMBER_AFTER_DAYS
from crossover.prices.book import PriceBook
from crossover.prices.package import PACKAGE_NAME, PACKAGE_VERSION, package_models, package_price
from crossover.prices.presets import Preset
from crossover.prices.tables import holds_on
from crossover.prices.types import LifecycleEvent, Source, TokenPrice

SOON = timedelta(days=120)


class Level(StrEnum):
    """`error`: the book is wrong. `warning`: somebody should look. `note`: good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found, where, and what to do about it."""

    level: Level
    kind: str
    where: str
    what: str


def check_prices(book: PriceBook, today: date, presets: Iterable[Preset] = ()) -> tuple[Finding, ...]:
    """All findings, errors first. Pure: `today` decides what is stale or coming."""
    found = [
        *_package_version(),
        *_unknown_package_ids(book),
        *_presets_without_price(book, today, presets),
        *_stale_sources(book, today),
        *_disagreements(book, today),
        *_unpriced(book, today),
        *_coming(book, today),
    ]
    return tuple(sorted(found, key=lambda finding: (list(Level).index(finding.level), finding.where)))


def _package_version() -> Iterator[Finding]:
    if version(PACKAGE_NAME) != PACKAGE_VERSION:
        what = (
            f"{version(PACKAGE_NAME)} is installed, {PACKAGE_VERSION} was checked: set its day in package.py."
        )
        yield Finding(Level.ERROR, "package_version", PACKAGE_NAME, what)


def _unknown_package_ids(book: PriceBook) -> Iterator[Finding]:
    for entry in book.catalogue:
        if entry.package_model and entry.package_model not in package_models(entry.host):
            what = f"The package has no {entry.package_model!r}: correct catalogue.csv."
            yield Finding(Level.ERROR, "unknown_package_id", f"{entry.host} {entry.model}", what)


def _presets_without_price(book: PriceBook, today: date, presets: Iterable[Preset]) -> Iterator[Finding]:
    for preset in presets:
        day = preset.price_date_on(today)
        for host, model in ((preset.host, preset.model), *preset.alternatives):
            if book.inference(host, model, day) is None:
                what = f"No price on {day}: choose another model in the preset."
                yield Finding(Level.ERROR, "preset_without_price", f"{preset.id}: {host} {model}", what)


def _stale_sources(book: PriceBook, today: date) -> Iterator[Finding]:
    for where, source in _sources_in_use(book, today):
        if source.as_of is not None and (today - source.as_of).days > AMBER_AFTER_DAYS:
            what = f"Read on {source.as_of}, more than {AMBER_AFTER_DAYS} days ago: read {source.url} again."
            yield Finding(Level.WARNING, "stale", where, what)


def _sources_in_use(book: PriceBook, today: date) -> Iterator[tuple[str, Source]]:
    for host, model, _ in book.models(today):
        price = book.inference(host, model, today)
        if price:
            yield f"{host} {model}", price.source
    for offer in book.tuning_offers(today):
        yield f"{offer.host} {offer.model} tuning, {offer.mode}, {offer.tier}", offer.source
    for embedding in book.embeddings(today):
        yield f"{embedding.host} {embedding.model}", embedding.source


def _disagreements(book: PriceBook, today: date) -> Iterator[Finding]:
    """Own rows that differ from what the package lists under the same id."""
    for own in book.inference_rows:
        listed = package_price(own.host, own.model, None, today) if own.region == "global" else None
        if holds_on(own, today) and listed and own.price != listed.price:
            what = f"Own row {_in_out(own.price)}, package {_in_out(listed.price)}: the own row is used."
            yield Finding(Level.NOTE, "disagreement", f"{own.host} {own.model}", what)


def _in_out(price: TokenPrice) -> str:
    return f"{price.input_mtok:g} / {price.output_mtok:g}"


def _unpriced(book: PriceBook, today: date) -> Iterator[Finding]:
    priced = {(model.host, model.model) for model in book.models(today)}
    for entry in book.catalogue:
        end = book.shutdown(entry.host, entry.model)
        if (entry.host, entry.model) not in priced and not (end and end.on <= today):
            what = f"No price on {today}: it is shown as price missing."
            yield Finding(Level.NOTE, "price_missing", f"{entry.host} {entry.model}", what)


def _coming(book: PriceBook, today: date) -> Iterator[Finding]:
    for event in book.lifecycle_rows:
        if today < event.on <= today + SOON and event.event is not LifecycleEvent.OPENED:
            what = f"{event.event.value.replace('_', ' ')} on {event.on} ({event.scope})."
            yield Finding(Level.NOTE, "coming", f"{event.host} {event.model}", what)
