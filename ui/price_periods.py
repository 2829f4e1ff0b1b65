"""The history of one line of the Prices page, as periods a step chart can draw."""

from __future__ import annotations

from crossover.charts.prices import PricePeriod
from crossover.prices import (
    GLOBAL,
    EmbeddingPrice,
    GpuHourPrice,
    PriceBook,
    ToolFee,
    TuningPrice,
    VectorStorePrice,
    history,
)
from crossover.words import say
from ui.price_other_rows import store_variant
from ui.price_row import PriceRow, Purpose


def price_periods(book: PriceBook, row: PriceRow) -> tuple[PricePeriod, ...]:
    """All known periods of that price, oldest first; empty for a rule, which is no amount."""
    if row.purpose is Purpose.INFERENCE:
        return model_periods(book, row.host, row.item, region=row.variant or GLOBAL)
    if row.purpose is Purpose.TUNING:
        return tuple(_tuning(offer) for offer in _offers(book, row))
    return tuple(
        PricePeriod(each.valid_from, each.valid_to, {name: value}, each.source)
        for each, name, value in _amounts(book, row)
    )


def model_periods(
    book: PriceBook, host: str, model: str, prefix: str = "", region: str = GLOBAL
) -> tuple[PricePeriod, ...]:
    """The token prices a model had at a host and region, each name after `prefix`."""
    return tuple(
        PricePeriod(
            price.valid_from,
            price.valid_to,
            {
                prefix + say("Input"): price.price.input_mtok,
                prefix + say("Output"): price.price.output_mtok,
                prefix + say("Cached input"): price.price.cached_input_mtok,
            },
            price.source,
            price.first_seen,
        )
        for price in history(book, host, model, region)
    )


def _offers(book: PriceBook, row: PriceRow) -> list[TuningPrice]:
    return [
        offer
        for offer in book.tuning_rows
        if (offer.host, offer.model, f"{offer.mode}, {offer.tier}") == (row.host, row.item, row.variant)
    ]


def _tuning(offer: TuningPrice) -> PricePeriod:
    numbers = {
        say("Training"): offer.training_usd_per_mtok,
        say("Training per hour"): offer.training_usd_per_hour,
        say("Tuned input"): offer.tuned.input_mtok if offer.tuned else None,
        say("Tuned output"): offer.tuned.output_mtok if offer.tuned else None,
        say("Hosting per hour"): offer.hosting_usd_per_hour,
    }
    return PricePeriod(offer.valid_from, offer.valid_to, numbers, offer.source, offer.first_seen)


_Listed = EmbeddingPrice | VectorStorePrice | ToolFee | GpuHourPrice


def _amounts(book: PriceBook, row: PriceRow) -> list[tuple[_Listed, str, float | None]]:
    """Every row of the same line of a price list, with the name and the amount to draw."""
    wanted = (row.host, row.item, row.variant)
    match row.purpose:
        case Purpose.EMBEDDING:
            return [
                (each, say("Input"), each.input_mtok)
                for each in book.embedding_rows
                if (each.host, each.model, "") == wanted
            ]
        case Purpose.VECTOR_STORE:
            return [
                (each, row.label, each.usd)
                for each in book.vector_store_rows
                if (each.host, each.product, store_variant(each)) == wanted
            ]
        case Purpose.TOOL_FEE:
            return [
                (each, row.label, each.usd)
                for each in book.tool_fee_rows
                if (each.host, each.tool, each.applies_to) == wanted
            ]
        case Purpose.GPU_HOUR:
            return [
                (each, row.label, each.usd_per_gpu_hour)
                for each in book.gpu_hour_rows
                if (each.host, each.gpu, each.offer) == wanted
            ]
    return []
