"""Every price of a day as one kind of row: what the Prices page lists, searches and sorts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from crossover.numbers import unit_price, unknown
from crossover.prices import (
    OWN_MACHINES,
    CatalogueModel,
    InferencePrice,
    PriceBook,
    TuningPrice,
    TuningState,
    TuningStatus,
)
from crossover.words import in_sentence, mark, say, say_as
from ui.price_market import unpriced_places
from ui.price_other_rows import other_rows
from ui.price_row import PriceRow, Purpose, token_facts, token_words
from ui.price_vocabulary import PER_MILLION, policy_words

_STATE_WORDS = {
    TuningState.OPEN: mark("open"),
    TuningState.CLOSED_TO_NEW: mark("closed to new"),
    TuningState.NO_NEW_JOBS: mark("no new jobs"),
    TuningState.SHUT_DOWN: mark("shut down"),
    TuningState.NOT_TUNABLE: mark("not tunable"),
    TuningState.UNKNOWN: mark("unknown"),
}


def price_rows(book: PriceBook, on: date, *, with_absent: bool = False) -> tuple[PriceRow, ...]:
    """All prices of that day by label; `with_absent` adds models that are not sold that day."""
    rows = [row for entry in book.catalogue for row in _model_rows(book, entry, on, with_absent)]
    others = (*_size_class_rows(book, on), *unpriced_places(book, on), *other_rows(book, on))
    return tuple(sorted((*rows, *others), key=lambda row: row.label.casefold()))


def _model_rows(book: PriceBook, entry: CatalogueModel, on: date, with_absent: bool) -> Iterator[PriceRow]:
    regions = book.regions(entry.host, entry.model, on)
    for region in regions:
        price = book.inference(entry.host, entry.model, on, region)
        if price:
            yield _inference_row(book, entry, price, on)
    if not regions and (with_absent or _is_on_sale(book, entry, on)):
        yield _unpriced_row(book, entry, on)
    yield from _tuning_rows(book, entry, on)


def _inference_row(book: PriceBook, entry: CatalogueModel, price: InferencePrice, on: date) -> PriceRow:
    stop = book.shutdown(entry.host, entry.model, known_on=on)
    batch = token_words(price.batch) if price.batch else unknown()
    return PriceRow(
        purpose=Purpose.INFERENCE,
        host=entry.host,
        item=entry.model,
        label=entry.label,
        price=_price_words(price),
        usd=price.price.input_mtok,
        unit=say(PER_MILLION),
        source=price.source,
        variant="" if price.region == "global" else price.region,
        valid_from=price.valid_from,
        valid_to=price.valid_to,
        first_seen=price.first_seen,
        stops_on=stop.on if stop else None,
        facts=token_facts(price.price)
        | {say("Inside a batch job"): batch, say("Prompt caching"): policy_words(price.cache.policy)},
    )


def _price_words(price: InferencePrice) -> str:
    is_free = price.host in OWN_MACHINES and price.price.input_mtok == price.price.output_mtok == 0
    words = token_words(price.price)
    return say("{price}; the machine instead", price=words) if is_free else words


def _is_on_sale(book: PriceBook, entry: CatalogueModel, on: date) -> bool:
    """Whether the model should have a price that day: begun as far as anybody knows, and not ended."""
    end = book.shutdown(entry.host, entry.model)
    starts = [day for day in book.price_days(entry.host, entry.model) if end is None or day < end.on]
    return bool(starts) and starts[0] <= on and (end is None or on < end.on)


def _unpriced_row(book: PriceBook, entry: CatalogueModel, on: date) -> PriceRow:
    end = book.shutdown(entry.host, entry.model)
    is_over = end is not None and end.on <= on
    return PriceRow(
        purpose=Purpose.INFERENCE,
        host=entry.host,
        item=entry.model,
        label=entry.label,
        price=say("shut down {day}", day=end.on) if is_over and end else unknown(),
        usd=None,
        unit=say(PER_MILLION),
        source=end.source if is_over and end else None,
        stops_on=end.on if end else None,
    )


def _tuning_rows(book: PriceBook, entry: CatalogueModel, on: date) -> Iterator[PriceRow]:
    status = book.tuning_status(entry.host, entry.model, on)
    offers = [] if entry.tuning_class else book.tuning(entry.host, entry.model, on)
    for offer in offers:
        yield _tuning_row(entry.model, entry.label, offer, status)
    if not offers and not entry.tuning_class and status.state is TuningState.OPEN:
        yield PriceRow(
            purpose=Purpose.TUNING,
            host=entry.host,
            item=entry.model,
            label=entry.label,
            price=unknown(),
            usd=None,
            unit=say(PER_MILLION),
            source=status.source,
            stops_on=status.shutdown_on,
            facts=_status_facts(status),
        )


def _size_class_rows(book: PriceBook, on: date) -> Iterator[PriceRow]:
    """Offers a host prices by the size of the model, each once."""
    classes = {(e.host, e.tuning_class) for e in book.catalogue if e.tuning_class}
    for host, name in sorted(classes):
        for offer in book.tuning(host, name, on):
            yield _tuning_row(name, name, offer, None)


def _tuning_row(model: str, label: str, offer: TuningPrice, status: TuningStatus | None) -> PriceRow:
    by_hour = offer.training_usd_per_mtok is None and offer.training_usd_per_hour is not None
    usd = offer.training_usd_per_hour if by_hour else offer.training_usd_per_mtok
    training = unit_price(usd)
    price = (
        say("{training} training; tuned {price}", training=training, price=token_words(offer.tuned))
        if offer.tuned
        else say("{training} training; tuned tokens unknown", training=training)
    )
    return PriceRow(
        purpose=Purpose.TUNING,
        host=offer.host,
        item=model,
        label=label,
        price=price,
        usd=usd,
        unit=say("USD per training hour; per M tokens") if by_hour else say(PER_MILLION),
        source=offer.source,
        variant=f"{offer.mode}, {offer.tier}",
        valid_from=offer.valid_from,
        valid_to=offer.valid_to,
        first_seen=offer.first_seen,
        stops_on=status.shutdown_on if status else None,
        facts=_offer_facts(offer) | (_status_facts(status) if status else {}),
    )


def _offer_facts(offer: TuningPrice) -> dict[str, str]:
    tuned = token_facts(offer.tuned) if offer.tuned else {}
    return {
        say("Training, USD per million tokens"): unit_price(offer.training_usd_per_mtok),
        say("Training, USD per hour"): unit_price(offer.training_usd_per_hour),
        **{say("Tuned, {name}", name=in_sentence(name)): value for name, value in tuned.items()},
        say("Hosting, USD per hour"): unit_price(offer.hosting_usd_per_hour),
        say("Smallest bill per job, USD"): unit_price(offer.minimum_fee_usd),
        say("Longest training example"): longest_example(offer),
        say("Free training"): _free(offer),
    }


def longest_example(offer: TuningPrice | None) -> str:
    """The most tokens a training example may have."""
    longest = offer.max_example_tokens if offer else None
    return say("{tokens:,} tokens", tokens=longest) if longest else unknown()


def _free(offer: TuningPrice) -> str:
    tokens, until = offer.free_tokens_per_day, offer.free_until
    if tokens and until:
        return say("{tokens:,} tokens a day until {day}", tokens=tokens, day=until)
    return say("{tokens:,} tokens a day", tokens=tokens) if tokens else say_as("free training", "none")


def _status_facts(status: TuningStatus) -> dict[str, str]:
    state = say(_STATE_WORDS[status.state])
    words = say("{state} since {day}", state=state, day=status.since) if status.since else state
    return {say("For a new customer"): words}
