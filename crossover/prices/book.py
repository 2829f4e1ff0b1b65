"""The price book: what models, tuning and retrieval cost on a day, and who says so (MODEL.md 0.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from crossover.prices.catalogue import CatalogueModel, PricedModel, find_model, with_unknown
from crossover.prices.fee_tables import FeeTables, first_on
from crossover.prices.fees import PriceRule
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
from crossover.prices.machines import OWN_MACHINES, machine_tuning
from crossover.prices.multiples import (
    BATCH,
    GLOBAL,
    REGION,
    TUNED_BATCH,
    batch_by_rule,
    batch_price,
    regional_price,
)
from crossover.prices.offers import by_host, plainest_first
from crossover.prices.package import package_periods, package_price
from crossover.prices.package_rows import in_package, package_row
from crossover.prices.rules import CacheRuleRow, cache_row, rules_for
from crossover.prices.tables import Dated, holds_on
from crossover.prices.types import InferencePrice, Lifecycle, TokenPrice, TuningPrice


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceBook(FeeTables):
    """Dated prices with their sources. No price for a day is None, never 0 and never the nearest row.

    Own rows win over the package's, and rows of `with_overrides` over both. Models may be named by
    their id or an alias of the catalogue; a name that is only similar finds nothing. Prices that are
    not about a chat model are looked up by the methods of FeeTables.
    """

    catalogue: tuple[CatalogueModel, ...]
    inference_rows: tuple[InferencePrice, ...]
    tuning_rows: tuple[TuningPrice, ...]
    cache_rows: tuple[CacheRuleRow, ...]
    rule_rows: tuple[PriceRule, ...]
    lifecycle_rows: tuple[Lifecycle, ...]

    def inference(self, host: str, model: str, on: date, region: str = GLOBAL) -> InferencePrice | None:
        """The token price of that model at that host on that day; None when none is known or it is shut down.

        `valid_to` is the earlier of the price's own end and the model's shutdown. Where no price is
        listed for a region or for batch, the host's rule for it makes one from the global price.
        """
        name = self._id(host, model)
        price = self._priced(host, name, on, region)
        end = shutdown_of(self.lifecycle(host, name), INFERENCE)
        if price is None or (end and on >= end.on):
            return None
        ends = [day for day in (price.valid_to, end.on if end else None) if day]
        return replace(price, valid_to=min(ends, default=None))

    def regions(self, host: str, model: str, on: date) -> tuple[str, ...]:
        """The regions that model has a price for on that day, "global" first."""
        name = self._id(host, model)
        known = {row.region for row in self.inference_rows if (row.host, row.model) == (host, name)}
        by_rule = {rule.region for rule in self.rules(REGION, host, name, on)}
        others = sorted((known | by_rule) - {GLOBAL})
        return tuple(r for r in (GLOBAL, *others) if self.inference(host, name, on, r))

    def tuning(self, host: str, model: str, on: date) -> tuple[TuningPrice, ...]:
        """What tuning that model costs there on that day, plainest offer first.

        Empty when no price is known or the model is shut down. A price by size class carries the
        model's own name. On one's own machines it is the hour of a rented GPU (`gpu`).
        """
        name = self._id(host, model)
        end = self.shutdown(host, name, TUNING)
        if end and on >= end.on:
            return ()
        found = find_model(self.catalogue, host, name)
        names = {name, found.tuning_class} if found and found.tuning_class else {name}
        rows = (row for row in self.tuning_rows if row.host == host and row.model in names)
        listed = [replace(row, model=name) for row in rows if holds_on(row, on)]
        return plainest_first([*listed, *self._machine_offers(host, name, on)])

    def tuning_offers(self, on: date, new_customer: bool = False) -> tuple[TuningPrice, ...]:
        """Every tuning price of that day at hosts that still take jobs, by host.

        With `new_customer`, only where somebody who never tuned there can start.
        """
        listed = [row for row in self.tuning_rows if holds_on(row, on)]
        machines = [e for e in self.catalogue if e.host in OWN_MACHINES]
        own = [offer for e in machines for offer in self.tuning(e.host, e.model, on) if offer not in listed]
        return by_host(offer for offer in (*listed, *own) if self._takes_jobs(offer, on, new_customer))

    def tuned_batch(self, offer: TuningPrice, on: date) -> TokenPrice | None:
        """What the tuned model's tokens cost inside a batch job; None where no list says it."""
        rules = self.rules(TUNED_BATCH, offer.host, offer.model, on)
        return batch_by_rule(offer.tuned, rules) if offer.tuned else None

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

    def price_days(self, host: str, model: str, region: str = GLOBAL) -> tuple[date, ...]:
        """Every day on which that model's token price can start, change or end, oldest first."""
        name = self._id(host, model)
        entry = find_model(self.catalogue, host, name)
        package = package_periods(host, *in_package(entry, name))
        regions = {GLOBAL, region}
        own = (row for each in regions for row in self._own_rows(host, name, each))
        rules = (rule for rule in self.rule_rows if region != GLOBAL and rule.region == region)
        periods: tuple[Dated, ...] = (*own, *package, *rules)
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

    def _priced(self, host: str, model: str, on: date, region: str) -> InferencePrice | None:
        listed = first_on(self._own_rows(host, model, region), on)
        if listed is None and region == GLOBAL:
            listed = self._package_row(host, model, on)
        if listed is not None:
            return self._with_rules(listed, model, on)
        base = self._priced(host, model, on, GLOBAL) if region != GLOBAL else None
        return regional_price(base, self.rules(REGION, host, model, on), region)

    def _with_rules(self, price: InferencePrice, model: str, on: date) -> InferencePrice:
        batch = batch_price(price, self.rules(BATCH, price.host, model, on))
        row = cache_row(self.cache_rows, price.host, model, on)
        if row is None or price.price.cached_input_mtok is None:
            return replace(price, batch=batch)
        return replace(price, batch=batch, cache=row.rule, batch_stacks_with_cache=row.stacks_with_batch)

    def _machine_offers(self, host: str, model: str, on: date) -> tuple[TuningPrice, ...]:
        base = self.inference(host, model, on) if host in OWN_MACHINES else None
        gpu = self.gpu(on) if base else None
        return (machine_tuning(base, gpu),) if base and gpu else ()

    def _takes_jobs(self, offer: TuningPrice, on: date, new_customer: bool) -> bool:
        status = self.tuning_status(offer.host, offer.model, on)
        takes = status.open_to_new_customers if new_customer else status.open_to_active_customers
        return bool(takes)
