"""Machines of one's own in the bill: GPUs that follow the load, devices and electricity (MODEL.md F3.8)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from crossover.cost.arrays import Amount, FloatArray
from crossover.cost.errors import require_at_least
from crossover.cost.hit_rates import HOURS_PER_MONTH

_SECONDS_PER_MONTH = HOURS_PER_MONTH * 3600
_JOULES_PER_KWH = 3.6e6


@dataclass(frozen=True, slots=True)
class Machines:
    """Replicas that are paid by the month, busy or not; how many depends on the month's requests.

    `replicas_per_request` is what one request a month asks of them at the peak.
    """

    usd_per_replica_month: Amount
    replicas_per_request: Amount
    minimum_replicas: int = 1

    def __post_init__(self) -> None:
        for name in ("usd_per_replica_month", "replicas_per_request", "minimum_replicas"):
            require_at_least(name, getattr(self, name))


def replicas_per_request(gpu_seconds: Amount, peak_factor: Amount, utilisation_share: Amount) -> Amount:
    """Replicas one request a month needs: peak requests per second x GPU seconds / utilisation (W19)."""
    return gpu_seconds * peak_factor / (_SECONDS_PER_MONTH * utilisation_share)


def replica_count(machines: Machines, requests_per_month: ArrayLike) -> FloatArray:
    """Whole replicas that months of so many requests need, shape (..., months)."""
    each = np.asarray(machines.replicas_per_request, np.float64)[..., None]
    return whole_replicas(np.asarray(requests_per_month, np.float64) * each, machines.minimum_replicas)


def whole_replicas(load: FloatArray, minimum: int) -> FloatArray:
    """The load in whole replicas, at least `minimum`."""
    # a load of exactly five replicas must not become six by a rounding error
    return np.maximum(float(minimum), np.ceil(np.round(load, 9)))


def machine_usd_by_month(machines: Machines, requests_per_month: ArrayLike) -> FloatArray:
    """The bill of the replicas for each month, shape (..., months)."""
    price = np.asarray(machines.usd_per_replica_month, np.float64)[..., None]
    return np.asarray(price * replica_count(machines, requests_per_month), np.float64)


def energy_usd(seconds: Amount, watts: Amount, usd_per_kwh: Amount) -> Amount:
    """Electricity of a device that works for `seconds`."""
    return seconds * watts / _JOULES_PER_KWH * usd_per_kwh
