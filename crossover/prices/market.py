"""Where tuning can be bought on a day, host by host: what is known, and what is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from crossover.prices.book import PriceBook
from crossover.prices.fees import TuningNote
from crossover.prices.hosts import HOSTS
from crossover.prices.lifecycle import EVERY_MODEL, TUNING, TuningState, TuningStatus
from crossover.prices.tables import holds_on
from crossover.prices.types import Source, TuningPrice


class TuningAvailability(StrEnum):
    """How far tuning at a host can be priced on a day.

    `priced`: at least one price is known and open to newcomers. `closed_to_new`: a price is known but
    only customers who tune there already can start. `price_unknown`: on sale as far as known, or
    nobody says, without a price. `ended`: it was sold and no longer is. `not_offered`: never sold there.
    """

    PRICED = "priced"
    CLOSED_TO_NEW = "closed_to_new"
    PRICE_UNKNOWN = "price_unknown"
    ENDED = "ended"
    NOT_OFFERED = "not_offered"


@dataclass(frozen=True, slots=True)
class TuningPlace:
    """Tuning at one host on one day: the offer that speaks for it, its state, and notes with sources.

    `offer` is None, and the price unknown, wherever no dated source lists one; `model` is "" where
    nothing is known about tuning any model there.
    """

    host: str
    availability: TuningAvailability
    model: str
    status: TuningStatus | None
    offer: TuningPrice | None
    notes: tuple[TuningNote, ...]

    @property
    def since(self) -> date | None:
        """The first day of the state, where a source names it."""
        return self.status.since if self.status else None

    @property
    def sources(self) -> tuple[Source, ...]:
        """Who says what is known here, each once."""
        found = [self.offer.source if self.offer else None, self.status.source if self.status else None]
        return tuple(dict.fromkeys([*filter(None, found), *(note.source for note in self.notes)]))


_BEST_FIRST = (
    TuningState.OPEN,
    TuningState.CLOSED_TO_NEW,
    TuningState.NO_NEW_JOBS,
    TuningState.SHUT_DOWN,
    TuningState.UNKNOWN,
    TuningState.NOT_TUNABLE,
)
_ENDED = (TuningState.NO_NEW_JOBS, TuningState.SHUT_DOWN)


def tuning_market(book: PriceBook, on: date, prefer: str = "") -> tuple[TuningPlace, ...]:
    """Every host of the book with what is known about tuning there on that day, in the hosts' order.

    A host is spoken for by the model named `prefer` where it can be tuned there like the others, else
    by its cheapest to train. Own hosts a person added come last. Prices nobody lists are None, never 0.
    """
    added = dict.fromkeys(entry.host for entry in book.catalogue if entry.host not in HOSTS)
    return tuple(_place(book, host, on, prefer) for host in (*HOSTS, *added))


def tuning_place(book: PriceBook, host: str, model: str, on: date) -> TuningPlace:
    """What is known about tuning one model at one host on that day."""
    status, offer = _candidate(book, host, model, on)
    notes = tuning_notes(book, host, on)
    return TuningPlace(host, _availability(status, offer), model, status, offer, notes)


def tuning_notes(book: PriceBook, host: str, on: date) -> tuple[TuningNote, ...]:
    """What is known about tuning at a host on that day beside prices; undated notes always."""
    notes = (note for note in book.tuning_notes if note.host == host)
    return tuple(note for note in notes if note.valid_from is None or holds_on(note, on))


def _place(book: PriceBook, host: str, on: date, prefer: str) -> TuningPlace:
    models = [entry.model for entry in book.catalogue if entry.host == host]
    candidates = [_candidate(book, host, model, on) for model in models]
    tunable = [each for each in candidates if _was_ever_sold(book, each.status)]
    best = min(tunable or candidates, key=lambda each: each.rank(prefer), default=None)
    status, offer = (best.status, best.offer) if best else (None, None)
    availability = _availability(status, offer)
    is_said = status is not None and status.state not in (TuningState.UNKNOWN, TuningState.NOT_TUNABLE)
    model = status.model if status and is_said else ""
    return TuningPlace(host, availability, model, status, offer, tuning_notes(book, host, on))


class _Candidate(NamedTuple):
    """One model of a host with its state and its plainest offer."""

    status: TuningStatus
    offer: TuningPrice | None

    def rank(self, prefer: str) -> tuple[int, bool, bool, float, str]:
        """Open before closed, priced before unpriced, then the wanted model, then the cheapest training."""
        price = self.offer.training_usd_per_mtok if self.offer else None
        by_hour = self.offer.training_usd_per_hour if self.offer else None
        usd = by_hour if price is None else price
        return (
            _BEST_FIRST.index(self.status.state),
            self.offer is None,
            self.status.model != prefer,
            float("inf") if usd is None else usd,
            self.status.model,
        )


def _candidate(book: PriceBook, host: str, model: str, on: date) -> _Candidate:
    offers = book.tuning(host, model, on)
    return _Candidate(book.tuning_status(host, model, on), offers[0] if offers else None)


def _was_ever_sold(book: PriceBook, status: TuningStatus) -> bool:
    """Whether a model that is gone could be tuned: its end says nothing about tuning otherwise."""
    if status.state is not TuningState.SHUT_DOWN:
        return True
    priced = any((row.host, row.model) == (status.host, status.model) for row in book.tuning_rows)
    return priced or any(event.scope == TUNING and event.model != EVERY_MODEL for event in status.events)


def _availability(status: TuningStatus | None, offer: TuningPrice | None) -> TuningAvailability:
    if status is None or status.state is TuningState.UNKNOWN:
        return TuningAvailability.PRICE_UNKNOWN
    if status.state is TuningState.NOT_TUNABLE:
        return TuningAvailability.NOT_OFFERED
    if status.state in _ENDED:
        return TuningAvailability.ENDED
    if offer is None:
        return TuningAvailability.PRICE_UNKNOWN
    is_open = status.state is TuningState.OPEN
    return TuningAvailability.PRICED if is_open else TuningAvailability.CLOSED_TO_NEW
