"""One line of the Prices page, whatever it prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from crossover.figure import AMBER_AFTER_DAYS
from crossover.numbers import unit_price
from crossover.prices import Source, TokenPrice, host_label
from crossover.words import in_sentence, mark, say
from ui.price_vocabulary import variant_words

GRADES = {
    "A": mark("official page, or two independent dated sources"),
    "B": mark("one dated copy of the official page"),
    "C": mark("old, undated or parsed"),
}


class Purpose(StrEnum):
    """What a price is for; the value names it in files and keys."""

    INFERENCE = mark("Inference")
    TUNING = mark("Tuning")
    EMBEDDING = mark("Embedding")
    VECTOR_STORE = mark("Vector store")
    TOOL_FEE = mark("Tool fee")
    GPU_HOUR = mark("GPU hour")
    RULE = mark("Rule")

    @property
    def words(self) -> str:
        """What the price is for, for people."""
        return say(self.value)


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price on a day: `price` in words, `usd` the number it is sorted by, None when unknown.

    Its words are in the language it was made in; `item` and `variant` are ids and stay English.

    `source` is None where nobody lists a price. `facts` are the lines of its detail view, `stops_on`
    the announced end of what it prices, `key` tells it apart from all other rows.
    """

    purpose: Purpose
    host: str
    item: str
    label: str
    price: str
    usd: float | None
    unit: str
    source: Source | None
    variant: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    first_seen: bool = False
    stops_on: date | None = None
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What tells the row apart from all others of the day."""
        return "|".join((self.purpose.value, self.host, self.item, self.variant))

    @property
    def title(self) -> str:
        """The row in one line."""
        variant = f", {self.variant_words}" if self.variant else ""
        return f"{self.label} · {host_label(self.host)} · {in_sentence(self.purpose.words)}{variant}"

    @property
    def variant_words(self) -> str:
        """The variant for people; a rule's is a pattern of model names."""
        return self.variant if self.purpose is Purpose.RULE else variant_words(self.variant)

    @property
    def is_own(self) -> bool:
        """Whether the person entered it."""
        return self.source is not None and not self.source.url.startswith("https://")

    def age_days(self, today: date) -> int | None:
        """Days since the price was read at its source."""
        return (today - self.source.as_of).days if self.source and self.source.as_of else None

    def is_stale(self, today: date) -> bool:
        """Whether that is longer ago than we trust."""
        return (self.age_days(today) or 0) > AMBER_AFTER_DAYS

    def matches(self, query: str) -> bool:
        """Whether every word of the query is in the row's name, host, variant or price."""
        text = f"{self.title} {self.item} {self.host} {self.price}".casefold()
        return all(word in text for word in query.casefold().split())


def token_words(price: TokenPrice) -> str:
    """Input and output price in one cell."""
    return _in_and_out(price.input_mtok, price.output_mtok)


def _in_and_out(input_mtok: float | None, output_mtok: float | None) -> str:
    return say("{input} in / {output} out", input=unit_price(input_mtok), output=unit_price(output_mtok))


def token_facts(price: TokenPrice) -> dict[str, str]:
    """All token prices of a row, unknown ones named as such."""
    facts = {
        say("Input"): unit_price(price.input_mtok),
        say("Output"): unit_price(price.output_mtok),
        say("Cached input"): unit_price(price.cached_input_mtok),
        say("Cache write"): unit_price(price.cache_write_mtok),
    }
    if price.long_from_tokens is not None:
        limit = say("Whole request beyond {tokens:,} input tokens", tokens=price.long_from_tokens)
        facts[limit] = _in_and_out(price.long_input_mtok, price.long_output_mtok)
    return facts
