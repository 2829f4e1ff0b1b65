"""What keeping the index costs a month: the chosen store's price list, else the assumption (F1.9)."""

from __future__ import annotations

from crossover.cost.quote import Quote, price_figure
from crossover.cost.retrieval_fees import index_storage_gb
from crossover.figure import Figure, derived
from crossover.prices import vector_store_usd_per_month
from crossover.scenario import Scenario
from crossover.strategies import UsagePlan
from crossover.words import say

PAYLOAD_BYTES_PER_TOKEN = 5.0
"""Text of a chunk beside its vector: about four characters a token, and its identifiers."""


def _unit(metered: str) -> str:
    """What a store meters, as a unit: gb_month is a GB month."""
    return metered.replace("gb", "GB").replace("_", " ")


def vector_store_figure(plan: UsagePlan, quote: Quote, scenario: Scenario) -> Figure:
    """US dollars a month; None where the chosen store publishes no price that can be worked out."""
    if not scenario.vector_store:
        return scenario.assumption("vector_store_usd_per_month")
    name, unit = say("Vector store: {store}", store=scenario.vector_store), "USD per month"
    if quote.vector_store is None:
        return derived(None, unit, say("not on the price list of {day}", day=quote.on), name=name)
    dimensions = scenario.assumption("vector_dimensions")
    payload = PAYLOAD_BYTES_PER_TOKEN * scenario.chunk_tokens
    gb = index_storage_gb(plan.stored_vectors, round(dimensions.value or 0), payload)
    queries = scenario.requests_per_month * plan.search_share
    writes = plan.stored_vectors * scenario.value("index_refresh_share")
    month = vector_store_usd_per_month(quote.vector_store, gb, queries, writes)
    prices = tuple(
        price_figure(line.usd, f"USD per {_unit(line.unit)}", line.source, say(line.item))
        for line in quote.vector_store.lines
    )
    note = month.reason or "; ".join(month.assumes)
    return derived(
        month.usd, unit, "MODEL.md F1.9", *prices, dimensions, scenario.volume, name=name, note=note
    )
