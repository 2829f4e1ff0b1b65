"""Quote: everything that has a price for one model at one host on one day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from crossover.figure import Figure, Kind
from crossover.prices import EmbeddingPrice, InferencePrice, Lifecycle, Source, TuningPrice, TuningStatus
from crossover.scenario import Scenario


class Prices(Protocol):
    """What this stage needs of a price book; None means no price is known for that day."""

    def with_overrides(self, rows: Iterable[InferencePrice | TuningPrice]) -> Prices:
        """The same book with other rows before all its own."""

    def inference(self, host: str, model: str, on: date) -> InferencePrice | None:
        """Price of calling the model."""

    def tuning(self, host: str, model: str, on: date) -> tuple[TuningPrice, ...]:
        """Ways to tune the model there, preferred one first."""

    def tuning_status(self, host: str, model: str, on: date) -> TuningStatus:
        """Whether a tuning job can be started on that day, and what to do if not."""

    def embedding(self, host: str, model: str, on: date) -> EmbeddingPrice | None:
        """Price of embedding a text."""

    def shutdown(
        self, host: str, model: str, scope: str = "inference", known_on: date | None = None
    ) -> Lifecycle | None:
        """When the model stops answering, as far as it was public on `known_on`."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Prices valid on `on`; a None is a price nobody could source, and is never 0."""

    on: date
    host: str
    model: str
    inference: InferencePrice | None
    tuning: TuningPrice | None
    tuning_status: TuningStatus
    embedding: EmbeddingPrice | None
    shutdown: Lifecycle | None
    tuned_shutdown: Lifecycle | None


def quote(book: Prices, scenario: Scenario) -> Quote:
    """Look up every price the scenario's model, host and date need."""
    host, model, on = scenario.host, scenario.model, scenario.price_date
    offers = book.tuning(host, model, on)
    stop = book.shutdown(host, model, known_on=on)
    return Quote(
        on=on,
        host=host,
        model=model,
        inference=book.inference(host, model, on),
        tuning=offers[0] if offers else None,
        tuning_status=book.tuning_status(host, model, on),
        embedding=book.embedding(scenario.embedding_host, scenario.embedding_model, on),
        shutdown=stop,
        tuned_shutdown=book.shutdown(host, model, "tuning", known_on=on) or stop,
    )


def price_figure(value: float | None, unit: str, source: Source, name: str) -> Figure:
    """A price as a figure: its page, the day it was read there, and how far it is trusted."""
    note = f"grade {source.grade}" + (f"; {source.note}" if source.note else "")
    return Figure(value, unit, Kind.PRICE_LIST, source.url, as_of=source.as_of, note=note, name=name)
