"""Quote: everything that has a price for one model at one host on one day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from crossover.figure import Figure, Kind
from crossover.prices import (
    CachePolicy,
    CacheRule,
    EmbeddingPrice,
    GpuHourPrice,
    InferencePrice,
    Lifecycle,
    Source,
    TokenPrice,
    TuningPrice,
    TuningStatus,
    VectorStorePrice,
    VectorStoreProduct,
    vector_store_products,
)
from crossover.scenario import Scenario
from crossover.words import say


class Prices(Protocol):
    """What this stage needs of a price book; None means no price is known for that day."""

    def with_overrides(self, rows: Iterable[InferencePrice | TuningPrice]) -> Prices:
        """The same book with other rows before all its own."""

    def inference(self, host: str, model: str, on: date, region: str = "global") -> InferencePrice | None:
        """Price of calling the model there, in that region."""

    def tuning(self, host: str, model: str, on: date) -> tuple[TuningPrice, ...]:
        """Ways to tune the model there, preferred one first."""

    def tuning_status(self, host: str, model: str, on: date) -> TuningStatus:
        """Whether a tuning job can be started on that day, and what to do if not."""

    def embedding(self, host: str, model: str, on: date) -> EmbeddingPrice | None:
        """Price of embedding a text."""

    def gpu(self, on: date, name: str = "") -> GpuHourPrice | None:
        """Price of an hour of the named GPU, or of the default one."""

    def tuned_batch(self, offer: TuningPrice, on: date) -> TokenPrice | None:
        """Price of the tuned model inside a batch job."""

    def vector_stores(self, on: date) -> tuple[VectorStorePrice, ...]:
        """Lines of the price lists of vector stores."""

    def shutdown(
        self, host: str, model: str, scope: str = "inference", known_on: date | None = None
    ) -> Lifecycle | None:
        """When the model stops answering, as far as it was public on `known_on`."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Prices valid on `on`; a None is a price nobody could source, and is never 0.

    With batch, the token prices are those inside a batch job; without a known one there is None.
    """

    on: date
    host: str
    model: str
    inference: InferencePrice | None
    tuning: TuningPrice | None
    tuning_status: TuningStatus
    embedding: EmbeddingPrice | None
    shutdown: Lifecycle | None
    tuned_shutdown: Lifecycle | None
    gpu: GpuHourPrice | None = None
    vector_store: VectorStoreProduct | None = None


def quote(book: Prices, scenario: Scenario) -> Quote:
    """Look up every price the scenario's model, host and date need."""
    host, model, on = scenario.host, scenario.model, scenario.price_date
    offers = book.tuning(host, model, on)
    inference = book.inference(host, model, on, scenario.region)
    tuning = offers[0] if offers else None
    if scenario.batch:
        inference = _in_batch(inference)
        tuning = tuning and replace(tuning, tuned=book.tuned_batch(tuning, on))
    stop = book.shutdown(host, model, known_on=on)
    return Quote(
        on=on,
        host=host,
        model=model,
        inference=inference,
        tuning=tuning,
        tuning_status=book.tuning_status(host, model, on),
        embedding=book.embedding(scenario.embedding_host, scenario.embedding_model, on),
        shutdown=stop,
        tuned_shutdown=book.shutdown(host, model, "tuning", known_on=on) or stop,
        gpu=book.gpu(on, scenario.gpu),
        vector_store=_store(book, scenario),
    )


def _in_batch(inference: InferencePrice | None) -> InferencePrice | None:
    """The price of a request inside a batch job, without caching where the two do not go together."""
    if inference is None or inference.batch is None:
        return None
    cache = inference.cache if inference.batch_stacks_with_cache else CacheRule(CachePolicy.NONE)
    return replace(inference, price=inference.batch, cache=cache)


def _store(book: Prices, scenario: Scenario) -> VectorStoreProduct | None:
    """The chosen vector store; None while none is chosen, or where it is not sold that day."""
    if not scenario.vector_store:
        return None
    sold = vector_store_products(book.vector_stores(scenario.price_date), scenario.price_date)
    return next((product for product in sold if product.name == scenario.vector_store), None)


def price_figure(value: float | None, unit: str, source: Source, name: str, id: str = "") -> Figure:
    """A price as a figure: its page, the day it was read there, and how far it is trusted."""
    grade = say("grade {grade}", grade=source.grade)
    note = f"{grade}; {source.note}" if source.note else grade
    return Figure(value, unit, Kind.PRICE_LIST, source.url, as_of=source.as_of, note=note, name=name, id=id)
