"""Token prices of the genai-prices package, offline, with a first day for every one of them.

The package answers any date, also for a model that did not exist then, and guesses by similar names
(PRICES.md 2). Here a price needs its exact id and a known first day; without one it is taken to
prove nothing before the package's own data (docs/decisions/0002-prices.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache

from genai_prices.data import providers
from genai_prices.types import (
    ConditionalPrice,
    ModelInfo,
    ModelPrice,
    PriceVariant,
    StartDateConstraint,
    TieredPrices,
)

from crossover.prices.hosts import PACKAGE_PROVIDERS
from crossover.prices.tables import holds_on
from crossover.prices.types import TokenPrice

PACKAGE_NAME = "genai-prices"
PACKAGE_VERSION = "0.2.3"
PACKAGE_URL = "https://github.com/pydantic/genai-prices"
PACKAGE_AS_OF = date(2026, 11, 9)  # the newest day a price in that version carries (PRICES.md 2)

_BATCH = {"processing": "batch"}


@dataclass(frozen=True, slots=True)
class PackagePrice:
    """A token price of the package and the days it holds, [valid_from, valid_to).

    `first_seen`: the package does not say since when, so it counts from the day of the package.
    """

    price: TokenPrice
    valid_from: date
    valid_to: date | None
    batch: TokenPrice | None = None
    first_seen: bool = False


def package_price(host: str, package_model: str, priced_from: date | None, on: date) -> PackagePrice | None:
    """The package's price of that exact id on that day, or None when it proves none."""
    periods = package_periods(host, package_model, priced_from)
    found = next((period for period in periods if holds_on(period, on)), None)
    return found and replace(found, batch=_batch_price(_models(host)[package_model], on))


def package_periods(host: str, package_model: str, priced_from: date | None) -> tuple[PackagePrice, ...]:
    """All prices the package proves for that exact id, oldest first, without batch.

    `priced_from` is the first day our catalogue vouches for the package's undated price.
    """
    model = _models(host).get(package_model)
    if model is None:
        return ()
    periods = _periods(model, priced_from or PACKAGE_AS_OF)
    tokens = ((start, end, _token_price(prices)) for start, end, prices in periods)
    return tuple(
        PackagePrice(price, start, end, first_seen=start == PACKAGE_AS_OF)
        for start, end, price in tokens
        if price
    )


def package_models(host: str) -> tuple[str, ...]:
    """The exact ids the package prices at that host."""
    return tuple(_models(host))


@cache
def _models(host: str) -> Mapping[str, ModelInfo]:
    wanted = PACKAGE_PROVIDERS.get(host)
    return {model.id: model for provider in providers if provider.id == wanted for model in provider.models}


def _periods(model: ModelInfo, undated_from: date) -> list[tuple[date, date | None, ModelPrice]]:
    """(first day, day after the last, price) in order; empty when the price depends on the hour."""
    if isinstance(model.prices, ModelPrice):
        return [(undated_from, None, model.prices)]
    starts = [_start(entry) for entry in model.prices]
    if None in starts:
        return []
    dated = sorted((start, n) for n, start in enumerate(starts) if start is not None and start > date.min)
    undated = [n for n, start in enumerate(starts) if start == date.min]
    if undated and (not dated or undated_from < dated[0][0]):
        dated.insert(0, (undated_from, undated[-1]))
    ends = [*(start for start, _ in dated), None][1:]
    return [(start, end, model.prices[n].prices) for (start, n), end in zip(dated, ends, strict=True)]


def _start(entry: ConditionalPrice) -> date | None:
    """The entry's first day; `date.min` when it names none; None when it holds by the hour."""
    if entry.constraint is None:
        return date.min
    return entry.constraint.start_date if isinstance(entry.constraint, StartDateConstraint) else None


def _batch_price(model: ModelInfo, on: date) -> TokenPrice | None:
    """The batch price verified by that day; a cached rate only where the batch table lists one."""
    moment = datetime.combine(on, time(12), tzinfo=UTC)
    variant = next(
        (v for v in model.price_variants or () if v.when == _BATCH and _is_active(v, moment)), None
    )
    return _token_price(variant.prices) if variant else None


def _is_active(variant: PriceVariant, moment: datetime) -> bool:
    return variant.constraint is None or variant.constraint.active(moment)


def _token_price(prices: ModelPrice) -> TokenPrice | None:
    """The package's row in our type; None without an input and an output price or with several cliffs."""
    token_input, token_output = _base(prices.input_mtok), _base(prices.output_mtok)
    tiers = prices.input_mtok.tiers if isinstance(prices.input_mtok, TieredPrices) else []
    if token_input is None or token_output is None or len(tiers) > 1:
        return None
    long_from = tiers[0].start if tiers else None
    return TokenPrice(
        input_mtok=token_input,
        output_mtok=token_output,
        cached_input_mtok=_base(prices.cache_read_mtok),
        cache_write_mtok=_base(prices.cache_write_mtok),
        long_from_tokens=long_from,
        long_input_mtok=_long(prices.input_mtok, long_from),
        long_output_mtok=_long(prices.output_mtok, long_from),
        long_cached_input_mtok=_long(prices.cache_read_mtok, long_from),
        long_cache_write_mtok=_long(prices.cache_write_mtok, long_from),
    )


def _base(price: Decimal | TieredPrices | None) -> float | None:
    if price is None:
        return None
    return float(price.base if isinstance(price, TieredPrices) else price)


def _long(price: Decimal | TieredPrices | None, long_from: int | None) -> float | None:
    if price is None or long_from is None:
        return None
    return float(price.tiers[0].price) if isinstance(price, TieredPrices) else _base(price)
