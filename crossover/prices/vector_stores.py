"""Vector stores one can choose, and what a month of one costs (MODEL.md F1.9, PRICES.md 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from crossover.numbers import count
from crossover.prices.fees import StoreUse, VectorStorePrice
from crossover.prices.tables import holds_on
from crossover.prices.types import Source
from crossover.words import mark, say

HOURS_PER_MONTH = 730.0
_DAYS_PER_MONTH = HOURS_PER_MONTH / 24
_ALWAYS_ON = mark("one compute unit runs all month")
_READ_UNITS = mark("a query reads one unit for every GB held, at least one")
_NO_DAY = mark("The day this price was read is unknown, so it is used for no date.")
_TOO_MANY_GB = mark("{store} holds {most} GB; you need {wanted}. Take a larger plan.")
_TOO_MANY_QUERIES = mark("{store} holds {most} queries a month; you need {wanted}. Take a larger plan.")
_TOO_MANY_WRITES = mark("{store} holds {most} writes a month; you need {wanted}. Take a larger plan.")
_ASK_VENDOR = mark("Ask the vendor's calculator and enter the result as your own monthly amount.")


@dataclass(frozen=True, slots=True)
class VectorStoreProduct:
    """A vector store one can choose: the lines of its price list that hold on a day.

    `reason` says why no monthly amount can be worked out, "" when it can.
    """

    host: str
    name: str
    lines: tuple[VectorStorePrice, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class VectorStoreLine:
    """One line of the monthly bill: `amount` billed in `unit`, after what is free."""

    item: str
    amount: float
    unit: str
    usd: float
    source: Source


@dataclass(frozen=True, slots=True)
class VectorStoreMonth:
    """What a month costs; `usd` is None when it is not known, and `reason` says why.

    `minimum_usd` is the least the vendor bills, where that is more than the lines add up to.
    `assumes` are assumptions in plain words.
    """

    product: VectorStoreProduct
    usd: float | None
    lines: tuple[VectorStoreLine, ...] = ()
    minimum_usd: float | None = None
    assumes: tuple[str, ...] = ()
    reason: str = ""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The pages the amount comes from, each once."""
        return tuple(dict.fromkeys(line.source for line in self.product.lines))


def vector_store_products(rows: Iterable[VectorStorePrice], on: date) -> tuple[VectorStoreProduct, ...]:
    """Every store that can be chosen on that day, by name.

    A store of which no line has a first day is listed on every day with the reason it has no amount.
    """
    held = [row for row in rows if row.valid_from is None or holds_on(row, on)]
    names = sorted({name for row in held for name in row.offers}, key=str.casefold)
    return tuple(_product(name, [row for row in held if name in row.offers]) for name in names)


def _product(name: str, lines: list[VectorStorePrice]) -> VectorStoreProduct:
    dated = [line for line in lines if line.valid_from is not None]
    return VectorStoreProduct(lines[0].host, name, tuple(dated or lines), _why_not(dated))


def _why_not(lines: list[VectorStorePrice]) -> str:
    """Why the lines of a product give no monthly amount; "" when they do."""
    if not lines:
        return say(_NO_DAY)
    unpriced = [line for line in lines if line.usd is None or line.unit not in _METERED]
    if not unpriced:
        return ""
    minimum = max((line.monthly_minimum_usd or 0.0 for line in lines), default=0.0)
    least = say("At least {minimum:g} USD a month is billed.", minimum=minimum) if minimum else ""
    items = ", ".join(say(line.item) for line in unpriced)
    why = say("No monthly price of {items} can be worked out from what the vendor publishes.", items=items)
    return " ".join(filter(None, (why, least, say(_ASK_VENDOR))))


def vector_store_usd_per_month(
    product: VectorStoreProduct, gb: float, queries: float, writes: float
) -> VectorStoreMonth:
    """A month of `product` with `gb` held, `queries` answered and `writes` vectors written (F1.9).

    The free part comes off every line, the monthly minimum counts once, and a flat plan that does
    not hold that much has no price. Raises ValueError for a negative amount.
    """
    if min(gb, queries, writes) < 0:
        raise ValueError(say("A vector store cannot hold, answer or write less than nothing."))
    use = StoreUse(gb, queries, writes)
    reason = product.reason or next(_overflows(product, use), "")
    if reason:
        return VectorStoreMonth(product, None, reason=reason)
    lines = tuple(_billed(line, use) for line in product.lines)
    metered = sum(line.usd for line in lines)
    minimum = max((line.monthly_minimum_usd or 0.0 for line in product.lines), default=0.0)
    return VectorStoreMonth(
        product=product,
        usd=max(metered, minimum),
        lines=lines,
        minimum_usd=minimum if minimum > metered else None,
        assumes=tuple(_assumptions(product)),
    )


def _overflows(product: VectorStoreProduct, use: StoreUse) -> Iterator[str]:
    for line in product.lines:
        limits = (
            (_TOO_MANY_GB, line.holds.gb, use.gb),
            (_TOO_MANY_QUERIES, line.holds.queries, use.queries),
            (_TOO_MANY_WRITES, line.holds.writes, use.writes),
        )
        for sentence, most, wanted in limits:
            if most is not None and wanted is not None and wanted > most:
                yield say(sentence, store=product.name, most=count(most), wanted=count(wanted))


def _billed(line: VectorStorePrice, use: StoreUse) -> VectorStoreLine:
    amount = max(0.0, _quantity(line, use) - line.free_units)
    usd = amount * _METERED[line.unit] * (line.usd or 0.0)
    return VectorStoreLine(line.item, amount, line.unit, usd, line.source)


def _quantity(line: VectorStorePrice, use: StoreUse) -> float:
    """What the line counts: gigabytes, queries, read units, writes, or one for a flat month."""
    gb, queries, writes = use.gb or 0.0, use.queries or 0.0, use.writes or 0.0
    match line.unit:
        case "gb_day" | "gb_month":
            return gb
        case "thousand_calls":
            return queries
        case "million_reads":
            return queries * max(1.0, gb)
        case "million_writes":
            return writes
    return 1.0


# Prices of a line's unit in one month of one counted thing.
_METERED = {
    "gb_day": _DAYS_PER_MONTH,
    "gb_month": 1.0,
    "month": 1.0,
    "thousand_calls": 1e-3,
    "million_reads": 1e-6,
    "million_writes": 1e-6,
    "compute_unit_hour": HOURS_PER_MONTH,
}


def _assumptions(product: VectorStoreProduct) -> Iterator[str]:
    units = {line.unit for line in product.lines}
    if "compute_unit_hour" in units:
        yield say(_ALWAYS_ON)
    if "million_reads" in units:
        yield say(_READ_UNITS)
