"""From the data folder to the price book."""

from __future__ import annotations

from pathlib import Path

from crossover.prices.book import PriceBook
from crossover.prices.catalogue import read_models
from crossover.prices.lifecycle import read_lifecycle
from crossover.prices.rows import (
    read_embeddings,
    read_gpu_hours,
    read_inference,
    read_speeds,
    read_tool_fees,
    read_training,
    read_tuning_notes,
    read_vector_stores,
)
from crossover.prices.rules import read_cache_rules, read_price_rules

DATA = Path(__file__).resolve().parents[2] / "data"


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
        gpu_hour_rows=read_gpu_hours(prices / "gpu_hours.csv"),
        cache_rows=read_cache_rules(prices / "rules.csv"),
        rule_rows=read_price_rules(prices / "rules.csv"),
        tuning_notes=read_tuning_notes(prices / "tuning_notes.csv"),
        speed_rows=read_speeds(prices / "speed.csv"),
        lifecycle_rows=read_lifecycle(folder / "lifecycle.csv"),
    )
