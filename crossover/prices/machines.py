"""Open weights on machines of one's own: no token price, GPU hours instead (MODEL.md F3.8, E13)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crossover.prices.fees import GpuHourPrice
from crossover.prices.types import InferencePrice, TuningPrice

SELF_HOSTED, ON_DEVICE = "self-hosted", "on-device"
OWN_MACHINES = (SELF_HOSTED, ON_DEVICE)
_DEFAULT_MEMORY_GB = 80
_PREFERRED_GPUS = ("H100", "A100")


def default_gpu(offers: Iterable[GpuHourPrice]) -> GpuHourPrice | None:
    """The middle one by price of the H100 offers sold singly with a service level, else of the A100 ones.

    80 GB hold every model the book lists as self-hosted. The middle offer, the dearer of two middle
    ones, because the cheapest is one vendor's and would flatter self-hosting.
    """
    single = [offer for offer in offers if _is_plain(offer)]
    for gpu in _PREFERRED_GPUS:
        same = [offer for offer in single if offer.gpu.startswith(gpu)]
        if same:
            return _middle(same)
    return None


def _is_plain(offer: GpuHourPrice) -> bool:
    is_single = offer.minimum_gpus == 1 and offer.memory_gb == _DEFAULT_MEMORY_GB
    return is_single and "community" not in offer.offer


def _middle(offers: Sequence[GpuHourPrice]) -> GpuHourPrice:
    return sorted(offers, key=lambda offer: (offer.usd_per_gpu_hour, offer.name))[len(offers) // 2]


def machine_tuning(base: InferencePrice, gpu: GpuHourPrice) -> TuningPrice:
    """Tuning an adapter of open weights on one rented GPU, priced by its hours.

    The tuned model costs what the base model costs on one's own machine, and nobody bills hosting:
    the machine that serves is a cost of its own.
    """
    starts = [day for day in (base.valid_from, gpu.valid_from) if day]
    ends = [day for day in (base.valid_to, gpu.valid_to) if day]
    return TuningPrice(
        host=base.host,
        model=base.model,
        mode="sft-lora",
        training_usd_per_mtok=None,
        training_usd_per_hour=gpu.usd_per_gpu_hour,
        tuned=base.price,
        hosting_usd_per_hour=0.0,
        source=gpu.source,
        valid_from=max(starts, default=None),
        valid_to=min(ends, default=None),
    )
