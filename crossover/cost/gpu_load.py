"""GPUs of one's own: what a request asks of them, at one value of each assumption or over draws (F3.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crossover.cost.arrays import Amount
from crossover.cost.hit_rates import HOURS_PER_MONTH
from crossover.cost.machines import Machines, replicas_per_request
from crossover.cost.quote import Quote
from crossover.prices.machines import SELF_HOSTED
from crossover.strategies import UsagePlan

GPU_ASSUMPTIONS = (
    "gpu_prefill_tokens_per_second",
    "gpu_decode_tokens_per_second",
    "peak_factor",
    "gpu_utilisation_share",
)


@dataclass(frozen=True, slots=True)
class GpuLoad:
    """What a request asks of a GPU, in mean tokens, and what an hour of the GPU costs."""

    input_tokens: float
    output_tokens: float
    usd_per_hour: float


def gpu_load(plan: UsagePlan, quote: Quote) -> GpuLoad | None:
    """The load of a plan on hosts of one's own; None elsewhere, or without a price for the GPU."""
    if quote.host != SELF_HOSTED or quote.gpu is None or not plan.calls:
        return None
    reading, writing = plan.expected_input_tokens().mean(), plan.expected_output_tokens().mean()
    return GpuLoad(float(reading), float(writing), quote.gpu.usd_per_gpu_hour)


def machines_at(load: GpuLoad | None, values: Mapping[str, Amount]) -> Machines | None:
    """The machines at these values of GPU_ASSUMPTIONS; None without a load."""
    if load is None:
        return None
    seconds = load.input_tokens / values["gpu_prefill_tokens_per_second"]
    seconds = seconds + load.output_tokens / values["gpu_decode_tokens_per_second"]
    each = replicas_per_request(seconds, values["peak_factor"], values["gpu_utilisation_share"])
    return Machines(load.usd_per_hour * HOURS_PER_MONTH, each)
