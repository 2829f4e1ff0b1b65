"""The order tuning offers are shown in, and which of two rows for the same offer counts."""

from __future__ import annotations

from collections.abc import Iterable

from crossover.prices.types import TuningPrice

_TIERS = ("global", "data-zone", "regional-us", "developer", "data-sharing")
_MODES = ("sft", "sft-lora", "sft-full", "dpo", "dpo-lora", "dpo-full", "rft")


def plainest_first(offers: Iterable[TuningPrice]) -> tuple[TuningPrice, ...]:
    """One offer per mode and tier, the earlier row winning; the plainest mode and tier first."""
    kept: dict[tuple[int, int], TuningPrice] = {}
    for offer in offers:
        kept.setdefault(_plainness(offer), offer)
    return tuple(kept[rank] for rank in sorted(kept))


def by_host(offers: Iterable[TuningPrice]) -> tuple[TuningPrice, ...]:
    """By host and model, the plainest offer of each first."""
    return tuple(sorted(offers, key=lambda offer: (offer.host, offer.model, *_plainness(offer))))


def _plainness(offer: TuningPrice) -> tuple[int, int]:
    return _rank(_TIERS, offer.tier), _rank(_MODES, offer.mode)


def _rank(order: tuple[str, ...], name: str) -> int:
    return order.index(name) if name in order else len(order)
