"""What a self-hosted open model costs: GPUs are paid by the hour, busy or not (MODEL.md F3.8, W19).

Speeds are aggregate tokens per second of one replica that serves many requests at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from crossover.cost.arrays import FloatArray
from crossover.cost.errors import InvalidCostInput, require_at_least
from crossover.cost.hit_rates import HOURS_PER_MONTH
from crossover.cost.machines import whole_replicas


@dataclass(frozen=True, slots=True)
class GpuServing:
    """One replica's speed and price, and how full it may be run (`target_utilisation_share`)."""

    prefill_tokens_per_second: float
    decode_tokens_per_second: float
    gpu_usd_per_hour: float
    target_utilisation_share: float
    operations_usd_per_month: float = 0.0
    minimum_replicas: int = 1

    def __post_init__(self) -> None:
        for name in ("prefill_tokens_per_second", "decode_tokens_per_second"):
            if not getattr(self, name) > 0:
                raise InvalidCostInput(name, "must be more than 0")
        if not 0 < self.target_utilisation_share <= 1:
            raise InvalidCostInput("target_utilisation_share", "must be more than 0 and at most 1")
        for name in ("gpu_usd_per_hour", "operations_usd_per_month", "minimum_replicas"):
            require_at_least(name, getattr(self, name))


def gpu_seconds(serving: GpuServing, input_tokens: ArrayLike, output_tokens: ArrayLike) -> FloatArray:
    """GPU time of each request in seconds."""
    prefill = np.asarray(input_tokens, np.float64) / serving.prefill_tokens_per_second
    return np.asarray(prefill + np.asarray(output_tokens, np.float64) / serving.decode_tokens_per_second)


def replicas(
    serving: GpuServing, peak_requests_per_second: ArrayLike, gpu_seconds_per_request: ArrayLike
) -> FloatArray:
    """Whole replicas needed at the peak."""
    busy = np.asarray(peak_requests_per_second, np.float64) * np.asarray(gpu_seconds_per_request, np.float64)
    return whole_replicas(busy / serving.target_utilisation_share, serving.minimum_replicas)


def self_hosted_usd_per_month(
    serving: GpuServing, replica_count: ArrayLike, hours: float = HOURS_PER_MONTH
) -> FloatArray:
    """Monthly bill of the replicas and of operating them."""
    gpus = np.asarray(replica_count, np.float64) * serving.gpu_usd_per_hour * hours
    return np.asarray(gpus + serving.operations_usd_per_month, np.float64)


def output_usd_per_mtok(serving: GpuServing, utilisation_share: ArrayLike) -> FloatArray:
    """US dollars per million output tokens at a share of full load: it rises as 1/load."""
    share = np.asarray(utilisation_share, np.float64)
    if (share <= 0).any():
        raise InvalidCostInput("utilisation_share", "must be more than 0")
    tokens_per_hour = serving.decode_tokens_per_second * 3600 * share
    return np.asarray(serving.gpu_usd_per_hour / tokens_per_hour * 1e6, np.float64)


def requests_per_month_served(
    serving: GpuServing,
    replica_count: ArrayLike,
    gpu_seconds_per_request: float,
    hours: float = HOURS_PER_MONTH,
) -> FloatArray:
    """Requests a month that the replicas can answer: a break-even volume beyond it is not reachable."""
    usable_seconds = np.asarray(replica_count, np.float64) * hours * 3600 * serving.target_utilisation_share
    return np.asarray(usable_seconds / gpu_seconds_per_request, np.float64)
