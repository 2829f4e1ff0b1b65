"""What the price book says happened to a few models, in words with its date and its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from crossover.numbers import unit_price
from crossover.prices import (
    ChangeKind,
    FieldChange,
    InferencePrice,
    LifecycleEvent,
    PriceBook,
    PriceChange,
    Source,
    TuningPrice,
    changes,
)
from crossover.replay.labels import event_words, field_label
from crossover.words import say

ModelAtHost = tuple[str, str]

_INFERENCE = "inference"
_DAY = timedelta(days=1)


class EventKind(StrEnum):
    """What kind of thing happened; `tuning` covers opening, closing and the price of tuning."""

    NEW_MODEL = "new_model"
    PRICE = "price"
    RETIREMENT = "retirement"
    TUNING = "tuning"


@dataclass(frozen=True, slots=True)
class MarketEvent:
    """One dated fact about a model at a host; `words` is a clause that names its date."""

    on: date
    host: str
    model: str
    kind: EventKind
    words: str
    source: Source | None = None


def market_events(book: PriceBook, models: Iterable[ModelAtHost], until: date) -> tuple[MarketEvent, ...]:
    """Everything the book dates about `models` up to and including `until`, oldest first.

    A closing counts twice: on the day it became known and on the day it takes effect, because a plan
    that looks months ahead changes with the announcement.
    """
    wanted = dict.fromkeys(models)
    found = [
        event
        for host, model in wanted
        for event in (*_prices(book, host, model, until), *_ends(book, host, model))
    ]
    return tuple(sorted((event for event in found if event.on <= until), key=lambda event: event.on))


def change_words(change: PriceChange) -> str:
    """A price change as a clause without its date: "input went from 5.00 to 2.50"."""
    if change.kind is ChangeKind.GONE:
        return say("no known price any more")
    if change.kind is ChangeKind.CHANGED:
        return ", ".join(_move_words(field) for field in change.fields)
    amounts = ", ".join(
        f"{field_label(field.name)} {unit_price(field.after)}"
        for field in change.fields
        if _is_headline(field)
    )
    is_sight = change.kind is ChangeKind.FIRST_SEEN
    start = say("first known price") if is_sight else say("new price")
    return f"{start}: {amounts}" if amounts else start


_HEADLINES = {"input_mtok", "output_mtok", "training_usd_per_mtok", "training_usd_per_hour"}
_PLANNED = (LifecycleEvent.NO_NEW_JOBS, LifecycleEvent.SHUTDOWN)


def _is_headline(field: FieldChange) -> bool:
    return field.name.removeprefix("tuned_") in _HEADLINES


def _move_words(field: FieldChange) -> str:
    label = field_label(field.name)
    if field.before is None:
        return say("{label} {price} for the first time", label=label, price=unit_price(field.after))
    before = unit_price(field.before)
    if field.after is None:
        return say("{label} no longer {price}, now unknown", label=label, price=before)
    after = unit_price(field.after)
    return say("{label} went from {before} to {after}", label=label, before=before, after=after)


def change_source(book: PriceBook, change: PriceChange) -> Source | None:
    """Who lists the new price, or the last one for a price that ended; None when nobody does."""
    for day in (change.on, change.on - _DAY):
        row = _listed(book, change, day)
        if row:
            return row.source
    return None


def _listed(book: PriceBook, change: PriceChange, day: date) -> InferencePrice | TuningPrice | None:
    if change.subject == _INFERENCE:
        return book.inference(change.host, change.model, day)
    offers = book.tuning(change.host, change.model, day)
    return next((offer for offer in offers if _subject(offer) == change.subject), None)


def _subject(offer: TuningPrice) -> str:
    return f"tuning, {offer.mode}, {offer.tier}"


def _prices(book: PriceBook, host: str, model: str, until: date) -> Iterator[MarketEvent]:
    """Starts, moves and ends of the model's token price and of its plainest tuning offer."""
    for change in changes(_only(book, host, model), date.min, until).prices:
        ended = change.kind is ChangeKind.GONE and book.shutdown(host, model)
        if change.subject == _INFERENCE:
            if not ended:
                yield _price_event(book, change, model, _inference_kind(change))
        elif _is_plainest(book, host, model, change):
            yield _price_event(book, change, model, EventKind.TUNING)


def _only(book: PriceBook, host: str, model: str) -> PriceBook:
    """The book with one model in it, so that a question about a few need not read all."""
    entries = tuple(entry for entry in book.catalogue if entry.is_called(host, model))
    names = {model, *(entry.model for entry in entries), *(entry.tuning_class for entry in entries)}
    rows = tuple(row for row in book.tuning_rows if row.host == host and row.model in names)
    return replace(book, catalogue=entries, tuning_rows=rows)


def _inference_kind(change: PriceChange) -> EventKind:
    is_start = change.kind in (ChangeKind.NEW, ChangeKind.FIRST_SEEN)
    return EventKind.NEW_MODEL if is_start else EventKind.PRICE


def _price_event(book: PriceBook, change: PriceChange, model: str, kind: EventKind) -> MarketEvent:
    moved = change_words(change)
    words = (
        say("{change} (USD per million tokens) from {day}", change=moved, day=change.on)
        if change.subject == _INFERENCE
        else say("tuning: {change} (USD per million tokens) from {day}", change=moved, day=change.on)
    )
    return MarketEvent(change.on, change.host, model, kind, words, change_source(book, change))


def _is_plainest(book: PriceBook, host: str, model: str, change: PriceChange) -> bool:
    """Whether the change is about the offer a comparison uses."""
    days = (change.on, change.on - _DAY)
    return any(
        _subject(offer) == change.subject for day in days for offer in book.tuning(host, model, day)[:1]
    )


def _ends(book: PriceBook, host: str, model: str) -> Iterator[MarketEvent]:
    for event in book.lifecycle(host, model):
        kind = EventKind.RETIREMENT if event.scope == _INFERENCE else EventKind.TUNING
        words = event_words(event)
        yield MarketEvent(event.on, host, model, kind, words, event.source)
        known = event.announced or event.source.as_of
        if known and known < event.on and event.event in _PLANNED:
            notice = (
                say("announced on {day}: {event}", day=known, event=words)
                if event.announced
                else say("first read on {day}: {event}", day=known, event=words)
            )
            yield MarketEvent(known, host, model, kind, notice, event.source)
