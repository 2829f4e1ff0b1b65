"""Prices: dated, sourced rows for models, tuning, retrieval and tools (MODEL.md 0.5, docs/prices.md).

Own price files are read by `crossover.prices.overrides`, which is not imported here: it needs the door.
"""

from crossover.prices.book import PriceBook
from crossover.prices.catalogue import CatalogueModel, PricedModel
from crossover.prices.checks import Finding, Level, check_prices
from crossover.prices.export import market_json, price_json
from crossover.prices.fees import (
    GpuHourPrice,
    MeasuredSpeed,
    PriceRule,
    StoreUse,
    ToolFee,
    TuningNote,
    VectorStorePrice,
)
from crossover.prices.history import ChangeKind, Changes, FieldChange, PriceChange, changes, history
from crossover.prices.hosts import HOSTS, host_label, region_label
from crossover.prices.lifecycle import TuningState, TuningStatus
from crossover.prices.loading import DATA, load_price_book
from crossover.prices.machines import OWN_MACHINES, default_gpu, machine_tuning
from crossover.prices.market import TuningAvailability, TuningPlace, tuning_market, tuning_notes, tuning_place
from crossover.prices.multiples import GLOBAL, batch_price, regional_price
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
from crossover.prices.vector_stores import (
    VectorStoreLine,
    VectorStoreMonth,
    VectorStoreProduct,
    vector_store_products,
    vector_store_usd_per_month,
)

__all__ = [
    "DATA",
    "GLOBAL",
    "HOSTS",
    "OWN_MACHINES",
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
    "StoreUse",
    "TokenPrice",
    "ToolFee",
    "TuningAvailability",
    "TuningNote",
    "TuningPlace",
    "TuningPrice",
    "TuningState",
    "TuningStatus",
    "VectorStoreLine",
    "VectorStoreMonth",
    "VectorStorePrice",
    "VectorStoreProduct",
    "batch_price",
    "changes",
    "check_prices",
    "default_gpu",
    "history",
    "host_label",
    "load_presets",
    "load_price_book",
    "machine_tuning",
    "market_json",
    "price_json",
    "region_label",
    "regional_price",
    "tuning_market",
    "tuning_notes",
    "tuning_place",
    "vector_store_products",
    "vector_store_usd_per_month",
]
