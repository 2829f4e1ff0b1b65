"""What a price is: one dated, sourced row per model and host (MODEL.md 0.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CachePolicy(StrEnum):
    """Which part of a repeated prefix is billed at the cached rate (MODEL.md F2.2)."""

    NONE = "none"
    INCREMENT = "increment"
    BREAKPOINT = "breakpoint"
    IMPLICIT = "implicit"
    STORED = "stored"


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so: `as_of` is the day the figure was read there; grade A, B or C (PRICES.md)."""

    url: str
    as_of: date | None
    grade: str = "A"
    note: str = ""


@dataclass(frozen=True, slots=True)
class CacheRule:
    """Prompt caching of one model; `ttl_minutes` is (low, high) of the idle life of an entry."""

    policy: CachePolicy = CachePolicy.NONE
    minimum_tokens: int = 1024
    step_tokens: int = 128
    ttl_minutes: tuple[float, float] = (5.0, 10.0)
    ttl_restarts: bool = True
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class TokenPrice:
    """US dollars per million tokens. None means no such price is known; it never means free.

    Above `long_from_tokens` input tokens the long prices apply to the whole request (F2.1).
    """

    input_mtok: float
    output_mtok: float
    cached_input_mtok: float | None = None
    cache_write_mtok: float | None = None
    long_from_tokens: int | None = None
    long_input_mtok: float | None = None
    long_output_mtok: float | None = None
    long_cached_input_mtok: float | None = None
    long_cache_write_mtok: float | None = None


@dataclass(frozen=True, slots=True)
class InferencePrice:
    """What calling one model at one host costs on one day; validity is [valid_from, valid_to) in UTC.

    `first_seen` says that `valid_from` is only the first day the price is known for, not its start.
    `batch` is the price inside a batch job, None when unknown for that day.
    """

    host: str
    model: str
    price: TokenPrice
    cache: CacheRule
    source: Source
    valid_from: date | None = None
    valid_to: date | None = None
    region: str = "global"
    batch: TokenPrice | None = None
    batch_stacks_with_cache: bool | None = None
    first_seen: bool = False


@dataclass(frozen=True, slots=True)
class TuningPrice:
    """What tuning one base model at one host costs and how the tuned model is billed.

    `mode` is sft, dpo or rft, with -lora or -full where the host prices them apart; `tier` is the
    deployment it is priced for (global, data-zone, developer, ...). `tuned` is None when the
    per-token price of the tuned model is unknown. `hosting_usd_per_hour` is 0.0 where the host bills
    none and None where it is unknown. `text_only` is True unless a source says otherwise.
    """

    host: str
    model: str
    mode: str
    training_usd_per_mtok: float | None
    training_usd_per_hour: float | None
    tuned: TokenPrice | None
    hosting_usd_per_hour: float | None
    source: Source
    minimum_fee_usd: float = 0.0
    bills_validation: bool = False
    min_examples: int | None = None
    max_example_tokens: int | None = None
    free_tokens_per_day: int = 0
    free_until: date | None = None
    free_source: Source | None = None
    text_only: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    tier: str = "global"
    storage_usd_per_month: float | None = None
    first_seen: bool = False


@dataclass(frozen=True, slots=True)
class EmbeddingPrice:
    """US dollars per million embedded tokens."""

    host: str
    model: str
    input_mtok: float
    dimensions: int | None
    max_input_tokens: int | None
    source: Source
    valid_from: date | None = None
    valid_to: date | None = None
    batch_input_mtok: float | None = None


class LifecycleEvent(StrEnum):
    """What happened to a model at a host on a day; `not_offered`: read that day as not to be had there."""

    OPENED = "opened"
    CLOSED_TO_NEW = "closed_to_new"
    CLOSED_TO_INACTIVE = "closed_to_inactive"
    NO_NEW_JOBS = "no_new_jobs"
    SHUTDOWN = "shutdown"
    NOT_OFFERED = "not_offered"


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """One dated event of one model at one host ("*": of every model there).

    `scope` is "inference" or "tuning"; the event holds from `on` (inclusive). `announced` is the day
    it was made public, None when unknown. `remedy` says what to do instead.
    """

    host: str
    model: str
    scope: str
    event: LifecycleEvent
    on: date
    source: Source
    replacement: str = ""
    remedy: str = ""
    announced: date | None = None

    def is_known_on(self, day: date) -> bool:
        """Whether somebody could know of it that day: announced, read by us, or in force by then."""
        known_from = self.announced or min(self.on, self.source.as_of or self.on)
        return known_from <= day
