"""Prices: dated, sourced rows for models, tuning, retrieval and tools (MODEL.md 0.5, docs/prices.md).

Own price files are read by `crossover.prices.overrides`, which is not imported here: it needs the door.
"""

from crossover.prices.book import PriceBook
from crossover.prices.catalogue import CatalogueModel, PricedModel
from crossover.prices.checks import Finding, Level, check_prices
from crossover.prices.export import price_json
from crossover.prices.fees import GpuHourPrice, MeasuredSpeed, PriceRule, ToolFee, VectorStorePrice
from crossover.prices.history import ChangeKind, Changes, FieldChange, PriceChange, changes, history
from crossover.prices.hosts import HOSTS, host_label
from crossover.prices.lifecycle import TuningState, TuningStatus
from crossover.prices.loading import DATA, load_price_book
from crossover.prices.presets import Preset, PresetTuning, load_presets
from crossover.prices.tables import InvalidPriceRow
from crossover.prices.types import (
    CachePolicy,
    CacheRule,
    EmbeddingPrice,
    InferencePrice,
    Lifecycle,
    LifecycleEvent,
    Source,
    TokenPrice,
    TuningPrice,
)

__all__ = [
    "DATA",
    "HOSTS",
    "CachePolicy",
    "CacheRule",
    "CatalogueModel",
    "ChangeKind",
    "Changes",
    "EmbeddingPrice",
    "FieldChange",
    "Finding",
    "GpuHourPrice",
    "InferencePrice",
    "InvalidPriceRow",
    "Level",
    "Lifecycle",
    "LifecycleEvent",
    "MeasuredSpeed",
    "Preset",
    "PresetTuning",
    "PriceBook",
    "PriceChange",
    "PriceRule",
    "PricedModel",
    "Source",
    "TokenPrice",
    "ToolFee",
    "TuningPrice",
    "TuningState",
    "TuningStatus",
    "VectorStorePrice",
    "changes",
    "check_prices",
    "history",
    "host_label",
    "load_presets",
    "load_price_book",
    "price_json",
]
