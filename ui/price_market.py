"""Where tuning can be bought, in words: the same on Compare, on Prices and in the CSV."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from crossover.numbers import unit_price
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
from ui.price_row import PER_MILLION, PriceRow, Purpose, token_words

_STATE_WORDS = {
    TuningState.OPEN: "open",
    TuningState.CLOSED_TO_NEW: "closed to new customers",
    TuningState.NO_NEW_JOBS: "no new jobs",
    TuningState.SHUT_DOWN: "shut down",
    TuningState.NOT_TUNABLE: "cannot be tuned",
    TuningState.UNKNOWN: "unknown",
}


def state_words(status: TuningStatus | None) -> str:
    """What a newcomer finds there, and since when it is closed."""
    if status is None:
        return "unknown"
    words = _STATE_WORDS[status.state]
    return f"{words} since {status.since}" if status.since and status.state is not TuningState.OPEN else words


def price_words(place: TuningPlace) -> str:
    """The training price, or why there is none; never 0 for an unknown one."""
    match place.availability:
        case TuningAvailability.ENDED:
            return f"ended {place.since}" if place.since else "ended"
        case TuningAvailability.NOT_OFFERED:
            return "not offered"
    return training_words(place.offer) if place.offer else "price unknown"


def training_words(offer: TuningPrice) -> str:
    """What training costs, by tokens or by the hour."""
    if offer.training_usd_per_mtok is None and offer.training_usd_per_hour is not None:
        return f"{unit_price(offer.training_usd_per_hour)} an hour"
    return unit_price(offer.training_usd_per_mtok)


def known_words(place: TuningPlace) -> str:
    """What is known beside prices, undated notes marked as such."""
    return " ".join(
        note.known if note.source.as_of else f"{note.known} (Undated source.)" for note in place.notes
    )


def offer_cells(place: TuningPlace) -> dict[str, str | None]:
    """One line of the table of places; `Source` is the page of its price, or of what is known."""
    offer, status = place.offer, place.status
    page = place.sources[0] if place.sources else None
    tuned = offer.tuned if offer else None
    return {
        "At": host_label(place.host),
        "Model": place.model or "–",
        "For a new customer": state_words(status),
        "Training, USD/M": price_words(place),
        "Tuned in / out, USD/M": token_words(tuned) if tuned else "unknown",
        "Hosting, USD/h": unit_price(offer.hosting_usd_per_hour) if offer else "unknown",
        "Announced end": _ends(status),
        "What else is known": known_words(place),
        "Source": page.url if page and page.url.startswith("https://") else None,
        "Read on": str(page.as_of or "unknown") if page else "–",
    }


def _ends(status: TuningStatus | None) -> str:
    announced = (("no new jobs", status.closes_on), ("stops", status.shutdown_on)) if status else ()
    return ", ".join(f"{what} {on}" for what, on in announced if on) or "none known"


def unpriced_places(book: PriceBook, on: date) -> Iterator[PriceRow]:
    """The hosts without any tuning price that day, each with what is known."""
    for place in tuning_market(book, on):
        if place.offer is None:
            yield PriceRow(
                purpose=Purpose.TUNING,
                host=place.host,
                item="tuning",
                label=f"Tuning at {host_label(place.host)}",
                price=price_words(place),
                usd=None,
                unit=PER_MILLION,
                source=place.sources[0] if place.sources else None,
                variant="any model",
                facts={
                    "For a new customer": state_words(place.status),
                    "What is known": known_words(place) or "nothing",
                },
            )
