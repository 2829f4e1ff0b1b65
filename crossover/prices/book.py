"""The price book: what models, tuning and retrieval cost on a day, and who says so (MODEL.md 0.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from crossover.prices.catalogue import CatalogueModel, PricedModel, find_model, with_unknown
from crossover.prices.fees import GpuHourPrice, MeasuredSpeed, PriceRule, ToolFee, VectorStorePrice
from crossover.prices.lifecycle import (
    INFERENCE,
    TUNING,
    TuningStatus,
    events_of,
    known_events,
    shutdown_of,
    status_of,
    tuning_events,
)
from crossover.prices.offers import by_host, plainest_first
from crossover.prices.package import package_periods, package_price
from crossover.prices.package_rows import in_package, package_row
from crossover.prices.rules import CacheRuleRow, cache_row, rules_for
from crossover.prices.tables import Dated, DatedRow, holds_on
from crossover.prices.types import (
    EmbeddingPrice,
    InferencePrice,
    Lifecycle,
    TuningPrice,
)


@dataclass(frozen=True, slots=True)
class PriceBook:
    """Dated prices with their sources. No price for a day is None, never 0 and never the nearest row.

    Own rows win over the package's, and rows of `with_overrides` over both. Models may be named by
    their id or an alias of the catalogue; a name that is only similar finds nothing.
    """

    catalogue: tuple[CatalogueModel, ...]
    inference_rows: tuple[InferencePrice, ...]
    tuning_rows: tuple[TuningPrice, ...]
    embedding_rows: tuple[EmbeddingPrice, ...]
    vector_store_rows: tuple[VectorStorePrice, ...]
    tool_fee_rows: tuple[ToolFee, ...]
    gpu_hour_rows: tuple[GpuHourPrice, ...]
    cache_rows: tuple[CacheRuleRow, ...]
    rule_rows: tuple[PriceRule, ...]
    speed_rows: tuple[MeasuredSpeed, ...]
    lifecycle_rows: tuple[Lifecycle, ...]

    def inference(self, host: str, model: str, on: date, region: str = "global") -> InferencePrice | None:
        """The token price of that model at that host on that day; None when none is known or it is shut down.

        `valid_to` is the earlier of the price's own end and the model's shutdown.
        """
        name = self._id(host, model)
        price = _first_on(self._own_rows(host, name, region), on)
        if price is None and region == "global":
            price = self._package_row(host, name, on)
        end = shutdown_of(self.lifecycle(host, name), INFERENCE)
        if price is None or (end and on >= end.on):
            return None
        ends = [day for day in (price.valid_to, end.on if end else None) if day]
        return replace(self._with_rules(price, name, on), valid_to=min(ends, default=None))

    def regions(self, host: str, model: str, on: date) -> tuple[str, ...]:
        """The regions that model has a price for on that day, "global" first."""
        name = self._id(host, model)
        known = {row.region for row in self.inference_rows if (row.host, row.model) == (host, name)}
        others = sorted(known - {"global"})
        return tuple(r for r in ("global", *others) if self.inference(host, name, on, r))

    def tuning(self, host: str, model: str, on: date) -> tuple[TuningPrice, ...]:
        """What tuning that model costs there on that day, plainest offer first.

        Empty when no price is known or the model is shut down. A price by size class carries the
        model's own name.
        """
        name = self._id(host, model)
        end = self.shutdown(host, name, TUNING)
        if end and on >= end.on:
            return ()
        found = find_model(self.catalogue, host, name)
        names = {name, found.tuning_class} if found and found.tuning_class else {name}
        rows = (row for row in self.tuning_rows if row.host == host and row.model in names)
        return plainest_first(replace(row, model=name) for row in rows if holds_on(row, on))

    def tuning_offers(self, on: date, new_customer: bool = False) -> tuple[TuningPrice, ...]:
        """Every tuning price of that day at hosts that still take jobs, by host.

        With `new_customer`, only where somebody who never tuned there can start.
        """
        offers = (row for row in self.tuning_rows if holds_on(row, on))
        return by_host(offer for offer in offers if self._takes_jobs(offer, on, new_customer))

    def embedding(self, host: str, model: str, on: date) -> EmbeddingPrice | None:
        """The price of embedding text with that model on that day."""
        rows = (row for row in self.embedding_rows if (row.host, row.model) == (host, model))
        return _first_on(rows, on)

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

    def speeds(self, model: str) -> tuple[MeasuredSpeed, ...]:
        """Published speed measurements of that model at any host."""
        return tuple(row for row in self.speed_rows if row.model == model)

    def rules(self, kind: str, host: str, model: str, on: date) -> tuple[PriceRule, ...]:
        """The batch, long_context, region or explicit_cache rules of that model on that day."""
        return rules_for(self.rule_rows, kind, host, self._id(host, model), on)

    def lifecycle(self, host: str, model: str) -> tuple[Lifecycle, ...]:
        """The dated events of that model at that host, oldest first, past and announced."""
        return events_of(self.lifecycle_rows, host, self._id(host, model))

    def shutdown(
        self, host: str, model: str, scope: str = INFERENCE, known_on: date | None = None
    ) -> Lifecycle | None:
        """The event that ends inference or tuned inference ("tuning") there; None when none is announced.

        With `known_on`, only what somebody could know of on that day.
        """
        events = self.lifecycle(host, model)
        return shutdown_of(known_events(events, known_on) if known_on else events, scope)

    def tuning_status(self, host: str, model: str, on: date) -> TuningStatus:
        """Whether that model can be tuned there on that day, since when not, and the way out.

        Speaks as of that day: closings announced later are not in it.
        """
        name = self._id(host, model)
        offers = self.tuning(host, name, on)
        ever_priced = any((row.host, row.model) == (host, name) for row in self.tuning_rows)
        events = tuning_events(known_events(self.lifecycle(host, name), on), ever_priced)
        return status_of(host, name, events, offers[0].source if offers else None, on)

    def price_days(self, host: str, model: str) -> tuple[date, ...]:
        """Every day on which that model's token price can start, change or end, oldest first."""
        name = self._id(host, model)
        entry = find_model(self.catalogue, host, name)
        package = package_periods(host, *in_package(entry, name))
        periods: tuple[Dated, ...] = (*self._own_rows(host, name, "global"), *package)
        end = self.shutdown(host, name)
        days = {day for period in periods for day in (period.valid_from, period.valid_to) if day}
        return tuple(sorted(days | ({end.on} if end else set())))

    def models(self, on: date) -> tuple[PricedModel, ...]:
        """Every model of the catalogue that has a price on that day."""
        return tuple(
            PricedModel(entry.host, entry.model, entry.label)
            for entry in self.catalogue
            if self.inference(entry.host, entry.model, on)
        )

    def with_overrides(self, rows: Iterable[InferencePrice | TuningPrice]) -> PriceBook:
        """The same book with the caller's own prices before all others (negotiated or corrected ones).

        Models the book did not know become models of the book.
        """
        own = tuple(replace(row, model=self._id(row.host, row.model)) for row in rows)
        return replace(
            self,
            catalogue=with_unknown(self.catalogue, own),
            inference_rows=(*(row for row in own if isinstance(row, InferencePrice)), *self.inference_rows),
            tuning_rows=(*(row for row in own if isinstance(row, TuningPrice)), *self.tuning_rows),
        )

    def _id(self, host: str, model: str) -> str:
        found = find_model(self.catalogue, host, model)
        return found.model if found else model

    def _own_rows(self, host: str, model: str, region: str) -> Iterator[InferencePrice]:
        wanted = (host, model, region)
        return (row for row in self.inference_rows if (row.host, row.model, row.region) == wanted)

    def _package_row(self, host: str, model: str, on: date) -> InferencePrice | None:
        entry = find_model(self.catalogue, host, model)
        found = package_price(host, *in_package(entry, model), on)
        return package_row(host, model, found, entry) if found else None

    def _with_rules(self, price: InferencePrice, model: str, on: date) -> InferencePrice:
        row = cache_row(self.cache_rows, price.host, model, on)
        if row is None or price.price.cached_input_mtok is None:
            return price
        return replace(price, cache=row.rule, batch_stacks_with_cache=row.stacks_with_batch)

    def _takes_jobs(self, offer: TuningPrice, on: date, new_customer: bool) -> bool:
        status = self.tuning_status(offer.host, offer.model, on)
        takes = status.open_to_new_customers if new_customer else status.open_to_active_customers
        return bool(takes)


def _first_on(rows: Iterable[DatedRow], on: date) -> DatedRow | None:
    return next((row for row in rows if holds_on(row, on)), None)
