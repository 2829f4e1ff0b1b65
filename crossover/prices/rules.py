"""Rules that hold for families of models: prompt caching, batch, long context, region (MODEL.md 2.1-2.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from crossover.prices.fees import PriceRule
from crossover.prices.tables import Row, holds_on, read_rows
from crossover.prices.types import CachePolicy, CacheRule


@dataclass(frozen=True, slots=True)
class CacheRuleRow:
    """The cache rule of a family of models and the days it holds."""

    host: str
    models: tuple[str, ...]
    rule: CacheRule
    read_multiplier: float | None
    write_multiplier: float | None
    stacks_with_batch: bool | None
    valid_from: date | None
    valid_to: date | None


def covers(models: tuple[str, ...], model: str) -> bool:
    """Whether a pattern ("gpt-5.6-*") means that model and none with a "!" before it does."""
    excluded = any(fnmatchcase(model, pattern[1:]) for pattern in models if pattern.startswith("!"))
    return not excluded and any(fnmatchcase(model, pattern) for pattern in models)


def cache_row(rows: Iterable[CacheRuleRow], host: str, model: str, on: date) -> CacheRuleRow | None:
    """The first row of the table that holds for that model on that day."""
    return next(
        (row for row in rows if row.host == host and covers(row.models, model) and holds_on(row, on)), None
    )


def rules_for(
    rules: Iterable[PriceRule], kind: str, host: str, model: str, on: date
) -> tuple[PriceRule, ...]:
    """The rules of one kind that hold for that model on that day."""
    return tuple(
        rule
        for rule in rules
        if rule.kind == kind and rule.host == host and covers(rule.models, model) and holds_on(rule, on)
    )


def read_cache_rules(path: Path) -> tuple[CacheRuleRow, ...]:
    """The cache lines of rules.csv, in file order. Raises InvalidPriceRow."""
    return tuple(_cache_rule(row) for row in read_rows(path) if row.text("kind") == "cache")


def read_price_rules(path: Path) -> tuple[PriceRule, ...]:
    """The lines of rules.csv that are not about automatic caching. Raises InvalidPriceRow."""
    return tuple(
        PriceRule(
            kind=row.name("kind"),
            host=row.name("host"),
            models=row.names("models"),
            source=row.source(),
            input_multiplier=row.number("input_multiplier"),
            output_multiplier=row.number("output_multiplier"),
            long_from_tokens=row.whole("long_from_tokens"),
            stacks_with_cache=row.flag("stacks_with_cache"),
            storage_usd_per_mtok_hour=row.number("storage_usd_per_mtok_hour"),
            valid_from=row.day("valid_from"),
            valid_to=row.day("valid_to"),
            region=row.text("region"),
        )
        for row in read_rows(path)
        if row.text("kind") != "cache"
    )


def _cache_rule(row: Row) -> CacheRuleRow:
    rule = CacheRule(
        policy=CachePolicy(row.name("policy")),
        minimum_tokens=int(row.price("minimum_tokens")),
        step_tokens=int(row.price("step_tokens")),
        ttl_minutes=(row.price("ttl_low_minutes"), row.price("ttl_high_minutes")),
        ttl_restarts=bool(row.flag("ttl_restarts")),
        source=row.source(),
    )
    return CacheRuleRow(
        host=row.name("host"),
        models=row.names("models"),
        rule=rule,
        read_multiplier=row.number("read_multiplier"),
        write_multiplier=row.number("write_multiplier"),
        stacks_with_batch=row.flag("stacks_with_cache"),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
    )
