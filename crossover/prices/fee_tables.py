"""The part of a price book that is not about chat models: embeddings, stores, tools, GPUs, speeds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crossover.prices.fees import GpuHourPrice, MeasuredSpeed, ToolFee, TuningNote, VectorStorePrice
from crossover.prices.machines import default_gpu
from crossover.prices.tables import DatedRow, holds_on
from crossover.prices.types import EmbeddingPrice


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeTables:
    """Dated rows with their sources; a row without a first day holds on none."""

    embedding_rows: tuple[EmbeddingPrice, ...]
    vector_store_rows: tuple[VectorStorePrice, ...]
    tool_fee_rows: tuple[ToolFee, ...]
    gpu_hour_rows: tuple[GpuHourPrice, ...]
    speed_rows: tuple[MeasuredSpeed, ...]
    tuning_notes: tuple[TuningNote, ...] = ()

    def embedding(self, host: str, model: str, on: date) -> EmbeddingPrice | None:
        """The price of embedding text with that model on that day."""
        rows = (row for row in self.embedding_rows if (row.host, row.model) == (host, model))
        return first_on(rows, on)

    def embeddings(self, on: date) -> tuple[EmbeddingPrice, ...]:
        """All embedding prices of that day."""
        return tuple(row for row in self.embedding_rows if holds_on(row, on))

    def vector_stores(self, on: date) -> tuple[VectorStorePrice, ...]:
        """All vector store prices of that day."""
        return tuple(row for row in self.vector_store_rows if holds_on(row, on))

    def tool_fees(self, host: str, on: date) -> tuple[ToolFee, ...]:
        """What that host bills for tools on that day, beside tokens."""
        return tuple(row for row in self.tool_fee_rows if row.host == host and holds_on(row, on))

    def gpu_hours(self, on: date) -> tuple[GpuHourPrice, ...]:
        """What renting GPUs costs on that day, cheapest first."""
        offers = (row for row in self.gpu_hour_rows if holds_on(row, on))
        return tuple(sorted(offers, key=lambda offer: offer.usd_per_gpu_hour))

    def gpu(self, on: date, name: str = "") -> GpuHourPrice | None:
        """The GPU offer of that name on that day; without a name, the middle single H100 (`default_gpu`).

        None when it is not offered, or none is known, on that day.
        """
        offers = self.gpu_hours(on)
        return next((o for o in offers if o.name == name), None) if name else default_gpu(offers)

    def speeds(self, model: str) -> tuple[MeasuredSpeed, ...]:
        """Published speed measurements of that model at any host."""
        return tuple(row for row in self.speed_rows if row.model == model)


def first_on(rows: Iterable[DatedRow], on: date) -> DatedRow | None:
    """The first of the rows that holds on that day."""
    return next((row for row in rows if holds_on(row, on)), None)
