"""Prices beside tokens: vector stores, tools, GPU hours; and measured speed (PRICES.md 5-6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crossover.prices.types import Source


@dataclass(frozen=True, slots=True)
class StoreUse:
    """A month of a vector store: gigabytes held, queries, vectors written; None: no limit is known."""

    gb: float | None = None
    queries: float | None = None
    writes: float | None = None


@dataclass(frozen=True, slots=True)
class VectorStorePrice:
    """One line of a vector store's price list; `usd` per `unit`, None where no price is published.

    `offers` names the products one can choose that are billed by this line. `free_units` are free every
    month, counted as the unit names them (GB, calls, reads, writes); `holds` is what a flat plan
    includes and does not go beyond.
    Units: gb_day, gb_month, gb, gib, month, thousand_calls, million_reads, million_writes,
    million_dimensions, compute_unit_hour, usage.
    """

    host: str
    product: str
    item: str
    usd: float | None
    unit: str
    source: Source
    included: str = ""
    monthly_minimum_usd: float | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    offers: tuple[str, ...] = ()
    free_units: float = 0.0
    holds: StoreUse = StoreUse()


@dataclass(frozen=True, slots=True)
class ToolFee:
    """What a host bills for a tool beside tokens: `usd` per `unit` (call, thousand_calls, session, ...)."""

    host: str
    tool: str
    applies_to: str
    usd: float
    unit: str
    token_rule: str
    source: Source
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class MeasuredSpeed:
    """One published speed measurement; an editable default, never a promise (PRICES.md 6)."""

    host: str
    model: str
    variant: str
    output_tokens_per_second: float | None
    time_to_first_token_seconds: float | None
    statistic: str
    workload: str
    measured_by: str
    source: Source


@dataclass(frozen=True, slots=True)
class PriceRule:
    """A rule that holds for a family of models at a host (data/prices/rules.csv).

    `kind` is batch, tuned_batch, long_context, region or explicit_cache; multipliers apply to the
    standard price (of the tuned model for tuned_batch; for explicit_cache the input multiplier is the
    price of a cached token). `region` names where a region rule holds. Prices listed per model win
    over a rule.
    """

    kind: str
    host: str
    models: tuple[str, ...]
    source: Source
    input_multiplier: float | None = None
    output_multiplier: float | None = None
    long_from_tokens: int | None = None
    stacks_with_cache: bool | None = None
    storage_usd_per_mtok_hour: float | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    region: str = ""


@dataclass(frozen=True, slots=True)
class GpuHourPrice:
    """What renting one GPU for an hour costs, for self-hosting and dedicated serving (MODEL.md F3.8).

    `minimum_gpus` is the smallest number the offer is sold in.
    """

    host: str
    gpu: str
    memory_gb: int
    offer: str
    minimum_gpus: int
    usd_per_gpu_hour: float
    source: Source
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def name(self) -> str:
        """What a scenario stores and a picker shows: renter, GPU and offer."""
        return f"{self.host} {self.gpu}, {self.offer}"


@dataclass(frozen=True, slots=True)
class TuningNote:
    """What is known about tuning at a host beside prices, in a sentence; the day may be unknown."""

    host: str
    known: str
    source: Source
    valid_from: date | None = None
    valid_to: date | None = None
