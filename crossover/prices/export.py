"""Prices as plain JSON values, for the command line and for downloads."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from datetime import date
from enum import Enum

from crossover.prices.book import PriceBook
from crossover.prices.hosts import host_label
from crossover.prices.market import TuningPlace, tuning_market, tuning_notes


def price_json(book: PriceBook, model: str, on: date, host: str | None = None) -> dict[str, object]:
    """What is known about a model on a day, at one host or at every host that names it.

    `prices` holds one entry per host: token price or None, tuning offers, whether tuning can be
    bought, what is known of it beside prices, and the dated events. A name nobody knows gives an
    empty list. Unknown numbers are None.
    """
    hosts = [host] if host else _hosts_naming(book, model)
    return {
        "model": model,
        "date": on.isoformat(),
        "currency": "USD",
        "prices": [_at_host(book, name, model, on) for name in hosts],
    }


def _hosts_naming(book: PriceBook, model: str) -> list[str]:
    return [entry.host for entry in book.catalogue if entry.is_called(entry.host, model)]


def _at_host(book: PriceBook, host: str, model: str, on: date) -> dict[str, object]:
    status = book.tuning_status(host, model, on)
    shutdown = book.shutdown(host, model)
    return {
        "host": host,
        "host_label": host_label(host),
        "inference": plain(book.inference(host, model, on)),
        "tuning": [plain(offer) for offer in book.tuning(host, model, on)],
        "tuning_state": status.state.value,
        "tuning_since": plain(status.since),
        "remedy": status.remedy,
        "tuning_notes": [plain(note) for note in tuning_notes(book, host, on)],
        "shutdown": plain(shutdown.on) if shutdown else None,
        "replacement": shutdown.replacement if shutdown else "",
        "events": [plain(event) for event in book.lifecycle(host, model)],
    }


def market_json(book: PriceBook, on: date) -> dict[str, object]:
    """Where tuning can be bought on a day, one entry per host; an unknown price is None."""
    return {
        "date": on.isoformat(),
        "currency": "USD",
        "tuning": [_place(place) for place in tuning_market(book, on)],
    }


def _place(place: TuningPlace) -> dict[str, object]:
    return {
        "host": place.host,
        "host_label": host_label(place.host),
        "availability": place.availability.value,
        "since": plain(place.since),
        "model": place.model,
        "offer": plain(place.offer),
        "notes": [plain(note) for note in place.notes],
        "sources": [plain(source) for source in place.sources],
    }


def plain(value: object) -> object:
    """`value` with dataclasses as objects, dates as ISO text and enums as their values."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
