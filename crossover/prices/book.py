"""The price book: what models, tuning and retrieval cost on a day, and who says so (MODEL.md 0.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from crossover.prices.catalogue import CatalogueModel, PricedModel, find_model, read_models
from crossover.prices.fees import MeasuredSpeed, PriceRule, ToolFee, VectorStorePrice
from crossover.prices.lifecycle import (
    INFERENCE,
    TuningStatus,
    events_of,
    read_lifecycle,
    shutdown_of,
    status_of,
    tuning_events,
)
from crossover.prices.package import PACKAGE_AS_OF, PACKAGE_NAME, PACKAGE_VERSION, package_price
from crossover.prices.rows import (
    read_embeddings,
    read_inference,
    read_speeds,
    read_tool_fees,
    read_training,
    read_vector_stores,
)
from crossover.prices.rules import CacheRuleRow, cache_row, read_cache_rules, read_price_rules, rules_for
from crossover.prices.tables import DatedRow, holds_on
from crossover.prices.types import (
    CacheRule,
    EmbeddingPrice,
    InferencePrice,
    Lifecycle,
    Source,
    TuningPrice,
)

DATA = Path(__file__).resolve().parents[2] / "data"

_TIERS = ("global", "data-zone", "regional-us", "developer", "data-sharing")
_MODES = ("sft", "sft-lora", "sft-full", "dpo", "dpo-lora", "dpo-full", "rft")


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
        """What tuning that model costs there on that day, plainest offer first; empty when unknown.

        A price by size class carries the model's own name.
        """
        name = self._id(host, model)
        found = find_model(self.catalogue, host, name)
        names = {name, found.tuning_class} if found and found.tuning_class else {name}
        rows = (row for row in self.tuning_rows if row.host == host and row.model in names)
        offers = (replace(row, model=name) for row in rows if holds_on(row, on))
        return tuple(sorted(offers, key=_plainest_first))

    def tuning_offers(self, on: date, new_customer: bool = False) -> tuple[TuningPrice, ...]:
        """Every tuning price of that day at hosts that still take jobs, by host.

        With `new_customer`, only where somebody who never tuned there can start.
        """
        offers = (row for row in self.tuning_rows if holds_on(row, on))
        return tuple(sorted((o for o in offers if self._takes_jobs(o, on, new_customer)), key=_by_host))

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

    def speeds(self, model: str) -> tuple[MeasuredSpeed, ...]:
        """Published speed measurements of that model at any host."""
        return tuple(row for row in self.speed_rows if row.model == model)

    def rules(self, kind: str, host: str, model: str, on: date) -> tuple[PriceRule, ...]:
        """The batch, long_context or region rules that hold for that model on that day."""
        return rules_for(self.rule_rows, kind, host, self._id(host, model), on)

    def lifecycle(self, host: str, model: str) -> tuple[Lifecycle, ...]:
        """The dated events of that model at that host, oldest first, past and announced."""
        return events_of(self.lifecycle_rows, host, self._id(host, model))

    def shutdown(self, host: str, model: str, scope: str = INFERENCE) -> Lifecycle | None:
        """The event that ends inference or tuned inference ("tuning") there; None when none is announced."""
        return shutdown_of(self.lifecycle(host, model), scope)

    def tuning_status(self, host: str, model: str, on: date) -> TuningStatus:
        """Whether that model can be tuned there on that day, since when not, and the way out."""
        name = self._id(host, model)
        offers = self.tuning(host, name, on)
        ever_priced = any((row.host, row.model) == (host, name) for row in self.tuning_rows)
        events = tuning_events(self.lifecycle(host, name), ever_priced)
        return status_of(host, name, events, offers[0].source if offers else None, on)

    def models(self, on: date) -> tuple[PricedModel, ...]:
        """Every model of the catalogue that has a price on that day."""
        return tuple(
            PricedModel(entry.host, entry.model, entry.label)
            for entry in self.catalogue
            if self.inference(entry.host, entry.model, on)
        )

    def with_overrides(self, rows: Iterable[InferencePrice]) -> PriceBook:
        """The same book with the caller's own prices before all others (negotiated or corrected ones)."""
        return replace(self, inference_rows=(*rows, *self.inference_rows))

    def _id(self, host: str, model: str) -> str:
        found = find_model(self.catalogue, host, model)
        return found.model if found else model

    def _own_rows(self, host: str, model: str, region: str) -> Iterator[InferencePrice]:
        wanted = (host, model, region)
        return (row for row in self.inference_rows if (row.host, row.model, row.region) == wanted)

    def _package_row(self, host: str, model: str, on: date) -> InferencePrice | None:
        entry = find_model(self.catalogue, host, model)
        found = package_price(host, entry.package_model or model, entry.priced_from, on) if entry else None
        if entry is None:
            found = package_price(host, model, None, on)
        if found is None:
            return None
        return InferencePrice(
            host=host,
            model=model,
            price=found.price,
            cache=CacheRule(),
            source=_package_source(entry),
            valid_from=found.valid_from,
            valid_to=found.valid_to,
            batch=found.batch,
        )

    def _with_rules(self, price: InferencePrice, model: str, on: date) -> InferencePrice:
        row = cache_row(self.cache_rows, price.host, model, on)
        if row is None or price.price.cached_input_mtok is None:
            return price
        return replace(price, cache=row.rule, batch_stacks_with_cache=row.stacks_with_batch)

    def _takes_jobs(self, offer: TuningPrice, on: date, new_customer: bool) -> bool:
        status = self.tuning_status(offer.host, offer.model, on)
        takes = status.open_to_new_customers if new_customer else status.open_to_active_customers
        return bool(takes)


def load_price_book(folder: Path = DATA) -> PriceBook:
    """The book in `folder` (the project's data folder by default). Raises InvalidPriceRow."""
    prices = folder / "prices"
    return PriceBook(
        catalogue=read_models(prices / "catalogue.csv"),
        inference_rows=read_inference(prices / "inference.csv"),
        tuning_rows=read_training(prices / "training.csv"),
        embedding_rows=read_embeddings(prices / "embeddings.csv"),
        vector_store_rows=read_vector_stores(prices / "vector_stores.csv"),
        tool_fee_rows=read_tool_fees(prices / "tool_fees.csv"),
        cache_rows=read_cache_rules(prices / "rules.csv"),
        rule_rows=read_price_rules(prices / "rules.csv"),
        speed_rows=read_speeds(prices / "speed.csv"),
        lifecycle_rows=read_lifecycle(folder / "lifecycle.csv"),
    )


def _first_on(rows: Iterable[DatedRow], on: date) -> DatedRow | None:
    return next((row for row in rows if holds_on(row, on)), None)


def _plainest_first(offer: TuningPrice) -> tuple[int, int]:
    return _TIERS.index(offer.tier), _MODES.index(offer.mode)


def _by_host(offer: TuningPrice) -> tuple[str, str, int, int]:
    return offer.host, offer.model, *_plainest_first(offer)


def _package_source(entry: CatalogueModel | None) -> Source:
    """Where a package price comes from: the page our catalogue cites, read when the package was built."""
    note = f"{PACKAGE_NAME} {PACKAGE_VERSION}"
    if entry is None:
        return Source("https://github.com/pydantic/genai-prices", PACKAGE_AS_OF, "B", note)
    return Source(entry.source.url, PACKAGE_AS_OF, entry.source.grade, note)
