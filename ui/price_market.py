"""Where tuning can be bought, in words: the same on Compare, on Prices and in the CSV."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from crossover.numbers import unit_price, unknown
from crossover.prices import (
    PriceBook,
    TuningAvailability,
    TuningPlace,
    TuningPrice,
    TuningState,
    TuningStatus,
    host_label,
    tuning_market,
)
from crossover.words import day_words, mark, say
from ui.price_row import PriceRow, Purpose, token_words
from ui.price_vocabulary import PER_MILLION

_STATE_WORDS = {
    TuningState.OPEN: mark("open"),
    TuningState.CLOSED_TO_NEW: mark("closed to new customers"),
    TuningState.NO_NEW_JOBS: mark("no new jobs"),
    TuningState.SHUT_DOWN: mark("shut down"),
    TuningState.NOT_TUNABLE: mark("cannot be tuned"),
    TuningState.UNKNOWN: mark("unknown"),
}


def state_words(status: TuningStatus | None) -> str:
    """What a newcomer finds there, and since when it is closed."""
    if status is None:
        return unknown()
    words = say(_STATE_WORDS[status.state])
    if status.since is None or status.state is TuningState.OPEN:
        return words
    return say("{state} since {day}", state=words, day=status.since)


def price_words(place: TuningPlace) -> str:
    """The training price, or why there is none; never 0 for an unknown one."""
    match place.availability:
        case TuningAvailability.ENDED:
            return say("ended {day}", day=place.since) if place.since else say("ended")
        case TuningAvailability.NOT_OFFERED:
            return say("not offered")
    return training_words(place.offer) if place.offer else say("price unknown")


def training_words(offer: TuningPrice) -> str:
    """What training costs, by tokens or by the hour."""
    if offer.training_usd_per_mtok is None and offer.training_usd_per_hour is not None:
        return say("{price} an hour", price=unit_price(offer.training_usd_per_hour))
    return unit_price(offer.training_usd_per_mtok)


def known_words(place: TuningPlace) -> str:
    """What is known beside prices, undated notes marked as such."""
    return " ".join(
        known if dated else say("{known} (Undated source.)", known=known)
        for known, dated in ((say(note.known), note.source.as_of) for note in place.notes)
    )


def offer_cells(place: TuningPlace) -> dict[str, str | None]:
    """One line of the table of places; its source is the page of its price, or of what is known."""
    offer, status = place.offer, place.status
    page = place.sources[0] if place.sources else None
    tuned = offer.tuned if offer else None
    return {
        say("At"): host_label(place.host),
        say("Model"): place.model or "–",
        say("For a new customer"): state_words(status),
        say("Training, USD/M"): price_words(place),
        say("Tuned in / out, USD/M"): token_words(tuned) if tuned else unknown(),
        say("Hosting, USD/h"): unit_price(offer.hosting_usd_per_hour) if offer else unknown(),
        say("Announced end"): _ends(status),
        say("What else is known"): known_words(place),
        say("Source"): page.url if page and page.url.startswith("https://") else None,
        say("Read on"): day_or_unknown(page.as_of) if page else "–",
    }


def _ends(status: TuningStatus | None) -> str:
    closes, stops = (status.closes_on, status.shutdown_on) if status else (None, None)
    parts = [say("no new jobs {day}", day=closes)] if closes else []
    parts += [say("stops {day}", day=stops)] if stops else []
    return ", ".join(parts) or say("none known")


def day_or_unknown(day: date | None) -> str:
    """A day for people, or that nobody knows it."""
    return day_words(day) if day else unknown()


def unpriced_places(book: PriceBook, on: date) -> Iterator[PriceRow]:
    """The hosts without any tuning price that day, each with what is known."""
    for place in tuning_market(book, on):
        if place.offer is None:
            yield PriceRow(
                purpose=Purpose.TUNING,
                host=place.host,
                item="tuning",
                label=say("Tuning at {host}", host=host_label(place.host)),
                price=price_words(place),
                usd=None,
                unit=say(PER_MILLION),
                source=place.sources[0] if place.sources else None,
                variant="any model",
                facts={
                    say("For a new customer"): state_words(place.status),
                    say("What is known"): known_words(place) or say("nothing"),
                },
            )
