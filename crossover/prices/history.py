"""How prices moved: the history of one model and everything that changed between two days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum

from crossover.prices.book import PriceBook
from crossover.prices.lifecycle import TUNING
from crossover.prices.multiples import GLOBAL
from crossover.prices.types import InferencePrice, Lifecycle, TokenPrice, TuningPrice

_TUNING_NUMBERS = ("training_usd_per_mtok", "training_usd_per_hour", "hosting_usd_per_hour")
_DAY = timedelta(days=1)


class ChangeKind(StrEnum):
    """What happened to a price; `first_seen`: it is known from that day on, perhaps older."""

    NEW = "new"
    FIRST_SEEN = "first_seen"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One number that moved; None on a side means no such price was known there."""

    name: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A price that started, moved or ended; `subject` is "inference" or "tuning, <mode>, <tier>".

    `on` is the first day of the new state. For a price that starts or ends, `fields` lists its
    numbers on the one side it has.
    """

    host: str
    model: str
    subject: str
    on: date
    kind: ChangeKind
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What moved between two days: prices, and openings, closings and shutdowns; oldest first."""

    prices: tuple[PriceChange, ...]
    lifecycle: tuple[Lifecycle, ...]


@dataclass(frozen=True, slots=True)
class _State:
    """A price as plain numbers on one day; empty when there is none."""

    numbers: Mapping[str, float]
    first_seen: bool = False


def history(book: PriceBook, host: str, model: str, region: str = GLOBAL) -> tuple[InferencePrice, ...]:
    """Every price that model had or is announced to have at that host and region, oldest first.

    A row of which only the source or the batch price differs is still its own row.
    """
    found = (book.inference(host, model, day, region) for day in book.price_days(host, model, region))
    return tuple({price.valid_from: price for price in found if price}.values())


def changes(book: PriceBook, after: date, until: date) -> Changes:
    """What changed on the days after `after` up to and including `until`."""
    moved = _changes_on(book, lambda day: after < day <= until)
    events = (event for event in book.lifecycle_rows if after < event.on <= until)
    return Changes(
        prices=tuple(
            sorted(moved, key=lambda change: (change.on, change.host, change.model, change.subject))
        ),
        lifecycle=tuple(sorted(events, key=lambda event: (event.on, event.host, event.model))),
    )


def _changes_on(book: PriceBook, wanted: Callable[[date], bool]) -> Iterator[PriceChange]:
    for entry in book.catalogue:
        days = filter(wanted, book.price_days(entry.host, entry.model))
        yield from _inference_changes(book, entry.host, entry.model, days)
    offers = {(row.host, row.model, row.mode, row.tier): row for row in book.tuning_rows}
    for offer in offers.values():
        yield from _tuning_changes(book, offer, filter(wanted, _tuning_days(book, offer)))


def _inference_changes(book: PriceBook, host: str, model: str, days: Iterable[date]) -> Iterator[PriceChange]:
    for day in days:
        before = _inference_state(book.inference(host, model, day - _DAY))
        now = _inference_state(book.inference(host, model, day))
        if before.numbers != now.numbers:
            yield PriceChange(host, model, "inference", day, _kind(before, now), _moved(before, now))


def _tuning_changes(book: PriceBook, offer: TuningPrice, days: Iterable[date]) -> Iterator[PriceChange]:
    subject = f"tuning, {offer.mode}, {offer.tier}"
    for day in days:
        before, now = _tuning_state(book, offer, day - _DAY), _tuning_state(book, offer, day)
        if before.numbers != now.numbers:
            kind, moved = _kind(before, now), _moved(before, now)
            yield PriceChange(offer.host, offer.model, subject, day, kind, moved)


def _tuning_days(book: PriceBook, offer: TuningPrice) -> list[date]:
    rows = (row for row in book.tuning_rows if (row.host, row.model) == (offer.host, offer.model))
    days = {day for row in rows for day in (row.valid_from, row.valid_to) if day}
    end = book.shutdown(offer.host, offer.model, TUNING)
    return sorted(days | ({end.on} if end else set()))


def _kind(before: _State, now: _State) -> ChangeKind:
    if before.numbers and now.numbers:
        return ChangeKind.CHANGED
    if before.numbers:
        return ChangeKind.GONE
    return ChangeKind.FIRST_SEEN if now.first_seen else ChangeKind.NEW


def _moved(before: _State, now: _State) -> tuple[FieldChange, ...]:
    names = {**before.numbers, **now.numbers}
    pairs = ((name, before.numbers.get(name), now.numbers.get(name)) for name in names)
    return tuple(FieldChange(name, old, new) for name, old, new in pairs if old != new)


def _inference_state(price: InferencePrice | None) -> _State:
    return _State(_token_numbers(price.price), price.first_seen) if price else _State({})


def _tuning_state(book: PriceBook, offer: TuningPrice, day: date) -> _State:
    offers = book.tuning(offer.host, offer.model, day)
    found = next((one for one in offers if (one.mode, one.tier) == (offer.mode, offer.tier)), None)
    return _State(_tuning_numbers(found), found.first_seen) if found else _State({})


def _tuning_numbers(offer: TuningPrice) -> dict[str, float]:
    values = {name: getattr(offer, name) for name in _TUNING_NUMBERS}
    numbers = {name: float(value) for name, value in values.items() if value is not None}
    tuned = _token_numbers(offer.tuned) if offer.tuned else {}
    free = {"free_tokens_per_day": float(offer.free_tokens_per_day)} if offer.free_tokens_per_day else {}
    return numbers | free | {f"tuned_{name}": value for name, value in tuned.items()}


def _token_numbers(price: TokenPrice) -> dict[str, float]:
    values = ((field.name, getattr(price, field.name)) for field in fields(price))
    return {name: float(value) for name, value in values if value is not None}
